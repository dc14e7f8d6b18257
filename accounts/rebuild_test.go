package accounts_test

import (
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"milepost/accounts"
	"milepost/bulk"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld/testdb"
	"milepost/people"
	"milepost/problem"
	"milepost/views"
)

var someFields = []string{"name", "website", "industry", "country", "about", "parent", "owner"}
var contactFieldNames = []string{"name", "title", "emails", "phones", "left_on", "notes", "account"}

// After any history the tables are what the ledger says, and the chain holds.
func TestTablesAreWhatTheLedgerSays(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		number := 1000
		rapid.Check(t, func(rt *rapid.T) {
			number++
			c := drawCompany(rt, t, d, number)
			at := begun + 10
			for range rapid.IntRange(1, 20).Draw(rt, "steps") {
				at += calendar.Instant(rapid.IntRange(0, 3).Draw(rt, "pause"))
				err := ledger.Record(t.Context(), c.d, ledger.By{Via: ledger.ViaWeb, At: at}, func(w *ledger.Writer) error { return c.step(rt, t, w) })
				if _, refused := problem.Of(err); err != nil && !refused {
					rt.Fatal(err)
				}
			}
			if err := accounts.Check(t.Context(), c.d, c.org.ID); err != nil {
				rt.Fatal(err)
			}
			if _, err := ledger.Verify(t.Context(), c.d, c.org.ID); err != nil {
				rt.Fatal(err)
			}
		})
	}, ledger.Schema, people.Schema, views.Schema, bulk.Schema, deals.Schema, accounts.Schema)
}

// step does one thing that someone might do.
func (c *company) step(rt *rapid.T, t *testing.T, w *ledger.Writer) error {
	ctx := t.Context()
	id := rapid.SampledFrom(c.all).Draw(rt, "account")
	other := rapid.SampledFrom(c.all).Draw(rt, "other")
	value := rapid.SampledFrom([]string{"", "one.example", "Two", "2026-01-31", "a@b.example", "+31 20 555", fmt.Sprint("SECRET", rapid.IntRange(0, 3).Draw(rt, "n"), " x")}).Draw(rt, "value")
	var err error
	switch rapid.IntRange(0, 5).Draw(rt, "what") {
	case 0, 1:
		field := rapid.SampledFrom(someFields).Draw(rt, "field")
		switch field {
		case "parent":
			value = string(other)
		case "owner":
			value = string(rapid.SampledFrom(c.people).Draw(rt, "owner").ID)
		}
		_, err = accounts.Set(ctx, w, id, field, value, 0)
	case 2:
		field := rapid.SampledFrom(contactFieldNames).Draw(rt, "field")
		if field == "account" {
			value = string(other)
		}
		_, err = accounts.SetContact(ctx, w, c.who[id], field, value, 0)
	case 3:
		if len(c.opps[id]) > 0 {
			_, err = accounts.SetRole(ctx, w, c.who[other], c.opps[id][0], accounts.Standing{Role: rapid.SampledFrom(accounts.Roles).Draw(rt, "role")}, 0)
		}
	case 4:
		_, err = accounts.Merge(ctx, w, id, other)
	case 5:
		err = accounts.EraseContact(ctx, w, c.who[id], "asked for")
	}
	return err
}

func TestCheckNamesWhatDiffers(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.contact(h.Dan, accounts.Contact{Account: h.account("dan open"), Name: "Ana Silva",
			Involved: []accounts.Involvement{{Deal: h.Deal("dan open").ID, Standing: accounts.Standing{Role: accounts.User}}}})
		h.contact(h.Dan, accounts.Contact{Account: h.account("dan open"), Name: "Bo Berg"})
		h.sound()
		for _, damage := range []string{`update contacts set title = 'x' where org_id = $1`, `delete from contact_deals where org_id = $1`, `update accounts set industry = 'x' where org_id = $1 and version = 0`,
			`update contacts set id = 'aaaaaaaa-aaaa-7aaa-8aaa-aaaaaaaaaaaa' where org_id = $1 and name = 'Bo Berg'`} {
			rolled := errors.New("rolled back")
			err := h.DB.InTx(t.Context(), func(tx *db.DB) error {
				if _, err := tx.Exec(t.Context(), damage, h.ID); err != nil {
					return err
				}
				var found *accounts.Difference
				if err := accounts.Check(t.Context(), tx, h.ID); !errors.As(err, &found) {
					t.Errorf("after %s nothing is found: %v", damage, err)
				}
				return rolled
			})
			if !errors.Is(err, rolled) {
				t.Fatal(err)
			}
		}
	})
}

// Contacts of a history come with its instants.
func TestManyContactsWithTheirInstants(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		account, deal := h.account("dan open"), h.Deal("dan open").ID
		began, later := h.now-1_000_000, h.now-500_000
		h.record(h.Olga, func(w *ledger.Writer) error {
			var list []accounts.Contact
			for i := range 2000 {
				c := accounts.Contact{Account: account, Name: fmt.Sprint("Contact ", i), Emails: fmt.Sprintf("c%d@x.example", i), CreatedAt: began}
				if i == 7 {
					c.Involved = []accounts.Involvement{{Deal: deal, Standing: accounts.Standing{Role: accounts.User}, Since: began + 1},
						{Deal: deal, Standing: accounts.Standing{Role: accounts.Champion, Attitude: "for"}, Since: later}}
				}
				list = append(list, c)
			}
			made, err := accounts.AddContacts(t.Context(), w, list...)
			if err == nil && (len(made) != 2000 || made[7].CreatedAt != began || len(made[7].Involved) != 1) {
				t.Errorf("%d contacts were made; the eighth: %+v", len(made), made[7])
			}
			return err
		})
		h.as(h.Dan).Get("/accounts/deals/"+string(deal)+"/panel").Is(200).Has("Contact 7", "Champion")
		// As of the day between, the part was another one.
		var entries []ledger.Entry
		err := ledger.EachOfKinds(t.Context(), h.DB, h.ID, accounts.Kinds, deals.Ever, func(e *ledger.Entry) error {
			if e.Kind == accounts.RoleSet || e.Kind == accounts.ContactAdded && len(entries) == 0 {
				entries = append(entries, *e)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		then, _, err := accounts.FoldContact(entries, later)
		if err != nil || len(then.Involved) != 1 || then.Involved[0].Role != accounts.User {
			t.Errorf("before it changed, the part was %+v (%v)", then.Involved, err)
		}
		h.sound()
	})
}
