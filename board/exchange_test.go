package board_test

import (
	"strings"
	"testing"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld"
	"milepost/internal/testworld/testdb"
	"milepost/money"
	"milepost/money/rates"
)

// With a rate, columns and the whole board are added up in one currency.
func TestTheBoardIsAddedUpInOneCurrency(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		o := testworld.Small(t, d)
		pages := site(d, o.ID, calendar.Stopped(testworld.SmallNow))
		if body := send(t, pages, o.Olga, "/board", nil, false).Body.String(); strings.Contains(body, "converted") || !strings.Contains(body, "GBP 3,000") {
			t.Error("without a rate something is converted")
		}
		err := ledger.Record(t.Context(), o.DB, ledger.By{Actor: string(o.Olga.ID), Via: ledger.ViaWeb, At: testworld.SmallNow}, func(w *ledger.Writer) error {
			units, err := money.ParseRate("1.25", false)
			if err != nil {
				return err
			}
			_, err = w.Add(rates.Given, rates.Subject, "", testworld.SmallNow, rates.Fact{Rates: []rates.Rate{{One: "GBP", Other: "EUR", Units: units, Day: "2026-05-01"}}})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}

		body := send(t, pages, o.Olga, "/board", nil, false).Body.String()
		for _, want := range []string{"8 open deals, EUR 93,250 converted.", " converted</span>", "EUR 40,000"} {
			if !strings.Contains(body, want) {
				t.Errorf("the board lacks %q", want)
			}
		}
	}, schemas...)
}
