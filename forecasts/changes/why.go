package changes

import (
	"fmt"
	"strings"

	"github.com/a-h/templ"

	"milepost/calendar"
	"milepost/forecasts/history"
	"milepost/internal/ui"
	"milepost/money"
)

// why says in words what happened to a deal in a bar.
func (v dealsView) why(s *share) templ.Component {
	now := v.Ask.Now.Past
	switch v.Bar {
	case Won, Lost, NoAction:
		_, at := now.End(s.Number)
		text := strings.ToLower(labels[v.Bar]) + " on " + v.day(at)
		if s.Then.Standing == Open && s.Then.In && v.Ask.models() {
			text += "; before, " + percent(s.Then.Chance) + " of it was expected"
		} else if s.Then.Standing == Absent {
			text += "; created since"
		}
		return ui.Text(upperFirst(text))
	case New:
		at, _ := now.Created(s.Number)
		return ui.Text("Created on " + v.day(at))
	case Reopened:
		return ui.Text("Open again")
	case HandedIn, HandedOut:
		return ui.Text(v.owners(s))
	case Time:
		return ui.Text(v.aged(s))
	case Model:
		return ui.Text(fmt.Sprintf("The same evidence; %s since", count(v.Ended[1]-v.Ended[0], "deal ended", "deals ended")))
	case Rates:
		return ui.Text(v.price(&s.Then) + " counts as " + v.amount(v.Ask.exchangedWhole(s.Deal)).String() + " instead of " + v.amount(v.Ask.whole(s.Deal)).String())
	case PulledIn, PushedOut:
		return ui.Text("Close date " + v.date(s.Then.Close) + " → " + v.date(s.Now.Close))
	case AmountUp, AmountDown:
		return ui.Text(v.price(&s.Then) + " → " + v.price(&s.Now))
	}
	return reasons(v.told(s))
}

// told lists what is behind the bars of evidence and of other news.
func (v dealsView) told(s *share) []string {
	if s.Then.Standing != Open || s.Now.Standing != Open {
		return []string{"Corrected"}
	}
	n := v.Ask.newsOf(s.Deal)
	var list []string
	for _, p := range n.pieces() {
		if p.bar != v.Bar {
			continue
		}
		if p.moves {
			list = append(list, "Stage: "+v.quoted(s.Then.Stage)+" → "+v.quoted(s.Now.Stage))
		}
		list = append(list, v.pieceWords(s, p)...)
	}
	if len(list) == 0 {
		return []string{"Recorded again, as it was"}
	}
	return list
}

// pieceWords says each thing once, as it stands in the end.
func (v dealsView) pieceWords(s *share, p *piece) []string {
	var list []string
	at := map[evidence]int{}
	activities := 0
	for _, f := range p.facts {
		var text string
		key := evidence{f.Kind, f.Label}
		switch f.Kind {
		case history.Activity:
			activities++
			continue
		case history.Stage, history.Amount:
			continue
		case history.Owner:
			key.label, text = 0, v.owners(s)
		case history.Attribute:
			key.label, text = history.Label(f.Value), upperFirst(v.text(history.Label(f.Value)))+": "+v.quoted(f.Label)
		default:
			text = v.fact(f)
		}
		if i, said := at[key]; said {
			list[i] = text
		} else {
			at[key] = len(list)
			list = append(list, text)
		}
	}
	if activities > 0 {
		list = append(list, count(activities, "activity", "activities"))
	}
	return list
}

// fact says one thing that became known.
func (v dealsView) fact(f *history.Fact) string {
	on := " on " + v.day(f.Effective)
	switch f.Kind {
	case history.Milestone:
		return v.quoted(f.Label) + [...]string{" taken back", " claimed", " confirmed"}[min(max(f.Value, 0), 2)] + on
	case history.Criterion:
		return v.quoted(f.Label) + [...]string{" not known", " not met", " met", " verified"}[min(max(f.Value, 0), 3)] + on
	case history.Competitor:
		return [...]string{"Competitor dropped", "Competitor named"}[min(max(f.Value, 0), 1)] + on
	case history.Plan:
		return "Evaluation plan made" + on
	case history.Reopened:
		return "Opened again" + on
	case history.Outcome:
		return "Ended for a while" + on
	}
	return "Something became known" + on
}

// aged says what time did.
func (v dealsView) aged(s *share) string {
	text := count(int(v.Ask.Now.Ahead.Ends+.5), "day", "days") + " left instead of " + fmt.Sprint(int(v.Ask.Then.Ahead.Ends+.5))
	if v.Ask.Now.Ahead.Begins > 0 {
		text = "It begins in " + count(int(v.Ask.Now.Ahead.Begins+.5), "day", "days") + " instead of " + fmt.Sprint(int(v.Ask.Then.Ahead.Begins+.5))
	}
	if s.Rests >= 1 {
		text += "; has not got further for " + count(int(s.Rests), "day", "days")
	}
	return text
}

func (v dealsView) day(at calendar.Instant) string {
	return calendar.DateOf(at, v.Ask.Now.Past.Place()).Short()
}

func (v dealsView) date(days int64) string {
	if days == history.NoDate {
		return "none"
	}
	return calendar.Date("1970-01-01").AddDays(int(days)).Short()
}

func (v dealsView) price(s *State) string {
	if s.Currency == 0 {
		return "no amount"
	}
	return v.amountOf(s.Currency, s.Amount).String()
}

func (v dealsView) amountOf(currency history.Label, minor int64) money.Amount {
	return money.Amount{Minor: minor, Currency: money.Currency(v.text(currency))}
}

func (v dealsView) text(label history.Label) string { return v.Ask.Now.Past.Name(label) }

func (v dealsView) quoted(label history.Label) string {
	if label == 0 {
		return "none"
	}
	return "“" + v.text(label) + "”"
}
