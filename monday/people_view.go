package monday

import (
	"fmt"
	"strings"

	"github.com/a-h/templ"

	"milepost/internal/ui"
	"milepost/people"
)

// mostConcerns is how many deals the page lists; the week has no room for more.
const (
	mostConcerns = 12
	allConcerns  = 200
)

// listed are the concerns that are shown.
func (v mondayView) listed() []concern {
	most := mostConcerns
	if v.All {
		most = allConcerns
	}
	return v.Concerns[:min(most, len(v.Concerns))]
}

func (v mondayView) allPath() string {
	path := v.path(v.Person)
	if strings.Contains(path, "?") {
		return path + "&all=1#attention"
	}
	return path + "?all=1#attention"
}

func (v mondayView) concernsLead() string {
	if len(v.Concerns) == 0 {
		return ""
	}
	return fmt.Sprintf("%s of %s. First comes what is large, times how far it is beyond what is usual here.",
		figure(int64(len(v.Concerns))), count(v.Open, "open deal"))
}

func (v mondayView) concerns() ui.Table {
	t := ui.Table{Caption: "Deals that need attention", Columns: []ui.Column{{Label: "Deal"}, {Label: "Why"}, {Label: "At stake", Numeric: true}, {Label: "To do"}},
		Empty: ui.EmptyState{Icon: "circle-check", Title: "No deal stands out", Sentence: "No date has passed, and nothing is beyond what is usual here. Put the week into people."}}
	for _, c := range v.listed() {
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{v.dealCell(c.deal), reasons(c), stake(c.deal), todo(c)}})
	}
	return t
}

// dealCell is a deal with whom it is for and who sells it.
func (v mondayView) dealCell(d *deal) templ.Component {
	second := isolate(d.Account)
	if d.Owner != v.Viewer.ID {
		owner := "nobody's deal"
		if d.Owner != "" {
			owner = isolate(v.People.name(d.Owner))
		}
		second = join(second, owner)
	}
	return ui.TwoLines(ui.Link("/deals/"+string(d.ID), d.name()), second)
}

func stake(d *deal) templ.Component {
	if a, has := d.amount(); has {
		return ui.Money(a)
	}
	return ui.None()
}

func todo(c concern) templ.Component {
	do := c.Flags[0].do(c.deal)
	return ui.Link(do.Path, do.Label)
}

// unsaid says which rules are silent, and why: there is too little history.
func (v mondayView) unsaid() string {
	var list []string
	for _, r := range v.Usual.silentAbout() {
		list = append(list, map[rule]string{stuck: "standing too long", silent: "too long without contact", slipped: "moving later too often",
			jumped: "jumps of the amount"}[r])
	}
	if len(list) == 0 {
		return ""
	}
	text := strings.Join(list, ", ")
	if i := strings.LastIndex(text, ", "); i > 0 {
		text = text[:i] + " and" + text[i+1:]
	}
	return fmt.Sprintf("Nothing is said yet of %s: there are fewer than %d cases here to tell what is usual. Milepost does not guess.", text, fewest)
}

// team is the people at a glance.
func (v mondayView) team() ui.Table {
	t := ui.Table{Caption: "People at a glance", Columns: []ui.Column{{Label: "Who"}, {Label: "Open", Numeric: true}, {Label: "Moved"}, {Label: "Last heard of"},
		{Label: "Of target", Numeric: true}, {Label: "Need attention", Numeric: true}}}
	for _, g := range v.Assembly.shown() {
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{v.groupName(g), v.groupOpen(g), ui.Text(g.moved()), v.heard(g), attainment(g), v.groupAttention(g)}})
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
	if times, is := v.Assembly.load(g); is && (times >= 1.5 || times <= .5) {
		second = join(second, fmt.Sprintf("%.1f times the usual load", times))
	}
	return ui.TwoLines(ui.Link(path, figure(g.Deals)), second)
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
	case len(g.Quiet) == 0:
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

// attainment is how much of the target is won, in each measure that has one.
func attainment(g *group) templ.Component {
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
	return ui.Text(strings.Join(said, ", "))
}

func (v mondayView) groupAttention(g *group) templ.Component {
	if g.Attention == 0 {
		return ui.None()
	}
	text := figure(g.Attention)
	if g.Deals > 0 {
		return ui.TwoLines(ui.Text(text), percent(float64(g.Attention)/float64(g.Deals))+" of them")
	}
	return ui.Text(text)
}

// praised is a table of the wins since the last Monday.
func (v mondayView) praised() ui.Table {
	t := ui.Table{Caption: "Wins to praise", Columns: []ui.Column{{Label: "Deal"}, {Label: "Won by"}, {Label: "Took", Numeric: true}, {Label: "Amount", Numeric: true}},
		Empty: ui.EmptyState{Icon: "trophy", Title: "No win since " + weekday(v.Since), Sentence: "The next one will stand here, with who won it and how long it took."}}
	for i, p := range v.Praise {
		if i == mostConcerns {
			break
		}
		name := ui.Link("/deals/"+string(p.ID), titled(p.Now.Title))
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
