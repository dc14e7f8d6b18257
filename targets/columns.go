package targets

import (
	"slices"
	"strings"
	"time"

	"milepost/calendar"
	"milepost/people"
	"milepost/problem"
)

// columns says where a table holds what.
type columns struct {
	person, month, amount int
	months                map[int]calendar.Date // of a wide table, by column
	names                 []string
}

var personNames = []string{"person", "name", "rep", "e-mail", "email", "mail", "owner", "manager"}
var monthNames = []string{"month", "period", "date"}
var amountNames = []string{"amount", "quota", "target", "value", "wins"}

// readHead finds the columns by their names.
func readHead(row []string) (columns, error) {
	c := columns{person: -1, month: -1, amount: -1, months: map[int]calendar.Date{}, names: row}
	for i, name := range row {
		key := people.Key(name)
		switch month, err := readMonth(name); {
		case c.person < 0 && slices.Contains(personNames, key):
			c.person = i
		case c.month < 0 && slices.Contains(monthNames, key):
			c.month = i
		case c.amount < 0 && slices.Contains(amountNames, key):
			c.amount = i
		case err == nil:
			c.months[i] = month
		}
	}
	long := c.month >= 0 && c.amount >= 0
	if c.person < 0 || !long && len(c.months) == 0 {
		return c, problem.Invalid("text", "The first line must name the columns: person or e-mail, and either month and amount, or one column for each month like 2027-01 or Jan 2027.")
	}
	return c, nil
}

// monthForms are the ways in which a month is written.
var monthForms = []string{"2006-01", "2006-01-02", "2006/01", "01/2006", "1/2006", "01.2006", "1.2006", "January 2006", "Jan 2006",
	"Jan-06", "Jan 06", "January-2006", "Jan-2006"}

// readMonth reads a month in one of the usual forms, and gives its first day.
func readMonth(text string) (calendar.Date, error) {
	text = strings.Join(strings.Fields(text), " ")
	for _, form := range monthForms {
		t, err := time.Parse(form, text)
		if err != nil {
			continue
		}
		if t.Year() < 2000 || t.Year() > 2100 {
			break
		}
		return calendar.NewDate(t.Year(), t.Month(), 1), nil
	}
	return "", problem.Invalid("", "“%s” is not a month like 2027-01 or Jan 2027.", clip(text))
}
