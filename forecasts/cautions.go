package forecasts

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"milepost/calendar"
	"milepost/forecasts/history"
	"milepost/stats/proportions"
)

// Caution is a reason to read a forecast with care: something in the history, or in the
// deals that are open, that forecasts of any method suffer from.
type Caution struct {
	Kind  CautionKind
	Title string
	Words string // what is seen, with its figures
	Do    string // what one can do
	Deal  string // id of the deal that it is about, if it is one
}

// CautionKind names a caution.
type CautionKind string

// The cautions. Mixed currencies have their own line under the figures.
const (
	NewStages  CautionKind = "new stages"
	BulkEnds   CautionKind = "bulk ends"
	NoNoAction CautionKind = "no no action"
	IdleClaims CautionKind = "idle claims"
	Reopenings CautionKind = "reopenings"
	NoAmounts  CautionKind = "no amounts"
	Whale      CautionKind = "whale"
	Drift      CautionKind = "drift"
	Moved      CautionKind = "moved"
)

const (
	fewAtStage     = 20  // ended deals that were at a stage, below which it is new
	newShare       = .25 // of the open deals at new stages
	fewestOpen     = 10
	bulkDay        = 20  // deals that ended in one day
	bulkShare      = .2  // of a year's
	fewestNoAction = 50  // ended deals among which no action should have been seen
	reopenedShare  = .05 // of the ends of half a year
	whaleShare     = .5  // of the variance of a total
	driftLogits    = .15
)

// cautionsOf reads those that are in a history as of an instant.
func cautionsOf(p *history.Past) []Caution {
	var list []Caution
	for _, look := range []func(*history.Past) (Caution, bool){newStages, bulkEnds, noNoAction, idleClaims, reopenings} {
		if c, is := look(p); is {
			list = append(list, c)
		}
	}
	return list
}

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
		Words: fmt.Sprintf("Of %d deals whose milestones were only claimed %d were won; of %d with one confirmed, %d. The forecast learned that, and gives claims little weight.", all[1], won[1], all[2], won[2]),
		Do:    "Audit claims, and ask buyers to confirm: what they confirm counts."}, true
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

// cautions are those of an outlook: of the history, and of what is open in it. Before are
// the lines of people as they were when the period began.
func (f *Forecast) cautions(o *Outlook, before Organigram) []Caution {
	var list []Caution
	if f.taught != nil {
		list = append(list, f.taught.cautions...)
	}
	for _, look := range []func(*Outlook) (Caution, bool){f.noAmounts, f.whale, f.drift} {
		if c, is := look(o); is {
			list = append(list, c)
		}
	}
	if c, is := o.moved(before); is {
		list = append(list, c)
	}
	return list
}

// noAmounts sees open deals that money figures leave out.
func (f *Forecast) noAmounts(o *Outlook) (Caution, bool) {
	none := 0
	for _, i := range o.Listed {
		if f.Deals[i].Currency == 0 || f.Deals[i].Amount == 0 {
			none++
		}
	}
	if none == 0 || none == len(o.Listed) || float64(none) < .05*float64(len(o.Listed)) {
		return Caution{}, false
	}
	return Caution{Kind: NoAmounts, Title: "Deals without an amount",
		Words: fmt.Sprintf("%s of %d have no amount, or none above nought. They are in the numbers of deals, and not in the money.", count(none, "open deal", "open deals"), len(o.Listed)),
		Do:    "Put in what you know: a rough amount beats none."}, true
}

// whale sees a total that one deal decides.
func (f *Forecast) whale(o *Outlook) (Caution, bool) {
	at := OfRecord(f.Methods)
	sum, most, which := 0.0, 0.0, -1
	for _, i := range o.Listed {
		worth, counts := o.Worth(f.Deals[i].Currency, f.Deals[i].Amount)
		if !counts {
			continue
		}
		p, amount := f.Odds[at][0][i].Won, float64(worth)
		v := amount * amount * p * (1 - p)
		if sum += v; v > most {
			most, which = v, i
		}
	}
	if o.TooFew() || which < 0 || len(o.Listed) < 3 || most < whaleShare*sum {
		return Caution{}, false
	}
	d := &f.Deals[which]
	amount, _ := f.Money(d)
	return Caution{Kind: Whale, Title: "One deal decides the period", Deal: d.ID,
		Words: fmt.Sprintf("%.0f %% of what is uncertain in this total is one deal of %s, at %s. The median counts it whole or not at all: look at both ends of the range.", 100*most/sum, amount, percent(f.Odds[at][0][which].Won)),
		Do:    "Plan for the case without it."}, true
}

// drift sees forecasts that have been off in one direction.
func (f *Forecast) drift(o *Outlook) (Caution, bool) {
	if !o.Drawn {
		return Caution{}, false
	}
	mean, sd, _, _, _ := f.taught.course.at(f.Horizons[0]).learner.Level()
	if math.Abs(mean) < max(driftLogits, 2*sd) {
		return Caution{}, false
	}
	way, moved := "fewer", "down"
	if mean > 0 {
		way, moved = "more", "up"
	}
	return Caution{Kind: Drift, Title: "Forecasts have been off in one direction",
		Words: fmt.Sprintf("Of late %s deals were won than forecasts over as many days said. The ranges have been moved %s for it: a chance of 30 %% counts as %.0f %%.", way, moved, 100*shifted(.3, mean)),
		Do:    "Ask what changed in the market, or in how deals are recorded."}, true
}

func shifted(p, logits float64) float64 { return 1 / (1 + (1-p)/p*math.Exp(-logits)) }

// moved sees people who came to this line after the period began.
func (o *Outlook) moved(before Organigram) (Caution, bool) {
	if o.Person == "" {
		return Caution{}, false
	}
	var names []string
	then := before.Chart.Below(o.Person)
	for _, p := range o.sum.chart.Chart.Below(o.Person) {
		if !slices.Contains(then, p) && before.Chart.Manager(p) != "" && o.sum.owners[string(p)] {
			names = append(names, o.sum.chart.Names[p])
		}
	}
	slices.Sort(names)
	if len(names) == 0 {
		return Caution{}, false
	}
	return Caution{Kind: Moved, Title: "The line changed in this period",
		Words: fmt.Sprintf("%s came to this line after the period began. What they won before is counted here, as people report now.", strings.Join(names, ", ")),
		Do:    "Ask for the forecast as it stood on an earlier morning, to see the line of then."}, true
}
