package deals_test

import (
	"context"
	"strings"
	"testing"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/internal/testworld"
	"milepost/internal/testworld/pagetest"
	"milepost/people"
)

// plan says what is next in a deal, as the room of activities does, and gives the
// entry back.
func plan(t *testing.T, o *testworld.SmallOrganization, key, text string, due calendar.Date) (step ledger.Entry) {
	t.Helper()
	return tell(t, o, key, func(w *ledger.Writer) (ledger.Entry, error) {
		return w.Add(deals.StepSet, string(o.Deal(key).ID), string(o.Deal(key).ID), w.By.At, deals.Fact{Value: text, Date: due})
	})
}

func finish(t *testing.T, o *testworld.SmallOrganization, key string, step ledger.Entry) {
	t.Helper()
	tell(t, o, key, func(w *ledger.Writer) (ledger.Entry, error) {
		return w.Add(deals.StepDone, step.ID, string(o.Deal(key).ID), w.By.At, deals.Fact{Name: "done"})
	})
}

func tell(t *testing.T, o *testworld.SmallOrganization, key string, say func(*ledger.Writer) (ledger.Entry, error)) (e ledger.Entry) {
	t.Helper()
	id := o.Deal(key).ID
	err := ledger.Record(t.Context(), o.DB, ledger.By{Actor: string(o.Dan.ID), Via: ledger.ViaWeb, At: testworld.SmallNow - 1}, func(w *ledger.Writer) (err error) {
		if e, err = say(w); err != nil {
			return err
		}
		told, err := ledger.OfOpportunity(context.Background(), w.DB, o.ID, string(id))
		if err != nil {
			return err
		}
		return deals.Rewrite(context.Background(), w.DB, map[deals.ID][]ledger.Entry{id: append(told, e)}, []deals.ID{id}, nil)
	})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// The list shows what is next in each deal, marks what is late and what is missing,
// and is narrowed, sorted, grouped and exported by it. SmallNow is a Wednesday.
func TestListTellsWhatIsNext(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) pagetest.Desk) {
		const dan, eve, ben = "Scales for the harbour Alpha", "Belt for the harbour Alpha", "Belt for the island"
		as(o.Ben).Get("/deals").Is(200).Lacks("No next step", "Next step") // nobody plans: that it is missing says nothing
		as(o.Ben).Get("/deals?columns=step").Is(200).Has("Next step").Lacks("No next step")
		plan(t, o, "dan open", "Call the harbour master", "2026-05-19")
		replaced := plan(t, o, "eve open", "Send the drawing", "2026-05-18")
		plan(t, o, "eve open", "Send the new drawing", "2026-05-24")

		list := as(o.Ben).Get("/deals").Is(200).Has("Call the harbour master", "1 day late", "Send the new drawing", "No next step").Lacks("Send the drawing")
		if n := strings.Count(list.Words(), "No next step"); n != 2 {
			t.Errorf("%d deals miss a next step, want 2", n)
		}
		for asked, want := range map[string][2]string{"overdue": {"1 open deal", dan}, "week": {"1 open deal", "Send the new drawing"},
			"set": {"2 open deals", dan}, "none": {"2 open deals", ben}} {
			page := as(o.Ben).Get("/deals?step=" + asked).Is(200).Has(want[:]...)
			if rows := rowsOf(t, as(o.Ben).Get("/deals.csv?step="+asked)); !strings.HasPrefix(want[0], string('0'+rune(len(rows)))) {
				t.Errorf("%s: the export has %d deals, the page says %s", asked, len(rows), page.Words())
			}
		}
		as(o.Ben).Get("/deals?step=none&outcome=all").Is(200).Has("2 deals")
		as(o.Ben).Get("/deals?step=none&outcome=won").Is(200).Has("No deal matches")
		as(o.Ben).Get("/deals?step=never").Is(200).Has("A next step is overdue, due this week")
		as(o.Ben).Get("/deals?step=set&group=owner").Is(200).Has("By owner", "Dan Alpha", "Eve Alpha")
		as(o.Ben).Get("/deals?step=none&group=owner&in=" + string(o.Dan.ID)).Is(200).Lacks(dan)
		if ids := idsOn(as(o.Ben).Get("/deals?sort=step").Page()); len(ids) != 4 || ids[0] != string(o.Deal("dan open").ID) || ids[1] != string(o.Deal("eve open").ID) {
			t.Errorf("by next step the list goes %v", ids)
		}
		walk(t, as(o.Ben), "/deals?outcome=&sort=-step")

		row := rowsOf(t, as(o.Eve).Get("/deals.csv?step=set"))[0]
		if got := row[len(row)-2:]; got[0] != "Send the new drawing" || got[1] != "2026-05-24" {
			t.Errorf("the export says %q", got)
		}
		finish(t, o, "eve open", replaced) // which was not open any more
		as(o.Eve).Get("/deals?step=set").Is(200).Has("Send the new drawing")
	})
}

// Databases that held steps before deals had a column for them have it filled as the
// entries say.
func TestStepsOfOldEntriesAreTakenOver(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, _ func(people.Person) pagetest.Desk) {
		plan(t, o, "dan open", "Forgotten", "2026-05-01")
		plan(t, o, "dan open", `Bring "both" plans`, "2026-05-19")
		finish(t, o, "eve open", plan(t, o, "eve open", "Was done", "2026-05-18"))
		finish(t, o, "ben own", plan(t, o, "ben own", "Was done", "2026-05-18"))
		plan(t, o, "ben own", "Another one", "2026-05-28")
		if _, err := o.DB.Everywhere().Exec(t.Context(), `update opportunities set next_step = '', next_due = null where org_id <> ''`); err != nil {
			t.Fatal(err)
		}
		text, err := deals.Schema.ReadFile("schema/2026-11-22-40-next-step.sql")
		if err != nil {
			t.Fatal(err)
		}
		for part := range strings.SplitSeq(string(text), "-- only ") {
			if kind, rest, _ := strings.Cut(part, "\n"); strings.HasPrefix(kind, string(o.DB.Kind())) {
				update := rest[strings.Index(rest, "update "):]
				update, _, _ = strings.Cut(update, ";")
				if _, err := o.DB.Everywhere().Exec(t.Context(), `update opportunities set next_step = '' where org_id <> ''`); err != nil {
					t.Fatal(err)
				}
				if _, err := o.DB.Everywhere().Exec(t.Context(), update); err != nil {
					t.Fatal(err)
				}
			}
		}
		if wrong, err := deals.CheckDeals(t.Context(), o.DB, o.ID); err != nil || len(wrong) > 0 {
			t.Errorf("filled again, deals differ: %v %q", err, wrong)
		}
		for key, want := range map[string]deals.NextStep{"dan open": {Text: `Bring "both" plans`, Due: "2026-05-19"}, "eve open": {}, "ben own": {Text: "Another one", Due: "2026-05-28"}} {
			if got, err := deals.Find(t.Context(), o.DB, o.ID, o.Deal(key).ID); err != nil || got.Next != want {
				t.Errorf("%s: next is %+v, want %+v, %v", key, got.Next, want, err)
			}
		}
	})
}
