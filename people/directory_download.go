package people

import (
	"encoding/csv"
	"net/http"
	"strings"
)

// download gives the people that the table shows, all pages of it, as a file.
func (p pages) download(w http.ResponseWriter, r *http.Request) error {
	page, err := p.readDirectory(r)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="people.csv"`)
	w.Header().Set("Cache-Control", "no-store")
	out := csv.NewWriter(w)
	out.Write([]string{"Name", "Title", "Team", "Manager", "State"})
	for _, m := range page.matching() {
		out.Write([]string{harmless(m.Name), harmless(m.Title), harmless(m.Team), harmless(page.Roster.Name(m.Manager)), string(stateOf(m))})
	}
	out.Flush()
	return out.Error()
}

// harmless keeps a spreadsheet from running what someone wrote as a name.
func harmless(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}
