package accounts

import (
	"strings"

	"github.com/a-h/templ"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ui"
	"milepost/money"
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
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{ui.Link(c.ID.Path(), c.Name), ui.Text(amounts(v.Below[c.ID].Open))}})
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

func (v *accountView) dealTable() ui.Table {
	t := ui.Table{Caption: "Deals of " + v.Name, Columns: []ui.Column{{Label: "Deal"}, {Label: "Stage"}, {Label: "Close"},
		{Label: "Amount", Numeric: true}},
		Empty: ui.EmptyState{Icon: "briefcase", Title: "No deals that you see", Sentence: "What is sold here appears as soon as a deal is opened.",
			Action: ui.LinkButton{Label: "New deal", Icon: "plus", Path: v.newDealPath()}}}
	for _, d := range v.Deals {
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{v.dealCell(d), stageCell(d), v.closeCell(d), amountCell(d)}})
	}
	return t
}

func (v *accountView) dealCell(d DealRow) templ.Component {
	link := ui.Link(d.ID.Path(), d.Title)
	if d.Owner == "" {
		return ui.TwoLines(link, "nobody's")
	}
	return ui.TwoLines(link, orSomeone(v.Names[d.Owner]))
}

func stageCell(d DealRow) templ.Component {
	switch d.Outcome {
	case "":
		if d.Stage == "" {
			return ui.None()
		}
		return ui.Text(d.Stage)
	case deals.Won:
		return ui.Badge(ui.Good, "won")
	}
	return ui.Badge(ui.Bad, d.Outcome.Label())
}

func (v *accountView) closeCell(d DealRow) templ.Component {
	if d.Outcome != "" {
		return ui.Date(calendar.DateOf(d.ClosedAt, v.k.v.Organization.Place()))
	}
	return ui.DueDate(d.CloseDate, v.k.today())
}

func amountCell(d DealRow) templ.Component {
	if d.Minor < 0 {
		return ui.None()
	}
	return ui.Money(money.Amount{Minor: d.Minor, Currency: money.Currency(d.Currency)})
}

func (v *accountView) contactTable() ui.Table {
	t := ui.Table{Caption: "Contacts at " + v.Name, Columns: []ui.Column{{Label: "Name"}, {Label: "Part in open deals"}, {Label: "Reach"}},
		Empty: ui.EmptyState{Icon: "users", Title: "Nobody is known here yet", Sentence: "A deal that hangs on one name is a deal at risk. Add whoever you talk to.",
			Action: ui.LinkButton{Label: "New contact", Icon: "plus", Path: "/contacts/new?account=" + string(v.ID)}}}
	for _, c := range v.Contacts {
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{contactCell(c), partsCell(v.Parts[c.ID]), reachCell(c)}})
	}
	return t
}

func contactCell(c Contact) templ.Component {
	second := c.Title
	if c.LeftOn != "" {
		second = strings.TrimPrefix(second+", left on "+c.LeftOn.Short(), ", ")
	}
	name := ui.Link(c.ID.Path(), c.Name)
	if second == "" {
		return name
	}
	return ui.TwoLines(name, second)
}
