package forecasts

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"milepost/forecasts/history"
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
