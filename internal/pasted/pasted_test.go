package pasted_test

import (
	"fmt"
	"strings"
	"testing"

	"milepost/internal/pasted"
)

func TestRowsOfATable(t *testing.T) {
	for what, c := range map[string]struct{ text, want string }{
		"copied cells":                   {"name\tprice\nTag\t4,50\n", "1[name|price] 2[Tag|4,50]"},
		"a file with commas":             {"\ufeffname,price\r\nTag,4.50\r\n", "1[name|price] 2[Tag|4.50]"},
		"a file with semicolons":         {"name;price\nTag, small;4,50\n", "1[name|price] 2[Tag, small|4,50]"},
		"the first line decides":         {"name\tprice\nTag; small\t4,50\n", "1[name|price] 2[Tag; small|4,50]"},
		"blank lines and cells":          {"\n \t \nname\tprice\t\n\t\t\n a \t\n", "3[name|price|] 5[a|]"},
		"marks":                          {"\"Tag, \"\"small\"\"\",4\n", "1[Tag, \"small\"|4]"},
		"a measure":                      {"12\" rack\t4\nTag\t5\n", "1[12\" rack|4] 2[Tag|5]"},
		"a cell over two lines":          {"\"Tag\nsmall\",4\nBox,5\n", "1[Tag\nsmall|4] 3[Box|5]"},
		"a mark that is never closed":    {"\"Tag,4\nBox,5\n", "1[\"Tag|4] 2[Box|5]"},
		"a mark that closes far below":   {"\"Tag,4\n" + strings.Repeat("Box,5\n", 30) + "\"Last\",6\n", "1[\"Tag|4] " + boxes(30) + "32[Last|6]"},
		"behind a blank, as some export": {"name, \"a, b\"\n", "1[name|a, b]"},
		"nothing":                        {" \n\t\n", ""},
	} {
		var got []string
		for _, r := range pasted.Rows(c.text) {
			got = append(got, fmt.Sprintf("%d[%s]", r.Number, strings.Join(r.Cells, "|")))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %q is %s, want %s", what, c.text, got, c.want)
		}
	}
}

func boxes(n int) (text string) {
	for i := range n {
		text += fmt.Sprintf("%d[Box|5] ", i+2)
	}
	return text
}

// Whatever is pasted: each line is in one row, in order, and nothing is invented.
func FuzzRows(f *testing.F) {
	f.Add("a\tb\n\"c\nd\"\te\n")
	f.Add("\"\n\"\"\n,;\"\"\"")
	f.Add("a, \"b\nc\" d\n")
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, r := range pasted.Rows(text) {
			if r.Number <= last || r.Blank() {
				t.Fatalf("%q: row %+v after line %d", text, r, last)
			}
			last = r.Number + strings.Count(r.Text, "\n")
			for _, cell := range r.Cells {
				if strings.TrimSpace(cell) != cell {
					t.Errorf("%q: the cell %q", text, cell)
				}
			}
		}
		if lines := strings.Count(text, "\n") + 1; last > lines {
			t.Errorf("%q has %d lines, and a row ends at %d", text, lines, last)
		}
	})
}
