package forecasts

import (
	"net/url"
	"slices"

	"milepost/calendar"
	"milepost/internal/ui"
	"milepost/money"
	"milepost/people"
	"milepost/problem"
)

// Asking is what a request to the forecast page, or to a page about it, asks for.
type Asking struct {
	Span     string        // one of spans
	Person   people.ID     // empty for the whole company
	AsOf     calendar.Date // empty for now
	Currency money.Currency
	By       string // an attribute, each of whose values is a line; empty for people
	Only     string // one of its values, whose deals are listed
	Lists    bool   // there is such a value
}

// spans are the periods to choose from.
var spans = []struct{ Value, Label string }{{"month", "This month"}, {"next-month", "Next month"}, {"quarter", "This quarter"}, {"next-quarter", "Next quarter"}, {"year", "This fiscal year"}}

// SpanField is the choice among them.
func (a Asking) SpanField() ui.FormField {
	span := ui.FormField{Name: "period", Label: "Period", Type: "select", Value: a.Span, Short: true}
	for _, choice := range spans {
		span.Options = append(span.Options, ui.Option{Value: choice.Value, Label: choice.Label})
	}
	return span
}

// spanLabel is what the span asked for is called.
func (a Asking) spanLabel() string {
	at := slices.IndexFunc(spans, func(span struct{ Value, Label string }) bool { return span.Value == a.Span })
	return spans[max(at, 0)].Label
}

// ReadAsking reads the address of the page. Whom a viewer may ask about is decided
// here: themselves, those below, and for who may read all totals everyone. What was not
// understood of the choices is said, and as if it had not been chosen (see Misread).
func ReadAsking(q url.Values, v *people.Viewer, today calendar.Date) (Asking, error) {
	a := Asking{Span: q.Get("period"), Person: people.ID(q.Get("person")), Currency: money.Currency(q.Get("currency")), By: q.Get("by"), Only: q.Get("only")}
	a.Lists = a.By != "" && q.Has("only")
	var wrong error
	if !slices.ContainsFunc(spans, func(span struct{ Value, Label string }) bool { return span.Value == a.Span }) {
		if a.Span != "" {
			wrong = problem.Invalid("period", "There is no such period. Choose this or the next month, this or the next quarter, or this fiscal year.")
		}
		a.Span = "quarter"
	}
	if a.Currency == "" {
		a.Currency = v.Organization.Currency
	}
	switch {
	case v.SeesTotalsOfAll():
	case a.Person == "":
		a.Person = v.ID
	case a.Person != v.ID && !v.IsAbove(a.Person):
		return a, problem.NotFound("There is no such person, or their forecast is not yours to see.")
	}
	if text := q.Get("as-of"); text != "" {
		switch date, err := calendar.ParseDate(text); {
		case err != nil:
			wrong = problem.Invalid("as-of", "Choose a date like 2026-01-31.")
		case date > today:
			wrong = problem.Invalid("as-of", "That day is still to come. Choose one in the past, or none for now.")
		default:
			a.AsOf = date
		}
	}
	return a, wrong
}

// Misread tells whether a problem is of a choice that was not understood: the page says so
// beside it, and shows what it would without it.
func Misread(err error) bool { return problem.Is(err, problem.KindInvalid) }

// Period is the fiscal period that a day belongs to, or the one after.
func (a Asking) Period(day calendar.Date, year calendar.Fiscal) calendar.Period {
	switch a.Span {
	case "month":
		return year.Month(day)
	case "next-month":
		return year.Month(year.Month(day).Until)
	case "next-quarter":
		return year.Quarter(year.Quarter(day).Until)
	case "year":
		return year.Year(day)
	}
	return year.Quarter(day)
}

// Query is what an address says that asks the same of a person.
func (a Asking) Query(person people.ID) url.Values {
	q := url.Values{}
	if a.Span != "quarter" {
		q.Set("period", a.Span)
	}
	if person != "" {
		q.Set("person", string(person))
	}
	if a.AsOf != "" {
		q.Set("as-of", string(a.AsOf))
	}
	if a.Currency != "" {
		q.Set("currency", string(a.Currency))
	}
	return q
}

// path is the address that asks the same of another person.
func (a Asking) path(person people.ID) string {
	q := a.Query(person)
	if a.By != "" {
		q.Set("by", a.By)
	}
	if len(q) == 0 {
		return "/forecasts"
	}
	return "/forecasts?" + q.Encode()
}

// listing is the address that lists the deals of one value of the attribute.
func (a Asking) listing(value string) string {
	q := a.Query(a.Person)
	q.Set("by", a.By)
	q.Set("only", value)
	return "/forecasts?" + q.Encode() + "#deals"
}

func (a Asking) inCurrency(c money.Currency) string {
	a.Currency = c
	return a.path(a.Person)
}
