package people

import (
	"net/http"

	"milepost/internal/web"
)

// download gives the people that the table shows, all pages of it, as a file.
func (p pages) download(w http.ResponseWriter, r *http.Request) error {
	page, err := p.readDirectory(r)
	if err != nil {
		return err
	}
	table := web.Download(w, "people", "Name", "Title", "Team", "Manager", "State")
	for _, m := range page.matching() {
		table.Row(m.Name, m.Title, m.Team, page.Roster.Name(m.Manager), string(stateOf(m)))
	}
	return table.End()
}
