package calls

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"milepost/calendar"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/money"
	"milepost/people"
	"milepost/problem"
)

// caller is one person on the page of who was right.
type caller struct {
	Person people.ID
	Scope  Scope
	Past   []Past
	Standing
	Now *Correction // the call that stands for the period that runs, without its bias
}

// rightView is the page of who was right.
type rightView struct {
	x      *visit
	Months bool
	In     money.Currency
	All    []money.Currency
	Lead   int
	Period calendar.Period // the one that runs
	List   []caller
	Counts bool // what was won is still being counted
}

// right shows who was right: whose calls, so many days before the end, came how near to
// what was won.
func (x *visit) right() error {
	form := x.r.URL.Query()
	q, err := x.asked(form)
	if err != nil {
		return err
	}
	v := &rightView{x: x, Months: form.Get("kind") == "month", In: q.In, Lead: 30, Period: x.o.Fiscal().Quarter(x.today())}
	if v.Months {
		v.Period, v.Lead = x.o.Fiscal().Month(x.today()), 7
	}
	if text := form.Get("lead"); text != "" {
		lead, err := strconv.Atoi(text)
		if err != nil || !slices.Contains(Leads, lead) {
			return problem.Invalid("lead", "Calls are compared 90, 60, 30 and 7 days before the end, and at the last.")
		}
		v.Lead = lead
	}
	if v.All, err = currenciesCalled(x.ctx, x.d); err != nil {
		return err
	}
	if form.Get("in") == "" && len(v.All) > 0 && !slices.Contains(v.All, v.In) {
		v.In = v.All[0]
	}
	if err := v.read(); errors.Is(err, ErrCounting) {
		v.Counts = true
	} else if err != nil {
		return err
	}
	frame := ui.Frame{Title: "Who was right", Lead: "What was called against what was won, in periods that have ended.", Crumbs: []ui.Crumb{{Label: "Calls", Path: "/calls"}}}
	return web.Page(x.w, x.r, frame, rightPage(v))
}

func (v *rightView) read() error {
	x := v.x
	pasts, err := Pasts(x.ctx, x.d, x.o, v.Period, v.In, Leads, x.now+1)
	if err != nil {
		return err
	}
	corrected, err := Corrected(x.ctx, x.d, x.o, v.Period, v.In, x.now+1)
	if err != nil {
		return err
	}
	for _, p := range pasts {
		if !x.v.Sees(p.Person) {
			continue
		}
		at := slices.IndexFunc(v.List, func(c caller) bool { return c.Person == p.Person && c.Scope == p.Scope })
		if at < 0 {
			at = len(v.List)
			v.List = append(v.List, caller{Person: p.Person, Scope: p.Scope})
		}
		v.List[at].Past = append(v.List[at].Past, p)
	}
	for i := range v.List {
		c := &v.List[i]
		c.Standing = StandingOf(c.Past, v.Lead)
		if now, is := corrected[KeyOf(c.Person, c.Scope, v.Period, v.In)]; is {
			c.Now = &now
		}
	}
	slices.SortStableFunc(v.List, func(a, b caller) int {
		return cmp.Or(cmp.Compare(b.Scope, a.Scope), cmp.Compare(v.name(a), v.name(b)))
	})
	return nil
}

// name is whose call it was.
func (v *rightView) name(c caller) string {
	if c.Scope == Team {
		return v.x.roster.Name(c.Person) + ", team"
	}
	return v.x.roster.Name(c.Person)
}

func (v *rightView) filter() ui.FilterBar {
	leads := make([]ui.Option, len(Leads))
	for i, lead := range Leads {
		leads[i] = ui.Option{Value: strconv.Itoa(lead), Label: upperFirst(leadText(lead))}
	}
	kind := "quarter"
	if v.Months {
		kind = "month"
	}
	fields := []ui.FormField{
		{Name: "kind", Label: "Calls for", Type: "select", Value: kind, Options: []ui.Option{{Value: "quarter", Label: "Quarters"}, {Value: "month", Label: "Months"}}},
		{Name: "lead", Label: "As called", Type: "select", Value: strconv.Itoa(v.Lead), Options: leads}}
	if len(v.All) > 1 {
		fields = append(fields, v.x.currencyField(v.All, v.In))
	}
	return ui.FilterBar{Action: "/calls/right", Fields: fields}
}

func (v *rightView) table() ui.Table {
	t := ui.Table{Caption: "Who was right", Columns: []ui.Column{{Label: "Whose call"}, {Label: "Periods", Numeric: true}, {Label: "On average"}, {Label: "Off by", Numeric: true},
		{Label: "Within a tenth", Numeric: true}, {Label: "Calls " + v.Period.Name, Numeric: true}, {Label: "Without the bias", Numeric: true}}}
	for _, c := range v.List {
		q := question{Of: c.Person, Period: v.Period, In: v.In, At: v.x.today()}
		cells := []templ.Component{ui.Link(q.person(c.Person, c.Scope), v.name(c)), ui.Text(strconv.Itoa(c.Periods)),
			ui.Interval{TooFew: true, Cases: c.Periods}, ui.None(), ui.None(), ui.None(), ui.None()}
		if !c.TooFew() {
			cells[2], cells[3] = ui.Text(biasText(c.Standing)), ui.Text(offText(c.Standing))
			cells[4] = ui.Text(fmt.Sprintf("%d of %d", c.Close, c.Periods))
		}
		if c.Now != nil {
			cells[5], cells[6] = figure(bare(c.Now.CommitAmount())), figure(bare(money.Amount{Minor: c.Now.Final, Currency: v.In}))
		}
		t.Rows = append(t.Rows, ui.Row{Cells: cells})
	}
	return t
}
