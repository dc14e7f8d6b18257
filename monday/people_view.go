package monday

import (
	"fmt"
	"strings"

	"github.com/a-h/templ"

	"milepost/internal/ui"
	"milepost/people"
)

// team is the people at a glance.
func (v mondayView) team() ui.Table {
	t := ui.Table{Caption: "People at a glance", Columns: []ui.Column{{Label: "Who"}, {Label: "Open", Numeric: true}, {Label: "Moved"}, {Label: "Last heard of"},
		{Label: "Of target", Numeric: true}, {Label: "Need attention", Numeric: true}}}
	for _, g := range v.Assembly.shown() {
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{v.groupName(g), v.groupOpen(g), v.groupMoved(g), v.heard(g), v.attainment(g), v.groupAttention(g)}})
	}
	return t
}

// groupName leads to a team's Monday, and to a rep's day.
func (v mondayView) groupName(g *group) templ.Component {
	switch {
	case g.Person == "":
		return ui.Text(g.Name)
	case g.Own:
		return ui.TwoLines(ui.PersonName(g.Name, ""), "own deals")
	case g.Team:
		return ui.TwoLines(ui.PersonName(g.Name, v.path(g.Person)), "and "+count(int64(len(g.Members)-1), "person"))
	}
	return ui.PersonName(g.Name, "/day?person="+string(g.Person))
}

func (v mondayView) groupOpen(g *group) templ.Component {
	path := dealsPath(g.Person, g.Team)
	if g.Person == "" {
		path = "/deals?owner=none"
	}
	second := totalText(g.Totals)
	if g.Team && g.Deals > 0 {
		second = join(second, fmt.Sprintf("%.0f each", g.perHead()))
	}
	if times, is := v.Assembly.load(g); is && (times >= 1.5 || times <= .5) {
		second = join(second, fmt.Sprintf("%.1f times the usual load", times))
	}
	return ui.TwoLines(ui.Link(path, figure(g.Deals)), second)
}

// groupMoved leads to the deals that went on.
func (v mondayView) groupMoved(g *group) templ.Component {
	if g.Forward == 0 || g.Person == "" || g.Own {
		return ui.Text(g.moved())
	}
	return ui.Link(v.at("/monday/changes", g.Person, partForward), g.moved())
}

// moved says what happened since the last Monday.
func (g *group) moved() string {
	var said []string
	if g.Won > 0 {
		said = append(said, figure(g.Won)+" won")
	}
	if g.Forward > 0 {
		said = append(said, figure(g.Forward)+" on")
	}
	if g.Back > 0 {
		said = append(said, figure(g.Back)+" back")
	}
	if len(said) == 0 {
		return "nothing"
	}
	return strings.Join(said, ", ")
}

// heard says who is quiet: of one person since when, of a team how many.
func (v mondayView) heard(g *group) templ.Component {
	switch {
	case len(g.Quiet) == 0 || v.Behind.Activities:
		return ui.None()
	case g.Team:
		n := g.silentOnes()
		if n == 0 {
			return ui.Text("nobody unusually quiet")
		}
		names := []string{}
		for _, q := range g.Quiet {
			if q.beyond() && len(names) < 3 {
				names = append(names, isolate(v.People.name(q.Person)))
			}
		}
		if int(n) > len(names) {
			names = append(names, fmt.Sprintf("%d more", int(n)-len(names)))
		}
		return ui.TwoLines(marked(figure(n)+" quiet"), strings.Join(names, ", "))
	}
	return quietText(g.Quiet[0])
}

func quietText(q quiet) templ.Component {
	if q.Never {
		return ui.Text("nothing recorded")
	}
	text := map[int]string{0: "today", 1: "yesterday"}[q.Days]
	if text == "" {
		text = daysText(q.Days) + " ago"
	}
	if !q.Known {
		return ui.Text(text)
	}
	usual := "usually within " + daysText(upTo(q.Usual))
	if q.beyond() {
		return ui.TwoLines(marked(text), usual)
	}
	return ui.Text(text)
}

// attainment is how much of the target is won, in each measure that has one; it leads to
// the target.
func (v mondayView) attainment(g *group) templ.Component {
	var said []string
	for _, m := range g.Figures.Measures() {
		if share, is := g.Figures.Share(m); is {
			text := percent(share)
			if len(g.Figures.Quota) > 1 {
				text += " " + m.Label()
			}
			said = append(said, text)
		}
	}
	if len(said) == 0 {
		return ui.None()
	}
	path := "/targets/people/" + string(g.Person)
	if g.Team {
		path = "/targets/attainment?of=" + string(g.Person)
	}
	return ui.Link(path, strings.Join(said, ", "))
}

// groupAttention leads to the deals that need it: of a team to its Monday, of a rep to
// what is missing on the rep's day.
func (v mondayView) groupAttention(g *group) templ.Component {
	if g.Attention == 0 {
		return ui.None()
	}
	text := ui.Text(figure(g.Attention))
	switch {
	case g.Team:
		text = ui.Link(v.path(g.Person)+"#attention", figure(g.Attention))
	case g.Person != "" && !g.Own:
		text = ui.Link("/day?person="+string(g.Person)+"#movers", figure(g.Attention))
	}
	if g.Deals > 0 {
		return ui.TwoLines(text, percent(float64(g.Attention)/float64(g.Deals))+" of them")
	}
	return text
}

// wayIn is where somebody who does not lead anyone is sent.
func wayIn(v *people.Viewer) ui.EmptyState {
	e := ui.EmptyState{Icon: "compass", Title: "Monday is for whoever leads others",
		Sentence: "It shows a team's quarter and deals, which your role has no part in. Whoever administers Milepost in your organization can change that."}
	if !v.SeesNoDeals() {
		e.Sentence = "Nobody reports to you, so there is no team to show. Your own week is on your day."
		e.Action = ui.LinkButton{Label: "Go to my day", Path: "/day", Icon: "sun", Kind: ui.Primary}
	}
	return e
}
