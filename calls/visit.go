package calls

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/slice"
	"milepost/internal/ui"
	"milepost/money"
	"milepost/people"
	"milepost/problem"
)

// pages answers requests.
type pages struct{ slice.Program }

// visit is one request: who asks, of which organization, when.
type visit struct {
	ctx    context.Context
	w      http.ResponseWriter
	r      *http.Request
	v      *people.Viewer
	d      *db.DB // confined to the viewer's organization
	o      people.Organization
	now    calendar.Instant
	roster *people.Roster // as the line stands now
}

func (p *pages) on(handle func(*visit) error) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		v := people.ViewerFrom(r.Context())
		x := &visit{ctx: r.Context(), w: w, r: r, v: v, d: p.DB.For(v.Org), o: v.Organization, now: p.Clock()}
		var err error
		if x.roster, err = people.RosterAsOf(x.ctx, x.d, v.Org, x.now); err != nil {
			return fmt.Errorf("reading people: %w", err)
		}
		return handle(x)
	}
}

func (x *visit) today() calendar.Date { return calendar.DateOf(x.now, x.o.Place()) }

// question is what a page is asked: whose calls, of which period, in which currency, as
// known at the end of which day.
type question struct {
	Of     people.ID
	Scope  Scope // empty: whatever the person has
	Period calendar.Period
	In     money.Currency
	At     calendar.Date
}

func (q question) values() url.Values {
	return url.Values{"of": {string(q.Of)}, "period": {periodValue(q.Period)}, "in": {string(q.In)}, "at": {string(q.At)}}
}

// team is the address of the table of a team.
func (q question) team(of people.ID) string {
	q.Of = of
	return "/calls?" + q.values().Encode()
}

// person is the address of one person's calls.
func (q question) person(of people.ID, scope Scope) string {
	values := q.values()
	values.Del("of")
	values.Set("scope", string(scope))
	return "/calls/people/" + string(of) + "?" + values.Encode()
}

// asked reads what is asked; what is not said is this quarter, the organization's
// currency, today.
func (x *visit) asked(form url.Values) (question, error) {
	q := question{Of: people.ID(form.Get("of")), Scope: Scope(form.Get("scope")), Period: x.o.Fiscal().Quarter(x.today()), In: x.o.Currency, At: x.today()}
	var err error
	if text := form.Get("period"); text != "" {
		if q.Period, err = periodNamed(x.o.Fiscal(), text); err != nil {
			return q, err
		}
	}
	if text := form.Get("in"); text != "" {
		if q.In, err = money.ParseCurrency(text); err != nil {
			return q, problem.Invalid("in", "“%s” is not a currency like EUR.", clip(text))
		}
	}
	if text := form.Get("at"); text != "" {
		at, err := calendar.ParseDate(text)
		if err != nil {
			return q, problem.Invalid("at", "“%s” is not a day in the calendar; write it like 2026-01-31.", clip(text))
		}
		q.At = min(at, x.today())
	}
	return q, nil
}

// asOf is the instant up to which a day knows: its last moment, and today this one.
func (x *visit) asOf(day calendar.Date) calendar.Instant {
	if day >= x.today() {
		return x.now + 1 // what was given this very millisecond counts
	}
	return day.AddDays(1).Midnight(x.o.Place())
}

// periodValue names a period in addresses: m or q, and the first day.
func periodValue(p calendar.Period) string {
	if isMonth(p) {
		return "m" + string(p.From)
	}
	return "q" + string(p.From)
}

func periodNamed(fiscal calendar.Fiscal, text string) (calendar.Period, error) {
	wrong := problem.Invalid("period", "“%s” is not a period.", clip(text))
	if len(text) != 11 {
		return calendar.Period{}, wrong
	}
	day, err := calendar.ParseDate(text[1:])
	if err != nil {
		return calendar.Period{}, wrong
	}
	switch text[0] {
	case 'm':
		return fiscal.Month(day), nil
	case 'q':
		return fiscal.Quarter(day), nil
	}
	return calendar.Period{}, wrong
}

// periodOptions are the quarters and months that one may turn to: the one asked about, the
// next one, this one, and those of the last year.
func (x *visit) periodOptions(asked calendar.Period) []ui.Option {
	var list []ui.Option
	for _, of := range []struct {
		group string
		named func(calendar.Date) calendar.Period
		back  int
	}{{"Quarters", x.o.Fiscal().Quarter, 6}, {"Months", x.o.Fiscal().Month, 13}} {
		p := of.named(of.named(x.today()).Until)
		for range of.back {
			list = append(list, ui.Option{Value: periodValue(p), Label: p.Name, Group: of.group})
			p = of.named(p.From.AddDays(-1))
		}
	}
	if value := periodValue(asked); !slices.ContainsFunc(list, func(o ui.Option) bool { return o.Value == value }) {
		list = append(list, ui.Option{Value: value, Label: asked.Name, Group: "Earlier"})
	}
	return list
}

func clip(text string) string {
	if runes := []rune(text); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return text
}
