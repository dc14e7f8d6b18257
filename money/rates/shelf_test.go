package rates_test

import (
	"testing"

	"milepost/money"
	"milepost/money/rates"
)

// The shelf knows what was said a moment ago; totals in one currency are left as they are.
func TestTheShelfKeepsUp(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		var shelf rates.Shelf
		texts := func(totals money.Totals) string {
			sum, err := shelf.Add(t.Context(), h.DB, totals, "EUR", "2026-05-20")
			if err != nil {
				t.Fatal(err)
			}
			list := ""
			for _, text := range sum.Texts() {
				list += text + "; "
			}
			return list
		}
		both := money.Totals{"EUR": 100_00, "USD": 50_00, "GBP": 10_00}
		for _, c := range []struct{ currency, units, want string }{
			{"", "", "EUR 100; USD 50; GBP 10; "},
			{"USD", "0.5", "EUR 125 converted; GBP 10; "},
			{"GBP", "1.2", "EUR 137 converted; "},
		} {
			if c.currency != "" {
				h.as(h.Olga).Post("/rates", "currency", c.currency, "units", c.units, "day", "2026-05-03").Leads()
			}
			if got := texts(both); got != c.want {
				t.Errorf("after the rate of %q: %q, want %q", c.currency, got, c.want)
			}
		}
		if got := texts(money.Totals{"USD": 50_00}); got != "EUR 25 converted; " {
			t.Errorf("of dollars alone: %q", got)
		}
		if got := texts(money.Totals{"EUR": 50_00}); got != "EUR 50; " {
			t.Errorf("of euros alone: %q", got)
		}
		var all rates.Together
		for range 2 {
			all.Take(rates.Together{Sum: amount(100, "EUR"), Converted: true, Apart: []money.Amount{amount(5, "JPY")}})
		}
		if all.Sum != amount(200, "EUR") || len(all.Apart) != 1 || all.Apart[0].Minor != 10 {
			t.Errorf("taken together: %+v", all)
		}
	})
}
