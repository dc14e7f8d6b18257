package accounts

import (
	"context"
	"fmt"
	"slices"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/people"
	"milepost/problem"
)

// Party is someone of the buyer's whose word may count in a deal: who plays a part in
// it, or works at its account.
type Party struct {
	Contact
	Role Role // empty for one who plays no part yet
}

// Parties lists them: those with a part first, in the order of the roles. Whoever sees
// the deal sees its account; who is at another account out of sight is left out.
func Parties(ctx context.Context, d *db.DB, v *people.Viewer, o deals.Opportunity) ([]Party, error) {
	rows, err := involvedIn(ctx, d, o.ID)
	if err != nil {
		return nil, fmt.Errorf("reading who is in deal %s: %w", o.ID, err)
	}
	var list []Party
	for _, row := range rows {
		c, _, err := FindContact(ctx, d, v, row.Contact)
		if problem.Is(err, problem.KindNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		list = append(list, Party{c, row.Role})
	}
	slices.SortStableFunc(list, func(a, b Party) int { return slices.Index(Roles, a.Role) - slices.Index(Roles, b.Role) })
	if o.Account == "" {
		return list, nil
	}
	others, err := contactsOf(ctx, d, o.Account, 500)
	for _, c := range others {
		if !slices.ContainsFunc(list, func(p Party) bool { return p.ID == c.ID }) {
			list = append(list, Party{Contact: c})
		}
	}
	return slices.DeleteFunc(list, func(p Party) bool { return p.Erased }), err
}
