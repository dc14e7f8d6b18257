package deals

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ui"
	"milepost/people"
	"milepost/problem"
)

// shownInBulk is how many deals of a kind a page of a bulk change lists.
const shownInBulk = 100

// bulkView is what the pages of a bulk change show.
type bulkView struct {
	bulk
	Counts     []pickedCount
	Lists      map[string][]picked // by state, the first of each
	Deals      map[ID]Opportunity
	Names      map[people.ID]string
	Now        Now
	Viewer     *people.Viewer
	Successors []ui.Option
	Stages     []string
	Led        int64 // how many follow a sales process, which their stage comes from
	Again      bool  // something else is to be chosen
	Typed      url.Values
	Refusal    error
}

func (p *pages) bulkView(r *http.Request) (bulkView, error) {
	ctx, v := r.Context(), people.ViewerFrom(r.Context())
	d, view := p.DB.For(v.Org), bulkView{Now: p.now(v), Viewer: v, Lists: map[string][]picked{}}
	id := r.PathValue("id")
	var err error
	if view.bulk, err = bulkOf(ctx, d, v.ID, id); problem.Is(err, problem.KindNotFound) || !isID(id) {
		return view, problem.NotFound("There is no such change, or it is not yours. One that was never started is dropped when another begins.")
	} else if err != nil {
		return view, err
	}
	if view.Counts, err = pickedCounts(ctx, d, id); err != nil {
		return view, fmt.Errorf("counting the deals of a bulk change: %w", err)
	}
	if view.State == bulkRunning || view.State == bulkUndoing {
		return view, nil // how far it is says enough
	}
	var ids, owners []ID
	for _, state := range []string{dealChosen, dealReady, dealRefused, dealChanged, dealRestored, dealKept} {
		if view.Lists[state], err = pickedIn(ctx, d, id, state, shownInBulk); err != nil {
			return view, fmt.Errorf("listing the deals of a bulk change: %w", err)
		}
		for _, one := range view.Lists[state] {
			ids, owners = append(ids, one.Deal), append(owners, ID(one.Before), ID(one.After))
		}
	}
	return view, view.readNames(r, d, ids, owners)
}

func (v *bulkView) readNames(r *http.Request, d *db.DB, ids, owners []ID) (err error) {
	if v.Deals, err = several(r.Context(), d, ids); err != nil || v.What != bulkOwner {
		return err
	}
	wanted := make([]people.ID, len(owners)+1)
	for i, id := range owners {
		wanted[i] = people.ID(id)
	}
	wanted[len(owners)] = people.ID(v.Value)
	slices.Sort(wanted)
	v.Names, err = namesOf(r.Context(), d, d.Org(), slices.Compact(wanted))
	return err
}

// in counts the deals in some states.
func (v bulkView) in(states ...string) (n int64) {
	for _, c := range v.Counts {
		if slices.Contains(states, c.State) {
			n += c.Deals
		}
	}
	return n
}

func (v bulkView) all() int64 {
	return v.in(dealChosen, dealReady, dealRefused, dealChanged, dealRestored, dealKept)
}

// asks tells whether the page asks what shall change.
func (v bulkView) asks() bool { return v.State == bulkChosen || v.State == bulkPlanned && v.Again }

func (v bulkView) title() string {
	switch {
	case v.asks():
		return "Change " + count(v.all(), "deal")
	case v.State == bulkPlanned:
		return "Preview"
	case v.State == bulkRunning:
		return "Changing deals"
	case v.State == bulkUndoing:
		return "Undoing the change"
	case v.State == bulkUndone:
		return "Undone"
	}
	return "Changed"
}

func (v bulkView) lead() string {
	switch {
	case v.asks():
		return "Choose one thing. You see a preview before anything happens."
	case v.State == bulkPlanned:
		return v.does() + ". Nothing has happened yet."
	case v.State == bulkUndone:
		return upperFirst(count(v.in(dealRestored), "deal")) + " back as before."
	case v.State == bulkDone:
		return upperFirst(count(v.in(dealChanged), "deal")) + " changed: " + v.does() + "."
	}
	return v.does() + "."
}

// does says what the change is.
func (v bulkView) does() string {
	switch v.What {
	case bulkOwner:
		if name := v.Names[people.ID(v.Value)]; name != "" {
			return "Owner becomes " + name
		}
		return "The owner changes"
	case bulkStage:
		return "Stage becomes “" + v.Value + "”"
	case bulkClose:
		return "Expected close becomes " + calendar.Date(v.Value).Short()
	}
	return "Expected close moves by " + v.Value + " days"
}

func (v bulkView) value(text string) templ.Component {
	switch {
	case v.What == bulkOwner:
		text = v.Names[people.ID(text)]
	case v.What != bulkStage && text != "":
		return ui.Date(calendar.Date(text))
	}
	return orNoneText(text)
}

// table lists deals of a state, with what changes or with why not.
func (v bulkView) table(caption string, reasons bool, states ...string) ui.Table {
	t := ui.Table{Caption: caption, Columns: []ui.Column{{Label: "Deal"}, {Label: "Now"}, {Label: "Then"}}}
	if v.State != bulkPlanned {
		t.Columns[1].Label, t.Columns[2].Label = "Before", "After"
	}
	if reasons {
		t.Columns = []ui.Column{{Label: "Deal"}, {Label: "Why not"}}
	}
	for _, state := range states {
		for _, p := range v.Lists[state] {
			cells := []templ.Component{v.dealName(p.Deal), v.value(p.Before), v.value(p.After)}
			if reasons {
				cells = []templ.Component{v.dealName(p.Deal), ui.Text(p.Reason)}
			}
			t.Rows = append(t.Rows, ui.Row{Cells: cells})
		}
	}
	if n := v.in(states...); n > int64(len(t.Rows)) {
		t.Pages = ui.Pages{Count: fmt.Sprintf("The first %d of %s", len(t.Rows), figure(n))}
	}
	return t
}

// dealName leads to the deal, while it is the viewer's to see.
func (v bulkView) dealName(id ID) templ.Component {
	o := v.Deals[id]
	name := o.Title
	if name == "" {
		name = untitled
	}
	if !v.Viewer.Sees(o.Owner) {
		return ui.Text(name)
	}
	return ui.Link("/deals/"+string(id), name)
}

func (v bulkView) wrong(what string) string {
	if v.Typed.Get("what") != what || v.Refusal == nil {
		return ""
	}
	found, _ := problem.Of(v.Refusal)
	return found.Sentence
}

func (v bulkView) typed(what string) string {
	if v.Typed.Get("what") == what {
		return clip(v.Typed.Get("value"))
	}
	return ""
}

func (v bulkView) stageOptions() []ui.Option {
	options := []ui.Option{{Label: "Choose …"}}
	for _, s := range v.Stages {
		options = append(options, ui.Option{Value: s, Label: s})
	}
	return options
}

func (v bulkView) progress() ui.Progress {
	done, all, label := v.in(dealChanged), v.in(dealReady, dealChanged), "Changing deals"
	if v.State == bulkUndoing {
		done, all, label = v.in(dealRestored, dealKept), v.in(dealChanged, dealRestored, dealKept), "Bringing deals back"
	}
	return ui.Progress{Label: label, Value: float64(done), Max: float64(all), Note: fmt.Sprintf("%s of %s", figure(done), figure(all))}
}

// rests tells whether nothing went on for a while: its window was closed.
func (v bulkView) rests() bool { return v.Now.At.Sub(v.TouchedAt) >= bulkResting }

func choosePast(state string) string {
	if state == bulkUndone {
		return "Back as before"
	}
	return "Changed"
}

// picks tells whether deals of the list can be changed together: only open ones can.
func (v listView) picks() bool {
	return len(v.Page.Deals) > 0 && (v.Filter.Outcome == "" || v.Filter.Outcome == Everything)
}

// selection stands over the list: what is ticked, and what can be done with it.
func (v listView) selection() ui.Selection {
	s := ui.Selection{Label: "Selected deals", Action: "/bulk-changes", Filter: v.Filter.Query().Encode()}
	if v.Sum.Deals > int64(len(v.Page.Deals)) {
		s.All = "Change all " + figure(v.Sum.Deals) + " …"
	}
	return s
}

// picked is how many deals were selected.
func (v bulkView) picked() int64 {
	all := int64(0)
	for _, c := range v.Counts {
		all += c.Deals
	}
	return all
}

// ledHint says what becomes of deals whose stage nobody moves by hand.
func (v bulkView) ledHint() string {
	switch v.Led {
	case 0:
		return ""
	case v.picked():
		return "All of these follow a sales process: their stage comes from their milestones. Give evidence on each deal's page, and it moves by itself."
	}
	return upperFirst(count(v.Led, "deal")) + " of these will stay: their stage comes from the milestones of a sales process."
}
