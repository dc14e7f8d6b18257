package testworld

import (
	"math"
	"slices"
	"testing"

	"milepost/deals"
	"milepost/people"
)

// settled are the deals whose stories were told to the end: those that began after
// the opening and more than eleven months ago. They are no selection by outcome.
func (m made) settled(keep func(DealTruth) bool) (won, expected, variance float64, n int) {
	last := m.truth.Today.AddDays(-335)
	for _, d := range m.truth.Deals {
		if d.Carried || d.Created > last || d.ID == m.truth.Whale || !keep(d) {
			continue
		}
		n++
		expected += d.Win
		variance += d.Win * (1 - d.Win)
		if d.Ends == deals.Won {
			won++
		}
	}
	return won, expected, variance, n
}

// holds checks a number of wins against what the truth says, within sampling error.
func (m made) holds(t *testing.T, what string, keep func(DealTruth) bool) {
	t.Helper()
	won, expected, variance, n := m.settled(keep)
	if n < 15 {
		t.Logf("%s: only %d settled deals", what, n)
		return
	}
	if z := (won - expected) / math.Sqrt(variance); math.Abs(z) > 3.7 {
		t.Errorf("%s: %.0f of %d deals won, the truth says %.1f (z = %.1f)", what, won, n, expected, z)
	}
}

func TestWinsAreAsLikelyAsTheTruthSays(t *testing.T) {
	m := whole(t)
	m.holds(t, "all", func(DealTruth) bool { return true })
	for _, s := range Segments {
		m.holds(t, s.Name, func(d DealTruth) bool { return d.Segment == s.Name })
	}
	for _, s := range Sources {
		m.holds(t, s.Name, func(d DealTruth) bool { return d.Source == s.Name })
	}
	for _, r := range m.truth.Reps {
		// A deal that changes hands is no longer the first rep's alone.
		m.holds(t, r.Name, func(d DealTruth) bool { return d.Rep == r.Person && oneOwner(d) })
	}
	m.holds(t, "existing customers", func(d DealTruth) bool { return d.Existing })
	m.holds(t, "with a competitor", func(d DealTruth) bool { return d.Competitor })
}

func oneOwner(d DealTruth) bool {
	return !slices.ContainsFunc(d.Visits, func(v VisitTruth) bool { return v.Rep != d.Rep })
}

// What is told is what happened: the ledger's outcomes are the truth's.
func TestTheLedgerTellsTheTruth(t *testing.T) {
	m := whole(t)
	told, open := 0, 0
	for _, d := range m.truth.Deals {
		o, exists, err := deals.Fold(m.told[d.ID], deals.Ever)
		if err != nil || !exists {
			t.Fatalf("deal %s of the truth: exists %v, %v", d.ID, exists, err)
		}
		if o.Reopened > 0 || d.ID == m.truth.Whale {
			continue
		}
		last := d.Visits[len(d.Visits)-1]
		switch {
		case o.IsOpen():
			open++
			if last.Until < m.truth.Today.AddDays(-25) {
				t.Errorf("deal %s ended on %s and is told as open", d.ID, last.Until)
			}
		case o.Outcome != d.Ends:
			t.Errorf("deal %s is told as %s and was %s", d.ID, o.Outcome, d.Ends)
		default:
			told++
		}
	}
	if open < 350 || open > 600 || told < 3000 {
		t.Errorf("%d deals open and %d closed", open, told)
	}
}

// A visit that goes on takes as long, in working days at the pace of the time, as
// the truth says for its stage, segment, source, product and rep.
func TestStagesTakeAsLongAsTheTruthSays(t *testing.T) {
	m := whole(t)
	reps := map[people.ID]RepTruth{}
	for _, r := range m.truth.Reps {
		reps[r.Person] = r
	}
	for stage, s := range Stages {
		var logs []float64
		for _, d := range m.truth.Deals {
			if d.Carried || d.ID == m.truth.Whale || d.Created > m.truth.Today.AddDays(-335) {
				continue
			}
			for _, v := range d.Visits {
				if v.Stage == stage && v.GoesOn {
					logs = append(logs, math.Log(m.worked(d, v)*paceOf(d, stage, reps[v.Rep])))
				}
			}
		}
		slices.Sort(logs)
		median, wanted := logs[len(logs)/2], math.Log(s.Days)
		// Working days are counted whole, which lengthens short visits by half a day.
		if math.Abs(median-wanted) > .13 {
			t.Errorf("%s: median %.1f working days, the truth says %.1f (%d visits)", s.Name, math.Exp(median), s.Days, len(logs))
		}
	}
}

// worked counts the working days of a visit at the pace of its time.
func (m made) worked(d DealTruth, v VisitTruth) float64 {
	days := 0.0
	for date := v.From.AddDays(1); date <= v.Until; date = date.AddDays(1) {
		days += m.truth.PaceOn(date, d.Region, v.Stage)
	}
	return max(days-.5, .2)
}

func paceOf(d DealTruth, stage int, r RepTruth) float64 {
	pace := r.Pace
	for list, name := range map[*[]Level]string{&Segments: d.Segment, &Sources: d.Source, &Products: d.Product} {
		for _, l := range *list {
			if l.Name == name {
				pace *= l.Pace
			}
		}
	}
	if stage == evaluation {
		pace *= r.Stuck
	}
	return pace
}
