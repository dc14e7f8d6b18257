package reference_test

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"milepost/calendar"
	"milepost/deals"
	"milepost/forecasts/reference"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/testworld"
	"milepost/internal/testworld/pagetest"
	"milepost/people"
)

// taught is what the deals of the test taught: three stages, one of which few deals reached.
func taught(o people.Organization, ended int) *reference.Taught {
	t := &reference.Taught{Leans: reference.AsShipped(), Ended: ended, Cycle: 40, Fitted: ended >= 20}
	for i, name := range []string{"Talk", "Offer", "Terms"} {
		s := reference.Stage{Name: name, Height: float64(i) / 2, Assumed: t.Leans.At(float64(i) / 2), Ended: reference.Counted{Deals: ended / (1 + 5*i), Won: ended / (2 + 10*i)}}
		s.Own, s.Moved = reference.Rung{Won: .515, NoAction: .105, Remaining: 2}, .9-.4*float64(i)
		t.Stages = append(t.Stages, s)
	}
	t.Milestones = []reference.Evidence{{Name: "Budget named", Levels: []reference.Level{{Deals: 70}, {Assumed: .08, Own: .3, Low: .1, High: .5, Deals: 30, Moved: .6}, {Assumed: .15, Own: .7, Low: .2, High: 1.2, Deals: 3, Moved: .1}}}}
	t.Criteria = []reference.Evidence{{Name: "Need", Levels: []reference.Level{{Deals: 50}, {Assumed: -.4, Own: -.9, Low: -1.3, High: -.5, Deals: 40, Moved: .8}, {}, {}}}}
	return t
}

// kept says that forecasts leaned on the shipped table for ten days and on the first for one.
func kept(context.Context, *db.DB, db.Org) (map[int]reference.Leant, error) {
	return map[int]reference.Leant{0: {Days: 10, First: "2026-03-02", Last: "2026-03-11"}, 1: {Days: 1, First: "2026-03-12", Last: "2026-03-12"}}, nil
}

// site serves the pages; so many deals have ended.
func (w *world) site(ended int) http.Handler {
	p := slice.Program{DB: w.DB.Everywhere(), Clock: calendar.Stopped(testworld.SmallNow), Log: pagetest.Log()}
	teacher := func(ctx context.Context, d *db.DB, o people.Organization, now calendar.Instant) (*reference.Taught, bool, error) {
		versions, err := reference.Versions(ctx, d, o.ID)
		told := taught(o, ended)
		told.Leans = reference.InForce(versions, calendar.DateOf(now, o.Place()).Midnight(o.Place()))
		return told, false, err
	}
	return pagetest.Serve(p, w.ID, reference.Slice(p, teacher, kept))
}

var seen = regexp.MustCompile(`name="seen" value="(\d+)"`)

// fields is the form as a browser would send it, with some of it typed over.
func fields(page string, typed ...string) []string {
	values := map[string]string{}
	for _, found := range regexp.MustCompile(`<input[^>]*>`).FindAllString(page, -1) {
		name, value := regexp.MustCompile(` name="([^"]*)"`).FindStringSubmatch(found), regexp.MustCompile(` value="([^"]*)"`).FindStringSubmatch(found)
		if name != nil && value != nil && name[1] != "q" {
			values[name[1]] = value[1]
		}
	}
	for i := 0; i < len(typed); i += 2 {
		values[typed[i]] = typed[i+1]
	}
	var list []string
	for name, value := range values {
		list = append(list, name, value)
	}
	return list
}

// Who sees totals of more than their own reads the page; operations alone may change it.
func TestWhoReadsAndWhoSets(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		site := w.site(60)
		for _, c := range []struct {
			who          people.Person
			reads, edits int
		}{{w.Olga, 200, 200}, {w.Vera, 200, 403}, {w.Ada, 200, 403}, {w.Ben, 200, 403}, {w.Dan, 403, 403}, {w.Adam, 403, 403}, {w.Rita, 403, 403}} {
			desk := pagetest.At(t, site, c.who.ID)
			page := desk.Get(reference.Path).Is(c.reads)
			desk.Get(reference.Path + "/edit").Is(c.edits)
			if c.edits != 200 {
				page.Lacks("Change the assumptions")
				desk.Post(reference.Path, "won-1", "50", "reason", "Because I can").Is(http.StatusForbidden)
			}
		}
		if len(w.versions()) != 0 {
			t.Error("somebody set a table who may not")
		}
	})
}

func TestThePageShowsAssumedAndOwn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		page := pagetest.At(t, w.site(60), w.Ada.ID).Get(reference.Path).Is(200)
		page.Has("The table as shipped", "nobody has changed it", "60 deals", "40 days",
			"Talk rung 1 of 5 52 % assumed 12 %", "80 days assumed 72 days", "50 % of 60 won", "mostly your own deals 90 %",
			"No stage stands here rung 2 of 5 18 % assumed", "Terms rung 5 of 5 58 % assumed 20 % assumed 44 days assumed Too few to say (5 so far)", "Too few to say (5 so far)",
			"Budget named claimed 1.08 times 1.35 times 1.11 to 1.65, 8 in 10 30 against 70 not shown more own deals than assumption 60 %",
			"Budget named confirmed 1.16 times Too few to say (3 so far)", "3 against 70 not shown mostly assumption 10 %", "Need not met 0.67 times 0.41 times")
		page.Lacks(w.Deals[0].Title)
		pagetest.At(t, w.site(7), w.Ada.ID).Get(reference.Path).Is(200).Has("Too few deals have ended", "7 deals have ended so far", "mostly assumption 0 %").Lacks("52 %")
	})
}

// Operations change the table; it counts from the next midnight on, and an earlier one may
// be taken up again, to the last digit.
func TestOperationsChangeTheTable(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		olga := pagetest.At(t, w.site(60), w.Olga.ID)
		form := olga.Get(reference.Path+"/edit").Is(200).Has("Rung 1 of 5: Talk", "Rung 3 of 5: Offer", "One cycle is 40 days here")
		to := olga.Post(reference.Path, fields(form.Page(), "won-5", "62,5", "criterion-1", "0.5", "reason", "Signed offers hold")...).Leads()
		olga.Get(to).Is(200).Has("Forecasts lean on The table as shipped", "Table 1 counts from tomorrow on", w.Olga.Name, "“Signed offers hold”",
			"Won from rung 5: 58 % before, now 62.5 %", "A criterion that is not met: 0.67 times as likely before, now 0.5 times as likely", "Terms rung 5 of 5 58 % assumed")
		made := w.versions()[0]
		want := reference.Shipped()
		want.Rungs[4].Won, want.Criteria[1] = .625, made.Criteria[1]
		if !made.Same(want) || made.Criteria[1] > -.69 || made.Criteria[1] < -.70 || made.By != w.Olga.ID {
			t.Errorf("what was not touched is not what it was: %+v", made)
		}
		olga.Get(reference.Path + "/edit").Is(200).Has(`value="62.5"`).Lacks("Back to")
		back := olga.Get(reference.Path+"/edit?from=0").Is(200).Has("Back to the table as shipped:", `value="58"`)
		olga.Post(reference.Path, fields(back.Page(), "reason", "Back to the table as shipped: we counted wrongly")...).Leads()
		if list := w.versions(); len(list) != 2 || !list[1].Same(reference.Shipped()) || list[1].Number != 2 {
			t.Errorf("taken up again: %+v", list)
		}
		olga.Get(reference.Path).Is(200).Has("Table 2 counts from tomorrow on", "The kept forecasts of 12 March 2026 leaned on it.", "No kept forecast leaned on it so far.",
			"The table as shipped: the kept forecasts of 10 days leaned on it, from 2 March 2026 to 11 March 2026.", "Take these figures up again", "edit?from=1").Lacks("edit?from=2")
		for _, from := range []string{"9", "-1", "x"} {
			olga.Get(reference.Path + "/edit?from=" + from).Is(http.StatusNotFound)
		}
	})
}

// Two windows: the second is told what the first set, and may then put its own in place.
func TestATableSetMeanwhileIsNoticed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		olga := pagetest.At(t, w.site(60), w.Olga.ID)
		form := olga.Get(reference.Path + "/edit").Is(200).Page()
		olga.Post(reference.Path, fields(form, "won-5", "62", "reason", "First window")...).Leads()
		again := olga.Post(reference.Path, fields(form, "won-5", "70", "reason", "Second window")...).Is(http.StatusConflict)
		again.Has(w.Olga.Name+" set table 1 meanwhile", "“First window”", "Won from rung 5: 58 % before, now 62 %", `value="70"`, "Second window", "Save mine")
		if list := w.versions(); len(list) != 1 || list[0].Rungs[4].Won != .62 {
			t.Fatalf("written over: %+v", list)
		}
		if again.Find(seen) != "1" {
			t.Errorf("the form was made from table %s", again.Find(seen))
		}
		olga.Post(reference.Path, fields(again.Page(), "reason", "Second window")...).Leads()
		if list := w.versions(); len(list) != 2 || list[1].Rungs[4].Won != .70 {
			t.Errorf("not put in place: %+v", list)
		}
	})
}

// Each field that is wrong says so beside itself, with what was typed.
func TestWhatIsTypedWrongly(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		olga := pagetest.At(t, w.site(60), w.Olga.ID)
		form := olga.Get(reference.Path + "/edit").Is(200).Page()
		for _, c := range [][3]string{
			{"won-1", "lots", "Write a share in percent"}, {"won-2", "", "Write a share in percent"}, {"won-3", "101", "share won on rung 3 is between"}, {"won-4", "0", "share won on rung 4"},
			{"no-action-1", "-3", "Write a share in percent"}, {"no-action-5", "41.5", "Leave at least 1 %"}, {"remaining-1", "soon", "Write how many cycles"}, {"remaining-2", "0", "between 0.05 and 50 cycles"},
			{"remaining-3", "1e3", "Write how many cycles"}, {"milestone-0", "0", "how many times as likely such deals"}, {"milestone-1", "∞", "Write how many times"}, {"milestone-2", "1.2.3", "Write how many times"},
			{"criterion-0", "100", "how many times as likely such deals"}, {"criterion-3", "0,,5", "Write how many times"}, {"reason", " ", "Say why, in a sentence"}, {"reason", strings.Repeat("long ", 200), "up to 500 letters"},
		} {
			typed := []string{"won-1", "13", "reason", "A try"}
			if c[0] == "reason" {
				typed = typed[:2]
			}
			page := olga.Post(reference.Path, fields(form, append(typed, c[0], c[1])...)...).Is(422).Has(c[2]).Page()
			if c[0] != "reason" && !strings.Contains(page, `id="f-`+c[0]+`-error"`) {
				t.Errorf("%s is not marked", c[0])
			}
		}
		olga.Post(reference.Path, fields(form, "reason", "Nothing else")...).Is(422).Has("This is the table as shipped as it stands")
		olga.Post(reference.Path).Is(422).Has("Write a share in percent", "Say why")
		olga.Post(reference.Path, fields(form, "won-1", "x", "won-2", "y", "reason", "A try")...).Is(422).Has("2 answers need another look", `value="x"`)
		olga.Post(reference.Path, "reason", strings.Repeat("x", 70_000)).Is(422).Has("more text than can be taken in")
		olga.Post(reference.Path, fields(form, "won-1", "13", "reason", "From nowhere", "seen", "none", "from", "77")...).Leads()
		var said int
		ledger.EachOfKinds(t.Context(), w.DB, w.ID, []ledger.Kind{reference.Set}, deals.Ever, func(*ledger.Entry) error { said++; return nil })
		if said != 1 {
			t.Errorf("%d entries, want the one that was right", said)
		}
	})
}
