package accounts

import (
	"context"
	"fmt"
	"slices"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
)

// Difference is the first row that is not what the ledger says.
type Difference struct {
	Subject string // "account" or "contact"
	ID      string
	Reason  string
}

func (d *Difference) Error() string {
	return fmt.Sprintf("the %s %s %s", d.Subject, d.ID, d.Reason)
}

// Check folds every account and contact anew from the ledger and compares them with
// the tables; the first that differs comes back as a *Difference.
func Check(ctx context.Context, d *db.DB, org db.Org) error {
	return d.Snapshot(ctx, func(d *db.DB) error {
		entries := map[string][]ledger.Entry{}
		err := ledger.EachOfKinds(ctx, d, org, Kinds, deals.Ever, func(e *ledger.Entry) error {
			entries[e.Subject] = append(entries[e.Subject], *e)
			return nil
		})
		if err != nil {
			return fmt.Errorf("reading what is known of accounts: %w", err)
		}
		if err := checkAccounts(ctx, d, org, entries); err != nil {
			return err
		}
		if err := checkContacts(ctx, d, org, entries); err != nil {
			return err
		}
		for id := range entries {
			return &Difference{"account or contact", id, "is in the ledger and not in the tables"}
		}
		return nil
	})
}

func checkAccounts(ctx context.Context, d *db.DB, org db.Org, entries map[string][]ledger.Entry) error {
	return eachAccount(ctx, d, org, func(row *Account) error {
		told, exists, err := FoldAccount(entries[string(row.ID)], deals.Ever)
		delete(entries, string(row.ID))
		switch {
		case err != nil:
			return err
		case !exists:
			return &Difference{"account", string(row.ID), "is in the tables and not in the ledger"}
		case told != *row:
			return &Difference{"account", string(row.ID), fmt.Sprintf("is %+v in the tables and %+v by the ledger", *row, told)}
		}
		return nil
	})
}

func checkContacts(ctx context.Context, d *db.DB, org db.Org, entries map[string][]ledger.Entry) error {
	return eachContact(ctx, d, org, func(row *Contact) error {
		told, exists, err := FoldContact(entries[string(row.ID)], deals.Ever)
		delete(entries, string(row.ID))
		switch {
		case err != nil:
			return err
		case !exists:
			return &Difference{"contact", string(row.ID), "is in the tables and not in the ledger"}
		}
		same := slices.Equal(told.Involved, row.Involved) && slices.Equal(told.EverIn, row.EverIn)
		told.Involved, row.Involved, told.EverIn, row.EverIn = nil, nil, nil, nil
		if !same || fmt.Sprintf("%+v", told) != fmt.Sprintf("%+v", *row) {
			return &Difference{"contact", string(row.ID), "is not what the ledger says"} // its data stay out of logs
		}
		return nil
	})
}
