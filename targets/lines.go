package targets

import (
	"fmt"
	"maps"
	"strings"

	"milepost/internal/pasted"
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

// read takes a table in. The first line names the columns.
func (i importer) read(text string) (taken, error) {
	rows := pasted.Rows(text)
	switch {
	case len(rows) == 0:
		return taken{}, problem.Invalid("text", "There is nothing to import. Paste a table, or choose a file.")
	case len(rows) > mostRows:
		return taken{}, problem.Invalid("text", "That is more than can be imported at once: up to %d lines.", mostRows)
	}
	head, err := readHead(rows[0].Cells)
	if err != nil {
		return taken{}, err
	}
	var t taken
	seen := map[Cell]int{}
	for _, row := range rows[1:] {
		t.Lines++
		settings, err := i.line(head, row.Cells)
		if err == nil {
			err = twice(seen, settings, row.Number)
		}
		if err != nil {
			t.Rejects = append(t.Rejects, reject{row.Number, sentenceOf(err), row.Cells})
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
