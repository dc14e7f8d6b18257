package changes

import (
	"net/url"

	"milepost/calendar"
	"milepost/forecasts"
	"milepost/people"
	"milepost/problem"
)

// asking is what a request asks for: whose forecast of what period, as on the page of the
// forecast, and since when.
type asking struct {
	forecasts.Asking
	Viewer *people.Viewer
	Today  calendar.Date
	Day    calendar.Date // of now, or of the as-of
	Period calendar.Period
	Since  calendar.Date
}

// read reads an address. What is not understood of the dates is said; the others hold then.
func read(q url.Values, v *people.Viewer, today calendar.Date) (asking, error) {
	a := asking{Viewer: v, Today: today}
	var wrong error
	a.Asking, wrong = forecasts.ReadAsking(q, v, today)
	a.Day = today
	if a.AsOf != "" {
		a.Day = a.AsOf
	}
	a.Period = a.Asking.Period(a.Day, v.Organization.Fiscal())
	a.Since = a.Day.LastMonday()
	if text := q.Get("since"); text != "" {
		switch since, err := calendar.ParseDate(text); {
		case err != nil:
			wrong = first(wrong, problem.Invalid("since", "Choose a day like 2026-01-31."))
		case since > a.Day:
			wrong = first(wrong, problem.Invalid("since", "That day comes after the one it is compared with. Choose an earlier one."))
		default:
			a.Since = since
		}
	}
	return a, wrong
}

func first(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

// path is the address that asks the same of a person, since a day.
func (a *asking) path(person people.ID, since calendar.Date) string {
	return pagePath + "?" + a.query(person, since).Encode()
}

func (a *asking) query(person people.ID, since calendar.Date) url.Values {
	q := a.Query(person)
	if since != a.Day.LastMonday() {
		q.Set("since", string(since))
	}
	return q
}

// toDeals is the address of the deals of a bar.
func (a *asking) toDeals(b Bar) string {
	q := a.query(a.Person, a.Since)
	q.Set("bar", string(b))
	return dealsPath + "?" + q.Encode()
}

// toForecast is the address of the forecast that is taken apart.
func (a *asking) toForecast() string {
	if q := a.Query(a.Person); len(q) > 0 {
		return "/forecasts?" + q.Encode()
	}
	return "/forecasts"
}
