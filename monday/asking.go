package monday

import (
	"net/url"

	"milepost/calendar"
	"milepost/people"
	"milepost/problem"
)

// asking is what a request asks for.
type asking struct {
	Viewer *people.Viewer
	Person people.ID // whose line; empty for the whole organization
	Span   string    // month, quarter or year
	Since  calendar.Date
	All    bool // every concern
	Now    calendar.Instant
	Today  calendar.Date
	Period calendar.Period
}

// spans are the periods to choose from.
var spans = []struct{ Value, Label string }{{"month", "This month"}, {"quarter", "This quarter"}, {"year", "This fiscal year"}}

var errNobody = problem.NotFound("There is no such person, or their deals are not yours to see.")

// read reads the address of a page. Whom a viewer may ask about is decided here:
// themselves, those below; operations, and for totals observers, the whole. What is
// not understood is left out, and said.
func read(q url.Values, v *people.Viewer, now calendar.Instant) (asking, error) {
	place := v.Organization.Place()
	a := asking{Viewer: v, Person: people.ID(q.Get("person")), Span: q.Get("period"), All: q.Has("all"), Now: now,
		Today: calendar.DateOf(now, place)}
	fiscal := v.Organization.Fiscal()
	switch a.Span {
	case "month":
		a.Period = fiscal.Month(a.Today)
	case "year":
		a.Period = fiscal.Year(a.Today)
	default:
		a.Span, a.Period = "quarter", fiscal.Quarter(a.Today)
	}
	a.Since = a.Today.LastMonday()
	switch {
	case a.Person == "" && !v.SeesTotalsOfAll():
		a.Person = v.ID
	case a.Person != "" && a.Person != v.ID && !v.Sees(a.Person):
		return a, errNobody
	}
	text := q.Get("since")
	if text == "" {
		return a, nil
	}
	since, err := calendar.ParseDate(text)
	switch {
	case err != nil:
		return a, problem.Invalid("since", "Choose a day like 2026-01-31.")
	case since > a.Today:
		return a, problem.Invalid("since", "That day is still to come. Choose one in the past.")
	}
	a.Since = since
	return a, nil
}

// sinceInstant is the first moment of the day since which changes are told.
func (a *asking) sinceInstant() calendar.Instant {
	return a.Since.Midnight(a.Viewer.Organization.Place())
}

// path is the address that asks the same of another person.
func (a *asking) path(person people.ID) string { return a.at("/monday", person, "") }

func (a *asking) at(page string, person people.ID, part part) string {
	q := url.Values{}
	if person != "" && (person != a.Viewer.ID || a.Viewer.SeesTotalsOfAll()) {
		q.Set("person", string(person))
	}
	if a.Span != "quarter" {
		q.Set("period", a.Span)
	}
	if a.Since != a.Today.LastMonday() {
		q.Set("since", string(a.Since))
	}
	if part != "" {
		q.Set("part", string(part))
	}
	if len(q) == 0 {
		return page
	}
	return page + "?" + q.Encode()
}

// whole tells whether the asking is about the whole organization.
func (a *asking) whole() bool { return a.Person == "" }

// owners is whose deals count: the person's and those of everyone down the line. Who
// left stays in the line in which they worked last, for those above.
func (a *asking) owners(chart people.Chart) func(people.ID) bool {
	if a.whole() {
		return func(people.ID) bool { return true }
	}
	if a.Person == a.Viewer.ID && !a.Viewer.SeesEveryDeal() {
		return func(id people.ID) bool { return id != "" && a.Viewer.Sees(id) }
	}
	line := map[people.ID]bool{a.Person: true}
	for _, id := range chart.Below(a.Person) {
		if a.Viewer.Sees(id) {
			line[id] = true
		}
	}
	return func(id people.ID) bool { return line[id] }
}

// daysLeft is how many days the period still has, today among them.
func (a *asking) daysLeft() int { return a.Today.DaysUntil(a.Period.Until) }
