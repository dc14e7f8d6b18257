package rates

import (
	"slices"
	"strings"
	"time"

	"milepost/calendar"
	"milepost/internal/pasted"
	"milepost/money"
	"milepost/problem"
)

// narrow reads lines of date, currency and rate, and, where there is a fourth column, the
// currency that the rate is in. False for a table that is not of that form.
func (t *table) narrow(head []string) (read func(pasted.Row), is bool) {
	at := map[string]int{"date": 0, "currency": 1, "rate": 2, "in": 3}
	if named := columnsNamed(head); named != nil {
		at = named
	} else if _, code := money.ISO(cell(head, 1)); !code || cell(head, 2) == "" || !strings.ContainsAny(cell(head, 2), "0123456789") {
		return nil, false
	}
	return func(row pasted.Row) {
		in := t.In
		day, err := t.dated.parse(cell(row.Cells, at["date"]))
		var one money.Currency
		if err == nil {
			one, err = ParseCode("currency", cell(row.Cells, at["currency"]))
		}
		if code := cell(row.Cells, at["in"]); err == nil && code != "" {
			in, err = ParseCode("in", code)
		}
		var units money.Rate
		if err == nil {
			units, err = ParseUnits("rate", cell(row.Cells, at["rate"]), t.comma)
		}
		t.take(row, Rate{one, in, units, day}, err)
	}, true
}

// columnsNamed finds the columns by their heads; nil where it is no narrow table. A
// column that there is not is far beyond.
func columnsNamed(head []string) map[string]int {
	at := map[string]int{"in": 1 << 20}
	for i, name := range head {
		switch strings.ToLower(name) {
		case "date", "day", "since":
			at["date"] = i
		case "currency", "code":
			at["currency"] = i
		case "rate", "value", "units":
			at["rate"] = i
		case "in", "per", "base":
			at["in"] = i
		}
	}
	if len(at) != 4 {
		return nil
	}
	return at
}

func cell(cells []string, i int) string {
	if i < 0 || i >= len(cells) {
		return ""
	}
	return cells[i]
}

// wide reads lines of a date and a number for each currency that the head names. What is
// empty or N/A is no rate of that day.
func (t *table) wide(head []string) (func(pasted.Row), error) {
	columns := make([]money.Currency, len(head))
	found := false
	for i, name := range head[1:] {
		code, is := money.ISO(name)
		if !is {
			if len(t.Only) == 0 {
				t.lines = append(t.lines, Line{Number: 1, Text: clip(name), Does: Refused, Why: "The column “" + clip(name) + "” is left out: it is not the code of a currency."})
			}
			continue
		}
		columns[i+1], found = code, true
	}
	if !found {
		return nil, problem.Invalid("text", "The first line is to name the columns: Date, USD, GBP and so on; or date, currency, rate.")
	}
	return func(row pasted.Row) {
		day, err := t.dated.parse(row.Cells[0])
		if err != nil {
			t.refuse(row, err)
			return
		}
		for i, code := range columns {
			text := cell(row.Cells, i)
			if code == "" || text == "" || strings.EqualFold(text, "n/a") || text == "-" || len(t.Only) > 0 && !slices.Contains(t.Only, code) {
				continue
			}
			units, err := ParseUnits("rate", text, t.comma)
			t.take(row, Rate{t.Per, code, units, day}, err)
		}
	}, nil
}

// dating is how the dates of a table are written, where that must be told from all of
// them: 3/11/2026 is a day in November or in March.
type dating struct{ monthFirst, dayFirst bool }

// datingOf looks for a date that can be read in one way only.
func datingOf(rows []pasted.Row) (d dating) {
	for _, row := range rows {
		parts := strings.Split(row.Cells[0], "/")
		if len(parts) != 3 || len(parts[0]) > 2 {
			continue
		}
		d.dayFirst = d.dayFirst || len(parts[0]) == 2 && parts[0] > "12"
		d.monthFirst = d.monthFirst || len(parts[1]) == 2 && parts[1] > "12"
	}
	return d
}

// forms are how dates are written that cannot be mistaken.
var forms = []string{"2006-01-02", "2006-1-2", "2.1.2006", "2 January 2006", "2 Jan 2006", "January 2, 2006", "2006/1/2", "20060102"}

func (d dating) parse(text string) (calendar.Date, error) {
	if strings.TrimSpace(text) == "" {
		return "", problem.Invalid("day", "There is no date. From which day on does the rate hold?")
	}
	list := forms
	switch {
	case d.dayFirst && !d.monthFirst:
		list = append(slices.Clone(forms), "2/1/2006")
	case d.monthFirst && !d.dayFirst:
		list = append(slices.Clone(forms), "1/2/2006")
	case strings.Count(text, "/") == 2:
		if _, err := time.Parse("2006/1/2", text); err != nil {
			return "", problem.Invalid("day", "“%s” could be one of two days. Write it like 2026-11-03.", clip(text))
		}
	}
	for _, form := range list {
		if at, err := time.Parse(form, text); err == nil {
			return calendar.NewDate(at.Year(), at.Month(), at.Day()), nil
		}
	}
	return "", problem.Invalid("day", "“%s” is not a day that exists, written like 2026-11-03.", clip(text))
}
