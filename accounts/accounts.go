// Package accounts is whom a company sells to: the companies, the people there, and
// the part that each of them plays in a deal. A rep opens an account to learn who
// they are, what is open, whom we know there and what happened; a manager, to see
// where a deal hangs on one person, or on nobody who can sign.
//
// An account is what its entries in the ledger come to, and so is a contact. Whoever
// sees one deal of an account sees the account and everyone there; see access.go.
package accounts

import (
	"context"
	"embed"
	"errors"
	"time"

	"milepost/bulk"
	"milepost/internal/db"
	"milepost/internal/jobs"
	"milepost/internal/slice"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
)

// Schema holds the tables of this room, and what it adds to the table of accounts.
//
//go:embed schema
var Schema embed.FS

// DealPanel is where the page of a deal finds the people of that deal: a fragment.
// {id} stands for the deal's id.
const DealPanel = "/accounts/deals/{id}/panel"

// Slice is what accounts bring to the program.
func Slice(p slice.Program) slice.Slice {
	s := pages{p}
	return slice.Slice{
		Name:   "accounts",
		Schema: Schema,
		Routes: s.routes(),
		Menu: []web.MenuItem{
			{NavItem: ui.NavItem{Label: "Accounts", Path: "/accounts", Icon: "building"}, Rule: people.SeesDeals, Order: 20},
			{NavItem: ui.NavItem{Label: "Contacts", Path: "/contacts", Icon: "users"}, Rule: people.SeesDeals, Order: 30},
		},
		Jobs: []jobs.Job{{Name: "find accounts by other spellings", Every: time.Minute, Run: makeKeys},
			bulk.Job(manyAccounts), bulk.Job(manyContacts)},
		Check: differences,
	}
}

// differences is Check in the words of milepost verify.
func differences(ctx context.Context, d *db.DB, org db.Org) ([]string, error) {
	err := Check(ctx, d, org)
	if difference := (*Difference)(nil); errors.As(err, &difference) {
		return []string{difference.Error()}, nil
	}
	return nil, err
}
