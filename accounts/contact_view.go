package accounts

import (
	"github.com/a-h/templ"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ui"
)

func (v *contactView) partTable() ui.Table {
	t := ui.Table{Caption: "Deals of " + v.Name, Columns: []ui.Column{{Label: "Deal"}, {Label: "Part"}, {Label: "Influence"}, {Label: "Attitude"}, {Label: "Since"}}}
	for _, p := range v.Parts {
		deal := ui.Link(p.Deal.Path(), p.Title)
		if p.Outcome != "" {
			deal = ui.TwoLines(deal, deals.Outcome(p.Outcome).Label())
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{deal, ui.Badge(p.Standing.tone(), p.Role.Label()), wordCell(p.Influence),
			wordCell(p.Attitude), ui.Date(calendar.DateOf(p.Since, v.k.v.Organization.Place()))}})
	}
	return t
}

// wordCell is a word of a short list, or that nobody knows.
func wordCell(word string) templ.Component {
	if word == "" {
		return ui.Quiet("not known")
	}
	return ui.Text(word)
}
