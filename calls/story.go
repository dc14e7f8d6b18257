package calls

import (
	"fmt"
	"math"
	"slices"
	"time"

	"milepost/calendar"
	"milepost/internal/ui"
	"milepost/money"
	"milepost/people"
	"milepost/targets"
)

// look is a moment at which the picture of a period looks, and the day that it is of.
type look struct {
	day calendar.Date
	at  calendar.Instant
}

// looks are the ends of a period's first day and of each Monday in it, as far as they are
// known, and the last moment that is.
func looks(p calendar.Period, o people.Organization, asOf calendar.Instant) []look {
	ended := min(p.Until.Midnight(o.Place()), asOf)
	var list []look
	for day := p.From; day.Midnight(o.Place()) < ended; day = day.AddDays(1) {
		if day == p.From || day.Time().Weekday() == time.Monday {
			list = append(list, look{day, min(day.AddDays(1).Midnight(o.Place()), ended)})
		}
	}
	if n := len(list); n == 0 || list[n-1].at < ended {
		list = append(list, look{calendar.DateOf(ended-1, o.Place()), ended})
	}
	return list
}

// picture draws how a call moved over the weeks of a period, against what was booked.
func (x *visit) picture(s *sheet, person people.ID, scope Scope, in money.Currency) (ui.Chart, error) {
	c := ui.Chart{Title: "How the call moved", Unit: string(in), Height: ui.Short}
	wins, err := targets.WinsIn(x.ctx, x.d, x.o, s.period, s.asOf)
	if err != nil {
		return c, fmt.Errorf("reading wins: %w", err)
	}
	covered := s.covers(person, scope)
	wins = slices.DeleteFunc(wins, func(w targets.Win) bool { return w.Currency != in || !slices.Contains(covered, w.Owner) })
	commit := ui.Series{Name: "Commit", Kind: ui.Curve, Tone: ui.Accent, Stepped: true}
	best := ui.Series{Name: "Best case", Kind: ui.Curve, Dashed: true, Stepped: true}
	booked := ui.Series{Name: "Booked", Kind: ui.Area, Tone: ui.Good, Stepped: true}
	k := KeyOf(person, scope, s.period, in)
	for _, l := range looks(s.period, x.o, s.asOf) {
		c.Categories = append(c.Categories, l.day.Time().Format("2 Jan"))
		promised, possible := math.NaN(), math.NaN()
		if given, is := s.book.At(k, l.at); is {
			promised, possible = given.CommitAmount().Float(), given.BestAmount().Float()
		}
		commit.Values, best.Values = append(commit.Values, promised), append(best.Values, possible)
		sum := int64(0)
		for _, w := range wins {
			if w.At < l.at {
				sum += w.Minor
			}
		}
		booked.Values = append(booked.Values, money.Amount{Minor: sum, Currency: in}.Float())
	}
	c.Series = []ui.Series{booked, commit, best}
	if target := s.line(person, scope, in).Target; target != nil {
		c.Marks = []ui.Mark{{Label: "Target", Value: money.Amount{Minor: *target, Currency: in}.Float()}}
	}
	c.Summary = moves(s.book.History(k), s.asOf)
	return c, nil
}

// moves says in a sentence how often a call moved, and which way.
func moves(history []Call, asOf calendar.Instant) string {
	up, down, given := 0, 0, 0
	for i, c := range history {
		if c.RecordedAt >= asOf || c.EffectiveAt >= asOf {
			break
		}
		given++
		switch {
		case i == 0:
		case c.Commit > history[i-1].Commit:
			up++
		case c.Commit < history[i-1].Commit:
			down++
		}
	}
	if given == 0 {
		return "Nothing was called yet."
	}
	return fmt.Sprintf("Called %s, raised %s, lowered %s.", times(given), times(up), times(down))
}

// history tells the calls under a key, the last first.
func (x *visit) history(s *sheet, k Key) ui.Timeline {
	t := ui.Timeline{Place: x.o.Place(), Today: x.today()}
	of := s.book.History(k)
	for i := range slices.Backward(of) {
		c := of[i]
		if c.EffectiveAt >= s.asOf || c.RecordedAt >= s.asOf {
			continue
		}
		e := ui.Event{At: c.EffectiveAt, Icon: "speakerphone", Actor: x.roster.Name(c.Person), Sentence: sentence(c, of[:i])}
		if c.Why != "" {
			e.Detail = ui.Text(c.Why)
		}
		if i > 0 && c.Commit != of[i-1].Commit {
			e.Tone, e.Icon = ui.Good, "trending-up"
			if c.Commit < of[i-1].Commit {
				e.Tone, e.Icon = ui.Warn, "trending-down"
			}
		}
		t.Events = append(t.Events, e)
	}
	return t
}

// sentence says a call in words that follow the name, against the one before it.
func sentence(c Call, before []Call) string {
	text := "called " + c.CommitAmount().String()
	if c.Best != c.Commit {
		text += ", best case " + c.BestAmount().String()
	}
	if len(before) == 0 {
		return text
	}
	switch last := before[len(before)-1]; {
	case last.Commit == c.Commit && last.Best == c.Best:
		return text + ", as before"
	case last.Commit == c.Commit:
		return text + "; the best case was " + last.BestAmount().String()
	default:
		return text + ", after " + last.CommitAmount().String()
	}
}

func times(n int) string {
	switch n {
	case 0:
		return "never"
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return fmt.Sprintf("%d times", n)
}
