package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
)

// withHistory makes a data folder with an organization of twenty deals, a day
// apart from 1 March 2026 in Amsterdam; every other one is won after ten days.
func withHistory(t *testing.T, names ...string) store {
	t.Helper()
	s := store{Data: t.TempDir()}
	p, err := s.open(t.Context(), newLog(t.Output(), false))
	if err != nil {
		t.Fatal(err)
	}
	defer p.DB.Close()
	for _, name := range names {
		o, err := people.Found(t.Context(), p.DB, people.Organization{Name: name, TimeZone: "Europe/Amsterdam", FiscalStart: 1, Currency: "EUR", CreatedAt: 1})
		if err != nil {
			t.Fatal(err)
		}
		if err := ledger.Record(t.Context(), p.DB.For(o.ID), ledger.By{Via: ledger.ViaImport, At: 1}, twentyDeals); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func twentyDeals(w *ledger.Writer) error {
	first, _ := calendar.ParseInstant("2026-03-01T11:00:00Z")
	for i := range 20 {
		id := db.NewID(1)
		at := first + calendar.Instant(i)*86_400_000
		add := func(days int, kind ledger.Kind, fact deals.Fact) {
			then := at + calendar.Instant(days)*86_400_000
			w.AddAs(ledger.Entry{ID: db.NewID(1), RecordedAt: then, EffectiveAt: then, Kind: kind, Subject: id, Opportunity: id}, fact)
		}
		add(0, deals.Created, deals.Fact{Name: fmt.Sprintf("d%02d", i)})
		add(0, deals.StageSet, deals.Fact{Value: "offer"})
		if i%2 == 0 {
			add(10, deals.Closed, deals.Fact{Name: "won"})
		}
	}
	return nil
}

func TestForecastPrintsJSONAndNothingElse(t *testing.T) {
	s := withHistory(t, "Fictitious Ferries")
	var out, errOut bytes.Buffer
	c := forecastCommand{store: s, AsOf: "2026-03-15", Horizons: "7d,14d", JSON: true}
	if err := c.Run(t.Context(), &streams{&out, &errOut}); err != nil {
		t.Fatal(err)
	}
	var f struct {
		AsOf  string `json:"as_of"`
		Deals []struct {
			ExternalID string `json:"external_id"`
			Stage      string
			Methods    map[string]map[string]struct {
				Won float64 `json:"won"`
			}
		}
		Totals map[string]any
	}
	if err := json.Unmarshal(out.Bytes(), &f); err != nil {
		t.Fatalf("%v in %s", err, out.String())
	}
	if f.AsOf != "2026-03-14T23:00:00Z" || len(f.Deals) != 12 || f.Deals[0].ExternalID != "d01" || f.Totals["company"] == nil {
		t.Errorf("%s", out.String())
	}
	if p := f.Deals[0].Methods["past-yield"]["7d"].Won; !(p > 0 && p < 1) || f.Deals[0].Stage != "offer" {
		t.Errorf("%+v", f.Deals[0])
	}
}

func TestForecastPrintsATable(t *testing.T) {
	s := withHistory(t, "Fictitious Ferries")
	var out, errOut bytes.Buffer
	c := forecastCommand{store: s, AsOf: "2026-03-15", Horizons: "7d"}
	if err := c.Run(t.Context(), &streams{&out, &errOut}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Fictitious Ferries, as of 15 March 2026 00:00 CET: 12 open deals", "company", "(no owner)", "d01", "past-yield 7d"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}

func TestBacktestPrintsJSONAndNothingElse(t *testing.T) {
	s := withHistory(t, "Fictitious Ferries")
	for name, c := range map[string]backtestCommand{
		"listed":    {AsOf: []string{"2026-03-12", "2026-03-14", "2026-03-16"}},
		"every two": {From: "2026-03-12", To: "2026-03-16T12:00:00Z", Every: "2d"},
	} {
		var out, errOut bytes.Buffer
		c.store, c.Horizons, c.JSON = s, "7d", true
		if err := c.Run(t.Context(), &streams{&out, &errOut}); err != nil {
			t.Fatal(err)
		}
		var r struct {
			AsOf    []string `json:"as_of"`
			Methods []struct {
				Name     string
				Horizons []map[string]any
			}
		}
		if err := json.Unmarshal(out.Bytes(), &r); err != nil {
			t.Fatalf("%s: %v in %s", name, err, out.String())
		}
		if len(r.AsOf) != 3 || r.AsOf[1] != "2026-03-13T23:00:00Z" || len(r.Methods) != 6 || r.Methods[0].Horizons[0]["n"] == 0.0 {
			t.Errorf("%s: %s", name, out.String())
		}
		if !strings.Contains(errOut.String(), "4 of 4") { // one earlier time teaches ranges
			t.Errorf("%s: no progress in %q", name, errOut.String())
		}
	}
}

func TestBacktestPrintsATable(t *testing.T) {
	s := withHistory(t, "Fictitious Ferries")
	var out, errOut bytes.Buffer
	c := backtestCommand{store: s, From: "2026-03-12", Every: "7d", Horizons: "7d,90d"}
	if err := c.Run(t.Context(), &streams{&out, &errOut}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"3 times between 12 March 2026 and 26 March 2026", "stage-weighted", "past-yield", "n counts them", "80% held", "of 2"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}

// What the figures rest on goes into a folder of its own, once.
func TestBacktestWritesItsRows(t *testing.T) {
	s := withHistory(t, "Fictitious Ferries")
	folder := filepath.Join(t.TempDir(), "rows")
	c := backtestCommand{store: s, From: "2026-03-12", Every: "7d", Horizons: "7d", Rows: folder}
	var out, errOut bytes.Buffer
	if err := c.Run(t.Context(), &streams{&out, &errOut}); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"scores.json": `"name":"past-yield"`, "chances.csv": "past-yield,7,2026-03-11T23:00:00Z,d01,", "model.json": `"name":"stage"`, "learned.csv": "deal,seen,cause,weight,track,level,stage"} {
		text, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil || !strings.Contains(string(text), want) {
			t.Errorf("%s: %v, no %q in %.300s", name, err, want, text)
		}
	}
	if err := c.Run(t.Context(), &streams{&out, &errOut}); err == nil || !strings.Contains(err.Error(), "does not exist yet") {
		t.Errorf("a second time: %v", err)
	}
}

func TestWhatCannotBeForecastIsSaid(t *testing.T) {
	one, two, none := withHistory(t, "Alpha"), withHistory(t, "Alpha", "Beta"), store{Data: t.TempDir() + "/nothing"}
	forecast := func(s store, asOf, horizons string) func(*streams) error {
		return func(to *streams) error {
			return (&forecastCommand{store: s, AsOf: asOf, Horizons: horizons}).Run(t.Context(), to)
		}
	}
	backtest := func(c backtestCommand) func(*streams) error {
		c.store, c.Horizons = one, "7d"
		return func(to *streams) error { return c.Run(t.Context(), to) }
	}
	for want, try := range map[string]func(*streams) error{
		`"7w" is not a horizon`:               forecast(one, "2026-03-15", "7w"),
		"there is no Milepost data in":        forecast(none, "2026-03-15", "7d"),
		"say which with --organization":       forecast(two, "2026-03-15", "7d"),
		"as of 2020-01-01 nothing was known":  forecast(one, "2020-01-01", "7d"),
		"neither a date like":                 forecast(one, "yesterday", "7d"),
		"say which instants to go back to":    backtest(backtestCommand{}),
		"is before --from":                    backtest(backtestCommand{From: "2026-03-15", To: "2026-03-14", Every: "7d"}),
		"--every wants whole days":            backtest(backtestCommand{From: "2026-03-15", Every: "week"}),
		"the history begins at 2026-03-01T11": backtest(backtestCommand{AsOf: []string{"2026-03-15", "2026-02-01"}}),
	} {
		var out, errOut bytes.Buffer
		err := try(&streams{&out, &errOut})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
		if out.Len() > 0 {
			t.Errorf("%q: printed %q", want, out.String())
		}
	}
}
