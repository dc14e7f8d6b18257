package calls

import (
	"net/url"
	"slices"
	"strings"

	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/money"
	"milepost/people"
)

// teamView is the page of a manager: what the people below called.
type teamView struct {
	question
	x     *visit
	sheet *sheet
	Who   string
	Head  line
	Rows  []line
	Gone  *line // those of the team then who are not the viewer's to see now, together
	Own   *line // the manager's own deals
	In    []money.Currency
	Chart ui.Chart
}

// team is the table of the people below; whoever leads nobody is led to their own call.
func (x *visit) team() error {
	if !x.v.SeesEveryDeal() && !x.v.Manages() {
		return web.Redirect(x.w, x.r, "/calls/mine", "")
	}
	q, err := x.asked(x.r.URL.Query())
	if err != nil {
		return err
	}
	if q.Of == "" {
		q.Of = x.top()
	}
	if q.Of == "" {
		return web.Page(x.w, x.r, ui.Frame{Title: "Calls"}, noTeam())
	}
	if _, known := x.roster.Of(q.Of); !known || !x.v.Sees(q.Of) {
		return errNotYours
	}
	view, err := x.teamView(q)
	if err != nil {
		return err
	}
	frame := ui.Frame{Title: "Calls", Lead: daysLeft(q.Period, q.At), Actions: teamActions(view), Crumbs: x.crumbs(q)}
	return web.Page(x.w, x.r, frame, teamPage(view))
}

// top is whose team a viewer looks at first: their own; operations begin with whoever
// leads most and reports to nobody.
func (x *visit) top() people.ID {
	if x.v.Manages() && !x.v.SeesEveryDeal() {
		return x.v.ID
	}
	heads, _ := x.roster.Top(x.now)
	if len(heads) == 0 {
		return ""
	}
	return slices.MaxFunc(heads, func(a, b people.Member) int {
		return len(x.roster.Reports(a.ID)) - len(x.roster.Reports(b.ID))
	}).ID
}

// crumbs are the way from the top of what the viewer sees down to a person.
func (x *visit) crumbs(q question) []ui.Crumb {
	var list []ui.Crumb
	m, _ := x.roster.Of(q.Of)
	for steps := 0; m.Manager != "" && x.v.Sees(m.Manager) && steps < deepest; steps++ {
		m, _ = x.roster.Of(m.Manager)
		list = append([]ui.Crumb{{Label: m.Name, Path: q.team(m.ID)}}, list...)
	}
	if len(list) > 0 {
		list = append(list, ui.Crumb{Label: x.roster.Name(q.Of)})
	}
	return list
}

func (x *visit) teamView(q question) (*teamView, error) {
	v := &teamView{question: q, x: x, Who: x.roster.Name(q.Of)}
	var err error
	if v.sheet, err = x.read(q.Period, q.At); err != nil {
		return nil, err
	}
	v.In = v.sheet.currencies(q.Of, Team, x.o.Currency)
	if x.r.URL.Query().Get("in") == "" {
		v.question.In = v.In[0]
	}
	v.Head = v.sheet.line(q.Of, Team, v.question.In)
	if own := v.sheet.line(q.Of, Own, v.question.In); !own.empty() {
		v.Own = &own
	}
	for _, id := range v.sheet.attained.Chart.Reports(q.Of) {
		l := v.sheet.line(id, v.sheet.scopeOf(id), v.question.In)
		m, _ := x.roster.Of(id)
		switch {
		case !x.v.Sees(id):
			v.leave(l)
		case !l.empty() || expectedToCall(m):
			v.Rows = append(v.Rows, l)
		}
	}
	slices.SortStableFunc(v.Rows, func(a, b line) int {
		return strings.Compare(people.Key(x.roster.Name(a.Person)), people.Key(x.roster.Name(b.Person)))
	})
	v.Head.Below.Missing = slices.DeleteFunc(v.Head.Below.Missing, func(id people.ID) bool { return !x.v.Sees(id) })
	v.Chart, err = x.picture(v.sheet, q.Of, Team, v.question.In)
	return v, err
}

// leave adds a line to those that are shown without a name: the team's past is the team's,
// theirs is not.
func (v *teamView) leave(l line) {
	if v.Gone == nil {
		v.Gone = &line{In: l.In}
	}
	v.Gone.Booked += l.Booked
	v.Gone.Due += l.Due
}

// filter is how the page is narrowed.
func (v *teamView) filter() ui.FilterBar {
	fields := []ui.FormField{{Name: "period", Label: "Period", Type: "select", Value: periodValue(v.Period), Options: v.x.periodOptions(v.Period)}}
	if len(v.In) > 1 || v.question.In != v.In[0] {
		fields = append(fields, v.x.currencyField(v.In, v.question.In))
	}
	fields = append(fields, ui.FormField{Name: "at", Label: "As called on", Type: "date", Value: string(v.At), Max: string(v.x.today())})
	export := ui.LinkButton{Label: "Export", Icon: "download", Kind: ui.Ghost, Path: "/calls.csv?" + v.values().Encode()}
	return ui.FilterBar{Action: "/calls", Fields: fields, Keep: map[string]string{"of": string(v.Of)}, Extra: export}
}

func (x *visit) currencyField(list []money.Currency, in money.Currency) ui.FormField {
	if !slices.Contains(list, in) {
		list = append(list, in)
	}
	options := make([]ui.Option, len(list))
	for i, c := range list {
		options[i] = ui.Option{Value: string(c), Label: string(c)}
	}
	return ui.FormField{Name: "in", Label: "Currency", Type: "select", Value: string(in), Options: options, Short: true}
}

// giving is the address of the form for what is looked at, if it is the viewer's to call.
func (v *teamView) giving() string {
	if v.Of != v.x.v.ID || !MayGive(v.x.v, Team) || v.Period.Until <= v.x.today() {
		return ""
	}
	return "/calls/mine?" + url.Values{"period": {periodValue(v.Period)}, "scope": {string(Team)}}.Encode()
}

// whose says whose call the first figure is.
func (v *teamView) whose() string {
	if v.Of == v.x.v.ID {
		return "My call"
	}
	return "Called by " + v.Who
}
