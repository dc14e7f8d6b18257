package monday

import (
	"fmt"
	"strings"

	"github.com/a-h/templ"

	"milepost/internal/ui"
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

// showAll names the link to the whole list, which has an end too.
func (v mondayView) showAll() string {
	if v.Flagged > allConcerns {
		return "Show the first " + figure(allConcerns)
	}
	return "Show all " + figure(v.Flagged)
}

func (v mondayView) concernsLead() string {
	if v.Flagged == 0 {
		return ""
	}
	return fmt.Sprintf("%s of %s. First comes what is large, times how far it is beyond what is usual here.",
		figure(v.Flagged), count(v.Open, "open deal"))
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
	return ui.TwoLines(ui.Link(d.ID.Path(), d.name()), second)
}

func stake(d *deal) templ.Component {
	if a, has := d.amount(); has {
		return ui.Money(a)
	}
	return ui.None()
}

func todo(c concern) templ.Component {
	do := c.Flags[0].do(c.deal)
	return deedLink(do)
}

// unsaid says which rules are silent, and why: there is too little history.
func (v mondayView) unsaid() string {
	if v.Usual.At == 0 {
		return "What is usual here is being found out from the history. Until that is done, in some minutes, only what needs no comparison is said of deals."
	}
	var list []string
	for _, r := range v.Usual.silentAbout() {
		list = append(list, map[rule]string{stuck: "standing too long", silent: "too long without contact", slipped: "moving later too often",
			jumped: "jumps of the amount"}[r])
	}
	list = append(list, v.unsaidOfPlans()...)
	if len(list) == 0 {
		return ""
	}
	text := strings.Join(list, ", ")
	if i := strings.LastIndex(text, ", "); i > 0 {
		text = text[:i] + " and" + text[i+1:]
	}
	return fmt.Sprintf("Nothing is said yet of %s: there are fewer than %d cases here to tell what is usual. Milepost does not guess.", text, fewest)
}
