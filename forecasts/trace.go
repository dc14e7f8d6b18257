package forecasts

import (
	"fmt"

	"milepost/calendar"
	"milepost/forecasts/history"
)

// Sighting is how a deal looked on the morning of an earlier day, and what came to be
// known of it from the sighting before until then.
type Sighting struct {
	At       calendar.Instant
	Won      float64 // by the end of the same horizon
	Happened []string
	Steady   bool // nothing happened but activities, if these
	Said     bool // on that morning, and kept; otherwise it is worked out afterwards
}

// traced is how many weeks a trace goes back.
const traced = 10

// Trace tells how the chance of an open deal moved over the last weeks: what the model of
// today says of what was known on each of these mornings, so that a step in it is the
// deal's, not the model's; and at last how it stands now. A morning on which it was not
// open is left out.
func (f *Forecast) Trace(at int) []Sighting {
	fit, learned := f.fitted[OfRecord(f.Methods)].(*trained)
	if !learned {
		return nil
	}
	now, end := f.past.AsOf(), float64(f.past.AsOf())+fit.days[0]*float64(history.DayMillis)
	var list []Sighting
	var before calendar.Instant
	for week := traced; week >= 0; week-- {
		morning := f.past.Midnight(f.past.Today() - history.Day(7*week))
		if week == 0 {
			morning = now
		}
		past := f.past.Earlier(morning)
		deal, open := past.Stood(f.Deals[at].Deal)
		if !open {
			continue
		}
		odds := fit.model.Ask(past).Look(&deal).Within((end - float64(morning)) / float64(history.DayMillis))
		s := Sighting{At: morning, Won: odds[history.Won]}
		if len(list) > 0 {
			s.Happened, s.Steady = happened(past, deal.Deal, before)
		}
		list, before = append(list, s), morning
	}
	return list
}

// happened is what came to be known of a deal from an instant on, in words; steady when
// there was nothing but activities.
func happened(p *history.Past, deal int32, since calendar.Instant) (list []string, steady bool) {
	said := map[string]int{} // by what it is about: its place
	activities := 0
	facts := p.Facts(deal)
	for i := range facts {
		f := &facts[i]
		if f.Counts() < since {
			continue
		}
		if f.Kind == history.Activity {
			activities++
		}
		about, words := factWords(p, f)
		if words == "" {
			continue
		}
		if at, has := said[about]; has { // of several about one thing the last says how it stands
			list[at] = words
			continue
		}
		said[about] = len(list)
		list = append(list, words)
	}
	steady = len(list) == 0
	if activities > 0 {
		list = append(list, count(activities, "activity", "activities"))
	}
	return list, steady
}

// factWords says what a fact tells, and what it is about; nothing of those that a chance
// does not rest on.
func factWords(p *history.Past, f *history.Fact) (about, words string) {
	name := "“" + p.Name(f.Label) + "”"
	switch f.Kind {
	case history.Milestone:
		return name, name + " " + [...]string{"fell", "was claimed", "was confirmed"}[min(max(f.Value, 0), 2)]
	case history.Criterion:
		return name, name + " " + [...]string{"is not known any more", "is not met", "is met", "is verified"}[min(max(f.Value, 0), 3)]
	case history.Stage:
		return "stage", "it came to " + name
	case history.Amount:
		amount, _ := amountOf(&history.OpenDeal{Currency: f.Label, Amount: f.Value}, p.Name)
		return "amount", "its amount became " + amount.String()
	case history.Owner:
		return "owner", "it went to " + p.Name(f.Label)
	case history.Competitor:
		return "competitor " + name, [...]string{"a competitor was dropped", "a competitor was named"}[min(max(f.Value, 0), 1)]
	case history.Plan:
		return "plan", "an evaluation plan was made"
	case history.Outcome, history.Reopened:
		return "end", [...]string{"it was reopened", "it had ended"}[map[bool]int{true: 1}[f.Kind == history.Outcome]]
	}
	return fmt.Sprint(f.Kind), ""
}
