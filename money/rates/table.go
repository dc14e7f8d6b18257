package rates

import (
	"fmt"
	"slices"
	"strings"

	"milepost/calendar"
	"milepost/internal/pasted"
	"milepost/money"
	"milepost/problem"
)

// Line is one rate of a table that was pasted or imported: what it says, and what
// taking it in would do; or why it cannot be taken.
type Line struct {
	Number int // of the line in the text, from 1
	Text   string
	Rate   Rate
	Does   Deed
	Before string // the rate of that day that there was
	Why    string // it is refused
}

// Deed is what a line does.
type Deed string

// The deeds.
const (
	Adds    Deed = "new"
	Changes Deed = "another rate"
	Nothing Deed = "as it is"
	Refused Deed = "refused"
)

// Terms are how a table is meant.
type Terms struct {
	Per   money.Currency   // wide tables: each number is so much of the column's currency for one of this
	In    money.Currency   // narrow tables: each number is so much of this for one of the line's currency
	Only  []money.Currency // what is taken; all where none is named
	Today calendar.Date
}

// mostRates is how many rates are taken in at once.
const mostRates = 20_000

// table is a text on its way to lines.
type table struct {
	Terms
	comma bool // numbers have a decimal comma
	lines []Line
	first map[string]int // the line that first said a rate of a pair and day
	dated dating
}

// ReadTable reads rates as central banks publish them: wide, with a date and a column for
// each currency, or narrow, with date, currency and rate.
func ReadTable(text string, terms Terms) ([]Line, error) {
	rows := trimmed(pasted.Rows(text))
	if len(rows) == 0 {
		return nil, problem.Invalid("text", "There is nothing to read yet. Copy dates and rates from your spreadsheet, or from a central bank's file, and paste them here.")
	}
	t := &table{Terms: terms, first: map[string]int{}}
	head := rows[0].Cells
	read, known := t.narrow(head)
	if t.isHead(head) {
		rows = rows[1:]
	}
	if !known {
		var err error
		if read, err = t.wide(head); err != nil {
			return nil, err
		}
	}
	t.dated, t.comma = datingOf(rows), slices.ContainsFunc(rows, func(r pasted.Row) bool { return slices.ContainsFunc(r.Cells, money.HasDecimalComma) })
	for _, row := range rows {
		if len(row.Cells) > len(head) {
			t.refuse(row, problem.Invalid("", "This line has %d columns, and the first has %d. Where numbers have a decimal comma, columns are parted by semicolons or tabs.", len(row.Cells), len(head)))
			continue
		}
		read(row)
		if len(t.lines) > mostRates {
			return nil, problem.Invalid("text", "These are more than 20,000 rates. Name the currencies that you sell in, or take the table in parts.")
		}
	}
	if len(t.lines) == 0 {
		return nil, problem.Invalid("text", "No rate was found in it. The first line names the columns: Date, USD, GBP and so on; or date, currency, rate.")
	}
	return t.lines, nil
}

// trimmed leaves out what is empty at the ends of lines: central banks end their lines with a comma.
func trimmed(rows []pasted.Row) []pasted.Row {
	for i := range rows {
		r := &rows[i]
		for r.Cells[len(r.Cells)-1] == "" {
			r.Cells = r.Cells[:len(r.Cells)-1]
		}
	}
	return rows
}

// isHead tells whether a line names columns: its first cell is no date.
func (t *table) isHead(cells []string) bool {
	_, err := dating{}.parse(cells[0])
	return err != nil && !strings.ContainsAny(cells[0], "0123456789")
}

// take puts a rate in, or refuses it. Rates of currencies that nobody asked for are left
// out without a word.
func (t *table) take(row pasted.Row, r Rate, err error) {
	if len(t.Only) > 0 && err == nil && !slices.Contains(t.Only, r.One) && !slices.Contains(t.Only, r.Other) {
		return
	}
	if err == nil {
		err = r.check(t.Today)
	}
	key := fmt.Sprint(r.Pair(), r.Day)
	if at, has := t.first[key]; has && err == nil {
		if t.lines[at].Rate == r {
			return
		}
		err = problem.Invalid("", "Line %d gives another rate for that day: %s.", t.lines[at].Number, t.lines[at].Rate)
	}
	if err != nil {
		t.refuse(row, err)
		return
	}
	t.first[key] = len(t.lines)
	t.lines = append(t.lines, Line{Number: row.Number, Text: row.Text, Rate: r})
}

func (t *table) refuse(row pasted.Row, err error) {
	why := "This line could not be read."
	if p, is := problem.Of(err); is {
		why = p.Sentence
	}
	t.lines = append(t.lines, Line{Number: row.Number, Text: clip(row.Text), Does: Refused, Why: why})
}

// Judge says of each line what it does to a book.
func Judge(lines []Line, book Book) {
	for i := range lines {
		l := &lines[i]
		if l.Does == Refused {
			continue
		}
		before, has := book.Given(l.Rate.Pair(), l.Rate.Day)
		switch {
		case !has:
			l.Does = Adds
		case before == l.Rate:
			l.Does = Nothing
		default:
			l.Does, l.Before = Changes, before.String()
		}
	}
}

// Taken lists the rates of lines that are not refused.
func Taken(lines []Line) (list []Rate) {
	for _, l := range lines {
		if l.Does != Refused {
			list = append(list, l.Rate)
		}
	}
	return list
}
