package monday

import (
	"context"
	"testing"
	"time"

	"milepost/accounts"
	"milepost/activities"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/internal/testworld"
	"milepost/money"
	"milepost/people"
	"milepost/targets"
)

// After whatever is recorded, a page made from what is kept says the same, to the letter,
// as one of a program that was started just then.
func TestWhateverIsRecordedShowsOnTheNextPage(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, s *site) {
		s.catchUp(t)
		s.get(t, o.Ada.ID, "/monday").Is(200)
		at := testworld.SmallNow.Add(-time.Hour)
		changed := map[string]bool{}
		for _, what := range happenings(t, o) {
			at++
			err := ledger.Record(t.Context(), o.DB, ledger.By{Actor: string(o.Ben.ID), Via: ledger.ViaWeb, At: at}, func(w *ledger.Writer) error {
				return what.happens(t.Context(), w)
			})
			if err != nil {
				t.Fatalf("%s: %v", what.name, err)
			}
			started := s.startedNow(t, o.Ada.ID)
			for _, ask := range []struct {
				who  people.Person
				path string
			}{{o.Ada, "/monday"}, {o.Ada, "/monday?period=month"}, {o.Ben, "/monday"}, {o.Ben, "/monday?since=2026-05-01"},
				{o.Cleo, "/monday?period=year"}, {o.Olga, "/monday?all=1"}, {o.Eve, "/day"}} {
				kept, fresh := s.get(t, ask.who.ID, ask.path).Is(200).Words(), started.get(t, ask.who.ID, ask.path).Is(200).Words()
				if kept != fresh {
					t.Errorf("after “%s”, %s of %s says and read anew says\n%s\n%s", what.name, ask.path, ask.who.Name, from(kept, fresh), from(fresh, kept))
				}
				key := ask.who.Name + ask.path + kept
				changed[what.name], changed[key] = changed[what.name] || !changed[key], true
			}
			if what.shows && !changed[what.name] {
				t.Errorf("“%s” shows on no page: the test tells nothing", what.name)
			}
		}
	})
}

// startedNow is the same site, of a program that was started just now. What may be older
// it has from the other: forecasts, and the middle of the amounts, which only puts
// concerns in different currencies in order.
func (s *site) startedNow(t *testing.T, head people.ID) *site {
	t.Helper()
	started := newSite(s.db, s.org, s.now)
	started.get(t, head, "/monday").Is(200)
	started.pages.oracle.held = s.pages.oracle.held
	fresh, kept := started.pages.library.of(s.org), s.pages.library.of(s.org)
	if kept.open != nil {
		fresh.median = kept.median
		fresh.portfolios.dropAll()
	}
	return started
}

// from is a text from shortly before where it is another than the other.
func from(text, other string) string {
	at := 0
	for at < min(len(text), len(other)) && text[at] == other[at] {
		at++
	}
	return text[max(0, at-60):min(len(text), at+200)]
}

// happening is something that is recorded, and whether it shows on any of the pages.
type happening struct {
	name    string
	shows   bool
	happens func(context.Context, *ledger.Writer) error
}

func happenings(t *testing.T, o *testworld.SmallOrganization) []happening {
	change := func(name string, deal string, kind ledger.Kind, f deals.Fact) happening {
		return happening{name, true, func(ctx context.Context, w *ledger.Writer) error {
			_, err := deals.Record(ctx, w, o.Deal(deal).ID, 0, deals.Change{Kind: kind, Fact: f})
			return err
		}}
	}
	eur := func(n int64) deals.Fact { return deals.Fact{Amount: &money.Amount{Minor: n * 100, Currency: "EUR"}} }
	deal, err := deals.Find(t.Context(), o.DB, o.ID, o.Deal("dan open").ID)
	if err != nil {
		t.Fatal(err)
	}
	quota, month := int64(50_000_00), testworld.SmallNow.In(time.UTC)
	cell := targets.Cell{Person: o.Dan.ID, Scope: targets.Own, Measure: "EUR", Month: calendar.Date(month.Format("2006-01") + "-01")}
	log := activities.Said{Type: "call", Text: "They will decide in June."}
	return []happening{
		{"nothing but a sign-in", false, func(ctx context.Context, w *ledger.Writer) error {
			_, err := w.Add(people.SignedInAtDevice, string(o.Dan.ID), "", w.By.At, people.Fact{Device: "here"})
			return err
		}},
		change("another amount", "dan open", deals.AmountSet, eur(99_000)),
		change("a date that has passed", "dan open", deals.CloseDateSet, deals.Fact{Date: "2026-05-02"}),
		change("on to another stage", "ben own", deals.StageSet, deals.Fact{Value: "Negotiation"}),
		change("handed over", "dan open", deals.OwnerSet, deals.Fact{Person: o.Eve.ID}),
		change("the amount of what is handed over", "dan open", deals.AmountSet, eur(98_000)),
		{"logged", true, func(ctx context.Context, w *ledger.Writer) error {
			_, err := activities.Log(ctx, w, o.Viewer(o.Eve), o.Deal("eve open").ID, log)
			return err
		}},
		{"a step for later", true, func(ctx context.Context, w *ledger.Writer) error {
			_, err := activities.SetNext(ctx, w, o.Viewer(o.Eve), o.Deal("eve open").ID, activities.Intention{Text: "Call again", Due: "2026-05-21"}, "2026-05-20")
			return err
		}},
		change("won", "eve open", deals.Closed, deals.Fact{Name: string(deals.Won)}),
		change("won for more", "eve open", deals.AmountSet, eur(31_000)),
		change("won, and another's", "eve open", deals.OwnerSet, deals.Fact{Person: o.Dan.ID}),
		change("open again", "eve open", deals.Reopened, deals.Fact{Reason: "A mistake"}),
		change("lost", "ben own", deals.Closed, deals.Fact{Name: string(deals.Lost)}),
		{"an account with another name", true, func(ctx context.Context, w *ledger.Writer) error {
			_, err := accounts.Set(ctx, w, deal.Account, "name", "The new harbour", 0)
			return err
		}},
		{"a person with another name", true, func(ctx context.Context, w *ledger.Writer) error {
			_, err := people.Describe(ctx, w, people.Person{ID: o.Dan.ID, Name: "Dana Alpha", Email: o.Dan.Email})
			return err
		}},
		{"another manager", true, func(ctx context.Context, w *ledger.Writer) error {
			return people.SetManager(ctx, w, o.Dan.ID, o.Cleo.ID, w.By.At)
		}},
		{"a target", true, func(ctx context.Context, w *ledger.Writer) error {
			return targets.SetAll(ctx, w, []targets.Setting{{Cell: cell, Value: &quota}})
		}},
	}
}
