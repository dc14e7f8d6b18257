package triad

import (
	"slices"

	"milepost/people"
	"milepost/process"
)

// group is the open deals of one person, or of a person's whole line.
type group struct {
	Asking asking
	Person people.ID // empty for deals of nobody, and for the sum of all
	Line   bool      // others report to the person, and are counted in
	Levels [process.HighestLevel + 1]int
	None   int // without criteria
	Stale  int
	Deals  int
}

func (g *group) take(t *tally) {
	g.Deals += t.Deals
	g.Stale += t.Stale
	if t.Level == without {
		g.None += t.Deals
		return
	}
	g.Levels[t.Level] += t.Deals
}

// grouped sums what was counted: of everyone who is asked for, then of each who reports
// to that person with their line, of the person, and of those who are in nobody's line
// any more. Groups without deals are left out, but for the sum.
func grouped(a *asking, v *people.Viewer, chart people.Chart, tallies []tally) []*group {
	sum := &group{Asking: asking{Person: a.Person, Own: a.Own}, Person: a.Person, Line: !a.Own}
	groups := []*group{sum}
	if !a.Own {
		for _, id := range heads(a, chart, tallies) {
			groups = append(groups, &group{Asking: asking{Person: id}, Person: id, Line: len(chart.Reports(id)) > 0})
		}
	}
	in := map[people.ID]*group{}
	for _, g := range groups[1:] {
		for _, id := range append([]people.ID{g.Person}, chart.Below(g.Person)...) {
			if in[id] == nil {
				in[id] = g
			}
		}
	}
	for i := range tallies {
		t := &tallies[i]
		sum.take(t)
		if a.Own {
			continue
		}
		g := in[t.Owner]
		if g == nil { // the person asked about, who left, or nobody
			g = &group{Asking: asking{Person: t.Owner, Own: true}, Person: t.Owner}
			in[t.Owner], groups = g, append(groups, g)
		}
		g.take(t)
	}
	return append(groups[:1], slices.DeleteFunc(groups[1:], func(g *group) bool { return g.Deals == 0 })...)
}

// heads are those whose lines are shown each by itself: who reports to the person that
// is asked about; for the whole organization, who reports to nobody.
func heads(a *asking, chart people.Chart, tallies []tally) []people.ID {
	if a.Person != "" {
		return chart.Reports(a.Person)
	}
	var list []people.ID
	for _, t := range tallies {
		top := t.Owner
		for range 100 { // a line is never so long; a circle would be
			above := chart.Manager(top)
			if above == "" {
				break
			}
			top = above
		}
		if top != "" && !slices.Contains(list, top) {
			list = append(list, top)
		}
	}
	slices.Sort(list)
	if len(list) == 1 { // one head of all: those below say more
		return chart.Reports(list[0])
	}
	return list
}
