package accounts

import (
	"cmp"
	"context"
	"strings"

	"milepost/calendar"
	"milepost/internal/db"
)

// matchOf is the key by which the same company under another spelling is noticed.
// It is never empty, which is how an account without keys is told.
func matchOf(a Account) string { return cmp.Or(MatchKey(a.Name), folded(a.Name), "-") }

// searchOf is what the words typed into the list's search box are looked for in.
func searchOf(a Account) string {
	return folded(strings.Join([]string{a.Name, a.Industry, a.Country, a.Region, a.Website}, " "))
}

func contactSearch(c *Contact) string {
	if c.Erased {
		return ""
	}
	return folded(strings.Join([]string{c.Name, c.Title, c.Emails, c.Phones}, " "))
}

// makeKeys gives keys to the accounts that came with deals, a batch a transaction.
func makeKeys(ctx context.Context, d *db.DB, _ calendar.Instant) error {
	const batch = 500
	for {
		count := 0
		err := d.InTx(ctx, func(tx *db.DB) error {
			list, err := accountsWithoutKeys(ctx, tx, batch)
			for _, a := range list {
				known := Account{Name: a.Name}
				if err := setKeys(ctx, tx, a.ID, matchOf(known), searchOf(known)); err != nil {
					return err
				}
			}
			count = len(list)
			return err
		})
		if err != nil || count < batch {
			return err
		}
	}
}
