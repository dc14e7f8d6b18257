package testworld

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"sync"
	"testing"

	"milepost/calendar"
	"milepost/deals"
)

// judged gathers what was foreseen of deals, and what came of them.
type judged struct{ n, won, expected, variance float64 }

func (j *judged) take(p float64, won bool) {
	j.n, j.expected, j.variance = j.n+1, j.expected+p, j.variance+p*(1-p)
	if won {
		j.won++
	}
}

func (j *judged) z() float64 { return (j.won - j.expected) / math.Sqrt(j.variance) }

// drawn is a company that was drawn and told, and written nowhere.
type drawn struct {
	*world
	of map[deals.ID][]happening // what was told of the milestones of each deal
}

// pool is several companies, drawn once: what one of them comes to may be luck.
var pool = sync.OnceValue(func() []drawn {
	var list []drawn
	for seed := uint64(2); seed <= 6; seed++ {
		w, err := newWorld(Options{Now: noon, Seed: seed, Deals: 4000})
		if err != nil {
			panic(err)
		}
		w.assemble()
		for i, p := range w.draw() {
			p.number = i
			w.tell(p)
		}
		d := drawn{w, map[deals.ID][]happening{}}
		for _, h := range w.happenings {
			if h.kind == deals.MilestoneRecorded {
				d.of[h.plan.id] = append(d.of[h.plan.id], h)
			}
		}
		list = append(list, d)
	}
	return list
})

// toldBefore tells which milestones of a deal were told of before a day.
func (w *drawn) toldBefore(d *DealTruth, day calendar.Date) func(int) bool {
	at, has := w.time.at(w.time.day(day), 0), map[string]bool{}
	for _, h := range w.of[d.ID] {
		if h.recorded < at {
			has[h.fact.Name] = true
		}
	}
	return func(n int) bool { return has[Milestones[n].Name] }
}

// seen is a deal that was open on a day.
type seen struct {
	*DealTruth
	v     *VisitTruth
	day   calendar.Date
	shown int
}

// foreseen visits every deal that was open on some days, with what its outlook was.
func foreseen(list []drawn, visit func(w *drawn, s seen, p float64)) {
	for _, w := range list {
		for day := w.truth.Opening.AddDays(40); day < w.truth.Today; day = day.AddDays(115) {
			for i := range w.truth.Deals {
				s := seen{DealTruth: &w.truth.Deals[i], day: day}
				var there bool
				if s.v, there = s.visitOn(day); !there || s.ended(s.v) {
					continue // a deal that was reopened is another story
				}
				told := w.toldBefore(s.DealTruth, day)
				p, open := w.truth.Outlook(s.DealTruth, day, told)
				if !open {
					continue
				}
				for n := range Milestones {
					if Milestones[n].Stage == s.v.Stage && told(n) {
						s.shown++
					}
				}
				visit(&w, s, p)
			}
		}
	}
}

// ended tells whether a deal had ended once before a visit.
func (d *DealTruth) ended(v *VisitTruth) bool {
	return slices.ContainsFunc(d.Visits, func(b VisitTruth) bool { return !b.GoesOn && b.Until < v.From })
}

// age is for how long a visit lasts already, in times of what such a one lasts.
func (s *seen) age() int {
	return min(3, int(float64(s.v.From.DaysUntil(s.day))*5/7*s.plan().segment.Pace/Stages[s.v.Stage].Days))
}

// Of open deals as many are won as the law says, by what was shown of them, by how long
// they have been where they are, by stage, and in the hands of the rep who claims what
// is not so.
func TestOpenDealsAreWonAsOftenAsTheirOutlookSays(t *testing.T) {
	by := map[string]*judged{}
	foreseen(pool(), func(w *drawn, s seen, p float64) {
		take := func(format string, args ...any) {
			key := fmt.Sprintf(format, args...)
			if by[key] == nil {
				by[key] = &judged{}
			}
			by[key].take(p, s.Ends == deals.Won)
		}
		take("all")
		take("in %s", Stages[s.v.Stage].Name)
		take("with %d shown", s.shown)
		take("foreseen at %d of 5", int(p*5))
		take("at age %d", s.age())
		if s.v.Rep == w.truth.Struggling {
			take("of the rep who claims too much, %d shown", min(2, s.shown))
		}
	})
	for key, j := range by {
		t.Logf("%s: %.0f of %.0f won, the outlook says %.1f (z = %.1f)", key, j.won, j.n, j.expected, j.z())
		if math.Abs(j.z()) > 4 && j.n >= 15 {
			t.Errorf("%s: %.0f of %.0f won, the outlook says %.1f", key, j.won, j.n, j.expected)
		}
	}
	if len(by) < 20 || by["all"].n < 10000 || by["foreseen at 0 of 5"].n < 500 || by["foreseen at 4 of 5"].n < 500 {
		t.Errorf("too few to tell")
	}
}

// What was shown says something: a deal of which more was shown has better odds than the
// same deal with less, and a claim of the rep who claims too much says less.
func TestWhatIsShownMovesTheOutlook(t *testing.T) {
	odds := func(p float64) float64 { return math.Log(p / (1 - p)) }
	gains := map[bool]*judged{true: {}, false: {}}
	foreseen(pool()[:1], func(w *drawn, s seen, _ float64) {
		day := s.v.From.AddDays(min(25, s.v.From.DaysUntil(s.v.Until)))
		if s.v.Stage != evaluation {
			return
		}
		all, ok := w.truth.Outlook(s.DealTruth, day, func(int) bool { return true })
		none, _ := w.truth.Outlook(s.DealTruth, day, func(int) bool { return false })
		if ok && all <= none {
			t.Errorf("deal %s: %.2f with everything shown, %.2f with nothing", s.ID, all, none)
		}
		if ok {
			g := gains[s.v.Rep == w.truth.Struggling]
			g.n, g.expected = g.n+1, g.expected+odds(all)-odds(none)
		}
	})
	gaming, others := gains[true].expected/gains[true].n, gains[false].expected/gains[false].n
	if gains[true].n < 30 || gaming > .9*others {
		t.Errorf("everything shown adds %.2f to the logit of the rep who claims too much (%.0f deals), %.2f to that of the others", gaming, gains[true].n, others)
	}
}

// Claims are confirmed as often as the parameters say; those of the rep who claims what
// was not reached less.
func TestClaimsAreConfirmedAsTheTruthSays(t *testing.T) {
	var others, gaming judged
	for _, w := range pool() {
		for i := range w.truth.Deals {
			d := &w.truth.Deals[i]
			if d.Carried || d.ID == w.truth.Whale || len(d.Visits) == 0 || d.Created > w.truth.Today.AddDays(-335) {
				continue
			}
			for _, v := range d.Visits {
				if d.ended(&v) {
					break
				}
				rep, j := w.truth.rep(&v), &others
				if v.Rep == w.truth.Struggling {
					j = &gaming
				}
				for n, confirmed := range w.claims(d) {
					if m := Milestones[n]; m.Stage == v.Stage {
						reached := choose(v.GoesOn, m.IfGoesOn, m.IfNot)
						j.take(m.Confirmed*reached*ClaimedFirst/(reached*ClaimedFirst+(1-reached)*rep.Overclaims), confirmed)
					}
				}
			}
		}
	}
	for name, j := range map[string]judged{"the others": others, "the rep who claims too much": gaming} {
		if z := j.z(); math.Abs(z) > 4 || j.n < 150 {
			t.Errorf("%s: %.0f of %.0f claims are confirmed, the truth says %.1f (z = %.1f)", name, j.won, j.n, j.expected, z)
		}
	}
	if gaming.won/gaming.n > .8*others.won/others.n {
		t.Errorf("%.2f of the claims of the rep who claims too much are confirmed, %.2f of the others'", gaming.won/gaming.n, others.won/others.n)
	}
}

// claims are the milestones of a deal that were claimed before anything else was said of
// them, and whether they were confirmed later.
func (w *drawn) claims(d *DealTruth) map[int]bool {
	spoken, list := map[int]bool{}, map[int]bool{}
	told := slices.SortedStableFunc(slices.Values(w.of[d.ID]), func(a, b happening) int { return cmp.Compare(a.effective, b.effective) })
	for _, h := range told {
		n := slices.IndexFunc(Milestones, func(m MilestoneTruth) bool { return m.Name == h.fact.Name })
		if _, claimed := list[n]; claimed && h.fact.Value == "achieved" {
			list[n] = true
		}
		if !spoken[n] && h.fact.Value == "claimed" {
			list[n] = false
		}
		spoken[n] = true
	}
	return list
}
