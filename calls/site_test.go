package calls_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"milepost/calls"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
)

var seenInput = regexp.MustCompile(`name="seen.EUR" value="(\d+)"`)

// A rep gives a call in one form; what stood before is in it the next time.
func TestARepGivesACall(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		dan := w.as(w.Dan)
		if to := dan.Get("/calls").Leads(); to != "/calls/mine" {
			t.Errorf("a rep is led to %s", to)
		}
		dan.Get("/calls/mine").Is(200).Has("Call Q2 FY 2026", "EUR 8,000", "EUR 12,000", "not called yet", "42 days left")
		to := dan.Post("/calls/mine", "period", "q2026-04-01", "scope", "own", "commit.EUR", "15.000", "best.EUR", "20,000", "seen.EUR", "0", "why", "The harbour signs").Leads()
		dan.Get(to).Is(200).Has(`value="15,000"`, `value="20,000"`, "The harbour signs", "called EUR 15,000, best case EUR 20,000")
		dan.Post("/calls/mine", "period", "q2026-04-01", "scope", "own", "commit.EUR", "", "seen.EUR", "0").Is(422).Has("Write what you commit to")
		dan.Post("/calls/mine", "period", "q2026-04-01", "scope", "own", "commit.EUR", "lots", "seen.EUR", "0").Is(422).Has("is not an amount", `value="lots"`)
		dan.Post("/calls/mine", "period", "q2026-01-01", "scope", "own", "commit.EUR", "1", "seen.EUR", "0").Is(422).Has("Q1 FY 2026 ended on 31 March 2026")
		dan.Post("/calls/mine", "period", "x", "scope", "own", "commit.EUR", "1").Is(422)
		w.as(w.Olga).Post("/calls/mine", "period", "q2026-04-01", "scope", "own", "commit.EUR", "1").Is(http.StatusForbidden)
		dan.Post("/calls/mine", "period", "q2026-04-01", "scope", "team", "commit.EUR", "1").Is(http.StatusForbidden).Has("Nobody reports to you")
	})
}

// Two windows: the second to be sent is not taken in over the first unseen; both are
// shown, and sent once more it stands.
func TestACallGivenMeanwhileIsNoticed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		dan := w.as(w.Dan)
		seen := dan.Get("/calls/mine").Is(200).Find(seenInput)
		dan.Post("/calls/mine", "period", "q2026-04-01", "scope", "own", "commit.EUR", "10000", "seen.EUR", seen).Leads()
		again := dan.Post("/calls/mine", "period", "q2026-04-01", "scope", "own", "commit.EUR", "12000", "seen.EUR", seen).Is(http.StatusConflict)
		again.Has("Called meanwhile", "you called EUR 10,000", "EUR 12000", `value="12000"`)
		if c, _ := w.book(w.quarter(), deals.Ever).Last(calls.KeyOf(w.Dan.ID, calls.Own, w.quarter(), "EUR")); c.Commit != 10_000_00 {
			t.Errorf("what stands is %d", c.Commit)
		}
		dan.Post("/calls/mine", "period", "q2026-04-01", "scope", "own", "commit.EUR", "12000", "seen.EUR", again.Find(seenInput)).Leads()
		if list := w.book(w.quarter(), deals.Ever).History(calls.KeyOf(w.Dan.ID, calls.Own, w.quarter(), "EUR")); len(list) != 2 || list[1].Commit != 12_000_00 {
			t.Errorf("the calls are %v", list)
		}
	})
}

// A manager sees the people below, what they called together, and who is missing.
func TestAManagerSeesWhoCalledWhat(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, err := range []error{
			w.gives(w.noon("2026-05-12"), w.Dan, calls.Own, w.quarter(), 20_000_00, 30_000_00),
			w.gives(w.noon("2026-05-19"), w.Dan, calls.Own, w.quarter(), 17_500_00, 30_000_00),
			w.gives(w.noon("2026-05-13"), w.Ben, calls.Own, w.quarter(), 6_000_00, 6_000_00),
			w.gives(w.noon("2026-05-13"), w.Finn, calls.Own, w.quarter(), 99_000_00, 99_000_00),
			w.gives(w.noon("2026-05-14"), w.Ben, calls.Team, w.quarter(), 31_000_00, 40_000_00),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
		w.as(w.Ben).Get("/calls").Is(200).Has("17,500 30,000 8,000", "1 of 2 have called", w.Eve.Name, "−2,500", "EUR 23,500", "EUR 31,000", "EUR 8,000").Lacks("99,000", w.Finn.Name)
		w.as(w.Ada).Get("/calls").Is(200).Has("31,000 40,000", "team; not called, theirs come to EUR 99,000", "EUR 130,000", "1 of 2 have called")
		w.as(w.Ben).Get("/calls?at=2026-05-18").Is(200).Has("20,000 30,000").Lacks("17,500")
		w.as(w.Ben).Get("/calls?in=GBP&period=q2026-07-01").Is(200).Has("GBP 3,000").Lacks("31,000")
		w.as(w.Olga).Get("/calls").Is(200).Has(w.Ben.Name, w.Cleo.Name)
		w.as(w.Ben).Get("/calls/people/"+string(w.Dan.ID)).Is(200).Has("called EUR 17,500, best case EUR 30,000, after EUR 20,000", "Scales for the harbour", "Called twice, raised never, lowered once.")
	})
}

// Nobody sees sideways or up, and no table that is taken away shows more than the pages.
func TestCallsAreSeenDownTheLineOnly(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for i, p := range []people.Person{w.Ada, w.Ben, w.Cleo, w.Dan, w.Eve, w.Finn, w.Gus} {
			if err := w.gives(w.noon("2026-05-12"), p, calls.Own, w.quarter(), int64(7_001_00+i*1_00), int64(7_001_00+i*1_00)); err != nil {
				t.Fatal(err)
			}
			w.history(w.noon("2026-02-12"), p, calls.Own, w.Fiscal().Quarter("2026-02-01"), int64(7_001_00+i*1_00))
		}
		for _, asks := range w.Everyone() {
			v := w.Viewer(asks)
			if v.SeesNoDeals() {
				w.as(asks).Get("/calls").Is(http.StatusForbidden)
				continue
			}
			desk := w.as(asks)
			csv := desk.Get("/calls.csv").Is(200).Page()
			right := desk.Get("/calls/right").Is(200).Page()
			for _, p := range []people.Person{w.Ada, w.Ben, w.Cleo, w.Dan, w.Eve, w.Finn, w.Gus} {
				want := http.StatusNotFound
				if v.Sees(p.ID) {
					want = http.StatusOK
				}
				desk.Get("/calls/people/" + string(p.ID)).Is(want)
				if v.Manages() || v.SeesEveryDeal() {
					desk.Get("/calls?of=" + string(p.ID)).Is(want)
				}
				if strings.Contains(csv, p.Name) != v.Sees(p.ID) {
					t.Errorf("%s: the table of %s is wrong: %s", p.Name, asks.Name, csv)
				}
				if !v.Sees(p.ID) && strings.Contains(right, p.Name) {
					t.Errorf("%s sees how right %s was", asks.Name, p.Name)
				}
			}
		}
	})
}

// A deal is called with one click; imported histories and people say it alike.
func TestADealIsCalled(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.Deal("dan open").ID
		panel, path := "/calls/deals/"+string(id)+"/panel", "/calls/deals/"+string(id)+"/category"
		w.as(w.Dan).AsPart().Get(panel).Is(200).Has("Commit", "Best case", "Pipeline", "Omitted").Lacks(`aria-pressed="true"`)
		w.as(w.Dan).AsPart().Post(path, "category", "best", "seen", "").Is(200).Has(`value="best" aria-pressed="true"`)
		w.as(w.Ben).AsPart().Post(path, "category", "commit", "seen", "").Is(http.StatusConflict).Has("meanwhile")
		w.as(w.Ben).Post(path, "category", "commit", "seen", "best").Leads()
		w.as(w.Dan).AsPart().Post(path, "category", "sure").Is(422)
		w.as(w.Olga).Post(path, "category", "omitted").Is(http.StatusForbidden)
		w.as(w.Eve).Post(path, "category", "omitted").Is(http.StatusNotFound)
		w.as(w.Dan).Post("/calls/deals/"+string(w.Deal("dan won").ID)+"/category", "category", "commit").Is(422)
		w.as(w.Dan).Get("/deals?category=commit&columns=category").Is(200).Has("Scales for the harbour", "Commit")
		w.as(w.Dan).Get("/deals?category=best").Is(200).Lacks("Scales for the harbour")
		w.as(w.Eve).Get("/deals?category=-").Is(200).Has("Belt for the harbour")
		w.Record(w.noon("2026-05-20")-1, w.Eve, w.Deal("eve open").ID, deals.Change{Kind: deals.CallGiven, Fact: deals.Fact{Name: "pipeline"}}, deals.Change{Kind: deals.CallGiven, Fact: deals.Fact{Name: "never heard of"}})
		w.as(w.Eve).Get("/deals?category=pipeline").Is(200).Has("Belt for the harbour")
		w.as(w.Ben).Get("/calls/people/" + string(w.Dan.ID)).Is(200).Has("Commit EUR 12,000 1 deal")
		if wrong, err := deals.CheckDeals(t.Context(), w.DB, w.ID); err != nil || len(wrong) > 0 {
			t.Errorf("the table of deals differs: %v, %v", wrong, err)
		}
		var said int
		ledger.EachOfKinds(t.Context(), w.DB, w.ID, []ledger.Kind{deals.CallGiven}, deals.Ever, func(*ledger.Entry) error { said++; return nil })
		if said != 4 {
			t.Errorf("%d entries say what deals are called, want 4", said)
		}
	})
}
