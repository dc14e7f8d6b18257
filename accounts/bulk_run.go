package accounts

import (
	"fmt"

	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
)

// step works on the next batch of a bulk change, and tells whether there is more. The
// ledger is held for one batch only, so that nobody waits long behind it; the batch is
// chosen while it is held, so that two windows never work on the same accounts.
func (k desk) step(id string, by ledger.By) (more bool, err error) {
	err = ledger.Record(k.ctx, k.d, by, func(w *ledger.Writer) error {
		inside := k
		inside.d = w.DB
		b, err := bulkOf(k.ctx, w.DB, k.v.ID, id)
		if err != nil {
			return err
		}
		if more = b.State == bulkRunning || b.State == bulkUndoing; !more {
			return nil
		}
		ready, work, next := rowReady, inside.changeEach, bulkDone
		if b.State == bulkUndoing {
			ready, work, next = rowChanged, inside.restoreEach, bulkUndone
		}
		list, err := pickedIn(k.ctx, w.DB, id, ready, bulkBatch)
		if err != nil {
			return err
		}
		if more = len(list) == bulkBatch; more {
			next = b.State
		}
		if err := work(w, &b, list); err != nil {
			return err
		}
		if err := putPicked(k.ctx, w.DB, id, list); err != nil {
			return err
		}
		return b.move(inside, w.DB, next, k.now)
	})
	return more, err
}

// changeEach changes each account of a batch, or keeps why not.
func (k desk) changeEach(w *ledger.Writer, b *bulk, list []picked) error {
	to, refused := b.to(k) // once more: the new owner may have left meanwhile
	reason, err := sentence(refused)
	if err != nil {
		return err
	}
	found, err := several(k.ctx, w.DB, sightOf(k.v), accountsIn(list))
	if err != nil {
		return err
	}
	for i := range list {
		p := &list[i]
		a, seen := found[p.Account]
		switch {
		case reason != "":
			p.refuse(reason)
		case !seen:
			p.refuse(becauseHidden)
		case a.MergedInto != "":
			p.refuse(becauseMerged)
		case a.Version != p.Version:
			p.refuse(becauseChanged)
		default:
			after, err := Set(k.ctx, w, p.Account, b.What, to, 0)
			why, err := sentence(err)
			if err != nil {
				return fmt.Errorf("changing account %s: %w", p.Account, err)
			}
			if p.State, p.Version = rowChanged, after.Version; why != "" {
				p.refuse(why)
			}
		}
	}
	return nil
}

// restoreEach gives each account of a batch back what it had, where nothing newer was
// said of the same: the rule by which one change is taken back from a history.
func (k desk) restoreEach(w *ledger.Writer, b *bulk, list []picked) error {
	found, err := several(k.ctx, w.DB, sight{all: true}, accountsIn(list))
	if err != nil {
		return err
	}
	seen, err := several(k.ctx, w.DB, sightOf(k.v), accountsIn(list))
	if err != nil {
		return err
	}
	former := map[string]people.Person{"": {}}
	for i := range list {
		p, a := &list[i], found[list[i].Account]
		if err := k.readFormer(former, b, p); err != nil {
			return err
		}
		since, err := k.saidSince(p, b.What)
		if err != nil {
			return err
		}
		_, sees := seen[p.Account]
		owner := former[p.Before]
		switch {
		case since:
			p.keep(becauseSince)
		case a.MergedInto != "":
			p.keep(becauseMerged)
		case !sees && (b.What != bulkOwner || !k.v.Sees(people.ID(p.Before))):
			p.keep("It is no longer yours to change.")
		case owner.ID != "" && !owner.Active():
			p.keep(owner.Name + ", who looked after it, has left.")
		default:
			if _, err := Set(k.ctx, w, p.Account, b.What, p.Before, p.Version); err != nil {
				return fmt.Errorf("restoring account %s: %w", p.Account, err)
			}
			p.State, p.Reason = rowRestored, ""
		}
	}
	return nil
}

// readFormer reads who looked after an account, each person once.
func (k desk) readFormer(known map[string]people.Person, b *bulk, p *picked) error {
	if _, read := known[p.Before]; read || b.What != bulkOwner {
		return nil
	}
	person, err := people.PersonOf(k.ctx, k.d, k.d.Org(), people.ID(p.Before))
	if err != nil {
		return fmt.Errorf("reading who looked after an account: %w", err)
	}
	known[p.Before] = person
	return nil
}

// saidSince tells whether something newer was said of what a bulk change changed.
func (k desk) saidSince(p *picked, what string) (bool, error) {
	entries, err := ledger.OfSubject(k.ctx, k.d, k.d.Org(), string(p.Account))
	if err != nil {
		return false, err
	}
	for _, e := range entries {
		var c Change
		if e.Sequence > p.Version && e.Kind == AccountChanged && e.Read(&c) == nil && c.Field == what {
			return true, nil
		}
	}
	return false, nil
}

// sentence parts what is told to a person from what went wrong otherwise.
func sentence(err error) (string, error) {
	if found, ok := problem.Of(err); err != nil && ok {
		return found.Sentence, nil
	}
	return "", err
}
