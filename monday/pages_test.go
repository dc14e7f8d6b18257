package monday

import (
	"context"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"milepost/activities"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/internal/testworld"
	"milepost/money"
	"milepost/people"
	"milepost/targets"
)

// Each role gets its page: who leads others the Monday of their line, a rep the way to
// the day, observers totals without a deal, everyone else a sentence.
func TestWhoSeesWhat(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, s *site) {
		s.catchUp(t)
		for _, c := range []struct {
			who    people.Person
			path   string
			status int
			has    []string
			lacks  []string
		}{
			{o.Ada, "/monday", 200, []string{"Ben Alpha", "Cleo Alpha", "Oven for the mill Alpha"}, []string{"Lift for the theatre"}},
			{o.Ben, "/monday", 200, []string{"Dan Alpha", "Eve Alpha", "own deals"}, []string{"Oven for", "Finn Alpha", "Lift for the depot"}},
			{o.Cleo, "/monday", 200, []string{"Finn Alpha", "Oven for the mill Alpha"}, []string{"Scales for", "Dan Alpha"}},
			{o.Olga, "/monday", 200, []string{"whole organization", "Ben Alpha", "Oven for the mill Alpha", "Nobody in a team"}, nil},
			{o.Vera, "/monday", 200, []string{"whole organization", "What changed", "Booked"}, []string{"Scales", "Oven", "Lift for", "Belt", "Dan Alpha"}},
			{o.Dan, "/monday", 200, []string{"Nobody reports to you"}, []string{"Eve", "Belt"}},
			{o.Adam, "/monday", 200, []string{"Monday is for whoever leads others"}, []string{"Scales"}},
			{o.Rita, "/monday", 200, []string{"Monday is for whoever leads others"}, []string{"Scales"}},
			{o.Ada, "/monday?person=" + string(o.Cleo.ID), 200, []string{"Monday of Cleo Alpha", "Finn Alpha"}, []string{"Scales for"}},
			{o.Ben, "/monday?person=" + string(o.Cleo.ID), 404, nil, []string{"Oven"}},
			{o.Ben, "/monday?person=" + string(o.Ada.ID), 404, nil, []string{"Oven"}},
			{o.Ada, "/monday?person=nobody", 404, nil, nil},
			{o.Olga, "/monday?person=nobody", 404, nil, nil},
			{o.Vera, "/monday?person=" + string(o.Ben.ID), 404, nil, []string{"Scales"}},
			{o.Ben, "/monday?person=" + string(o.Dan.ID), 303, nil, nil},
			{o.Dan, "/day", 200, []string{"My day", "Scales for the harbour Alpha"}, []string{"Belt"}},
			{o.Gus, "/day", 200, []string{"Lift for the depot Alpha"}, []string{"Oven"}},
			{o.Ben, "/day", 200, []string{"Lift for the museum Alpha"}, []string{"Scales for"}},
			{o.Ben, "/day?person=" + string(o.Dan.ID), 200, []string{"The day of Dan Alpha", "Scales for the harbour Alpha"}, nil},
			{o.Ben, "/day?person=" + string(o.Finn.ID), 404, nil, []string{"Oven"}},
			{o.Dan, "/day?person=" + string(o.Eve.ID), 404, nil, []string{"Belt"}},
			{o.Dan, "/day?person=" + string(o.Ben.ID), 404, nil, []string{"Lift"}},
			{o.Olga, "/day?person=" + string(o.Finn.ID), 200, []string{"Oven for the mill Alpha"}, nil},
			{o.Vera, "/day", 200, []string{"A day without deals"}, []string{"Scales"}},
			{o.Adam, "/day", 200, []string{"A day without deals"}, nil},
			{o.Rita, "/day", 200, []string{"A day without deals"}, nil},
			{o.Vera, "/day?person=" + string(o.Dan.ID), 200, []string{"A day without deals"}, []string{"Scales"}},
			{o.Dan, "/monday/changes?part=new", 403, nil, nil},
			{o.Vera, "/monday/changes?part=new", 403, nil, nil},
			{o.Cleo, "/monday/changes?part=won&since=2026-05-10", 200, []string{"Oven for the bakery Alpha", "EUR 15,000"}, []string{"Scales"}},
			{o.Ben, "/monday/changes?part=won&since=2026-05-10", 200, []string{"Nothing of that kind"}, []string{"Oven"}},
			{o.Ben, "/monday/changes?part=nonsense", 404, nil, nil},
			{o.Dan, "/monday/expected", 200, []string{"Booked"}, []string{"Belt"}},
			{o.Dan, "/monday/expected?person=" + string(o.Ben.ID), 404, nil, nil},
			{o.Rita, "/monday/expected", 403, nil, nil},
			{o.Ben, "/monday?since=2026-02-30", 422, []string{"Choose a day like"}, nil},
			{o.Ben, "/monday?since=2027-01-01", 422, []string{"still to come"}, nil},
		} {
			t.Run(c.who.Name+" "+c.path[:min(len(c.path), 40)], func(t *testing.T) {
				s.get(t, c.who.ID, c.path).Is(c.status).Has(c.has...).Lacks(c.lacks...)
			})
		}
	})
}

// The waterfall of Cleo's line since 1 May: Finn's win, the deal opened again, and the
// late one whose date moved.
func TestTheWaterfallOnThePage(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, s *site) {
		s.get(t, o.Cleo.ID, "/monday?since=2026-05-01").Is(200).Has("What changed since Friday 1 May",
			"Opened again +1 +EUR 9,000", "Won −1 −EUR 15,000", "Wins to praise", "Oven for the bakery Alpha", "First win")
		s.get(t, o.Ada.ID, "/monday?since=2026-05-01").Is(200).Has("Opened again +1 +EUR 9,000").Lacks("No action") // that was to close in March
		s.get(t, o.Ben.ID, "/monday?since=2026-05-01").Is(200).Lacks("Oven")
	})
}

// What is recorded shows on the very next page, without reading everything again.
func TestPagesKeepUpWithTheLedger(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, s *site) {
		s.get(t, o.Ben.ID, "/monday").Is(200).Has("No deal stands out")
		deal := o.Deal("dan open").ID
		at := testworld.SmallNow.Add(-time.Hour)
		o.Record(at, o.Dan, deal, deals.Change{Kind: deals.AmountSet, Fact: deals.Fact{Amount: &money.Amount{Minor: 99_000_00, Currency: "EUR"}}})
		s.get(t, o.Ben.ID, "/monday").Is(200).Has("Amount up (1) +EUR 87,000")
		o.Record(at+1, o.Ben, deal, deals.Change{Kind: deals.OwnerSet, Fact: deals.Fact{Person: o.Eve.ID, Value: o.Eve.Name}})
		s.get(t, o.Eve.ID, "/day").Is(200).Has("Scales for the harbour Alpha", "handed it over from Dan Alpha to Eve Alpha")
		s.get(t, o.Dan.ID, "/day").Is(200).Lacks("Scales for the harbour")
		o.Record(at+2, o.Eve, deal, deals.Change{Kind: deals.Closed, Fact: deals.Fact{Name: string(deals.Won)}})
		s.get(t, o.Ben.ID, "/monday").Is(200).Has("Won −1 −EUR 99,000", "Amount up (1) +EUR 87,000", "First win, and the largest of the quarter")
		s.get(t, o.Eve.ID, "/day").Is(200).Has("EUR 99,000")
		o.Record(at+3, o.Ada, o.Deal("eve open").ID, deals.Change{Kind: deals.OwnerSet, Fact: deals.Fact{Person: o.Finn.ID, Value: o.Finn.Name}})
		s.get(t, o.Ben.ID, "/monday/changes?part=handed-out").Is(200).Has("not yours to see any more").Lacks("Belt for the harbour")
		s.get(t, o.Cleo.ID, "/monday/changes?part=handed-in").Is(200).Has("Belt for the harbour Alpha", "with someone else")
		s.asReadAnew(t)
	})
}

// asReadAnew fails unless what pages keep in memory is what would be read anew.
func (s *site) asReadAnew(t *testing.T) {
	t.Helper()
	kept := s.pages.library.of(s.org)
	for since, week := range kept.weeks {
		fresh := &shelf{}
		if _, err := fresh.freshen(t.Context(), s.db, s.now, since); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(kept.open, fresh.open) || !reflect.DeepEqual(week.moves, fresh.weeks[since].moves) {
			t.Errorf("what is kept since %s is not what is read anew", since)
		}
	}
	if len(kept.weeks) == 0 {
		t.Error("nothing is kept")
	}
}

// A long history is read beside the page: the figures are fetched when they are there.
func TestALongHistoryIsNotWaitedFor(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, s *site) {
		s.pages.oracle.most = 10
		page := s.get(t, o.Ben.ID, "/monday?period=year").Is(200).Has("Reading what was recorded", "What changed since")
		if !strings.Contains(page.Body.String(), `hx-get="/monday/expected?period=year"`) {
			t.Error("the page does not fetch its figures")
		}
		s.get(t, o.Dan.ID, "/day").Is(200).Has("the history is being read", "Scales for the harbour Alpha")
		s.get(t, o.Ben.ID, "/monday/expected?period=year").Is(200).Has("Booked", "EUR 8,000").Lacks("<html")
		s.get(t, o.Ben.ID, "/monday?period=year").Is(200).Has("Booked").Lacks("Reading what was recorded")
	})
}

// A next step that somebody plans is due on the day that was said, and its absence
// elsewhere is seen from then on.
func TestNextSteps(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, s *site) {
		s.get(t, o.Ben.ID, "/monday").Is(200).Has("Nobody here records next steps yet").Lacks("No next step is planned")
		v := o.Viewer(o.Dan)
		err := ledger.Record(t.Context(), o.DB, people.ByViewer(v, testworld.SmallNow-1), func(w *ledger.Writer) error {
			_, err := activities.SetNext(t.Context(), w, v, o.Deal("dan open").ID, activities.Intention{Text: "Send <b>the</b> offer", Due: "2026-05-21"}, "2026-05-20")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		s.get(t, o.Dan.ID, "/day").Is(200).Has("Send &lt;b&gt;the&lt;/b&gt; offer", "tomorrow")
		s.get(t, o.Ben.ID, "/monday").Is(200).Has("No next step is planned")
		s.get(t, o.Eve.ID, "/day").Is(200).Has("A next step").Lacks("the offer")
	})
}

// Names that mean harm are words on these pages.
func TestHostileNames(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, s *site) {
		evil := `<script>alert(1)</script>"'&` + strings.Repeat("W", 200) + " \u202eevil"
		at := testworld.SmallNow.Add(-2 * time.Hour)
		var made deals.Opportunity
		by := ledger.By{Actor: string(o.Ben.ID), Via: ledger.ViaWeb, At: at}
		err := ledger.Record(t.Context(), o.DB, by, func(w *ledger.Writer) (err error) {
			made, err = deals.Open(t.Context(), w, deals.Change{Kind: deals.Created, Fact: deals.Fact{Value: evil}},
				deals.Change{Kind: deals.OwnerSet, Fact: deals.Fact{Person: o.Dan.ID, Value: evil}},
				deals.Change{Kind: deals.StageSet, Fact: deals.Fact{Value: evil[:80]}},
				deals.Change{Kind: deals.AttributeSet, Fact: deals.Fact{Name: "segment", Value: evil[:60]}},
				deals.Change{Kind: deals.CloseDateSet, Fact: deals.Fact{Date: "2026-05-01"}})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		o.Record(at+1, o.Ben, made.ID, deals.Change{Kind: deals.CloseDateSet, Fact: deals.Fact{Date: "2026-05-11"}})
		for _, page := range []struct {
			who  people.Person
			path string
		}{{o.Ben, "/monday"}, {o.Ada, "/monday?period=year&all=1"}, {o.Dan, "/day"}, {o.Ben, "/monday/changes?part=new"}, {o.Olga, "/monday?period=month"}} {
			s.get(t, page.who.ID, page.path).Is(200).Lacks("<script>alert")
		}
		s.get(t, o.Dan.ID, "/day").Has("&lt;script&gt;")
	})
}

// An organization without a deal is invited, not accused.
func TestEmpty(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, s *site) {
		var gone []people.Person
		gone = append(gone, o.Gus)
		for _, p := range gone {
			o.Record(testworld.SmallNow-1, o.Cleo, o.Deal("gus handed over").ID, deals.Change{Kind: deals.OwnerSet, Fact: deals.Fact{Person: o.Cleo.ID, Value: o.Cleo.Name}})
			s.get(t, p.ID, "/day").Is(http.StatusOK).Has("No open deals", "Every number begins with a first conversation", "Nothing is due", "Open a deal")
		}
		s.get(t, o.Cleo.ID, "/monday").Is(http.StatusOK).Has("What is usual here is being found out")
	})
}

// A job that runs twice changes nothing, and the usual is the same on both databases.
func TestReckoningIsIdempotent(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, s *site) {
		s.catchUp(t)
		first, err := usualOf(t.Context(), s.db)
		if err != nil || len(first) == 0 {
			t.Fatal(len(first), err)
		}
		s.now += calendar.Instant(2 * time.Hour / time.Millisecond)
		s.catchUp(t)
		again, err := usualOf(t.Context(), s.db)
		if err != nil || len(again) != len(first) {
			t.Error(len(first), len(again), err)
		}
		if err := newSite(o.DB, o.ID, s.now).pages.reckon(context.Background(), s.db, s.now+day1); err != nil {
			t.Error(err)
		}
	})
}

// A target stands beside what is booked, for the team, each person and the person's day.
func TestTargets(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, s *site) {
		quota := int64(16_000_00)
		by := ledger.By{Actor: string(o.Ben.ID), Via: ledger.ViaWeb, At: testworld.SmallNow - 1}
		err := ledger.Record(t.Context(), o.DB, by, func(w *ledger.Writer) error {
			return targets.SetAll(t.Context(), w, []targets.Setting{{Cell: targets.Cell{Person: o.Dan.ID, Scope: targets.Own, Month: "2026-05-01", Measure: "EUR"}, Value: &quota}})
		})
		if err != nil {
			t.Fatal(err)
		}
		s.get(t, o.Ben.ID, "/monday").Is(200).Has("Target EUR 16,000", "Booked EUR 8,000 50 % of the target")
		s.get(t, o.Dan.ID, "/day").Is(200).Has("My target EUR 16,000", "50 % of the target")
		s.get(t, o.Cleo.ID, "/monday").Is(200).Has("None set").Lacks("16,000")
	})
}

// What is missing is the target without what is booked and expected, in each measure.
func TestTheGap(t *testing.T) {
	target := int64(1000)
	f := figures{Target: &target, Booked: 400, Expected: []int64{700, 250}}
	for method, want := range []int64{-100, 350} {
		if gap, is := f.gap(method); !is || gap != want {
			t.Errorf("by method %d %d is missing, want %d", method, gap, want)
		}
	}
	f.Expected = nil
	if _, is := f.gap(0); is {
		t.Error("a gap without anything to expect by")
	}
}
