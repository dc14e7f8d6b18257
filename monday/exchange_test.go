package monday

import (
	"math"
	"testing"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld"
	"milepost/money"
	"milepost/money/rates"
	"milepost/people"
	"milepost/targets"
)

func inEuros(t testing.TB, of money.Currency, units string, day calendar.Date) rates.Rate {
	t.Helper()
	n, err := money.ParseRate(units, false)
	if err != nil {
		t.Fatal(err)
	}
	return rates.Rate{One: of, Other: "EUR", Units: n, Day: day}
}

// What is open in several currencies is added up in one, to what the amounts come to;
// what has no rate stays beside it.
func TestWhatIsOpenIsAddedUp(t *testing.T) {
	b := rates.NewBook([]rates.Rate{inEuros(t, "USD", "0.5", "2026-01-01"), inEuros(t, "JPY", "0.006", "2026-06-01")})
	tally := newTally()
	for _, a := range []money.Amount{{Minor: 1000, Currency: "EUR"}, {Minor: 300, Currency: "USD"}, {Minor: 70, Currency: "GBP"}, {Minor: 9, Currency: "JPY"}} {
		minor := a.Minor
		tally.take(&deal{Currency: a.Currency, Minor: &minor}, []float64{.5, .1})
	}
	tally.exchange(b, "EUR", "2026-05-01")
	if tally.open["EUR"] != 1150 || tally.open["GBP"] != 70 || tally.open["JPY"] != 9 || len(tally.open) != 3 || tally.converted != "EUR" {
		t.Errorf("open: %v, converted %q", tally.open, tally.converted)
	}
	if e := tally.expected["EUR"]; math.Abs(e[0]-575) > 1e-9 || math.Abs(e[1]-115) > 1e-9 || tally.expected["USD"] != nil {
		t.Errorf("expected: %v", tally.expected)
	}
	line := tally.line(targets.Money("EUR"), targets.Figures{}, nil)
	if !line.Converted || tally.line(targets.Money("GBP"), targets.Figures{}, nil).Converted {
		t.Errorf("%+v", line)
	}
}

// The page says so, and where the rates are.
func TestMondayInOneCurrency(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, s *site) {
		s.get(t, o.Ada.ID, "/monday").Is(200).Has("In other currencies").Lacks("Several currencies are added up here")
		give(t, s.db, o, inEuros(t, "GBP", "1.25", "2026-05-01"))
		s.get(t, o.Ada.ID, "/monday").Is(200).Has("Several currencies are added up here", "/rates").Lacks("In other currencies")
	})
}

// Until all wins are counted, targets and wins stand in their own currencies; so does what
// is open, or the page would take unlike things from each other.
func TestNothingIsAddedUpUntilWinsAreCounted(t *testing.T) {
	b := rates.NewBook([]rates.Rate{inEuros(t, "USD", "0.5", "2026-01-01")})
	for left, want := range map[int64]money.Currency{0: "EUR", 3: ""} {
		r := &report{Tally: newTally(), Bridge: &bridge{}, Assembly: &assembly{}}
		r.Viewer, r.Today = &people.Viewer{Organization: people.Organization{Currency: "EUR"}}, "2026-05-01"
		minor := int64(300)
		r.Tally.take(&deal{Currency: "USD", Minor: &minor}, nil)
		r.settle(targets.Attained{Behind: left}, nil, b)
		if r.Tally.converted != want {
			t.Errorf("with %d entries to count it was exchanged into %q, want %q", left, r.Tally.converted, want)
		}
	}
}

func give(t *testing.T, d *db.DB, o *testworld.SmallOrganization, r rates.Rate) {
	t.Helper()
	err := ledger.Record(t.Context(), d, ledger.By{Actor: string(o.Olga.ID), Via: ledger.ViaWeb, At: testworld.SmallNow}, func(w *ledger.Writer) error {
		return rates.Give(t.Context(), w, []rates.Rate{r}, o.Place())
	})
	if err != nil {
		t.Fatal(err)
	}
}
