package web

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Table is a table that a person takes away, for a spreadsheet. It is written row by row
// as it is read, so that its size costs no memory.
type Table struct{ out *csv.Writer }

// Download begins a table: the name of the file without its ending, and the heads of the
// columns.
func Download(w http.ResponseWriter, name string, heads ...string) *Table {
	header := w.Header()
	header.Set("Content-Type", "text/csv; charset=utf-8")
	header.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="%s.csv"`, name))
	header.Set("Cache-Control", "no-store")
	w.Write([]byte("\ufeff")) // by which spreadsheets know UTF-8; an error comes again in End
	t := &Table{csv.NewWriter(w)}
	t.out.UseCRLF = true
	t.out.Write(heads)
	return t
}

// Row adds a row; what a spreadsheet would take for a formula is made harmless.
func (t *Table) Row(cells ...string) error {
	for i := range cells {
		cells[i] = HarmlessCell(cells[i])
	}
	return t.out.Write(cells)
}

// End sends what is left, and tells whether everything was written.
func (t *Table) End() error {
	t.out.Flush()
	return t.out.Error()
}

// HarmlessCell keeps a spreadsheet from running what someone wrote: an apostrophe before
// the sign by which a formula begins makes it text. A sign counts at the beginning of the
// cell, also behind blanks, which some programs skip, and in the middle where a program
// that parts cells by semicolons, tabs or lines would begin another.
func HarmlessCell(cell string) string {
	if !strings.ContainsAny(cell, signs+parting) {
		return cell
	}
	var out strings.Builder
	for i, r := range cell {
		if i == 0 && r != ';' && strings.ContainsRune(parting, r) {
			out.WriteByte('\'')
		}
		if strings.ContainsRune(signs, r) && atBeginning(cell[:i]) {
			out.WriteByte('\'')
		}
		out.WriteRune(r)
	}
	return out.String()
}

const (
	signs   = "=+-@＝＋－＠"
	parting = ";\t\r\n"
)

// atBeginning tells whether some program sees a cell begin behind a text: a quotation
// mark, written twice in our table, opens and closes nothing there.
func atBeginning(before string) bool {
	before = strings.TrimRightFunc(before, func(r rune) bool {
		return r == '"' || !strings.ContainsRune(parting, r) && (unicode.IsSpace(r) || unicode.Is(unicode.C, r))
	})
	last, _ := utf8.DecodeLastRuneInString(before)
	return before == "" || strings.ContainsRune(parting, last)
}
