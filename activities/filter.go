package activities

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"milepost/calendar"
	"milepost/deals"
	"milepost/people"
	"milepost/problem"
	"milepost/views"
)

// Filter is what a list of activities is narrowed to.
type Filter struct {
	Period      string // a key of periods; empty is the last thirty days
	From, Until calendar.Date
	Person      people.ID // who did it
	AndLine     bool      // and those who report to them, directly or further down
	Type        string
	Deal        deals.ID
	Text        string
	State       State // Done or Ahead
	Oldest      bool  // oldest first
	views.Shape
}

const usualPeriod = "30"

var periods = []struct{ key, label string }{
	{"today", "Today"}, {"week", "This week"}, {"last-week", "Last week"}, {"30", "Last 30 days"}, {"month", "This month"},
	{"quarter", "This quarter"}, {"year", "This fiscal year"}, {"all", "Any time"},
}

// ReadFilter reads a filter from an address. What cannot be read is left out, and
// said.
func ReadFilter(q url.Values) (Filter, error) {
	f := Filter{Period: q.Get("period"), Deal: deals.ID(q.Get("deal")), State: Done, Oldest: q.Get("sort") == "at"}
	if !slices.ContainsFunc(periods, func(p struct{ key, label string }) bool { return p.key == f.Period }) {
		f.Period = usualPeriod
		if f.Deal != "" {
			f.Period = "all"
		}
	}
	person, line := strings.CutSuffix(q.Get("person"), "+")
	f.Person, f.AndLine = people.ID(person), line
	if t := q.Get("type"); slices.Contains(deals.ActivityTypes, t) {
		f.Type = t
	}
	if q.Get("state") == string(Ahead) {
		f.State = Ahead
		if q.Get("period") == "" {
			f.Period = "all"
		}
		f.Oldest = q.Get("sort") != "-at" // what is next comes first
	}
	var badText, badFrom, badUntil error
	f.Text, badText = cleanLine("q", "The text", q.Get("q"), 200)
	f.From, badFrom = readDay("from", q.Get("from"))
	f.Until, badUntil = readDay("until", q.Get("until"))
	var badShape error
	f.Shape, badShape = views.ReadShape(q, columnNames, groupings)
	return f, joined(badText, badFrom, badUntil, badShape)
}

func readDay(field, text string) (calendar.Date, error) {
	if strings.TrimSpace(text) == "" {
		return "", nil
	}
	date, err := calendar.ParseDate(text)
	if err != nil {
		return "", problem.Invalid(field, "“%s” is not a day in the calendar; write it like 2026-01-31.", clip(text, 40))
	}
	return date, nil
}

// span is the first instant of the filter's period and the first after it; 0 where
// there is no limit. Days that were typed overrule the period.
func (f Filter) span(now deals.Now, fiscal calendar.Fiscal) (from, until calendar.Instant) {
	first, after := f.days(now.Today(), fiscal)
	if first != "" {
		from = first.Midnight(now.Place)
	}
	if after != "" {
		until = after.Midnight(now.Place)
	}
	return from, until
}

func (f Filter) days(today calendar.Date, fiscal calendar.Fiscal) (first, after calendar.Date) {
	if f.From != "" || f.Until != "" {
		if f.Until != "" {
			after = f.Until.AddDays(1)
		}
		return f.From, after
	}
	monday := today.AddDays(-(int(today.Time().Weekday()) + 6) % 7)
	var period calendar.Period
	switch f.Period {
	case "today":
		return today, today.AddDays(1)
	case "week":
		return monday, monday.AddDays(7)
	case "last-week":
		return monday.AddDays(-7), monday
	case "30":
		return today.AddDays(-29), today.AddDays(1)
	case "month":
		period = fiscal.Month(today)
	case "quarter":
		period = fiscal.Quarter(today)
	case "year":
		period = fiscal.Year(today)
	}
	return period.From, period.Until
}

// Values is the filter as an address says it, without what is usual.
func (f Filter) Values() url.Values {
	q := url.Values{}
	set := func(name, value string) {
		if value != "" {
			q.Set(name, value)
		}
	}
	if f.Period != usualPeriod {
		set("period", f.Period)
	}
	set("from", string(f.From))
	set("until", string(f.Until))
	set("person", f.personValue())
	set("type", f.Type)
	set("deal", string(f.Deal))
	set("q", f.Text)
	if f.State == Ahead {
		set("state", string(Ahead))
	}
	if f.Oldest != (f.State == Ahead) {
		set("sort", map[bool]string{true: "at", false: "-at"}[f.Oldest])
	}
	f.Shape.Put(q)
	return q
}

// narrows tells whether the filter asks for anything but the usual list, however it
// is shown.
func (f Filter) narrows() bool {
	narrows := f.Shape.Narrows()
	f.Shape = views.Shape{}
	return narrows || len(f.Values()) > 0
}

func (f Filter) personValue() string {
	if f.AndLine && f.Person != "" {
		return string(f.Person) + "+"
	}
	return string(f.Person)
}

// cursor is a place in the list: after the activity of an instant and an id.
type cursor struct {
	at calendar.Instant
	id ID
}

func (c cursor) String() string { return strconv.FormatInt(int64(c.at), 36) + "." + string(c.id) }

func readCursor(text string) (cursor, bool) {
	at, id, ok := strings.Cut(text, ".")
	ms, err := strconv.ParseInt(at, 36, 64)
	return cursor{calendar.Instant(ms), ID(id)}, ok && err == nil && id != ""
}
