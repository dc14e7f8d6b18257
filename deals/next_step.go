package deals

import (
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"milepost/calendar"
	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/problem"
)

// NextStep is what somebody will do next in a deal, and by when.
type NextStep struct {
	Text string
	Due  calendar.Date // empty while nothing is next
}

// ahead finds out what is next: the step that was set last, unless it was ended.
type ahead struct {
	id       string
	sequence int64
	step     NextStep
	ended    map[string]bool
}

// take notes a step, or its end.
func (a *ahead) take(e *ledger.Entry, f *Fact) {
	switch {
	case e.Kind == StepSet && e.Sequence >= a.sequence:
		a.id, a.sequence, a.step = e.ID, e.Sequence, NextStep{f.Value, f.Date}
	case e.Kind == StepDone:
		if a.ended == nil {
			a.ended = map[string]bool{}
		}
		a.ended[e.Subject] = true
	}
}

// tell puts what is next into the opportunity.
func (a *ahead) tell(o *Opportunity) {
	if !a.ended[a.id] {
		o.Next = a.step
	}
}

// What a filter may ask of the next step of open deals.
const (
	stepMissing  = "none"
	stepOverdue  = "overdue"
	stepThisWeek = "week" // until its Sunday
	stepPlanned  = "set"
)

var stepFilters = []ui.Option{{Label: "Any"}, {Value: stepMissing, Label: "None"}, {Value: stepOverdue, Label: "Overdue"},
	{Value: stepThisWeek, Label: "Due this week"}, {Value: stepPlanned, Label: "Has one"}}

func (f *Filter) readStep(q url.Values) error {
	asked := q.Get("step")
	if !slices.ContainsFunc(stepFilters, func(o ui.Option) bool { return o.Value == asked }) {
		return problem.Invalid("step", "A next step is overdue, due this week, there at all, or missing.")
	}
	f.Step = asked
	return nil
}

// stepCondition narrows to open deals by what is next in them.
func (q *query) stepCondition(w *where) {
	if q.filter.Step != "" && q.filter.Outcome != "" {
		w.add("o.outcome is null") // nothing comes next in a deal that has ended
	}
	today := q.now.Today()
	switch q.filter.Step {
	case stepMissing:
		w.add("o.next_due is null")
	case stepOverdue:
		w.add("o.next_due < ?", today)
	case stepThisWeek:
		w.add("o.next_due >= ? and o.next_due < ?", today, afterWeek(today))
	case stepPlanned:
		w.add("o.next_due is not null")
	}
}

// afterWeek is the Monday after a day.
func afterWeek(day calendar.Date) calendar.Date {
	return day.AddDays(7 - (int(day.Time().Weekday())+6)%7)
}

// stepCell shows what is next. That nothing is stands out, where people plan at all.
func (v listView) stepCell(l *Listed) templ.Component {
	switch {
	case l.Outcome != "" || l.NextDue == "" && !v.Planned:
		return ui.None()
	case l.NextDue == "":
		return ui.Badge(ui.Warn, "No next step")
	}
	return ui.TwoLines(ui.DueDate(l.NextDue, v.Now.Today()), l.NextStep)
}

// says is the step in a line.
func (n NextStep) says() string {
	if n.Due == "" {
		return n.Text
	}
	return n.Text + ", by " + n.Due.Short()
}
