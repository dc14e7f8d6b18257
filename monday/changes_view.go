package monday

import (
	"net/url"

	"github.com/a-h/templ"

	"milepost/internal/ui"
	"milepost/people"
)

// changesView is the deals behind one bar.
type changesView struct {
	mondayView
	Part part
}

func (v changesView) frame() ui.Frame {
	return ui.Frame{Title: upperFirst(partLabels[v.Part]), Lead: partSentences[v.Part] + " Since " + weekday(v.Since) + ", " + v.Period.Name + ".",
		Crumbs: []ui.Crumb{{Label: "Monday", Path: v.path(v.Person)}}, AsOf: ui.Text(asOf(v.Now, v.Viewer))}
}

func (v changesView) table() ui.Table {
	t := ui.Table{Caption: partLabels[v.Part], Columns: []ui.Column{{Label: "Deal"}, {Label: "Before"}, {Label: "Now"}, {Label: "Difference", Numeric: true}},
		Empty: ui.EmptyState{Icon: "circle-check", Title: "Nothing of that kind", Sentence: "No deal changed in this way since " + weekday(v.Since) + "."}}
	for _, s := range v.Bridge.shares(v.Part) {
		amount := ui.None()
		for _, a := range s.By.Amounts() { // one; two were the deal put into another currency, and then each has its own part
			amount = difference(a.Minor, a.Currency)
		}
		name := ui.TwoLines(ui.Link(s.Move.ID.Path(), titled(s.Move.Now.Title)), v.People.name(s.Move.Now.Owner))
		if !v.Viewer.Sees(s.Move.Now.Owner) { // handed to someone whose deals are not the viewer's to see
			name = ui.Text("A deal that is not yours to see any more")
		}
		now := v.stands(&s.Move.Now)
		if !v.Viewer.Sees(s.Move.Now.Owner) {
			now = ui.None()
		}
		before := v.stands(&s.Move.Then)
		if s.Move.Then.Exists && !v.Viewer.Sees(s.Move.Then.Owner) {
			before = ui.Text("with someone else")
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{name, before, now, amount}})
	}
	return t
}

// stands says how a deal stood: outcome or stage, amount, date.
func (v changesView) stands(p *position) templ.Component {
	if !p.Exists {
		return ui.Text("not there yet")
	}
	first := p.Stage
	if p.Outcome != "" {
		first = p.Outcome.Label()
	}
	if first == "" {
		first = "open"
	}
	second := ""
	if p.Amount != nil {
		second = p.Amount.String()
	}
	if p.Close != "" && p.Outcome == "" {
		second = join(second, "close "+p.Close.Short())
	}
	return ui.TwoLines(ui.Text(first), second)
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + ", " + b
}

// dealsPath is the list of a person's deals, with those of everyone down the line.
func dealsPath(person people.ID, line bool, more ...string) string {
	q := url.Values{}
	if person != "" {
		owner := string(person)
		if line {
			owner += ".line"
		}
		q.Set("owner", owner)
	}
	for i := 0; i+1 < len(more); i += 2 {
		q.Set(more[i], more[i+1])
	}
	if len(q) == 0 {
		return "/deals"
	}
	return "/deals?" + q.Encode()
}
