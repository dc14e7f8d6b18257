package changes

import (
	"fmt"

	"github.com/a-h/templ"

	"milepost/deals"
	"milepost/internal/ui"
	"milepost/people"
)

// dealsView is the deals of a bar.
type dealsView struct {
	view
	Bar   Bar
	list  []share
	more  int // deals that are not listed
	today map[string]today
}

func (v dealsView) frame() ui.Frame {
	f := v.view.frame()
	f.Crumbs = append(f.Crumbs, ui.Crumb{Label: f.Title, Path: v.path(v.Person, v.Since)})
	f.Title = labels[v.Bar]
	f.Lead = v.sentence(v.Bar) + " Since the morning of " + weekday(v.Since) + ", " + v.Period.Name + "."
	return f
}

// sees tells whether a deal is the viewer's to see today.
func (v dealsView) sees(s *share) bool { return v.Viewer.Sees(v.today[s.ID].Owner) }

// table is the deals, each with why it moved what it moved.
func (v dealsView) table() ui.Table {
	t := ui.Table{Caption: labels[v.Bar], Columns: []ui.Column{{Label: "Deal"}, {Label: "Before"}, {Label: "Now"}},
		Empty: ui.EmptyState{Icon: "circle-check", Title: "Nothing of that kind", Sentence: "No deal moved the forecast in this way since " + weekday(v.Since) + "."}}
	if !v.Bar.dated() {
		t.Columns = append(t.Columns, ui.Column{Label: "Moved the forecast by", Numeric: true})
	} else {
		t.Columns = append(t.Columns, ui.Column{Label: "In all other bars", Numeric: true})
	}
	t.Columns = append(t.Columns, ui.Column{Label: "Why"})
	for i := range v.list {
		s := &v.list[i]
		moved := s.By
		if v.Bar.dated() {
			moved = s.total()
		}
		cells := []templ.Component{v.deal(s), v.stood(&s.Then), v.stood(&s.Now), v.moved(moved), v.why(s)}
		if !v.sees(s) {
			cells[2], cells[4] = ui.None(), ui.Text("It went to someone outside this line")
		}
		if s.Then.Standing != Absent && !v.Viewer.Sees(s.Then.Owner) {
			cells[1] = ui.Text("with someone else")
		}
		t.Rows = append(t.Rows, ui.Row{ID: s.ID, Cells: cells})
	}
	return t
}

// deal names a deal, if it is the viewer's to see today.
func (v dealsView) deal(s *share) templ.Component {
	if !v.sees(s) {
		return ui.Text("A deal that is not yours to see")
	}
	of := v.today[s.ID]
	title := of.Title
	if title == "" {
		title = "Deal without a title"
	}
	under := "without an owner"
	if of.Owner != "" {
		under = v.name(of.Owner)
	}
	if of.Account != "" {
		under = of.Account + ", " + under
	}
	return ui.TwoLines(ui.Link(v.dealPath(s.ID), title), under)
}

// stood says how a deal stood at an end: what was expected of it, and of how much.
func (v dealsView) stood(s *State) templ.Component {
	worth := ""
	if s.Currency != 0 {
		worth = v.amountOf(s.Currency, s.Amount).String()
	}
	line := func(text string) templ.Component {
		if worth == "" {
			return ui.Text(text)
		}
		return chanceOf(text, worth)
	}
	switch s.Standing {
	case Absent:
		return ui.Text("not there yet")
	case Booked:
		return line("won")
	case Elsewhere:
		return line("won, in another period")
	case Gone:
		return line("lost")
	case Idle:
		return line("no action")
	}
	if !s.In || !v.Ask.models() {
		return line("open")
	}
	return line(percent(s.Chance))
}

// moved is by how much a deal moved the forecast, in the finest words that say anything.
func (v dealsView) moved(w Worth) templ.Component {
	points := fmt.Sprintf("%+.1f points", float64(w.Wins)/oneWin*100)
	if w.Wins < 0 {
		points = "−" + points[1:]
	}
	if !v.hasMoney() {
		return ui.Text(points)
	}
	return ui.TwoLines(figure(signed(round(v.amount(w.Minor)))), points)
}

// owners says from whom to whom a deal went, as far as the viewer may know.
func (v dealsView) owners(s *share) string {
	name := func(person people.ID) string {
		switch {
		case person == "":
			return "nobody"
		case !v.Viewer.Sees(person):
			return "someone outside this line"
		}
		return v.name(person)
	}
	return "From " + name(s.Then.Owner) + " to " + name(s.Now.Owner)
}

// dealPath leads to a deal; behind a bar of evidence, to its milestones.
func (v dealsView) dealPath(id string) string {
	if v.Bar == EvidenceGained || v.Bar == EvidenceLost {
		return deals.MilestonesPath(deals.ID(id))
	}
	return deals.ID(id).Path()
}
