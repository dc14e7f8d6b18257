package calls

import (
	"errors"
	"fmt"
	"slices"

	"github.com/a-h/templ"

	"milepost/deals"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/money"
	"milepost/people"
)

// personView is what one person called, from every side.
type personView struct {
	question
	x         *visit
	sheet     *sheet
	Person    people.Member
	Line      line
	In        []money.Currency
	Chart     ui.Chart
	Deals     []dueDeal
	Pasts     []Past
	Corrected *Correction
}

// person shows the calls of one person: how they moved, the deals behind them, and how
// right those for earlier periods were.
func (x *visit) person() error {
	q, err := x.asked(x.r.URL.Query())
	if err != nil {
		return err
	}
	q.Of = people.ID(x.r.PathValue("id"))
	v := &personView{question: q, x: x}
	var known bool
	if v.Person, known = x.roster.Of(q.Of); !known || !x.v.Sees(q.Of) {
		return errNotYours
	}
	if err := v.read(); err != nil {
		return err
	}
	title := v.Person.Name
	if v.Scope == Team {
		title = "The team of " + v.Person.Name
	}
	frame := ui.Frame{Title: title, Lead: daysLeft(q.Period, q.At), Crumbs: append([]ui.Crumb{{Label: "Calls", Path: "/calls"}}, x.crumbs(q)...)}
	return web.Page(x.w, x.r, frame, personPage(v))
}

func (v *personView) read() (err error) {
	x := v.x
	if v.sheet, err = x.read(v.Period, v.At); err != nil {
		return err
	}
	if v.Scope != Own && v.Scope != Team {
		v.Scope = v.sheet.scopeOf(v.Of)
	}
	v.In = v.sheet.currencies(v.Of, v.Scope, x.o.Currency)
	if x.r.URL.Query().Get("in") == "" {
		v.question.In = v.In[0]
	}
	v.Line = v.sheet.line(v.Of, v.Scope, v.question.In)
	if v.Chart, err = x.picture(v.sheet, v.Of, v.Scope, v.question.In); err != nil {
		return err
	}
	if v.sheet.due != nil {
		covered := slices.DeleteFunc(v.sheet.covers(v.Of, v.Scope), func(id people.ID) bool { return !x.v.Sees(id) })
		if v.Deals, err = dueDeals(x.ctx, x.d, v.Period, v.question.In, covered); err != nil {
			return fmt.Errorf("reading the deals that are due: %w", err)
		}
	}
	return v.readPast()
}

// readPast reads how right the person's calls were, and what the call comes to without
// its bias.
func (v *personView) readPast() error {
	x := v.x
	pasts, err := Pasts(x.ctx, x.d, x.o, v.Period, v.question.In, Leads, v.sheet.asOf)
	if errors.Is(err, ErrCounting) {
		return nil // the page says so
	}
	if err != nil {
		return err
	}
	v.Pasts = slices.DeleteFunc(pasts, func(p Past) bool { return p.Person != v.Of || p.Scope != v.Scope })
	if v.Line.Call == nil || v.Period.Until <= v.At {
		return nil
	}
	corrected, err := Corrected(x.ctx, x.d, x.o, v.Period, v.question.In, v.sheet.asOf)
	if c, is := corrected[v.Line.Call.Key]; is && c.Ratio.Periods > 0 {
		v.Corrected = &c
	}
	return err
}

func (v *personView) filter() ui.FilterBar {
	fields := []ui.FormField{{Name: "period", Label: "Period", Type: "select", Value: periodValue(v.Period), Options: v.x.periodOptions(v.Period)}}
	if len(v.In) > 1 || v.question.In != v.In[0] {
		fields = append(fields, v.x.currencyField(v.In, v.question.In))
	}
	if v.sheet.scopeOf(v.Of) == Team {
		fields = append(fields, ui.FormField{Name: "scope", Label: "Of", Type: "select", Value: string(v.Scope),
			Options: []ui.Option{{Value: string(Team), Label: "the team"}, {Value: string(Own), Label: "own deals"}}})
	}
	fields = append(fields, ui.FormField{Name: "at", Label: "As called on", Type: "date", Value: string(v.At), Max: string(v.x.today())})
	return ui.FilterBar{Action: "/calls/people/" + string(v.Of), Fields: fields}
}

// categories lists what the open deals are called, with their sums.
func (v *personView) categories() []ui.Stat {
	var list []ui.Stat
	for _, c := range append(slices.Clone(deals.Categories), "") {
		n, label := int64(0), c.Label()
		for _, d := range v.Deals {
			if d.Category == c {
				n++
			}
		}
		if n == 0 {
			continue
		}
		if c == "" {
			label = "Not called"
		}
		list = append(list, ui.Stat{Label: label, Value: v.Line.amount(v.Line.ByCall[c]).String(), Caption: count(n, "deal")})
	}
	return list
}

// table lists the open deals that are due, by what they are called.
func (v *personView) table() ui.Table {
	t := ui.Table{Caption: "Open deals due in " + v.Period.Name, Columns: []ui.Column{{Label: "Deal"}, {Label: "Called"}, {Label: "Owner"}, {Label: "Stage"}, {Label: "Expected close"}, {Label: "Amount", Numeric: true}}}
	for _, c := range append(slices.Clone(deals.Categories), "") {
		for _, d := range v.Deals {
			if d.Category != c {
				continue
			}
			called := ui.None()
			if c != "" {
				called = ui.Text(c.Label())
			}
			t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{
				ui.TwoLines(ui.Link("/deals/"+string(d.ID), orUntitled(d.Title)), d.Account), called,
				ui.Text(v.x.roster.Name(d.Owner)), ui.Text(d.Stage), ui.Date(d.Close), ui.Money(v.Line.amount(d.Minor))}})
		}
	}
	return t
}

func orUntitled(title string) string {
	if title == "" {
		return "Untitled deal"
	}
	return title
}

// pastTable lists earlier periods: what was called when, and what came.
func (v *personView) pastTable() ui.Table {
	t := ui.Table{Caption: "Earlier periods", Columns: []ui.Column{{Label: "Period"}}}
	for _, lead := range Leads {
		t.Columns = append(t.Columns, ui.Column{Label: upperFirst(leadText(lead)), Numeric: true})
	}
	t.Columns = append(t.Columns, ui.Column{Label: "Won", Numeric: true}, ui.Column{Label: "The last call was", Numeric: true})
	for _, p := range v.Pasts {
		cells := []templ.Component{ui.Text(p.Name)}
		for _, lead := range Leads {
			c, is := p.Called[lead]
			cells = append(cells, figureOr(is, c.CommitAmount()))
		}
		t.Rows = append(t.Rows, ui.Row{Cells: append(cells, figure(bare(v.Line.amount(p.Won))), ui.Text(biasText(StandingOf([]Past{p}, 0))))})
	}
	return t
}
