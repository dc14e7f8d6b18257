package deals

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
)

// The names of the deeds by which competitors are named and dropped.
const (
	naming   = "competitor"
	dropping = "drop-competitor"
)

// competitorDeeds are done from the card of competitors; they need no dialog.
func competitorDeeds() []deed {
	saved := func(o *Opportunity) string { return "Competitors: " + orNone(namesText(o.Competitors)) + "." }
	return []deed{
		{naming, "Name a competitor", "Who else is talking to them?", "Name", "swords", competitorFields, nameCompetitor, saved},
		{dropping, "Drop a competitor", "Who is out?", "Drop", "x", competitorFields, dropCompetitor, saved},
	}
}

func nameCompetitor(d doing) Rule {
	return func(o *Opportunity) ([]Change, error) {
		return NameCompetitor(o, d.usual.spelled(d.form.Get("competitor")))
	}
}

func dropCompetitor(d doing) Rule {
	return func(o *Opportunity) ([]Change, error) { return DropCompetitor(o, d.form.Get("competitor")) }
}

// suggestCompetitors answers a field that is being typed into with the competitors
// that this organization met before.
func (p *pages) suggestCompetitors(w http.ResponseWriter, r *http.Request) error {
	v := people.ViewerFrom(r.Context())
	u, err := p.usualOf(r.Context(), v.Org, p.now(v))
	if err != nil {
		return fmt.Errorf("looking for competitors: %w", err)
	}
	return web.Fragment(w, r, accountSuggestions(u.like(clip(r.URL.Query().Get("competitor")), 20)))
}

// withCompetitors lets a field offer competitors while it is typed into.
func withCompetitors(f ui.FormField) ui.FormField {
	f.Autocomplete = "off"
	list := competitorList(f)
	f.Attrs = templ.Attributes{"list": list, "hx-get": "/deals/competitors", "hx-trigger": "input changed delay:150ms, focus once",
		"hx-target": "#" + list, "hx-swap": "innerHTML"}
	return f
}

func competitorList(f ui.FormField) string { return "competitors-of-" + f.ID }

// offered lists whom the form offers when a deal is lost: who is named on the deal,
// then those met most often.
func (v deedView) offered() []ui.Option {
	names := slices.Clone(v.Competitors)
	for _, name := range v.Usual.competitors {
		if len(names) < max(4, len(v.Competitors)) && v.competes(name) == "" {
			names = append(names, name)
		}
	}
	options := make([]ui.Option, len(names), len(names)+1)
	for i, name := range names {
		options[i] = ui.Option{Value: name, Label: name}
	}
	return append(options, ui.Option{Value: unknownCompetitor, Label: "They do not say"})
}

// likelyWinner is whom the form takes for the one it was lost to: who alone is named.
func (v deedView) likelyWinner() string {
	if v.Typed != nil {
		return v.Typed.Get("to")
	}
	if len(v.Competitors) == 1 {
		return v.Competitors[0]
	}
	return ""
}
