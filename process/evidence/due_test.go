package evidence_test

import (
	"slices"
	"testing"
	"time"

	"milepost/calendar"
	"milepost/deals"
	"milepost/process"
	"milepost/process/evidence"
)

func at(day string) calendar.Instant { return calendar.Date(day).Midnight(time.UTC) }

// shown is a standing in which milestones stand since a day.
func shown(since map[process.MilestoneID]string) evidence.Standing {
	s := evidence.Standing{Shown: map[process.MilestoneID]evidence.Milestone{}}
	for id, day := range since {
		s.Shown[id] = evidence.Milestone{ID: id, State: evidence.Claimed, Since: at(day)}
	}
	return s
}

// Typical days count from the phase before, or from the opening of the deal.
func TestWhenAMilestoneIsDue(t *testing.T) {
	d := threePhases()
	d.Phases[0].Milestones[0].TypicalDays = 10
	d.Phases[2].Milestones[0].TypicalDays = 5
	v := &process.Version{Number: 1, Definition: d}
	for _, c := range []struct {
		name  string
		since map[process.MilestoneID]string
		due   map[process.MilestoneID]calendar.Date
	}{
		{"nothing shown", nil, map[process.MilestoneID]calendar.Date{"need": "2026-03-11", "fit": "2026-03-31", "money": ""}},
		{"the first phase shown late", map[process.MilestoneID]string{"need": "2026-04-20"},
			map[process.MilestoneID]calendar.Date{"need": "2026-03-11", "fit": "2026-03-31", "money": ""}},
		{"the second phase reached", map[process.MilestoneID]string{"need": "2026-03-10", "fit": "2026-04-02"},
			map[process.MilestoneID]calendar.Date{"money": "2026-04-07", "visit": "2026-04-30"}},
		{"only what is not required", map[process.MilestoneID]string{"visit": "2026-04-02"}, map[process.MilestoneID]calendar.Date{"money": ""}},
		{"the third phase reached before the second", map[process.MilestoneID]string{"money": "2026-03-20", "fit": "2026-04-02"},
			map[process.MilestoneID]calendar.Date{"money": "2026-03-25"}},
	} {
		s := shown(c.since)
		reached := s.Reached(v, at("2026-03-01"))
		for id, want := range c.due {
			m, phase, _ := d.Milestone(id)
			if got := evidence.Due(m, phase, reached, time.UTC); got != want {
				t.Errorf("%s: %s is due on %q, want %q", c.name, id, got, want)
			}
		}
	}
}

// What is worth working on is in the phase that comes next, waits for nothing, and what
// is required comes first.
func TestWhatIsWorthWorkingOn(t *testing.T) {
	d := threePhases()
	v := &process.Version{Number: 1, Definition: d}
	o := &deals.Opportunity{CreatedAt: at("2026-03-01")}
	now := deals.Now{At: at("2026-04-05"), Place: time.UTC}
	for _, c := range []struct {
		name    string
		since   map[process.MilestoneID]string
		toward  int
		next    []process.MilestoneID
		overdue int
	}{
		{"nothing shown", nil, 0, []process.MilestoneID{"need"}, 1},
		{"the need shown", map[process.MilestoneID]string{"need": "2026-03-02"}, 1, []process.MilestoneID{"fit", "visit"}, 1},
		{"the solution shown", map[process.MilestoneID]string{"need": "2026-03-02", "fit": "2026-03-05"}, 2, []process.MilestoneID{"money"}, 0},
		{"everything shown", map[process.MilestoneID]string{"need": "2026-03-02", "fit": "2026-03-05", "money": "2026-03-06"}, 3, nil, 0},
	} {
		s := shown(c.since)
		m := evidence.Draw(v, &s, o, now)
		var got []process.MilestoneID
		for _, step := range m.Next {
			if got = append(got, step.ID); step.Why == "" {
				t.Errorf("%s: no word why %s", c.name, step.ID)
			}
		}
		if m.Toward != c.toward || !slices.Equal(got, c.next) || m.Overdue != c.overdue || m.Stands != len(c.since) {
			t.Errorf("%s: toward %d with %v, %d overdue, %d stand", c.name, m.Toward, got, m.Overdue, m.Stands)
		}
	}
	ended := *o
	ended.Outcome = deals.Lost
	s := shown(nil)
	if m := evidence.Draw(v, &s, &ended, now); len(m.Next) > 0 || m.Overdue > 0 {
		t.Errorf("a deal that has ended has %d overdue and %v next", m.Overdue, m.Next)
	}
	d.Phases[1].Milestones[1].After = []process.MilestoneID{"fit"}
	s = shown(map[process.MilestoneID]string{"need": "2026-03-02"})
	m := evidence.Draw(v, &s, o, now)
	if len(m.Next) != 1 || m.Next[0].ID != "fit" || len(m.Phases[1].Stones[1].Waits) != 1 {
		t.Errorf("what waits for another is advised: %+v", m.Next)
	}
}
