package targets

import (
	"encoding/csv"
	"fmt"
	"maps"
	"strings"

	"milepost/people"
	"milepost/problem"
)

// taken is what an import understood of a table: settings, and the lines that were
// not, each with its number and the reason.
type taken struct {
	Settings []Setting
	Lines    int
	Rejects  []reject
}

// reject is a line that could not be taken.
type reject struct {
	Line  int
	Why   string
	Cells []string // as they were
}

// importer reads tables of targets: long, with columns person, month and amount, or
// wide, with a column for each month.
type importer struct {
	measure Measure
	scope   Scope
	find    func(text string) (people.ID, error)
}

// table parts text into lines of cells: by tabs as spreadsheets copy them, and
// otherwise as CSV with semicolons or commas.
func table(text string) ([][]string, error) {
	text = strings.TrimPrefix(text, "\ufeff")
	first, _, _ := strings.Cut(text, "\n")
	if strings.TrimSpace(text) == "" {
		return nil, problem.Invalid("text", "There is nothing to import. Paste a table, or choose a file.")
	}
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord, r.LazyQuotes, r.TrimLeadingSpace = -1, false, true
	switch {
	case strings.Contains(first, "\t"):
		r.Comma, r.LazyQuotes = '\t', true
	case strings.Contains(first, ";"):
		r.Comma = ';'
	}
	rows, err := r.ReadAll()
	if err != nil {
		return nil, problem.Invalid("text", "This is not a table: %v. Save the sheet as CSV, or copy its cells.", err)
	}
	if len(rows) > mostRows {
		return nil, problem.Invalid("text", "That is more than can be imported at once: up to %d lines.", mostRows)
	}
	return rows, nil
}

// read takes a table in. The first line names the columns.
func (i importer) read(text string) (taken, error) {
	rows, err := table(text)
	if err != nil {
		return taken{}, err
	}
	head, err := readHead(rows[0])
	if err != nil {
		return taken{}, err
	}
	var t taken
	seen := map[Cell]int{}
	for n, row := range rows[1:] {
		number := n + 2
		if strings.TrimSpace(strings.Join(row, "")) == "" {
			continue
		}
		t.Lines++
		settings, err := i.line(head, row)
		if err == nil {
			err = twice(seen, settings, number)
		}
		if err != nil {
			t.Rejects = append(t.Rejects, reject{number, sentenceOf(err), row})
			continue
		}
		t.Settings = append(t.Settings, settings...)
	}
	return t, nil
}

// twice refuses a line for a month that the table spoke of already.
func twice(seen map[Cell]int, settings []Setting, number int) error {
	own := map[Cell]int{}
	for _, s := range settings {
		before := max(seen[s.Cell], own[s.Cell])
		if before > 0 {
			return problem.Invalid("", "Line %d sets this person's %s already.", before, s.Month.Time().Format("January 2006"))
		}
		own[s.Cell] = number
	}
	maps.Copy(seen, own)
	return nil
}

// line reads one line whole, or says why it cannot be taken.
func (i importer) line(c columns, row []string) ([]Setting, error) {
	at := func(column int) string {
		if column < 0 || column >= len(row) {
			return ""
		}
		return row[column]
	}
	if len(row) > len(c.names) {
		return nil, problem.Invalid("", "There are %d cells and only %d columns have a name.", len(row), len(c.names))
	}
	person, err := i.find(at(c.person))
	if err != nil {
		return nil, err
	}
	if len(c.months) == 0 {
		month, err := readMonth(at(c.month))
		if err != nil {
			return nil, err
		}
		value, err := ReadValue(month.Time().Format("January 2006"), at(c.amount), i.measure)
		return []Setting{{Cell: Cell{person, i.scope, month, i.measure}, Value: value}}, err
	}
	var list []Setting
	for column := range row {
		month, is := c.months[column]
		if !is || blank(at(column)) { // a gap in a wide table says nothing
			continue
		}
		value, err := ReadValue(month.Time().Format("January 2006"), at(column), i.measure)
		if err != nil {
			return nil, err
		}
		list = append(list, Setting{Cell: Cell{person, i.scope, month, i.measure}, Value: value})
	}
	return list, nil
}

// finder finds people by e-mail address or name among those whose targets may be set.
// A name that two of them share finds neither.
func finder(everyone []people.Person, maySet func(people.ID) bool) func(string) (people.ID, error) {
	byEmail, byName := map[string]people.ID{}, map[string][]people.ID{}
	for _, p := range everyone {
		if !maySet(p.ID) {
			continue
		}
		if p.Email != "" {
			byEmail[p.Email] = p.ID
		}
		byName[people.Key(p.Name)] = append(byName[people.Key(p.Name)], p.ID)
	}
	return func(text string) (people.ID, error) {
		if id, is := byEmail[strings.ToLower(strings.TrimSpace(text))]; is {
			return id, nil
		}
		switch found := byName[people.Key(text)]; len(found) {
		case 1:
			return found[0], nil
		case 0:
			return "", problem.Invalid("", "There is nobody called “%s” whose targets you set.", clip(text))
		}
		return "", problem.Invalid("", "Several people are called “%s”; name the e-mail address.", clip(text))
	}
}

func (t taken) says() string {
	return fmt.Sprintf("%s read, %s not taken.", plural(t.Lines, "line"), plural(len(t.Rejects), "line"))
}
