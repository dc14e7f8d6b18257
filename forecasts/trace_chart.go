package forecasts

import (
	"math"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"milepost/calendar"
	"milepost/internal/ui"
)

// traced tells whether there is a way to draw.
func (c *dealChances) traced() bool { return len(c.trace) > 1 }

// way draws how the chance moved over the last weeks.
func (c *dealChances) way() ui.Chart {
	won := ui.Series{Name: "Won by " + c.until.Short(), Kind: ui.Curve, Tone: ui.Good}
	chart := ui.Chart{Title: "The chance over the last weeks", Unit: "%", Height: ui.Short, XLabel: "On the morning of",
		Summary: c.wayWords()}
	for i := range c.trace {
		chart.Categories = append(chart.Categories, c.morning(&c.trace[i]))
		chart.Notes = append(chart.Notes, sentenceOf(c.trace[i].Happened))
		won.Values = append(won.Values, inPercent(c.trace[i].Won))
	}
	chart.Series = []ui.Series{won}
	return chart
}

// wayWords says where the chances are from.
func (c *dealChances) wayWords() string {
	said, after := 0, 0
	for i := range c.trace {
		if c.trace[i].Said {
			said++
		} else if c.trace[i].At != c.asOf {
			after++
		}
	}
	text := "The day to be won by stays the same: as it comes nearer, a deal that gets no further loses chance."
	switch {
	case said == 0:
		return "Worked out afterwards: what today’s model says of what was known each week, so that a step is the deal’s and not the model’s. " + text
	case after == 0:
		return "What was said each week, and kept: a step may be the deal’s, or what the model learned meanwhile. " + text
	}
	return "What was said each week, and kept. Where there is a *, nothing was kept: that is worked out afterwards, by today’s model from what was known then. " + text
}

// mixed tells whether some chances were said then, and others worked out afterwards.
func (c *dealChances) mixed() bool {
	return slices.ContainsFunc(c.trace, func(s Sighting) bool { return s.Said })
}

func (c *dealChances) morning(s *Sighting) string {
	if s.At == c.asOf {
		return "Now"
	}
	text := calendar.DateOf(s.At, c.place).Time().Format("2 Jan")
	if c.mixed() && !s.Said {
		text += " *"
	}
	return text
}

// worthTelling is the step of a chance that is told even if hardly anything happened.
const worthTelling = .05

// steps lists the weeks in which something happened, the latest first.
func (c *dealChances) steps() ui.Table {
	t := ui.Table{Caption: "What moved the chance", Columns: []ui.Column{{Label: "Week until"}, {Label: "What happened"}, {Label: "Chance", Numeric: true}}}
	for i := len(c.trace) - 1; i > 0; i-- {
		s := &c.trace[i]
		moved := s.Won - c.trace[i-1].Won
		if s.Steady && math.Abs(moved) < worthTelling {
			continue
		}
		words := sentenceOf(s.Happened)
		if words == "" {
			words = "Nothing; time went by"
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{ui.Text(c.morning(s)), ui.Text(words), ui.Text(percent(s.Won) + ", " + points(moved))}})
	}
	return t
}

// mostHappened is how many things are said of a week.
const mostHappened = 6

// sentenceOf says what happened, as one sentence without its full stop.
func sentenceOf(list []string) string {
	if len(list) == 0 {
		return ""
	}
	if more := len(list) - mostHappened; more > 0 {
		list = append(append([]string(nil), list[:mostHappened]...), "and "+count(more, "other thing", "other things"))
	}
	return initial(strings.Join(list, "; "))
}
