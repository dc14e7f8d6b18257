package deals

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/money"
	"milepost/people"
	"milepost/problem"
)

// leavingView is a person who is about to leave, and what they leave behind.
type leavingView struct {
	Person  people.Person
	Deals   []Listed
	Totals  money.Totals
	Heirs   []ui.Option // everyone who may take deals over, the nearest first
	Near    []ui.Option // those near in the reporting line, for single deals
	Typed   url.Values
	Refusal error
	Now     Now
	Named   bool // the one who asks may see the deals, not only how many there are
}

func (p *pages) leaving(w http.ResponseWriter, r *http.Request) error {
	view, err := p.leavingView(r)
	if err != nil {
		return err
	}
	return web.Page(w, r, view.frame(), leavingPage(view))
}

func (v leavingView) frame() ui.Frame {
	return ui.Frame{Title: v.Person.Name + " is leaving", Crumbs: []ui.Crumb{{Label: "People", Path: "/people"}}}
}

// leavingView reads the person, the open deals, and who could take them over. It is
// for administrators: one who does not see the person's deals otherwise learns how
// many there are and what they are worth together, and hands them over as a whole.
func (p *pages) leavingView(r *http.Request) (leavingView, error) {
	ctx, v := r.Context(), people.ViewerFrom(r.Context())
	d, view := p.DB.For(v.Org), leavingView{Now: p.now(v), Typed: url.Values{}, Totals: money.Totals{}}
	var err error
	view.Person, err = people.PersonOf(ctx, d, v.Org, people.ID(r.PathValue("id")))
	if problem.Is(err, problem.KindNotFound) {
		return view, problem.NotFound("There is no such person.")
	}
	if err == nil && !view.Person.Active() {
		err = problem.Conflict("", "%s has left already.", view.Person.Name)
	}
	if err != nil {
		return view, err
	}
	view.Named = v.Sees(view.Person.ID)
	if view.Deals, err = openDealsListed(ctx, d, v.Org, view.Person.ID); err != nil {
		return view, fmt.Errorf("listing open deals: %w", err)
	}
	for i := range view.Deals {
		if a := view.Deals[i].Amount(); a != nil {
			view.Totals.Add(*a)
		}
	}
	return view, p.heirs(ctx, v, &view)
}

// heirs lists who could take the deals over: the manager, the colleagues and the
// reports of the one who leaves come first.
func (p *pages) heirs(ctx context.Context, v *people.Viewer, view *leavingView) error {
	d := p.DB.For(v.Org)
	list, err := sellers(ctx, d, v.Org)
	if err != nil {
		return fmt.Errorf("listing who can own a deal: %w", err)
	}
	chart, err := people.ChartAsOf(ctx, d, v.Org, view.Now.At)
	if err != nil {
		return fmt.Errorf("reading the reporting line: %w", err)
	}
	manager := chart.Manager(view.Person.ID)
	near := slices.Concat([]people.ID{manager}, chart.Reports(view.Person.ID))
	if manager != "" {
		near = append(near, chart.Reports(manager)...)
	}
	var far []ui.Option
	for _, s := range list {
		switch option := (ui.Option{Value: string(s.ID), Label: s.Name}); {
		case s.ID == view.Person.ID:
		case slices.Contains(near, s.ID):
			option.Group = "Near in the reporting line"
			view.Near = append(view.Near, option)
		default:
			option.Group = "Everyone else"
			far = append(far, option)
		}
	}
	view.Heirs = slices.Concat([]ui.Option{{Label: "Choose …"}}, view.Near, far)
	return nil
}

// leave takes in who takes over what.
func (p *pages) leave(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(w, r, largestForm); err != nil {
		return err
	}
	ctx, v := r.Context(), people.ViewerFrom(r.Context())
	view, err := p.leavingView(r)
	if err != nil {
		return err
	}
	choice := map[ID]people.ID{}
	for _, l := range view.Deals {
		if !view.Named {
			break
		}
		choice[l.ID] = people.ID(r.PostForm.Get("to-" + string(l.ID)))
	}
	handed := 0
	err = ledger.Record(ctx, p.DB.For(v.Org), by(v, view.Now), func(w *ledger.Writer) (err error) {
		handed, err = LetGo(ctx, w, view.Person.ID, people.ID(r.PostForm.Get("successor")), choice, people.Leave)
		return err
	})
	if problem.Is(err, problem.KindInvalid) || problem.Is(err, problem.KindConflict) {
		view.Typed, view.Refusal = r.PostForm, err
		return web.PageWithStatus(w, r, http.StatusUnprocessableEntity, view.frame(), leavingPage(view))
	}
	if err != nil {
		return fmt.Errorf("letting %s go: %w", view.Person.ID, err)
	}
	notice := view.Person.Name + " has left."
	if handed > 0 {
		notice = fmt.Sprintf("%s has left. %s handed over.", view.Person.Name, upperFirst(count(int64(handed), "deal")))
	}
	return web.Redirect(w, r, "/people", notice)
}

func (v leavingView) table() ui.Table {
	t := ui.Table{Caption: "Open deals", Columns: []ui.Column{{Label: "Deal"}, {Label: "Stage"}, {Label: "Expected close"},
		{Label: "Amount", Numeric: true}, {Label: "To someone else"}}}
	for i := range v.Deals {
		l := &v.Deals[i]
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{ui.TwoLines(ui.Text(l.name()), l.AccountName), orNoneText(l.Stage),
			ui.DueDate(l.CloseDate, v.Now.Today()), amountCell(l), v.exception(l)}})
	}
	return t
}

// exception lets one deal go to another successor.
func (v leavingView) exception(l *Listed) templ.Component {
	name := "to-" + string(l.ID)
	return heirSelect(name, "Who takes over "+l.name(), v.Near, v.Typed.Get(name))
}
