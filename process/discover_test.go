package process

import (
	"testing"

	"milepost/calendar"
	"milepost/deals"
)

const aDay = calendar.Instant(24 * 60 * 60 * 1000)

// trace is a deal that reached labels on days after it was opened.
func trace(outcome deals.Outcome, steps ...any) Trace {
	t := Trace{Opened: 1000 * aDay, Outcome: outcome}
	for i := 0; i < len(steps); i += 2 {
		t.Reached = append(t.Reached, Reach{steps[i].(string), 1000*aDay + calendar.Instant(steps[i+1].(float64)*float64(aDay))})
	}
	return t
}

func many(n int, t Trace) []Trace {
	var list []Trace
	for range n {
		list = append(list, t)
	}
	return list
}

func find(t *testing.T, list []Found, label string) Found {
	t.Helper()
	for _, f := range list {
		if f.Label == label {
			return f
		}
	}
	t.Fatalf("%q was not found", label)
	return Found{}
}

// What takes time, or where deals stay behind, begins a phase; what only some deals have
// stays with what is before it, and is not required.
func TestDiscoverGroupsByTimeAndByWhoStaysBehind(t *testing.T) {
	traces := many(20, trace(deals.Won, "asked", .1, "seen", .2, "offered", .3, "agreed", 10.3))
	traces = append(traces, many(4, trace(deals.Won, "asked", .1, "seen", .2, "offered", .3, "extra", 8., "agreed", 12.3))...)
	traces = append(traces, many(20, trace(deals.Lost, "asked", .1))...)
	list := Discover(traces)
	want := map[string]Found{
		"asked":   {Phase: 1, Required: true, Deals: 44, Days: .1, Share: 1},
		"seen":    {Phase: 2, Required: true, Deals: 24, Days: .1, Share: 1}, // 20 of 44 stay behind
		"offered": {Phase: 2, Required: true, Deals: 24, Days: .2, Share: 1},
		"extra":   {Phase: 2, Deals: 4, Days: 7.9, Share: 4. / 24},
		"agreed":  {Phase: 3, Required: true, Deals: 24, Days: 10, Share: 1},
	}
	for label, w := range want {
		f := find(t, list, label)
		if f.Phase != w.Phase || f.Required != w.Required || f.Deals != w.Deals || f.Days < w.Days-.001 || f.Days > w.Days+.001 || f.Share != w.Share {
			t.Errorf("%s: %+v, want %+v", label, f, w)
		}
	}
	d := Discovered("Found", "new", list, len(traces))
	d.tidy(1)
	if err := d.Obstacles(); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, p := range d.Phases {
		names = append(names, p.Name)
	}
	if len(names) != 4 || names[0] != "New" || names[1] != "Asked" || names[2] != "Offered" || names[3] != "Agreed" {
		t.Errorf("the phases are %q", names)
	}
	if id, known := d.Labelled("offered"); !known || id != d.Phases[2].Milestones[1].ID {
		t.Error("the label of the history is not known to the process")
	}
}

// The last label is required when nearly all won deals have it, and not when some do not.
func TestDiscoverRequiresWhatWonDealsHave(t *testing.T) {
	for _, c := range []struct {
		with, without int
		leads, is     bool
	}{{18, 2, true, true}, {17, 3, true, false}, {9, 0, true, false}, {13, 7, false, false}} {
		traces := append(many(c.with, trace(deals.Won, "first", 1., "last", 30.)), many(c.without, trace(deals.Won, "first", 1.))...)
		f := find(t, Discover(traces), "last")
		if f.Required != c.is || f.Leads != c.leads {
			t.Errorf("%d with, %d without: %+v", c.with, c.without, f)
		}
	}
}

// However many steps there are, they fall into a handful of phases, in order, and those
// that lie closest together in time share one.
func TestDiscoverKeepsToAHandfulOfPhases(t *testing.T) {
	days := []float64{0, 2, 40, 80, 120, 160, 165, 200}
	var steps []any
	for i, day := range days {
		steps = append(steps, string(rune('a'+i)), day)
	}
	list := Discover(many(12, trace(deals.Won, steps...)))
	want := []int{1, 1, 2, 3, 4, 5, 5, 5}
	for i, f := range list {
		if f.Label != string(rune('a'+i)) || f.Phase != want[i] {
			t.Errorf("%d: %s is in phase %d, want %d", i, f.Label, f.Phase, want[i])
		}
	}
}

func TestDiscoverInNothing(t *testing.T) {
	if list := Discover(nil); len(list) != 0 {
		t.Errorf("found %+v in nothing", list)
	}
	if list := Discover([]Trace{{Opened: 1}}); len(list) != 0 {
		t.Errorf("found %+v in a deal without labels", list)
	}
	if got := BeginningName("Offer", []Found{{Label: "offer"}}); got != "Begun" {
		t.Errorf("the beginning is called %q, like a milestone", got)
	}
}
