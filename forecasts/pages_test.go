package forecasts

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"milepost/calendar"
	"milepost/deals"
	. "milepost/forecasts/history"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/testworld/pagetest"
	"milepost/internal/web"
	"milepost/money"
	"milepost/people"
)

// firm is a company of a head, two managers and three reps, with an observer, an
// operations person and an administrator beside the line.
type firm struct {
	d   *db.DB
	o   people.Organization
	now calendar.Instant
	ids map[string]people.ID
}

// hire makes the people: name, role, manager.
func hire(t testing.TB, d *db.DB, o people.Organization, now calendar.Instant) *firm {
	t.Helper()
	f := &firm{d: d.For(o.ID), o: o, now: now, ids: map[string]people.ID{}}
	from := calendar.Instant(1)
	err := ledger.Record(t.Context(), f.d, ledger.By{Via: ledger.ViaCommand, At: from}, func(w *ledger.Writer) error {
		for _, p := range [][3]string{{"Hanna Head", "manager", ""}, {"Mia North", "manager", "Hanna Head"}, {"Max South", "manager", "Hanna Head"},
			{"Ria One", "rep", "Mia North"}, {"Rob Two", "rep", "Mia North"}, {"Ray Three", "rep", "Max South"},
			{"Ola Observer", "observer", ""}, {"Opal Operations", "operations", ""}, {"Adam Admin", "administrator", ""}} {
			person, err := people.Join(t.Context(), w, people.Person{Name: p[0]}, from)
			if err != nil {
				return err
			}
			f.ids[p[0]] = person.ID
			if err := people.Grant(t.Context(), w, person.ID, people.Role(p[1])); err != nil {
				return err
			}
			if err := people.SetManager(t.Context(), w, person.ID, f.ids[p[2]], from); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// sell gives every rep deals that ended, one a day, and three that are open. Days
// count from 2026-01-01; the open ones are worth EUR 1,000 each.
func (f *firm) sell(t testing.TB, ended int) {
	w := &tiny{place: f.o.Place()}
	letters := 0
	deal := func(rep string, day float64, cause Cause) {
		id := fmt.Sprintf("%04d", letters)
		letters++
		owner := string(f.ids[rep])
		w.deal(id, day, "offer", day+10, cause)
		w.tell(id, day, Owner, owner, 0)
		w.tell(id, day, Amount, "EUR", 1000_00)
	}
	for i := range ended {
		deal([]string{"Ria One", "Rob Two", "Ray Three"}[i%3], .5+float64(i), Cause(1+i%3))
	}
	for _, rep := range []string{"Ria One", "Rob Two", "Ray Three"} {
		for i := range 3 {
			deal(rep, 95.5+float64(i), Open)
		}
	}
	record(t, f.d, w.facts)
}

// get asks for a page as one of the people.
func (f *firm) get(t testing.TB, who, path string) (int, string) {
	t.Helper()
	return f.ask(Slice(slice.Program{DB: f.d, Clock: calendar.Stopped(f.now)}, &Memory{}), t, who, httptest.NewRequest("GET", path, nil))
}

func (f *firm) ask(s slice.Slice, t testing.TB, who string, r *http.Request) (int, string) {
	t.Helper()
	p := slice.Program{DB: f.d, Clock: calendar.Stopped(f.now), Log: pagetest.Log()}
	answer := pagetest.At(t, pagetest.Serve(p, f.o.ID, s), f.ids[who]).Ask(r)
	return answer.Code, answer.Header().Get("HX-Redirect") + answer.Page()
}

func staffed(t *testing.T, d *db.DB, o people.Organization, ended int) *firm {
	f := hire(t, d, o, (&tiny{place: o.Place()}).at(100.4)) // 11 April 2026
	f.sell(t, ended)
	return f
}

func TestWhoSeesWhatOfTheForecast(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		f := staffed(t, d, o, 60)
		everyone := []string{"Ria One", "Rob Two", "Ray Three", "Mia North", "Max South"}
		for who, c := range map[string]struct{ lines, deals []string }{
			"Ria One":         {lines: []string{"Ria One"}, deals: []string{"Ria One"}},
			"Mia North":       {lines: []string{"Ria One", "Rob Two"}, deals: []string{"Ria One", "Rob Two"}},
			"Hanna Head":      {lines: []string{"Mia North", "Max South"}},
			"Opal Operations": {lines: []string{"Mia North", "Max South"}},
			"Ola Observer":    {lines: []string{"Mia North", "Max South"}},
		} {
			status, page := f.get(t, who, "/forecasts")
			if status != http.StatusOK {
				t.Fatalf("%s: status %d: %s", who, status, page)
			}
			for _, name := range everyone {
				has := strings.Contains(page, `id="line-`+string(f.ids[name])+`"`)
				if want := contains(c.lines, name); has != want {
					t.Errorf("%s sees a line of %s: %v, want %v", who, name, has, want)
				}
				has = strings.Contains(page, "owner="+string(f.ids[name]))
				if want := contains(c.deals, name); has != want && name != "Mia North" && name != "Max South" {
					t.Errorf("%s is led to the deals of %s: %v, want %v", who, name, has, want)
				}
			}
		}
		if status, _ := f.get(t, "Adam Admin", "/forecasts"); status != http.StatusForbidden {
			t.Errorf("an administrator who sees no deals: status %d", status)
		}
		for _, ask := range [][2]string{{"Ria One", "Rob Two"}, {"Ria One", "Mia North"}, {"Mia North", "Ray Three"}, {"Mia North", "Hanna Head"}} {
			if status, _ := f.get(t, ask[0], "/forecasts?person="+string(f.ids[ask[1]])); status != http.StatusNotFound {
				t.Errorf("%s asks for %s: status %d", ask[0], ask[1], status)
			}
		}
		status, page := f.get(t, "Ola Observer", "/forecasts?person="+string(f.ids["Ria One"]))
		if status != http.StatusOK || strings.Contains(page, "/deals") {
			t.Errorf("an observer sees deals (status %d)", status)
		}
	})
}

func contains(list []string, name string) bool {
	for _, item := range list {
		if item == name {
			return true
		}
	}
	return false
}

func TestForecastPageShowsFigures(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		f := staffed(t, d, o, 60)
		_, page := f.get(t, "Mia North", "/forecasts")
		// By hand: of her reps' deals, i = 0 to 59 with i%3 of 0 or 1, won are those with
		// i%3 == 0 (all Ria's); they ended on day i+10.5: none from 1 April (day 90) on.
		for _, want := range []string{"Q2 FY 2026", "1 April 2026", "30 June 2026", "6 deals", "As deals here went before", "By win rate of the stage", "60 deals"} {
			if !strings.Contains(page, want) {
				t.Errorf("the page does not say %q", want)
			}
		}
		_, year := f.get(t, "Mia North", "/forecasts?period=year")
		if !strings.Contains(year, "20 deals won so far") {
			t.Error("the year does not have the twenty wins")
		}
		won := "&amp;outcome=won&amp;owner=" + string(f.ids["Ria One"]) + "&amp;to=2026-12-31\""
		if !strings.Contains(year, `/deals?from=2026-01-01`+won) {
			t.Error("what is booked does not lead to the deals that were won")
		}
		if _, of := f.get(t, "Ola Observer", "/forecasts?period=year"); !strings.Contains(of, "20 deals won so far") || strings.Contains(of, "outcome=won") {
			t.Error("who may see totals only is led to deals, or sees no totals")
		}
		if !strings.Contains(page, `"links":["/deals?owner=`+string(f.ids["Ria One"])) {
			t.Error("the bars do not lead to the open deals")
		}
		_, rep := f.get(t, "Ria One", "/forecasts")
		for _, want := range []string{"Your forecast", "x0060", "/deals/" + dealID("0060"), "offer"} {
			if !strings.Contains(rep, want) {
				t.Errorf("the rep's page does not say %q", want)
			}
		}
	})
}

func TestForecastPageInThePast(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		f := staffed(t, d, o, 60)
		_, page := f.get(t, "Mia North", "/forecasts?as-of=2026-02-15")
		if strings.Contains(page, "/deals?") {
			t.Error("the past leads to today's list of deals")
		}
		if _, rep := f.get(t, "Ria One", "/forecasts?as-of=2026-02-15"); !strings.Contains(rep, "?as-of=2026-02-15\"") {
			t.Error("a deal of then does not lead to how it stood then")
		}
		for _, want := range []string{"Q1 FY 2026", "15 Feb 2026, 00:00"} {
			if !strings.Contains(page, want) {
				t.Errorf("the page does not say %q", want)
			}
		}
		if status, page := f.get(t, "Mia North", "/forecasts?as-of=2026-04-12"); status != http.StatusUnprocessableEntity || !strings.Contains(page, "still to come") {
			t.Errorf("tomorrow: status %d", status)
		}
		if status, page := f.get(t, "Mia North", "/forecasts?as-of=2020-01-01"); status != http.StatusOK || !strings.Contains(page, "no deal was open here") {
			t.Errorf("before the history: status %d", status)
		}
		// A reorganization does not rewrite the past.
		at := (&tiny{place: o.Place()}).at(99)
		err := ledger.Record(t.Context(), f.d, ledger.By{Via: ledger.ViaWeb, At: at}, func(w *ledger.Writer) error {
			return people.SetManager(t.Context(), w, f.ids["Rob Two"], f.ids["Max South"], at)
		})
		if err != nil {
			t.Fatal(err)
		}
		line := `id="line-` + string(f.ids["Rob Two"]) + `"`
		if _, then := f.get(t, "Hanna Head", "/forecasts?as-of=2026-03-15&person="+string(f.ids["Mia North"])); !strings.Contains(then, line) {
			t.Error("Rob is missing from his team of then")
		}
		if _, now := f.get(t, "Hanna Head", "/forecasts?person="+string(f.ids["Mia North"])); strings.Contains(now, line) {
			t.Error("Rob is still in the team that he left")
		}
		if _, then := f.get(t, "Mia North", "/forecasts?as-of=2026-02-15"); !strings.Contains(then, "no longer report to you") {
			t.Error("Mia is not told that Rob's deals are left out")
		}
	})
}

func TestForecastPageWithTooLittle(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		f := hire(t, d, o, (&tiny{place: o.Place()}).at(100.4))
		for who, want := range map[string]string{"Ria One": "/deals", "Mia North": "/deals", "Opal Operations": "/imports"} {
			status, page := f.get(t, who, "/forecasts")
			if status != http.StatusOK || !strings.Contains(page, "Nothing to forecast yet") || !strings.Contains(page, `href="`+want) || !strings.Contains(page, `href="/forecasts/record"`) {
				t.Errorf("%s: status %d, and not led to %s", who, status, want)
			}
		}
		f.sell(t, 7)
		_, page := f.get(t, "Mia North", "/forecasts")
		for _, want := range []string{"Too few to say", "7 deals have ended so far", "(7 so far)"} {
			if !strings.Contains(page, want) {
				t.Errorf("the page does not say %q", want)
			}
		}
	})
}

func TestLinesLeadToDealsDownTheLine(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		f := staffed(t, d, o, 60)
		err := ledger.Record(t.Context(), f.d, ledger.By{Via: ledger.ViaWeb, At: 1}, func(w *ledger.Writer) error {
			assistant, err := people.Join(t.Context(), w, people.Person{Name: "Ana Assistant"}, 1)
			f.ids["Ana Assistant"] = assistant.ID
			if err != nil {
				return err
			}
			return people.SetManager(t.Context(), w, assistant.ID, f.ids["Hanna Head"], 1)
		})
		if err != nil {
			t.Fatal(err)
		}
		_, page := f.get(t, "Hanna Head", "/forecasts")
		if !strings.Contains(page, "/deals?owner="+string(f.ids["Mia North"])+".line") {
			t.Error("the line of a manager does not lead to the deals of the team")
		}
		if strings.Contains(page, "Ana Assistant") {
			t.Error("someone who never had a deal has a line")
		}
	})
}

func TestCurrenciesAreNotAdded(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		f := staffed(t, d, o, 60)
		w := &tiny{place: o.Place()}
		w.deal("9001", 90.5, "offer", 0, Open)
		w.tell("9001", 90.5, Owner, string(f.ids["Ria One"]), 0)
		w.tell("9001", 90.5, Amount, "USD", 777_000_00)
		record(t, f.d, w.facts)
		_, euros := f.get(t, "Ria One", "/forecasts")
		for _, want := range []string{"EUR 3,000", "currencies are never added up", "currency=USD"} {
			if !strings.Contains(euros, want) {
				t.Errorf("the page in EUR does not say %q", want)
			}
		}
		if _, dollars := f.get(t, "Ria One", "/forecasts?currency=USD"); !strings.Contains(dollars, "USD 777,000") || strings.Contains(dollars, "EUR 3,000") {
			t.Error("the page in USD has not the amounts in USD alone")
		}
	})
}

// open records a deal of a rep in the tables too, and closes it if told to.
func (f *firm) open(t testing.TB, rep string, closed bool) deals.ID {
	t.Helper()
	changes := []deals.Change{{Kind: deals.Created, Fact: deals.Fact{Value: "Lamp oil"}}, {Kind: deals.StageSet, Fact: deals.Fact{Value: "offer"}},
		{Kind: deals.OwnerSet, Fact: deals.Fact{Person: f.ids[rep], Value: rep}}}
	if closed {
		changes = append(changes, deals.Change{Kind: deals.Closed, Fact: deals.Fact{Name: string(deals.Lost)}})
	}
	var made deals.Opportunity
	err := ledger.Record(t.Context(), f.d, ledger.By{Via: ledger.ViaWeb, At: (&tiny{place: f.o.Place()}).at(99)}, func(w *ledger.Writer) error {
		var err error
		made, err = deals.Open(t.Context(), w, changes...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return made.ID
}

func TestDealPanel(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		f := staffed(t, d, o, 60)
		path := "/forecasts/deals/" + string(f.open(t, "Ria One", false)) + "/panel"
		for who, want := range map[string]int{"Ria One": http.StatusOK, "Mia North": http.StatusOK, "Rob Two": http.StatusNotFound,
			"Max South": http.StatusNotFound, "Ola Observer": http.StatusForbidden} {
			status, panel := f.get(t, who, path)
			if has := strings.Contains(panel, "Likely to be won?"); status != want || has != (want == http.StatusOK) {
				t.Errorf("%s sees the panel: %v (status %d), want status %d", who, has, status, want)
			}
		}
		if status, ended := f.get(t, "Ria One", "/forecasts/deals/"+string(f.open(t, "Ria One", true))+"/panel"); status != http.StatusOK || strings.Contains(ended, "Likely") {
			t.Errorf("a deal that ended has a chance (status %d)", status)
		}
		if _, page := f.get(t, "Ria One", "/forecasts"); !strings.Contains(page, "Lamp oil") {
			t.Error("the list does not call the deal by its title")
		}
	})
}

func TestBigFiguresAreRounded(t *testing.T) {
	for minor, want := range map[int64]string{83876287: "EUR 838,763", 420152929: "EUR 4,202,000", 50: "EUR 1"} {
		if got := round(money.Amount{Minor: minor, Currency: "EUR"}).String(); got != want {
			t.Errorf("%d is %s, want %s", minor, got, want)
		}
	}
	if got := count(3528, "deal", "deals"); got != "3,528 deals" {
		t.Error(got)
	}
}

func TestALongHistoryIsReadBehindAPageThatSaysSo(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		f := staffed(t, d, o, 60)
		p := &pages{program: slice.Program{DB: f.d, Clock: calendar.Stopped(f.now)}, memory: &Memory{}, patience: 20}
		s := slice.Slice{Routes: []web.Route{{Pattern: "GET /forecasts", Rule: people.SeesTotals, Handle: p.show}}}
		_, first := f.ask(s, t, "Mia North", httptest.NewRequest("GET", "/forecasts?period=year", nil))
		if !strings.Contains(first, "Reading what was recorded") || !strings.Contains(first, "/forecasts?period=year&amp;wait=1") {
			t.Fatalf("the page does not say that it takes a moment: %s", first)
		}
		second := httptest.NewRequest("GET", "/forecasts?period=year&wait=1", nil)
		second.Header.Set("HX-Request", "true")
		if _, to := f.ask(s, t, "Mia North", second); !strings.HasPrefix(to, "/forecasts?") || !strings.Contains(to, "period=year") || strings.Contains(to, "wait") {
			t.Errorf("the browser is sent on to %q", to)
		}
		if _, third := f.ask(s, t, "Mia North", httptest.NewRequest("GET", "/forecasts?period=year", nil)); !strings.Contains(third, "deals won so far") {
			t.Error("the page is not there after the wait")
		}
	})
}

// getOf asks for a page where something has been learned already.
func (f *firm) getOf(m *Memory, t testing.TB, who, path string) (int, string) {
	t.Helper()
	return f.ask(Slice(slice.Program{DB: f.d, Clock: calendar.Stopped(f.now)}, m), t, who, httptest.NewRequest("GET", path, nil))
}
