package history

import (
	"cmp"
	"slices"

	"milepost/calendar"
)

// byMilestone lets the furthest milestone that a deal holds, claimed or achieved
// and not revoked, stand for its stage, where a log has no stages.
type byMilestone struct {
	rank map[Label]int // typical order, 1 for the earliest
	last map[Label]*Fact
}

func (b *byMilestone) start() { clear(b.last) }

func (b *byMilestone) take(f *Fact) {
	if f.Kind != Milestone {
		return
	}
	if before := b.last[f.Label]; before == nil || f.After(before) {
		b.last[f.Label] = f
	}
}

func (b *byMilestone) now() Label {
	furthest := Label(0)
	for label, f := range b.last {
		if f.Value != Revoked && b.rank[label] > b.rank[furthest] {
			furthest = label
		}
	}
	return furthest
}

// milestoneOrder ranks milestones in the typical order of their first occurrence,
// from the facts that count before an instant. A milestone comes after another to
// the degree that, in deals that have both, its first occurrence is later; pairs
// that never met and simultaneous ones count half. Ties go by name.
func (l *Log) milestoneOrder(until calendar.Instant) map[Label]int {
	met := map[[2]Label]float64{}  // deals that have both
	late := map[[2]Label]float64{} // of those, deals in which the first came later
	var labels []Label
	seen := map[Label]bool{}
	for i := range l.deals {
		firsts := l.firstMilestones(int32(i), until)
		for _, f := range firsts {
			if !seen[f.Label] {
				seen[f.Label] = true
				labels = append(labels, f.Label)
			}
			for _, g := range firsts {
				pair := [2]Label{f.Label, g.Label}
				met[pair]++
				if f.After(g) && f.Effective != g.Effective {
					late[pair]++
				} else if f.Effective == g.Effective {
					late[pair] += .5
				}
			}
		}
	}
	score := map[Label]float64{}
	slices.SortFunc(labels, func(a, b Label) int { return cmp.Compare(l.names[a], l.names[b]) })
	for _, a := range labels {
		for _, b := range labels {
			share := .5
			if n := met[[2]Label{a, b}]; n > 0 {
				share = late[[2]Label{a, b}] / n
			}
			score[a] += share
		}
	}
	slices.SortStableFunc(labels, func(a, b Label) int { return cmp.Compare(score[a], score[b]) })
	rank := make(map[Label]int, len(labels))
	for i, label := range labels {
		rank[label] = i + 1
	}
	return rank
}

// firstMilestones is the first occurrence of each milestone of a deal, revocations
// left aside.
func (l *Log) firstMilestones(deal int32, until calendar.Instant) []*Fact {
	var firsts []*Fact
	facts := l.of(deal)
	for i := range facts {
		f := &facts[i]
		if f.Counts() >= until {
			break
		}
		if f.Kind != Milestone || f.Value == Revoked {
			continue
		}
		at := slices.IndexFunc(firsts, func(g *Fact) bool { return g.Label == f.Label })
		if at < 0 {
			firsts = append(firsts, f)
		} else if firsts[at].After(f) {
			firsts[at] = f
		}
	}
	return firsts
}
