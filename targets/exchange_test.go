package targets

import (
	"testing"

	"milepost/calendar"
	"milepost/internal/ledger"
	"milepost/money"
	"milepost/money/rates"
)

// worth gives what one unit of a currency is worth in euros from a day on, as it was
// recorded on another.
func (c *company) worth(recorded, day calendar.Date, of money.Currency, units string) {
	c.t.Helper()
	n, err := money.ParseRate(units, false)
	if err != nil {
		c.t.Fatal(err)
	}
	c.record(at(recorded), func(w *ledger.Writer) error {
		_, err := w.Add(rates.Given, rates.Subject, "", at(day), rates.Fact{Rates: []rates.Rate{{One: of, Other: "EUR", Units: n, Day: day}}})
		return err
	})
}

func (c *company) addedUp(p calendar.Period, asOf calendar.Instant, in money.Currency) Attained {
	c.t.Helper()
	a, err := AddUp(c.t.Context(), c.db, c.org, c.attained(p, asOf), in)
	if err != nil {
		c.t.Fatal(err)
	}
	return a
}

// What is won counts at the rate of its day, a target at that of the period's first day;
// each in the currency of the only target, and in the organization's where there are
// several.
func TestAttainmentInOneCurrency(t *testing.T) {
	each(t, func(t *testing.T, c *company) {
		q := calendar.Fiscal{}.Quarter("2026-02-01")
		c.set(at("2025-12-01"), "Rosa Reed", Own, "2026-01-01", "EUR", of(1000))
		c.set(at("2025-12-01"), "Remy Rowe", Own, "2026-01-01", "USD", of(2000))
		c.win("Rosa Reed", 700, "EUR", at("2026-01-05"), at("2026-01-20"))
		c.win("Rosa Reed", 100, "USD", at("2026-01-05"), at("2026-01-20")) // at 0.50
		c.win("Rosa Reed", 100, "USD", at("2026-01-05"), at("2026-02-20")) // at 0.90
		c.win("Rosa Reed", 40, "GBP", at("2026-01-05"), at("2026-02-20"))  // no rate
		c.win("Remy Rowe", 90, "EUR", at("2026-01-05"), at("2026-02-20"))  // 100 dollars
		rosa, remy, mara := c.ids["Rosa Reed"], c.ids["Remy Rowe"], c.ids["Mara Moss"]
		if a := c.addedUp(q, c.now, ""); a.Own[rosa].Won["EUR"] != 700 || a.Own[rosa].Won["USD"] != 200 || a.Own[rosa].AddedUp != "" || a.Team[mara].Quota["USD"] != 2000 {
			t.Errorf("without rates: %+v", a.Own[rosa])
		}
		c.worth("2026-04-02", "2025-12-31", "USD", "0.50")
		c.worth("2026-04-03", "2026-02-01", "USD", "0.90")
		a := c.addedUp(q, c.now, "")
		if f := a.Own[rosa]; f.Won["EUR"] != 700+50+90 || f.Won["GBP"] != 40 || len(f.Won) != 2 || f.Quota["EUR"] != 1000 || f.AddedUp != "EUR" || f.Wins != 4 {
			t.Errorf("Rosa: %+v", f)
		}
		if f := a.Own[remy]; f.Won["USD"] != 100 || len(f.Won) != 1 || f.Quota["USD"] != 2000 || f.AddedUp != "USD" {
			t.Errorf("Remy: %+v", f)
		}
		for what, f := range map[string]Figures{"the team": a.Team[mara], "the whole": a.Whole} {
			if f.Won["EUR"] != 840+90 || f.Won["GBP"] != 40 || f.Quota["EUR"] != 1000+1000 || len(f.Quota) != 1 || f.Wins != 5 {
				t.Errorf("%s: %+v", what, f)
			}
		}
		if f := c.addedUp(q, c.now, "USD").Own[rosa]; f.Quota["USD"] != 2000 || f.Won["USD"] != 1400+100+100 {
			t.Errorf("Rosa in dollars: %+v", f)
		}
		if f := c.addedUp(q, at("2026-04-03"), "").Own[rosa]; f.Won["EUR"] != 700+50+50 {
			t.Errorf("as of a day before the second rate was recorded: %+v", f)
		}
		if f := c.addedUp(q, at("2026-04-02"), "").Own[rosa]; f.AddedUp != "" {
			t.Errorf("as of a day before any was: %+v", f)
		}
	})
}
