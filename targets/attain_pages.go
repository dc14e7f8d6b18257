package targets

import (
	"fmt"
	"net/http"
	"net/url"

	"milepost/calendar"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
	"milepost/problem"
)

// attainView is a period's attainment, for one team or for the whole organization.
type attainView struct {
	Tabs     []ui.NavItem
	Period   calendar.Period
	Chosen   string // the period's value in the choice
	Periods  []ui.Option
	Teams    []ui.Option
	Of       people.ID
	At       calendar.Date // until the end of this day
	Today    calendar.Date
	Who      string
	Figures  Figures
	Rows     []attainRow
	DaysGone string
	Behind   int64 // entries of an import that are still to be counted
}

// attainRow is one line down the reporting line.
type attainRow struct {
	Name, Note, Path string
	Figures          Figures
}

// attainment shows won against quota down the reporting line.
func (p *pages) attainment(w http.ResponseWriter, r *http.Request) error {
	k, err := p.desk(r)
	if err != nil {
		return err
	}
	v, err := k.asked(r.URL.Query())
	if err != nil {
		return err
	}
	v.DaysGone = daysGone(v.Period, v.At)
	whole := k.viewer.SeesNoDeals()
	if !whole {
		if err := k.access.mustSee(v.Of); err != nil {
			return err
		}
	}
	a, err := Attainment(r.Context(), k.db, k.organization(), v.Period, k.endOf(v.At))
	if err != nil {
		return err
	}
	if a, err = AddUp(r.Context(), k.db, k.organization(), a, ""); err != nil {
		return err
	}
	v.Behind = a.Behind
	if whole {
		v.Who, v.Figures, v.Tabs = k.organization().Name, a.Whole, nil
	} else {
		k.rows(&v, a)
	}
	frame := ui.Frame{Title: "Attainment", Lead: "Who has to bring what, and how far are they?"}
	return web.Page(w, r, frame, attainPage(v))
}

// endOf is the instant up to which a day knows: its last moment, or now for today.
func (k *desk) endOf(day calendar.Date) calendar.Instant {
	if day >= k.today() {
		return k.now + 1 // what was recorded this very millisecond counts
	}
	return day.AddDays(1).Midnight(k.organization().Place())
}

// asked reads which period, which team and as of which day.
func (k *desk) asked(form url.Values) (attainView, error) {
	v := attainView{Of: people.ID(form.Get("of")), At: k.today(), Today: k.today()}
	fiscal := k.organization().Fiscal()
	v.Period = fiscal.Quarter(v.Today)
	v.Chosen = "q" + string(v.Period.From)
	if text := form.Get("period"); text != "" {
		period, err := periodNamed(fiscal, text)
		if err != nil {
			return v, err
		}
		v.Period, v.Chosen = period, text
	}
	if text := form.Get("at"); text != "" {
		at, err := calendar.ParseDate(text)
		if err != nil {
			return v, problem.Invalid("at", "“%s” is not a day in the calendar; write it like 2026-01-31.", clip(text))
		}
		v.At = min(at, v.Today)
	}
	if v.Of == "" {
		v.Of = k.top()
	}
	v.Periods = periodChoices(fiscal, v.Today)
	v.Teams = k.choices(question{Of: v.Of, Measure: Money(k.organization().Currency)}).Teams
	if k.access.SetsAny() {
		v.Tabs = tabs(question{v.Of, fiscal.Year(v.Period.From), Money(k.organization().Currency)}, "attainment")
	}
	return v, nil
}

// periodNamed reads a choice: m, q or y, and the first day.
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
	case 'y':
		return fiscal.Year(day), nil
	}
	return calendar.Period{}, wrong
}

// periodChoices are the years, quarters and months of this fiscal year and the two
// before it.
func periodChoices(fiscal calendar.Fiscal, today calendar.Date) []ui.Option {
	var list []ui.Option
	for back := range 3 {
		year := fiscal.Year(fiscal.Year(today).From.AddMonths(-12 * back))
		list = append(list, ui.Option{Value: "y" + string(year.From), Label: year.Name, Group: year.Name})
		for i, month := range Months(year) {
			if i%3 == 0 {
				q := fiscal.Quarter(month)
				list = append(list, ui.Option{Value: "q" + string(q.From), Label: q.Name, Group: year.Name})
			}
			list = append(list, ui.Option{Value: "m" + string(month), Label: fiscal.Month(month).Name, Group: year.Name})
		}
	}
	return list
}

// rows are the team's people as they reported then. Those whom the viewer does not
// see any more are one line together: the team's past is the team's, theirs is not.
func (k *desk) rows(v *attainView, a Attained) {
	v.Who, v.Figures = k.people[v.Of].Name, a.Of(v.Of)
	if _, team := a.Team[v.Of]; team {
		v.Who += "'s team"
		if own := a.Own[v.Of]; len(own.Measures()) > 0 || own.Wins > 0 {
			v.Rows = append(v.Rows, attainRow{Name: k.people[v.Of].Name, Note: "own deals", Path: k.personPath(v.Of, v.Period), Figures: own})
		}
	}
	others := newFigures()
	gone := 0
	for _, person := range k.order {
		if a.Chart.Manager(person.ID) != v.Of {
			continue
		}
		of := a.Of(person.ID)
		if !k.access.MaySee(person.ID) {
			others.add(of)
			for m, value := range of.Quota {
				others.Quota[m] += value
			}
			gone++
			continue
		}
		row := attainRow{Name: person.Name, Path: k.personPath(person.ID, v.Period), Figures: of}
		if _, team := a.Team[person.ID]; team {
			row.Note = "team"
			row.Path = "/targets/attainment?" + url.Values{"of": {string(person.ID)}, "period": {v.Chosen}, "at": {string(v.At)}}.Encode()
		}
		v.Rows = append(v.Rows, row)
	}
	if gone > 0 {
		v.Rows = append(v.Rows, attainRow{Name: "In this team then, not now", Note: plural(gone, "line"), Figures: others})
	}
}

func (k *desk) personPath(id people.ID, p calendar.Period) string {
	return "/targets/people/" + string(id) + "?year=" + yearNumber(k.organization().Fiscal().Year(p.From))
}

// daysGone says how much of a period has passed.
func daysGone(p calendar.Period, at calendar.Date) string {
	days := p.From.DaysUntil(p.Until)
	switch {
	case at < p.From:
		return "It has not begun."
	case at >= p.Until.AddDays(-1):
		return "It is over."
	}
	return fmt.Sprintf("Day %d of %d.", p.From.DaysUntil(at)+1, days)
}
