package monday

import (
	"github.com/a-h/templ"

	"milepost/internal/ui"
)

// praised is a table of the wins since the last Monday.
func (v mondayView) praised() ui.Table {
	t := ui.Table{Caption: "Wins to praise", Columns: []ui.Column{{Label: "Deal"}, {Label: "Won by"}, {Label: "Took", Numeric: true}, {Label: "Amount", Numeric: true}},
		Empty: ui.EmptyState{Icon: "trophy", Title: "No win since " + weekday(v.Since), Sentence: "The next one will stand here, with who won it and how long it took."}}
	for i, p := range v.Praise {
		if i == mostConcerns {
			break
		}
		name := ui.Link(p.ID.Path(), titled(p.Now.Title))
		if note := p.special(); note != "" {
			name = ui.TwoLines(name, note)
		}
		amount := ui.None()
		if p.Now.Amount != nil {
			amount = ui.Money(*p.Now.Amount)
		}
		who := ui.None()
		if p.Now.Owner != "" {
			who = ui.PersonName(v.People.name(p.Now.Owner), "")
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{name, who, ui.Text(daysText(p.Days)), amount}})
	}
	return t
}

func (p praise) special() string {
	switch {
	case p.First && p.Largest:
		return "First win, and the largest of the quarter so far"
	case p.First:
		return "First win"
	case p.Largest:
		return "Largest of the quarter so far"
	}
	return ""
}
