package monday

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"milepost/deals"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
)

// day is a rep's page; a manager may look at that of whoever reports to them.
func (p *pages) day(w http.ResponseWriter, r *http.Request) error {
	v := people.ViewerFrom(r.Context())
	if v.SeesNoDeals() {
		return web.Page(w, r, ui.Frame{Title: "My day"}, noDay())
	}
	a, err := read(r.URL.Query(), v, p.Clock())
	if err != nil {
		return err
	}
	if r.URL.Query().Get("person") == "" {
		a.Person = v.ID
	}
	found, err := p.gatherDay(r.Context(), p.db(v), a)
	if err != nil {
		return err
	}
	view := dayView{day: found}
	if view.own() {
		view.Panels = p.panels
	}
	return web.Page(w, r, view.frame(), dayPage(view))
}

type dayView struct {
	*day
	Panels []string
}

func (v dayView) frame() ui.Frame {
	f := ui.Frame{Title: "My day", Lead: v.lead(), AsOf: ui.Text(asOf(v.Now, v.Viewer)), Actions: dayActions()}
	if !v.own() {
		f.Title, f.Actions = "The day of "+isolate(v.Name), ui.LinkButton{Label: "Their deals", Icon: "briefcase", Path: dealsPath(v.Person, false)}
		f.Crumbs = mondayView{report: &report{asking: v.asking, People: v.People}}.crumbs()
	}
	return f
}

// lead is the day in a sentence.
func (v dayView) lead() string {
	late := 0
	for _, d := range v.Due {
		if d.On < v.Today {
			late++
		}
	}
	switch {
	case v.Open == 0 && len(v.Due) == 0:
		return ""
	case late > 0:
		return fmt.Sprintf("%s open, %d overdue.", count(v.Open, "deal"), late)
	case len(v.Due) > 0:
		return fmt.Sprintf("%s open, nothing overdue, %d due within a week.", count(v.Open, "deal"), len(v.Due))
	}
	return count(v.Open, "deal") + " open, and nothing due within a week."
}

// stats are the person's own figures.
func (v dayView) stats() []ui.Stat {
	m := mondayView{report: &report{asking: v.asking, Expected: v.Expected, Figures: v.Figures}}
	list := m.stats(v.Figures[0])
	list[0].Label, list[0].Path = "My target", "/targets/people/"+string(v.Person)
	if !v.own() {
		list[0].Label = "Target"
	}
	list[1].Path = dealsPath(v.Person, false, "outcome", "won", "from", string(v.Period.From), "to", string(v.Period.Until.AddDays(-1)))
	list[2].Path = "/forecasts"
	return list
}

func (v dayView) due() ui.Table {
	t := ui.Table{Caption: "Due and overdue", Columns: []ui.Column{{Label: "What"}, {Label: "By"}, {Label: "Deal"}, {Label: "To do"}},
		Empty: ui.EmptyState{Icon: "circle-check", Title: "Nothing is due", Sentence: v.nothingDue()}}
	for _, d := range v.Due {
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{ui.Text(d.What), ui.DueDate(d.On, v.Today),
			ui.TwoLines(ui.Link(d.ID.Path(), d.name()), isolate(d.Account)), deedLink(d.Do)}})
	}
	return t
}

func (v dayView) nothingDue() string {
	if !v.Steps {
		return "Plan the next step of a deal, with a day, and it comes back here when it is time."
	}
	return "Nothing is late, and nothing has to be done within a week. A good day to move a deal on."
}

// mostMovers is how many deals are shown; the list of deals has all.
const mostMovers = 10

func (v dayView) movers() ui.Table {
	t := ui.Table{Caption: "What would move the number", Columns: []ui.Column{{Label: "Deal"}, {Label: "Stage"}, {Label: "Closes"},
		{Label: "Amount", Numeric: true}, {Label: "Chance by " + v.Period.Until.AddDays(-1).Time().Format("2 Jan"), Numeric: true}, {Label: "What is missing"}},
		Empty: ui.EmptyState{Icon: "briefcase", Title: "No open deals", Sentence: "Every number begins with a first conversation. Open a deal as soon as there is one.",
			Action: ui.LinkButton{Label: "Open a deal", Path: "/deals/new", Icon: "plus", Kind: ui.Primary}}}
	if !v.own() {
		t.Empty = ui.EmptyState{Icon: "briefcase", Title: "No open deals", Sentence: isolate(v.Name) + " has no open deal at the moment."}
	}
	for i, m := range v.Movers {
		if i == mostMovers {
			break
		}
		chance, missing := ui.None(), ui.None()
		if m.Known {
			chance = ui.Odds{P: m.Won}
		}
		if len(m.Missing) > 0 {
			missing = ui.Text(upperFirst(m.lacks()))
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{ui.TwoLines(ui.Link(m.ID.Path(), m.name()), isolate(m.Account)),
			ui.Text(m.Stage), ui.Date(m.CloseDate), stake(m.deal), chance, missing}})
	}
	return t
}

func upperFirst(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// news is what others did to the person's deals.
func (v dayView) news() ui.Timeline {
	t := ui.Timeline{Place: v.Viewer.Organization.Place(), Today: v.Today}
	for _, e := range v.News {
		t.Events = append(t.Events, v.event(e))
	}
	return t
}

func (v dayView) event(e deals.Event) ui.Event {
	shown := ui.Event{At: e.RecordedAt, Icon: e.Icon, Tone: e.Tone, Actor: v.People.name(people.ID(e.Actor)), Sentence: e.Sentence,
		Path: "/deals/" + e.Opportunity, Detail: ui.Text(v.NewsOf[e.Opportunity])}
	return shown
}
