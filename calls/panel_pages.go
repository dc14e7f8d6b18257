package calls

import (
	"net/http"
	"strings"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/money"
	"milepost/people"
	"milepost/problem"
)

// panelView is a deal's category on the deal's page.
type panelView struct {
	Deal    deals.Opportunity
	May     bool
	Problem error
	Said    bool // something was just recorded: the history below is to tell of it
}

var errNotTheirs = problem.Forbidden("What a deal is called is for its owner to say, and for those who lead them.")

// mayCategorize tells whether a viewer says what a deal is called: whoever gives calls
// that count it.
func mayCategorize(v *people.Viewer, owner people.ID) bool {
	return v.Has(people.Rep, people.Manager) && (owner == v.ID || v.IsAbove(owner))
}

// dealPanel is the part of a deal's page that says what the deal is called. A deal that
// has ended has none.
func (x *visit) dealPanel() error {
	o, err := deals.FindFor(x.ctx, x.d, x.v, deals.ID(x.r.PathValue("id")))
	if err != nil {
		return err
	}
	return x.showPanel(&panelView{Deal: o})
}

func (x *visit) showPanel(v *panelView) error {
	v.May = mayCategorize(x.v, v.Deal.Owner)
	if web.WantsPart(x.r) {
		if !v.Deal.IsOpen() && v.Problem == nil {
			return web.Fragment(x.w, x.r, ui.Text(""))
		}
		return web.FragmentWithStatus(x.w, x.r, web.FormStatus(v.Problem), categoryPanel(v))
	}
	frame := ui.Frame{Title: "What this deal is called", Crumbs: []ui.Crumb{{Label: "Deals", Path: "/deals"}, {Label: orUntitled(v.Deal.Title), Path: "/deals/" + string(v.Deal.ID)}}}
	return web.PageWithStatus(x.w, x.r, web.FormStatus(v.Problem), frame, categoryPanel(v))
}

// categorize records what a deal is called.
func (x *visit) categorize() error {
	if err := web.ReadForm(x.w, x.r, largestForm); err != nil {
		return err
	}
	id := deals.ID(x.r.PathValue("id"))
	v := &panelView{}
	var err error
	if v.Deal, err = deals.FindFor(x.ctx, x.d, x.v, id); err != nil {
		return err
	}
	if !mayCategorize(x.v, v.Deal.Owner) {
		return errNotTheirs
	}
	before := v.Deal.Version
	err = ledger.Record(x.ctx, x.d, people.ByViewer(x.v, x.now), func(w *ledger.Writer) error {
		o, err := deals.Edit(x.ctx, w, x.v, id, 0, func(o *deals.Opportunity) ([]deals.Change, error) {
			if seen := x.r.PostForm.Get("seen"); seen != string(o.Category) && x.r.PostForm.Has("seen") {
				return nil, problem.Conflict("category", "Someone called this deal “%s” meanwhile. Choose again to let yours stand.", o.Category.Label())
			}
			return deals.Categorize(o, deals.Category(x.r.PostForm.Get("category")))
		})
		if err == nil {
			v.Deal = o
		}
		return err
	})
	switch {
	case err != nil && !web.InForm(err):
		return err
	case err == nil && !web.WantsPart(x.r):
		return web.Redirect(x.w, x.r, "/deals/"+string(id), "Called “"+v.Deal.Category.Label()+"”.")
	case err != nil:
		v.Problem = err
		if v.Deal, err = deals.FindFor(x.ctx, x.d, x.v, id); err != nil {
			return err
		}
	}
	v.Said = v.Deal.Version != before && v.Problem == nil
	return x.showPanel(v)
}

// dayView is how one's own call stands, on the page that a day begins with.
type dayView struct {
	x     *visit
	sheet *sheet
	Lines []line
	Scope Scope
}

// dayPanel is that part. Whoever gives no calls has none.
func (x *visit) dayPanel() error {
	scope := Own
	if MayGive(x.v, Team) {
		scope = Team
	}
	if !MayGive(x.v, scope) {
		return web.Fragment(x.w, x.r, ui.Text(""))
	}
	v := &dayView{x: x, Scope: scope}
	var err error
	if v.sheet, err = x.read(x.o.Fiscal().Quarter(x.today()), x.today()); err != nil {
		return err
	}
	for _, in := range v.sheet.currencies(x.v.ID, scope, x.o.Currency) {
		v.Lines = append(v.Lines, v.sheet.line(x.v.ID, scope, in))
	}
	if web.WantsPart(x.r) {
		return web.Fragment(x.w, x.r, dayPart(v))
	}
	return web.PageWithStatus(x.w, x.r, http.StatusOK, ui.Frame{Title: "My call"}, dayPart(v))
}

// fresh tells whether a call was given since the last Monday.
func (v *dayView) fresh(l line) bool { return l.Call != nil && l.Call.EffectiveAt >= v.sheet.monday }

// dayValue is a call in a word.
func (l line) dayValue() string {
	if l.Call == nil {
		return "Not called yet"
	}
	return l.Call.CommitAmount().String()
}

// beside says what stands beside a call.
func (v *dayView) beside(l line) string {
	parts := []string{"in " + string(l.In)}
	if l.Call != nil {
		given := calendar.DateOf(l.Call.EffectiveAt, v.x.o.Place()).Time().Format("Monday 2 January")
		parts = []string{"best case " + l.Call.BestAmount().String(), "given on " + given}
	}
	parts = append(parts, "booked "+l.amount(l.Booked).String())
	if l.Below.Any {
		parts = append(parts, "their calls together "+l.amount(l.Below.Commit).String())
	}
	return strings.Join(parts, "; ")
}

func amountText(minor int64, in money.Currency) string {
	return money.Amount{Minor: minor, Currency: in}.String()
}
