package record_test

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"milepost/bulk"
	"milepost/calendar"
	"milepost/calls"
	"milepost/deals"
	"milepost/forecasts"
	"milepost/forecasts/changes"
	"milepost/forecasts/record"
	"milepost/forecasts/reference"
	"milepost/internal/db"
	"milepost/internal/jobs"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/testworld/pagetest"
	"milepost/internal/testworld/testdb"
	"milepost/money"
	"milepost/people"
	"milepost/process"
	"milepost/targets"
)

// now is a Monday morning, 140 days after the first deal.
var now = calendar.InstantOf(time.Date(2026, time.May, 25, 8, 0, 0, 0, time.UTC))

// odd is an organization with a history that nobody wishes for.
type odd struct {
	t     *testing.T
	d     *db.DB
	o     people.Organization
	who   map[string]people.ID
	open  deals.ID // a deal of Ria's
	count int
	in    *ledger.Writer
}

// fact writes an entry about a deal with the instants of the system that it comes from.
func (w *odd) fact(deal string, day float64, kind ledger.Kind, fact deals.Fact) {
	w.late(deal, day, day, kind, fact)
}

func (w *odd) late(deal string, recorded, effective float64, kind ledger.Kind, fact deals.Fact) {
	w.t.Helper()
	id := "00000000-0000-7000-8000-000000000000"[:36-len(deal)] + deal
	at := func(day float64) calendar.Instant {
		return now.Add(time.Duration((day - 140) * 24 * float64(time.Hour)))
	}
	if _, err := w.in.AddAs(ledger.Entry{ID: db.NewID(now), RecordedAt: at(recorded), EffectiveAt: at(effective), Kind: kind, Subject: id, Opportunity: id}, fact); err != nil {
		w.t.Fatal(err)
	}
}

// life is a deal of one of the reps at a stage, with an amount and its end.
func (w *odd) life(owner string, start float64, end float64, outcome deals.Outcome, amount int64) string {
	w.count++
	id := fmt.Sprintf("%04d", w.count)
	w.fact(id, start, deals.Created, deals.Fact{Name: "x" + id, Value: "Deal " + id})
	w.fact(id, start, deals.StageSet, deals.Fact{Value: "offer"})
	w.fact(id, start, deals.OwnerSet, deals.Fact{Person: w.who[owner], Value: owner})
	if amount > 0 {
		w.fact(id, start, deals.AmountSet, deals.Fact{Amount: &money.Amount{Minor: amount, Currency: "EUR"}})
	}
	if outcome != "" {
		w.fact(id, end, deals.Closed, deals.Fact{Name: string(outcome)})
	}
	return id
}

// many are deals that ended as told, one every two days, and some that are open.
func (w *odd) many(n int, outcome func(i int) deals.Outcome, more func(id string, i int)) {
	for i := range n {
		id := w.life([]string{"Ria", "Rob"}[i%2], float64(2*i), float64(2*i+12), outcome(i), 1000_00)
		if more != nil {
			more(id, i)
		}
	}
	for i := range 4 {
		w.life([]string{"Ria", "Rob"}[i%2], float64(120+i), 0, "", 1000_00)
	}
}

func mixed(i int) deals.Outcome { return []deals.Outcome{deals.Won, deals.Lost, deals.NoAction}[i%3] }

// histories are those, and what the forecast page says of them.
var histories = []struct {
	name  string
	make  func(w *odd)
	first string // what the forecast page says
}{
	{"nothing", nil, "Nothing to forecast yet"},
	{"none imported", func(*odd) {}, "Too few to say what is likely"},
	{"one open deal", func(w *odd) { w.life("Ria", 100, 0, "", 1000_00) }, "Too few to say what is likely"},
	{"none ended", func(w *odd) { w.many(40, func(int) deals.Outcome { return "" }, nil) }, "Too few to say what is likely"},
	{"one ended", func(w *odd) { w.life("Ria", 90, 120, deals.Won, 1000_00) }, "Too few to say what is likely"},
	{"all won", func(w *odd) { w.many(50, func(int) deals.Outcome { return deals.Won }, nil) }, "None of the 50 past deals was lost"},
	{"all lost", func(w *odd) { w.many(50, func(int) deals.Outcome { return deals.Lost }, nil) }, "None of the 50 past deals was won"},
	{"one rep", func(w *odd) {
		for i := range 60 {
			w.life("Ria", float64(2*i), float64(2*i+12), mixed(i), 1000_00)
		}
		w.life("Ria", 120, 0, "", 1000_00)
	}, "Likely of what is open"},
	{"no amounts", func(w *odd) {
		for i := range 60 {
			w.life("Rob", float64(2*i), float64(2*i+12), mixed(i), 0)
		}
		w.life("Ria", 120, 0, "", 0)
	}, "Likely of what is open"},
	{"dates to come", func(w *odd) {
		w.many(60, mixed, func(id string, i int) {
			w.late(id, float64(2*i), 4000, deals.AmountSet, deals.Fact{Amount: &money.Amount{Minor: 5, Currency: "EUR"}})
			w.late("f"+id, float64(2*i), 4000, deals.Created, deals.Fact{Name: "f" + id})
		})
	}, "Likely of what is open"},
	{"a milestone of all", func(w *odd) {
		w.many(60, mixed, func(id string, i int) {
			w.fact(id, float64(2*i), deals.MilestoneRecorded, deals.Fact{Name: "Signed up", Value: "achieved"})
		})
	}, "Likely of what is open"},
	{"a thousand values", func(w *odd) {
		w.many(60, mixed, func(id string, i int) {
			for n := range 17 {
				w.fact(id, float64(2*i)+float64(n)/100, deals.AttributeSet, deals.Fact{Name: "city", Value: fmt.Sprint("City ", 17*i+n)})
			}
		})
	}, "Likely of what is open"},
}

// No history, however odd, makes a page of forecasts say what is no number, count nothing of
// nothing, or leave someone without a sentence.
func TestOddHistoriesOnEveryPage(t *testing.T) {
	for _, c := range histories {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w, site := oddSite(t)
			if c.make != nil {
				w.record(c.make)
				w.ownDeal()
			}
			w.walk(site, c.first)
		})
	}
}

// oddSite is an organization without a deal, and its pages.
func oddSite(t *testing.T) (*odd, http.Handler) {
	d := testdb.Open(t, db.SQLite, ledger.Schema, jobs.Schema, people.Schema, bulk.Schema, deals.Schema, process.Schema, targets.Schema, calls.Schema, forecasts.Schema, record.Schema)
	o, err := people.Found(t.Context(), d.Everywhere(), people.Organization{Name: "Odd", TimeZone: "Europe/Amsterdam", FiscalStart: 1, Currency: "EUR", CreatedAt: 1})
	if err != nil {
		t.Fatal(err)
	}
	w := &odd{t: t, d: d.For(o.ID), o: o, who: map[string]people.ID{}}
	err = ledger.Record(t.Context(), w.d, ledger.By{Via: ledger.ViaCommand, At: 1}, func(in *ledger.Writer) error {
		for _, p := range [][3]string{{"Mia", "manager", ""}, {"Ria", "rep", "Mia"}, {"Rob", "rep", "Mia"}, {"Opal", "operations", ""}} {
			person, err := people.Join(t.Context(), in, people.Person{Name: p[0]}, 1)
			if err != nil {
				return err
			}
			w.who[p[0]] = person.ID
			if err := people.Grant(t.Context(), in, person.ID, people.Role(p[1])); err != nil {
				return err
			}
			if err := people.SetManager(t.Context(), in, person.ID, w.who[p[2]], 1); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	memory := &forecasts.Memory{}
	p := slice.Program{DB: d.Everywhere(), Clock: calendar.Stopped(now), Log: pagetest.Log()}
	return w, pagetest.Serve(p, o.ID, forecasts.Slice(p, memory), record.Slice(p, memory), changes.Slice(p, memory), reference.Slice(p, memory.Taught, forecasts.KeptByTable))
}

func (w *odd) record(work func(*odd)) {
	w.t.Helper()
	err := ledger.Record(w.t.Context(), w.d, ledger.By{Via: ledger.ViaImport, At: now}, func(in *ledger.Writer) error {
		w.in = in
		work(w)
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// ownDeal opens one by hand, so that there is a page of a deal.
func (w *odd) ownDeal() {
	w.t.Helper()
	at := now.Add(-30 * 24 * time.Hour)
	err := ledger.Record(w.t.Context(), w.d, ledger.By{Actor: string(w.who["Ria"]), Via: ledger.ViaWeb, At: at}, func(in *ledger.Writer) error {
		opened, err := deals.Open(context.Background(), in, deals.Change{Kind: deals.Created, Fact: deals.Fact{Value: "By hand"}}, deals.Change{Kind: deals.OwnerSet, Fact: deals.Fact{Person: w.who["Ria"]}})
		w.open = opened.ID
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// ids of forecasts hold any letters, NaN among them.
var ids = regexp.MustCompile(`mp1-[\w-]+`)

var odds = regexp.MustCompile(`NaN|Inf\b|%!|\b0 of 0\b|\b0 out of 0\b|−0 %|-0\b[^-.:T\d]|<nil>|of the 0 |Of 0 `)

// walk looks at every page as each of the people, once the model has learned.
func (w *odd) walk(site http.Handler, first string) {
	w.t.Helper()
	mia := pagetest.At(w.t, site, w.who["Mia"])
	for range 200 {
		if !strings.Contains(mia.Get("/forecasts").Page()+mia.Get("/forecasts/changes").Page(), "Still learning") {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	pages := []string{"/forecasts", "/forecasts?period=month", "/forecasts?period=year", "/forecasts?as-of=2026-03-02", "/forecasts?by=currency", record.Path, record.Path + "?days=365&method=with-calls",
		"/forecasts/changes", "/forecasts/changes?since=2026-04-01", "/forecasts/levers", "/forecasts/levers?period=year", "/forecasts/idle", reference.Path}
	if w.open != "" {
		pages = append(pages, "/forecasts/deals/"+string(w.open)+"/panel")
	}
	for _, who := range []string{"Ria", "Mia", "Opal"} {
		desk := pagetest.At(w.t, site, w.who[who])
		for _, path := range pages {
			if path == reference.Path && who == "Ria" {
				continue
			}
			answer := desk.Get(path)
			words := answer.Words()
			if answer.Code != http.StatusOK && !(strings.Contains(path, "by=currency") && answer.Code == http.StatusUnprocessableEntity) {
				w.t.Errorf("%s, %s: status %d: %.300s", who, path, answer.Code, words)
			}
			words = ids.ReplaceAllString(words, "an id")
			if at := odds.FindStringIndex(words); at != nil {
				w.t.Errorf("%s, %s: %q", who, path, words[max(0, at[0]-80):min(len(words), at[1]+80)])
			}
			if !strings.Contains(words, ". ") {
				w.t.Errorf("%s, %s says no sentence: %s", who, path, words)
			}
		}
	}
	if page := mia.Get("/forecasts").Words(); !strings.Contains(page, first) {
		w.t.Errorf("the forecast page does not say %q: %.1500s", first, page)
	}
}

// What is not there is said in a sentence, and the page shows what it would without it.
func TestWrongChoicesAreSaid(t *testing.T) {
	w, site := oddSite(t)
	w.record(func(w *odd) {
		w.many(60, mixed, func(id string, i int) {
			w.fact(id, float64(2*i), deals.AttributeSet, deals.Fact{Name: "segment", Value: "large"})
		})
	})
	w.ownDeal()
	mia := pagetest.At(t, site, w.who["Mia"])
	for path, says := range map[string]string{
		"/forecasts?by=nonsense":                "Nothing of that name is known of these deals.",
		"/forecasts?by=nonsense&only=x":         "Nothing of that name is known of these deals.",
		"/forecasts?period=decade":              "There is no such period.",
		"/forecasts?as-of=2026-05-26":           "That day is still to come.",
		"/forecasts?as-of=soon":                 "Choose a date like",
		"/forecasts?currency=XXX":               "No deal here is in that currency",
		"/forecasts/changes?period=decade":      "There is no such period.",
		"/forecasts/changes?since=2026-05-26":   "That day comes after the one it is compared with.",
		"/forecasts/changes?as-of=2026-05-26":   "That day is still to come.",
		"/forecasts/changes?since=2026-99-99":   "Choose a day like",
		"/forecasts/levers?period=decade":       "There is no such period.",
		"/forecasts/changes?currency=XXX":       "No deal here is in that currency",
		"/forecasts/levers?currency=XXX":        "No deal here is in that currency",
		record.Path + "?days=nonsense":          "",
		"/forecasts/changes/deals?bar=nonsense": "There is no such bar.",
	} {
		answer := mia.Get(path)
		if says == "" {
			answer.Is(http.StatusOK)
			continue
		}
		if !strings.Contains(answer.Words(), says) || answer.Code != http.StatusUnprocessableEntity && answer.Code != http.StatusNotFound {
			t.Errorf("%s: status %d, says not %q: %.600s", path, answer.Code, says, answer.Words())
		}
	}
	mia.Get("/forecasts/levers?as-of=2026-03-02").Is(http.StatusOK).Has("This page is about now")
	mia.Get("/forecasts/levers?as-of=2027-03-02").Is(http.StatusOK).Has("This page is about now")
	mia.Get("/forecasts?by=segment").Is(http.StatusOK).Has("large")
}
