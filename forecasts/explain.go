package forecasts

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"milepost/forecasts/history"
	"milepost/forecasts/landmark"
)

// Explanation is why a deal has the chance that it has, from the method of record.
type Explanation struct {
	Method  string
	Odds    Odds
	Base    float64      // the mean chance of the open deals, from which the reasons lead to this one
	Reasons []Reason     // the strongest first
	Rest    float64      // what smaller reasons add up to
	Missing []MissingOne // the evidence that would tell most, first
	// WinDays are by when one in ten, half, and nine in ten of the wins of deals like this
	// come, in days from now, if they come; nil where hardly any does.
	WinDays []float64
}

// Reason is one line of an explanation.
type Reason struct {
	Words  string
	Points float64 // on the chance
	Deals  int     // past deals of which the same was known
}

// MissingOne is a milestone that is not confirmed.
type MissingOne struct {
	Milestone string
	Claimed   bool
	Chance    float64 // if it were confirmed now
	Deals     int     // past deals that had it confirmed
}

const (
	// worthSaying is the smallest effect on a chance that is a line of its own.
	worthSaying = .01
	mostReasons = 6
	mostMissing = 3
)

// Explain takes the chance of an open deal apart, given by its place in the forecast;
// false while no generation has learned.
func (f *Forecast) Explain(at int) (*Explanation, bool) {
	m := OfRecord(f.Methods)
	fit, learned := f.fitted[m].(*trained)
	if !learned {
		return nil, false
	}
	deal, days := &f.Deals[at], fit.days[0]
	asking := fit.model.Ask(f.past) // of its own: several people may ask at once
	x := &Explanation{Method: f.Methods[m], Odds: f.Odds[m][0][at]}
	var reasons []landmark.Reason
	x.Base, reasons = asking.Explain(deal, asking.Average(f.Deals), days)
	for _, r := range reasons {
		if math.Abs(r.Points) < worthSaying {
			x.Rest += r.Points
			continue
		}
		x.Reasons = append(x.Reasons, Reason{reasonWords(r), r.Points, r.Deals})
	}
	slices.SortStableFunc(x.Reasons, func(a, b Reason) int { return cmp.Compare(math.Abs(b.Points), math.Abs(a.Points)) })
	for len(x.Reasons) > mostReasons {
		last := len(x.Reasons) - 1
		x.Rest += x.Reasons[last].Points
		x.Reasons = x.Reasons[:last]
	}
	for _, n := range asking.Missing(deal, days) {
		x.Missing = append(x.Missing, MissingOne{n.Milestone, n.Claimed, n.Chance, n.Deals})
	}
	slices.SortStableFunc(x.Missing, func(a, b MissingOne) int { return cmp.Compare(b.Chance, a.Chance) })
	x.Missing = x.Missing[:min(len(x.Missing), mostMissing)]
	curve := asking.Curve(deal)
	for _, share := range []float64{.1, .5, .9} {
		if day, ok := fit.model.WinDay(curve, share); ok {
			x.WinDays = append(x.WinDays, day)
		}
	}
	return x, true
}

// reasonWords says what is known, as a manager would say it.
func reasonWords(r landmark.Reason) string {
	quoted := "“" + r.Text + "”"
	switch {
	case r.Group == "milestones":
		return "“" + r.Feature + "” is " + [...]string{"not shown", "claimed", "confirmed"}[min(r.Level, 2)]
	case r.Group == "triad":
		return "“" + strings.TrimRight(r.Feature, "?") + "”: " + [...]string{"not known", "not met", "met", "verified"}[min(r.Level, int(history.Verified))]
	case r.Feature == "stage" && r.Known:
		return "It is at " + quoted
	case r.Feature == "clock" && r.Known:
		return "It last got further " + ago(r.Number)
	case r.Feature == "age" && r.Known:
		return "It was created " + ago(r.Number)
	case r.Feature == "last contact" && r.Known:
		return "The last activity was " + ago(r.Number)
	case r.Feature == "last contact":
		return "No activity is on record"
	case r.Feature == "contacts":
		return count(int(r.Number), "activity", "activities") + " in 30 days"
	case r.Feature == "activity" && r.Known:
		return "The last activity was of the kind " + quoted
	case r.Feature == "activity":
		return "No activity is on record, of any kind"
	case r.Feature == "amount" && r.Known:
		return fmt.Sprintf("Its amount is %s the usual one", times(r.Number))
	case r.Feature == "amount":
		return "It has no amount"
	case r.Feature == "owner":
		return "How deals of its owner went"
	case r.Feature == "reopened":
		return [...]string{"It was never reopened", "It was reopened"}[min(r.Level, 1)]
	case r.Feature == "competitors":
		return [...]string{"No competitor is named", "A competitor is named", "Several competitors are named"}[min(r.Level, 2)]
	case r.Feature == "plan":
		return [...]string{"No evaluation plan was made", "An evaluation plan was made"}[min(r.Level, 1)]
	case r.Known:
		return initial(r.Feature) + " is " + quoted
	}
	return initial(r.Feature) + " is not known"
}

// initial makes the first letter a capital.
func initial(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

func ago(days float64) string {
	if days < 1 {
		return "today"
	}
	return count(int(days), "day", "days") + " ago"
}

// times says how often something is something else.
func times(ratio float64) string {
	switch {
	case ratio >= .8 && ratio < 1.25:
		return "about"
	case ratio >= 1.25:
		return fmt.Sprintf("%.1f times", ratio)
	}
	return fmt.Sprintf("%.0f %% of", 100*ratio)
}
