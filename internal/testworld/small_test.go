package testworld

import (
	"strings"
	"testing"

	"milepost/bulk"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld/testdb"
	"milepost/money"
	"milepost/people"
)

func TestSmallOrganizationsAreAsTold(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		alpha, bravo := SmallPair(t, d)
		for _, o := range []*SmallOrganization{alpha, bravo} {
			o.checkDeals(t)
			o.checkPeople(t)
		}
	}, ledger.Schema, people.Schema, bulk.Schema, deals.Schema)
}

// checkDeals compares every deal with its row, and the totals with the constants.
func (o *SmallOrganization) checkDeals(t *testing.T) {
	t.Helper()
	open, won, count := money.Totals{}, money.Totals{}, 0
	for _, d := range o.Deals {
		row, err := deals.Find(t.Context(), o.DB, o.ID, d.ID)
		if err != nil {
			t.Fatal(err)
		}
		if row.Owner != d.Owner || row.Outcome != d.Outcome || row.Stage != d.Stage || row.Title != d.Title || !strings.HasSuffix(row.Title, o.Mark) {
			t.Errorf("%s: %+v is not %+v", d.Key, row, d)
		}
		if row.IsOpen() {
			count++
		}
		switch {
		case row.Amount == nil:
		case row.IsOpen():
			open.Add(*row.Amount)
		case row.Outcome == deals.Won:
			won.Add(*row.Amount)
		}
	}
	if len(o.Deals) != 12 || count != SmallOpen || open["EUR"] != SmallOpenEUR || open["GBP"] != SmallOpenGBP || won["EUR"] != SmallWonEUR {
		t.Errorf("%d deals, %d open with %v, won %v", len(o.Deals), count, open, won)
	}
	if late := o.Deal("finn late"); late.Owner != o.Finn.ID {
		t.Error("Finn's late deal is not his")
	}
}

func (o *SmallOrganization) checkPeople(t *testing.T) {
	t.Helper()
	for _, check := range []struct {
		who  people.Person
		sees map[string]bool
	}{
		{o.Ada, map[string]bool{"dan open": true, "gus handed over": true, "nobody": false}},
		{o.Ben, map[string]bool{"dan open": true, "ben own": true, "finn late": false}},
		{o.Dan, map[string]bool{"dan open": true, "eve open": false}},
		{o.Olga, map[string]bool{"dan open": true, "nobody": true}},
		{o.Vera, map[string]bool{"dan open": false}},
	} {
		v := people.ViewerFrom(o.As(check.who))
		for key, want := range check.sees {
			if v.Sees(o.Deal(key).Owner) != want {
				t.Errorf("%s sees %q: %v", check.who.Name, key, !want)
			}
		}
	}
}
