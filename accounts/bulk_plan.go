package accounts

import (
	"fmt"
	"slices"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/problem"
)

var errBulkMoved = problem.Conflict("", "This change went on meanwhile, in another window perhaps. Nothing was done twice; look at how it stands now.")

// choose keeps which accounts a person wants to change. Those that the person does
// not see are left out without a word.
func (k desk) choose(ids []ID) (bulk, error) {
	b := bulk{ID: db.NewID(k.now), Person: k.v.ID, State: bulkChosen, MadeAt: k.now, TouchedAt: k.now}
	var seen []picked
	for part := range slices.Chunk(ids, planBatch) {
		found, err := several(k.ctx, k.d, sightOf(k.v), part)
		if err != nil {
			return b, fmt.Errorf("reading what was selected: %w", err)
		}
		for _, id := range part {
			if a, ok := found[id]; ok && a.MergedInto == "" {
				delete(found, id) // selected twice is selected once
				seen = append(seen, picked{Account: id, Place: int64(len(seen) + 1), State: rowChosen})
			}
		}
	}
	if len(seen) == 0 {
		return b, problem.Invalid("account", "No account is selected. Tick the accounts that shall change, then try again.")
	}
	return b, k.d.InTx(k.ctx, func(tx *db.DB) error {
		if err := forgetUnused(k.ctx, tx, k.v.ID); err != nil {
			return err
		}
		if err := insertBulk(k.ctx, tx, b); err != nil {
			return err
		}
		return putPicked(k.ctx, tx, b.ID, seen)
	})
}

// plan keeps what shall become of the accounts, and foresees what would become of each.
func (k desk) plan(b bulk) error {
	to, err := b.to(k)
	if err != nil {
		return err // it can be so of no account
	}
	if b.What == bulkIndustry {
		b.Value = to // as it will stand
	}
	for place := int64(0); ; {
		list, err := pickedAfter(k.ctx, k.d, b.ID, place, planBatch)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return k.keepPlan(b, nil, bulkPlanned)
		}
		found, err := several(k.ctx, k.d, sightOf(k.v), accountsIn(list))
		if err != nil {
			return err
		}
		for i := range list {
			if a, ok := found[list[i].Account]; ok {
				list[i].foresee(&a, b.What, to)
			} else {
				list[i].refuse(becauseHidden)
			}
		}
		if err := k.keepPlan(b, list, b.State); err != nil {
			return err
		}
		place = list[len(list)-1].Place
	}
}

// keepPlan writes a part of a preview, unless the change has begun meanwhile.
func (k desk) keepPlan(b bulk, list []picked, state string) error {
	return k.d.InTx(k.ctx, func(tx *db.DB) error {
		if err := b.move(k, tx, state, k.now); err != nil {
			return err
		}
		return putPicked(k.ctx, tx, b.ID, list)
	})
}

// move brings a bulk change on to its next state, unless someone was faster.
func (b bulk) move(k desk, d *db.DB, to string, now calendar.Instant) error {
	from := b.State
	b.State, b.TouchedAt = to, now
	if to == bulkDone || to == bulkUndone {
		b.EndedAt = now
	}
	ok, err := moveBulk(k.ctx, d, b, from)
	if err == nil && !ok {
		err = errBulkMoved
	}
	return err
}

func accountsIn(list []picked) []ID {
	ids := make([]ID, len(list))
	for i, p := range list {
		ids[i] = p.Account
	}
	return ids
}
