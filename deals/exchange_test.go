package deals_test

import (
	"testing"

	"milepost/internal/ledger"
	"milepost/internal/testworld"
	"milepost/internal/testworld/pagetest"
	"milepost/money"
	"milepost/money/rates"
	"milepost/people"
)

// A pound is worth 1.25 euros since the first of May.
func pounds(t *testing.T, o *testworld.SmallOrganization) {
	t.Helper()
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
}

// With a rate, what is open is added up in one currency, and said to be converted; what
// has ended is not, since it counts at the rates of other days.
func TestListsAreAddedUpInOneCurrency(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) pagetest.Desk) {
		as(o.Olga).Get("/deals?by=owner").Is(200).Lacks("converted")
		pounds(t, o)
		as(o.Olga).Get("/deals").Is(200).Has("8 open deals, EUR 93,250 converted.").Lacks("EUR 89,500")
		as(o.Ben).Get("/deals").Is(200).Has("4 open deals, EUR 41,750 converted.")
		as(o.Dan).Get("/deals").Is(200).Has("1 open deal, EUR 12,000.").Lacks("converted")
		as(o.Olga).Get("/deals?outcome=all").Is(200).Lacks("converted")
	})
}
