package activities

import (
	"slices"

	"milepost/bulk"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
)

// giveBackActivity gives an activity what it had before a change of many, while it is
// still as that change left it: whatever else was said of it since stays. Whoever named
// someone else may name themselves again.
func giveBackActivity(what string) func(bulk.Desk, *ledger.Writer, bulk.Row) error {
	return func(k bulk.Desk, w *ledger.Writer, r bulk.Row) error {
		pen, now, err := penOf(k, w, ID(r.ID))
		if err != nil {
			return err
		}
		before, left, err := pen.around(ID(r.ID), r.Version)
		if err != nil {
			return err
		}
		switch {
		case !k.Viewer.Sees(pen.deal.Owner):
			return bulk.NotYours
		case !now.same(&left, what, k) || (now.State == TakenBack) != (what == manyOff), what == manyOff && now.Version != r.Version:
			return bulk.Since
		case !now.mayChange(k.Viewer) && !(what == manyPerson && before.Person == k.Viewer.ID):
			return bulk.NotYours
		}
		if what == manyPerson && now.State == Ahead {
			if err := mustBeHere(k, w, before.Person); err != nil {
				return err
			}
		}
		if err := pen.giveBack(what, *now, before); err != nil {
			return err
		}
		return pen.putDown(k.Ctx)
	}
}

// penOf readies a pen for an activity, whoever sees it.
func penOf(k bulk.Desk, w *ledger.Writer, id ID) (*pen, *Activity, error) {
	row, err := activityTable.one(k.Ctx, w.DB, id, noActivity)
	if err != nil {
		return nil, nil, err
	}
	o, err := deals.Find(k.Ctx, w.DB, w.DB.Org(), row.Deal)
	if err != nil {
		return nil, nil, hidden(err, noActivity)
	}
	pen, err := penFor(k.Ctx, w, o)
	if err != nil {
		return nil, nil, err
	}
	a, err := findIn(pen.Activities, activityTable.id, id, noActivity)
	return pen, a, err
}

// around tells how an activity stood before an entry, and just after it.
func (p *pen) around(id ID, sequence int64) (before, after Activity, err error) {
	at := slices.IndexFunc(p.entries, func(e ledger.Entry) bool { return e.Sequence >= sequence })
	if at < 0 || p.entries[at].Sequence != sequence {
		return before, after, bulk.Since // the deal's entries are not those of the change
	}
	for _, stood := range []struct {
		entries []ledger.Entry
		into    *Activity
	}{{p.entries[:at], &before}, {p.entries[:at+1], &after}} {
		folder, err := Fold(stood.entries)
		if err != nil {
			return before, after, err
		}
		found, err := findIn(folder.Activities, activityTable.id, id, noActivity)
		if err != nil {
			return before, after, err
		}
		*stood.into = *found
	}
	return before, after, nil
}

// giveBack adds the entry by which an activity has again what it had.
func (p *pen) giveBack(what string, now, before Activity) error {
	to := now
	switch what {
	case manyType:
		to.Type = before.Type
	case manyDay:
		to.At = before.At
	case manyPerson:
		to.Person = before.Person
	case manyOff:
		_, err := p.add(Planned, now.ID, now.report())
		return err
	}
	return p.correct(now, to)
}

// mustBeHere refuses that a plan goes back to someone who has left meanwhile.
func mustBeHere(k bulk.Desk, w *ledger.Writer, id people.ID) error {
	if id == "" {
		return nil
	}
	person, err := people.PersonOf(k.Ctx, w.DB, w.DB.Org(), id)
	if err == nil && !person.Active() {
		err = problem.Invalid("", "%s, who was to do it, has left.", person.Name)
	}
	return err
}
