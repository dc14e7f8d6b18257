package forecasts

import (
	"strings"
	"testing"

	"milepost/calls"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/money"
	"milepost/people"
)

// Calls in several currencies stand beside the forecast in the one that it is told in, at the
// rate that was known then, with what was given; one without a rate is shown and not added.
func TestCallsInOtherCurrenciesAreExchanged(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		w := &tiny{place: o.Place()}
		f := hire(t, d, o, w.at(120.4))
		f.busy(t, 120)
		w.dollar(t, f.d, 1, 1, "0.5")
		w.dollar(t, f.d, 121, 121, "0.9") // later: it changes nothing
		m, _ := learnedMemory(t, f, f.now, 61)
		period := o.Fiscal().Quarter("2026-05-01")
		give := func(who string, in money.Currency, commit, best int64) {
			v := &people.Viewer{Org: o.ID, ID: f.ids[who], Roles: []people.Role{people.Rep}, Organization: o}
			err := ledger.Record(t.Context(), f.d, ledger.By{Actor: string(v.ID), Via: ledger.ViaWeb, At: w.at(119)}, func(l *ledger.Writer) error {
				_, err := calls.Give(t.Context(), l, v, []calls.Wish{{Scope: calls.Own, Period: period, Currency: in, Commit: commit, Best: best}})
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		give("Ria One", "EUR", 10_000_00, 20_000_00)
		give("Ria One", "USD", 30_000_00, 40_000_00)
		give("Rob Two", "GBP", 7_000_00, 8_000_00)
		code, page := f.getOf(m, t, "Mia North", "/forecasts")
		words := strings.Join(strings.Fields(page), " ")
		for _, want := range []string{"EUR 25 k", "EUR 40 k", "given EUR 10,000 and USD 30,000; without its bias", "given GBP 7,000", "a call without a rate is shown, and not added up"} {
			if !strings.Contains(words, want) {
				t.Errorf("%d: the page does not say %q", code, want)
			}
		}
	})
}
