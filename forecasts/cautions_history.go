package forecasts

import (
	"fmt"

	"milepost/calendar"
	"milepost/forecasts/history"
	"milepost/stats/proportions"
)

// newStages sees a process that changed: deals stand where no past deal tells of.
func newStages(p *history.Past) (Caution, bool) {
	ended := map[history.Label]int{}
	var stays []history.Stay
	for i := range p.Deals() {
		if cause, _ := p.End(int32(i)); cause == history.Open {
			continue
		}
		stays = p.AppendStays(stays[:0], int32(i))
		seen := map[history.Label]bool{}
		for _, s := range stays {
			if !seen[s.Stage] {
				seen[s.Stage] = true
				ended[s.Stage]++
			}
		}
	}
	open, at, which := 0, 0, map[history.Label]int{}
	for _, d := range p.Open() {
		open++
		if ended[d.Stage] < fewAtStage {
			at++
			which[d.Stage]++
		}
	}
	if open < fewestOpen || float64(at) < newShare*float64(open) {
		return Caution{}, false
	}
	most := history.Label(0)
	for label, n := range which {
		if n > which[most] || n == which[most] && p.Name(label) < p.Name(most) {
			most = label
		}
	}
	name := "without a stage"
	if most != 0 {
		name = "most of them at “" + p.Name(most) + "”"
	}
	return Caution{Kind: NewStages, Title: "The process changed",
		Words: fmt.Sprintf("%s of %d stand where fewer than %d deals that ended have been, %s. Of these the forecast knows what it assumes, and little more.", count(at, "open deal", "open deals"), open, fewAtStage, name),
		Do:    "If stages were renamed, teach the old labels to the process; else give it a few weeks of ended deals."}, true
}

// bulkEnds sees many deals that were ended in one day: someone tidied up.
func bulkEnds(p *history.Past) (Caution, bool) {
	since := p.Midnight(p.Today() - 365)
	byDay, all := map[calendar.Date]int{}, 0
	for i := range p.Deals() {
		if cause, at := p.End(int32(i)); cause != history.Open && cause != history.Won && at >= since {
			byDay[calendar.DateOf(at, p.Place())]++
			all++
		}
	}
	var most calendar.Date
	for day, n := range byDay {
		if n > byDay[most] || n == byDay[most] && day > most {
			most = day
		}
	}
	if n := byDay[most]; n >= bulkDay && float64(n) >= bulkShare*float64(all) && len(byDay) > 1 {
		return Caution{Kind: BulkEnds, Title: "Many deals were ended in one day",
			Words: fmt.Sprintf("On %s %d deals were lost or ended in no action, of %d in a year. When someone tidies up, deals seem to have lived longer than they did, and to die together.", most.Long(), n, all),
			Do:    "End deals when they are dead. The sweep of idle deals shows each week which ones are."}, true
	}
	return Caution{}, false
}

// noNoAction sees a history in which buyers never decide for nothing: they do, and the
// deals are still open.
func noNoAction(p *history.Past) (Caution, bool) {
	ended := 0
	for i := range p.Deals() {
		switch cause, _ := p.End(int32(i)); cause {
		case history.Open:
		case history.NoAction:
			return Caution{}, false
		default:
			ended++
		}
	}
	if ended < fewestNoAction {
		return Caution{}, false
	}
	words := fmt.Sprintf("Not one of %d deals that ended was ended as no action. The commonest competitor is that nothing happens; where nobody says so, dead deals stay open and are counted.", ended)
	if idle := len(Idle(p).Deals); idle > 0 {
		words += " " + count(idle, "open deal is", "open deals are") + " quiet for longer than almost any deal was that was won."
	}
	return Caution{Kind: NoNoAction, Title: "No action is never recorded", Words: words, Do: "Go through the idle deals, and end those as no action that are."}, true
}

// idleClaims sees claims that are worth no more than nothing: deals whose milestones were
// only claimed are won as rarely as those without.
func idleClaims(p *history.Past) (Caution, bool) {
	var won, all [3]int // nothing shown, claimed only, confirmed
	for i := range p.Deals() {
		cause, _ := p.End(int32(i))
		if cause == history.Open {
			continue
		}
		level := shownAtMost(p.Facts(int32(i)))
		all[level]++
		if cause == history.Won {
			won[level]++
		}
	}
	if all[1] < fewAtStage || all[2] < fewAtStage {
		return Caution{}, false
	}
	_, claimed, _ := proportions.Wilson(won[1], all[1], proportions.Z95)
	confirmed, _, _ := proportions.Wilson(won[2], all[2], proportions.Z95)
	if claimed >= confirmed || claimed >= .5*confirmed {
		return Caution{}, false
	}
	return Caution{Kind: IdleClaims, Title: "Claims say little here",
		Words: fmt.Sprintf("Of %s whose milestones were only claimed %s won; of %s with one confirmed, %s. The forecast learned that, and gives claims little weight.",
			count(all[1], "deal", "deals"), count(won[1], "was", "were"), thousands(all[2]), thousands(won[2])),
		Do: "Audit claims, and ask buyers to confirm: what they confirm counts."}, true
}

// shownAtMost is the best that was shown of a deal's milestones: 0 nothing, 1 claimed, 2
// confirmed.
func shownAtMost(facts []history.Fact) int {
	best := 0
	for i := range facts {
		if f := &facts[i]; f.Kind == history.Milestone {
			best = max(best, int(min(f.Value, history.Achieved)))
		}
	}
	return best
}

// reopenings sees ends that did not last.
func reopenings(p *history.Past) (Caution, bool) {
	since := p.Midnight(p.Today() - 182)
	ends, undone := 0, 0
	var closings []history.Closing
	for i := range p.Deals() {
		closings = p.AppendClosings(closings[:0], int32(i))
		for _, c := range closings {
			if c.At >= since {
				ends++
				if c.Until < p.AsOf() {
					undone++
				}
			}
		}
	}
	if undone < 5 || float64(undone) < reopenedShare*float64(ends) {
		return Caution{}, false
	}
	return Caution{Kind: Reopenings, Title: "Ends do not last",
		Words: fmt.Sprintf("%d of the %d ends of half a year were taken back. What counts as won or lost today may not tomorrow; booked figures and the record move with it.", undone, ends),
		Do:    "Look at who reopens, and why: the reason stands in each deal's history."}, true
}
