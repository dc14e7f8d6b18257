package deals

import (
	"strings"

	"milepost/calendar"
	"milepost/problem"
)

// ExpectCloseOn says when the prospect is expected to decide; the empty date means
// that nobody knows. A date in the past is refused: it cannot be expected any more.
func ExpectCloseOn(o *Opportunity, date, today calendar.Date) ([]Change, error) {
	if err := mustBeOpen(o, "close_date", "the expected close"); err != nil {
		return nil, err
	}
	if date == o.CloseDate {
		return nil, nil
	}
	if err := mustBeAhead(date, today); err != nil {
		return nil, err
	}
	return []Change{{Kind: CloseDateSet, Fact: Fact{Date: date}}}, nil
}

// farthest is how many days ahead a close may be expected: beyond it, a year was
// mistyped.
const farthest = 3660

func mustBeAhead(date, today calendar.Date) error {
	switch {
	case date == "":
		return nil
	case date < today:
		return problem.Invalid("close_date", "%s has passed. When will the prospect decide?", date.Short())
	case today.DaysUntil(date) > farthest:
		return problem.Invalid("close_date", "%s is more than ten years ahead. Is the year right?", date.Short())
	}
	return nil
}

// parseDate reads the date of a form field; empty is no date.
func parseDate(field, text string) (calendar.Date, error) {
	if strings.TrimSpace(text) == "" {
		return "", nil
	}
	date, err := calendar.ParseDate(text)
	if err != nil {
		return "", problem.Invalid(field, "“%s” is not a day in the calendar; write it like 2026-01-31.", clip(text))
	}
	return date, nil
}
