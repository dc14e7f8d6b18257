package deals

import (
	"milepost/bulk"
	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
)

// giveBackDeal gives a deal what it had before a change of many, where nobody changed
// it since.
func giveBackDeal(what string) func(bulk.Desk, *ledger.Writer, bulk.Row) error {
	return func(k bulk.Desk, w *ledger.Writer, r bulk.Row) error {
		since, err := changesSince(k.Ctx, w.DB, ID(r.ID), r.Version)
		if err != nil {
			return err
		}
		o, err := Find(k.Ctx, w.DB, w.DB.Org(), ID(r.ID))
		if err != nil {
			return err
		}
		switch {
		case len(since) > 0:
			return bulk.Since
		case !k.Viewer.Sees(o.Owner) && !(what == bulkOwner && k.Viewer.Sees(people.ID(r.Before))):
			return bulk.NotYours
		}
		if what == bulkOwner && r.Before != "" {
			if err := mustBeHere(k, w.DB, people.ID(r.Before)); err != nil {
				return err
			}
		}
		_, err = Record(k.Ctx, w, ID(r.ID), 0, formerly(what, r))
		return err
	}
}

func mustBeHere(k bulk.Desk, tx *db.DB, owner people.ID) error {
	person, err := people.PersonOf(k.Ctx, tx, tx.Org(), owner)
	if err == nil && !person.Active() {
		err = problem.Invalid("owner", "%s, who had it, has left.", person.Name)
	}
	return err
}

// formerly is the fact that gives a deal its former value, and takes back the change.
func formerly(what string, r bulk.Row) Change {
	switch what {
	case bulkOwner:
		return Change{Kind: OwnerSet, Fact: Fact{Person: people.ID(r.Before), Undoes: r.Version}}
	case bulkStage:
		return Change{Kind: StageSet, Fact: Fact{Value: r.Before, Undoes: r.Version}}
	}
	return Change{Kind: CloseDateSet, Fact: Fact{Date: calendar.Date(r.Before), Undoes: r.Version}}
}
