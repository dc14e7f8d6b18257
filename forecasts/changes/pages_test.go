package changes

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"milepost/bulk"
	"milepost/calendar"
	"milepost/deals"
	"milepost/forecasts"
	"milepost/internal/db"
	"milepost/internal/jobs"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/testworld"
	"milepost/internal/testworld/pagetest"
	"milepost/internal/testworld/testdb"
	"milepost/money"
	"milepost/people"
)

// site is a small organization with a past, and a week since last Monday, 18 May.
type site struct {
	*testworld.SmallOrganization
	t     *testing.T
	pages http.Handler
	fresh deals.ID // a deal of Gus's that was opened on Tuesday
}

// each runs a test on every database.
func each(t *testing.T, past int, test func(*testing.T, *site)) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		s := &site{SmallOrganization: testworld.Small(t, d), t: t}
		p := slice.Program{DB: d, Clock: calendar.Stopped(testworld.SmallNow)}
		s.pages = pagetest.Serve(p, s.ID, Slice(p, &forecasts.Memory{}))
		s.remember(past)
		s.week()
		test(t, s)
	}, ledger.Schema, jobs.Schema, people.Schema, bulk.Schema, deals.Schema, forecasts.Schema)
}

func euros(n int64) *money.Amount { return &money.Amount{Minor: n * 100, Currency: "EUR"} }

func (s *site) open(at calendar.Instant, owner people.Person, title string, more ...deals.Change) (id deals.ID) {
	s.record(at, owner, func(ctx context.Context, w *ledger.Writer) error {
		opened, err := deals.Open(ctx, w, append([]deals.Change{{Kind: deals.Created, Fact: deals.Fact{Value: title + " " + s.Mark}},
			{Kind: deals.OwnerSet, Fact: deals.Fact{Person: owner.ID}}, {Kind: deals.AmountSet, Fact: deals.Fact{Amount: euros(10_000)}}}, more...)...)
		id = opened.ID
		return err
	})
	return id
}

func (s *site) record(at calendar.Instant, by people.Person, work func(context.Context, *ledger.Writer) error) {
	s.t.Helper()
	err := ledger.Record(s.t.Context(), s.DB, ledger.By{Actor: string(by.ID), Via: ledger.ViaWeb, At: at}, func(w *ledger.Writer) error { return work(s.t.Context(), w) })
	if err != nil {
		s.t.Fatal(err)
	}
}

// remember gives the organization deals that ended, so that a forecast can learn.
func (s *site) remember(ended int) {
	for i := range ended {
		start := calendar.Date("2025-12-02").AddDays(i).Midnight(s.Place())
		owner := []people.Person{s.Dan, s.Eve, s.Finn}[i%3]
		id := s.open(start, owner, fmt.Sprintf("Past %d", i), deals.Change{Kind: deals.StageSet, Fact: deals.Fact{Value: "Proposal"}})
		outcome := deals.Lost
		if i%2 == 0 {
			s.Record(start.Add(5*24*time.Hour), owner, id, deals.Change{Kind: deals.MilestoneRecorded, Fact: deals.Fact{Name: "Budget confirmed", Value: "achieved"}})
			outcome = deals.Won
		}
		s.Record(start.Add(12*24*time.Hour), owner, id, deals.Change{Kind: deals.Closed, Fact: deals.Fact{Name: string(outcome), Reason: "Price"}})
	}
}

// week is what happened on the Tuesday.
func (s *site) week() {
	tuesday := testworld.SmallNow.Add(-24 * time.Hour)
	change := func(who people.Person, key string, kind ledger.Kind, f deals.Fact) {
		s.Record(tuesday, who, s.Deal(key).ID, deals.Change{Kind: kind, Fact: f})
	}
	change(s.Dan, "dan open", deals.MilestoneRecorded, deals.Fact{Name: "Budget confirmed", Value: "achieved"})
	change(s.Eve, "eve open", deals.Closed, deals.Fact{Name: "lost", Reason: "Price"})
	change(s.Finn, "finn late", deals.AmountSet, deals.Fact{Amount: euros(50_000)})
	change(s.Ada, "finn reopened", deals.OwnerSet, deals.Fact{Person: s.Dan.ID})
	change(s.Ben, "ben own", deals.CloseDateSet, deals.Fact{Date: "2026-09-30"})
	s.fresh = s.open(tuesday, s.Gus, "Fresh")
}

// at asks as somebody, until the models have learned.
func (s *site) at(who people.Person, path string) pagetest.Answer {
	s.t.Helper()
	for range 200 {
		answer := pagetest.At(s.t, s.pages, who.ID).Get(path)
		if answer.Code != http.StatusSeeOther && !strings.Contains(answer.Page(), "Still learning") {
			return answer
		}
		if strings.Contains(answer.Page(), "Still learning") && !strings.Contains(answer.Page(), `hx-trigger="load delay:2s"`) {
			s.t.Fatal("a page that waits for a model does not ask again")
		}
		time.Sleep(50 * time.Millisecond)
	}
	s.t.Fatal("the models are learning for ten seconds")
	return pagetest.Answer{}
}

func TestWhatMovedTheForecast(t *testing.T) {
	each(t, 60, func(t *testing.T, s *site) {
		bars := func(who people.Person, has ...Bar) {
			t.Helper()
			page := s.at(who, pagePath).Is(http.StatusOK)
			for bar := range labels {
				row, want := `id="bar-`+string(bar)+`"`, false
				for _, b := range has {
					want = want || b == bar
				}
				if got := strings.Contains(page.Page(), row); got != want && bar != Model && bar != OtherNews && bar != NotYet {
					t.Errorf("%s: the bar %s is there: %t, want %t", who.Name, bar, got, want)
				}
			}
		}
		bars(s.Ada, Lost, New, AmountUp, EvidenceGained, Time, PushedOut)
		bars(s.Ben, Lost, HandedIn, EvidenceGained, Time, PushedOut)
		bars(s.Cleo, New, HandedOut, AmountUp, Time)
		bars(s.Dan, HandedIn, EvidenceGained, Time)
		s.at(s.Ada, pagePath).Has("What moved your forecast?", "Monday 18 May", "It ", "In figures", `id="line-`+string(s.Ben.ID)+`"`, `id="line-`+string(s.Cleo.ID)+`"`)
		s.at(s.Ada, dealsPath+"?bar=evidence-gained").Has("“Budget confirmed” confirmed on 19 May 2026", "Scales for the harbour", "harbour", "Dan", s.Deal("dan open").ID.Path()+"#milestones")
		s.at(s.Ada, dealsPath+"?bar=amount-up").Has("EUR 40,000 → EUR 50,000")
		s.at(s.Ada, dealsPath+"?bar=lost").Has("Lost on 19 May 2026; before")
		s.at(s.Ada, dealsPath+"?bar=pushed-out").Has("12 Jun 2026 → 30 Sep 2026", "In all other bars")
		s.at(s.Ada, dealsPath+"?bar=new").Has("Created on 19 May 2026", "not there yet")
		s.at(s.Ada, dealsPath+"?bar=nonsense").Is(http.StatusNotFound)
	})
}

func TestWhoSeesWhatMoved(t *testing.T) {
	each(t, 60, func(t *testing.T, s *site) {
		handed := s.Deal("finn reopened")
		s.at(s.Cleo, dealsPath+"?bar=handed-out").Has("A deal that is not yours to see").Lacks(handed.Title, "Dan", string(handed.ID)+`"><bdi>`)
		s.at(s.Ben, dealsPath+"?bar=handed-in").Has(handed.Title, "From someone outside this line to Dan").Lacks("Finn")
		s.at(s.Dan, dealsPath+"?bar=time").Lacks("Eve", "Finn", s.Deal("ben own").Title)
		s.at(s.Vera, pagePath).Is(http.StatusOK).Has("Ada").Lacks(dealsPath)
		s.at(s.Vera, dealsPath+"?bar=new").Is(http.StatusForbidden)
		s.at(s.Adam, pagePath).Is(http.StatusForbidden)
		for _, ask := range [][2]people.Person{{s.Dan, s.Eve}, {s.Dan, s.Ben}, {s.Ben, s.Finn}, {s.Cleo, s.Ada}} {
			s.at(ask[0], pagePath+"?person="+string(ask[1].ID)).Is(http.StatusNotFound)
			s.at(ask[0], dealsPath+"?bar=time&person="+string(ask[1].ID)).Is(http.StatusNotFound)
		}
		s.at(s.Olga, dealsPath+"?bar=new&person="+string(s.Gus.ID)).Has("Fresh")
	})
}

func TestSinceWhenAndAsOfWhen(t *testing.T) {
	each(t, 60, func(t *testing.T, s *site) {
		s.at(s.Ada, pagePath+"?since=2026-05-21").Is(http.StatusUnprocessableEntity).Has("comes after the one")
		s.at(s.Ada, pagePath+"?since=soon").Is(http.StatusUnprocessableEntity).Has("Choose a day like")
		s.at(s.Ada, pagePath+"?as-of=2026-05-21").Is(http.StatusUnprocessableEntity).Has("still to come")
		s.at(s.Ada, pagePath+"?since=2026-01-05").Is(http.StatusOK).Has("began on Wednesday 1 April", "was of deals that would be won in it, and not before", `id="bar-won"`)
		s.at(s.Ada, pagePath+"?as-of=2026-05-19").Is(http.StatusOK).Lacks(`id="bar-lost"`, `id="bar-new"`)
		s.at(s.Ada, pagePath+"?period=month").Has("May", "Since the period began")
		s.at(s.Ada, pagePath+"?since=2026-05-20").Lacks(`id="bar-lost"`)
		s.at(s.Ada, pagePath+"?currency=GBP").Has("GBP")
		s.at(s.Ada, pagePath+"?period=next-month").Is(http.StatusOK).Has("June 2026 begins on Monday 1 June", "Both figures are of deals that will be won in it", "the period is nearer").Lacks("Since the period began")
	})
}

// With too few deals that ended the page compares what is booked, and says why.
func TestBeforeThereIsAModel(t *testing.T) {
	each(t, 0, func(t *testing.T, s *site) {
		s.at(s.Ada, pagePath).Is(http.StatusOK).Has("Only what is booked is compared", "The forecast is what it was", "Too few deals have ended").Lacks(`id="bar-news"`)
		s.at(s.Ada, pagePath+"?since=2026-05-11").Has(`id="bar-won"`, "EUR 15,000").Lacks(`id="bar-time"`)
	})
}
