package accounts

import (
	"context"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/people"
	"milepost/problem"
)

// sight is whose deals and accounts a person may see. Its methods are the one place
// of this room that turns that into conditions, for every query.
type sight struct {
	owners []people.ID
	all    bool
}

func sightOf(v *people.Viewer) sight {
	owners, all := v.Visible()
	return sight{owners, all}
}

// Find reads an account that a person may see; what they may not see is not there.
func Find(ctx context.Context, d *db.DB, v *people.Viewer, id ID) (Account, error) {
	return find(ctx, d, v, id, 0)
}

// find follows an account that went into others to the one that is there now, in
// order to decide: its history is open to whoever sees that one.
func find(ctx context.Context, d *db.DB, v *people.Viewer, id ID, steps int) (Account, error) {
	a, err := accountOf(ctx, d, id)
	if err != nil {
		return a, err
	}
	if a.MergedInto != "" && steps < deepest {
		_, err := find(ctx, d, v, a.MergedInto, steps+1)
		return a, err
	}
	seen, err := seesAccount(ctx, d, sightOf(v), id)
	if err == nil && !seen {
		err = errNoAccount
	}
	return a, err
}

// FindContact reads a contact that a person may see, with its account and the parts
// it plays in deals that they see.
func FindContact(ctx context.Context, d *db.DB, v *people.Viewer, id ContactID) (Contact, Account, error) {
	c, err := contactOf(ctx, d, id)
	if err != nil {
		return c, Account{}, err
	}
	a, err := Find(ctx, d, v, c.Account)
	if problem.Is(err, problem.KindNotFound) {
		return Contact{}, Account{}, errNoContact
	}
	if err != nil {
		return Contact{}, a, err
	}
	parts, err := partsOf(ctx, d, []ContactID{id}, sightOf(v))
	for _, p := range parts {
		c.Involved = append(c.Involved, p.Involvement)
	}
	return c, a, err
}

// mayMerge refuses a merge by someone who does not see every deal that would move.
func mayMerge(ctx context.Context, d *db.DB, v *people.Viewer, goes ID) error {
	hidden, err := hiddenDeals(ctx, d, sightOf(v), goes)
	if err == nil && hidden > 0 {
		err = problem.Forbidden("Others sell to this account too, and you do not see all of its deals. Ask operations, or the manager above all of you, to merge it.")
	}
	return err
}

// mayErase is so for those who answer for personal data.
func mayErase(v *people.Viewer) bool { return v.Has(people.Operations, people.Administrator) }

// reach is to whom a viewer may give an account: the same people as a deal.
func reach(ctx context.Context, d *db.DB, v *people.Viewer, now calendar.Instant) (deals.Reach, error) {
	chart, err := people.ChartAsOf(ctx, d, v.Org, now)
	return deals.ReachOf(v, chart), err
}
