// Package pasted reads tables as people bring them: cells copied out of a spreadsheet, or
// a file that one was saved to. A manager pastes targets, prices and rates alike, and all
// are taken apart by the same rule.
package pasted

import (
	"encoding/csv"
	"strings"
)

// Row is a line of a table.
type Row struct {
	Number int // of the line in the text, from 1; the first, where a cell goes over several
	Text   string
	Cells  []string // without the blanks around them; those that end the line empty are there too
}

// Blank tells whether there is nothing in any cell.
func (r Row) Blank() bool { return strings.Join(r.Cells, "") == "" }

// Rows parts a text into rows, without those that have nothing in them. Cells are parted
// by tabs, semicolons or commas, whichever of these the first line has. A cell in
// quotation marks may go over several lines; where its mark is never closed, the mark
// is a sign like any other.
func Rows(text string) (rows []Row) {
	lines := strings.Split(strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n"), "\n")
	mark := markOf(lines)
	for i := 0; i < len(lines); {
		n, closed := height(lines[i:], mark)
		row := Row{Number: i + 1, Text: strings.Join(lines[i:i+n], "\n")}
		if row.Cells = cellsOf(row.Text, mark, closed); !row.Blank() {
			rows = append(rows, row)
		}
		i += n
	}
	return rows
}

// markOf is what parts the cells, as the first line that is not blank has it.
func markOf(lines []string) rune {
	for _, line := range lines {
		switch {
		case strings.Contains(line, "\t") && strings.TrimSpace(line) != "":
			return '\t'
		case strings.Contains(line, ";"):
			return ';'
		case strings.TrimSpace(line) != "":
			return ','
		}
	}
	return ','
}

// tallest is over how many lines a cell may go: a mark that somebody forgot to close
// shall not swallow the table up to the next.
const tallest = 20

// height is how many lines the first row takes; closed is false for a line with a
// quotation mark that nothing closes.
func height(lines []string, mark rune) (n int, closed bool) {
	open := false
	for n := 1; n <= min(len(lines), tallest); n++ {
		if open = opens(lines[n-1], mark, open); !open {
			return n, true
		}
	}
	return 1, false
}

// opens tells whether a line ends within quotation marks, given whether it begins so. A
// mark opens at the beginning of a cell only: 12" is a measure.
func opens(line string, mark rune, within bool) bool {
	beginning := !within
	for _, r := range line {
		switch {
		case r == '"' && within:
			within = false // a doubled one opens again at once
		case r == '"' && beginning:
			within = true
		case r == '"':
			continue
		}
		beginning = !within && (r == mark || r == '"' || beginning && r == ' ')
	}
	return within
}

func cellsOf(text string, mark rune, closed bool) (cells []string) {
	if closed {
		in := csv.NewReader(strings.NewReader(text))
		in.Comma, in.LazyQuotes, in.FieldsPerRecord, in.TrimLeadingSpace = mark, true, -1, mark != '\t'
		cells, _ = in.Read() // none of a blank line; a stray mark is no error
	} else {
		cells = strings.Split(text, string(mark))
	}
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	return cells
}
