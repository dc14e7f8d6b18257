package accounts

import (
	"github.com/a-h/templ"

	"milepost/internal/ui"
)

// tone is green for who is for us, red for who is against.
func (s Standing) tone() ui.Tone {
	switch {
	case s.Attitude == "against", s.Role == Blocker:
		return ui.Bad
	case s.Attitude == "for":
		return ui.Good
	}
	return ui.Plain
}

func (v *accountView) knownCaption() string {
	buyers := 0
	for _, parts := range v.Parts {
		for _, p := range parts {
			if p.Role == EconomicBuyer {
				buyers++
				break
			}
		}
	}
	switch {
	case v.Own.People == 0:
		return "Nobody yet"
	case v.Own.OpenDeals == 0:
		return "who are there now"
	case buyers == 0:
		return "No economic buyer among them"
	}
	return count(buyers, "economic buyer", "economic buyers")
}

func (v *accountView) childTable() ui.Table {
	t := ui.Table{Caption: "Parts of " + v.Name, Columns: []ui.Column{{Label: "Account"}, {Label: "Open", Numeric: true}}}
	for _, c := range v.Children {
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{ui.Link("/accounts/"+string(c.ID), c.Name), ui.Text(amounts(v.Below[c.ID].Open))}})
	}
	return t
}

// clipText keeps a long text from filling a page that is about something else.
func clipText(text string) string {
	const most = 400
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
