package targets

import (
	"context"
	"net/http"
	"strings"

	"milepost/calendar"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
)

// personYear is one person's fiscal year by months.
type personYear struct {
	Person  people.Person
	Year    calendar.Period
	Today   calendar.Date
	Years   []ui.NavItem
	Months  []Figures
	Manages bool
	Own     bool // the viewer's own page
}

// person shows one person's own year: a rep's page, and a manager's look at it.
func (p *pages) person(w http.ResponseWriter, r *http.Request) error {
	k, err := p.desk(r)
	if err != nil {
		return err
	}
	id := people.ID(r.PathValue("id"))
	who, known := k.people[id]
	if err := k.access.mustSee(id); err != nil || !known {
		return errNotYours
	}
	q, err := k.question(r.URL.Query())
	if err != nil {
		return err
	}
	y := personYear{Person: who, Year: q.Year, Today: k.today(), Own: id == k.viewer.ID}
	if y.Months, y.Manages, err = k.year(r.Context(), id, q.Year); err != nil {
		return err
	}
	fiscal := k.organization().Fiscal()
	for back := 2; back >= -1; back-- {
		year := fiscal.Year(fiscal.Year(k.today()).From.AddMonths(-12 * back))
		y.Years = append(y.Years, ui.NavItem{Label: year.Name, Path: "/targets/people/" + string(id) + "?year=" + yearNumber(year), Current: year == q.Year})
	}
	title := who.Name
	if y.Own {
		title = "Your targets"
	}
	return web.Page(w, r, ui.Frame{Title: title, Lead: strings.TrimSpace(y.says()), Crumbs: k.personCrumbs(id, q)}, personPage(y))
}

func (k *desk) personCrumbs(id people.ID, q question) []ui.Crumb {
	if id == k.viewer.ID && !k.access.SetsAny() {
		return nil
	}
	list := []ui.Crumb{{Label: "Targets", Path: "/targets"}}
	for _, above := range k.above(id) {
		list = append(list, ui.Crumb{Label: k.people[above].Name, Path: question{above, q.Year, q.Measure}.path("/targets")})
	}
	return list
}

// year is a person's own figures by month, as they are known now.
func (k *desk) year(ctx context.Context, id people.ID, year calendar.Period) ([]Figures, bool, error) {
	if _, err := catchUpSoon(ctx, k.db); err != nil {
		return nil, false, err
	}
	book, err := AsOf(ctx, k.db, k.viewer.Org, year, k.now+1)
	if err != nil {
		return nil, false, err
	}
	place := k.organization().Place()
	var list []Figures
	for _, month := range Months(year) {
		won, err := wonBetween(ctx, k.db, k.viewer.Org, month.Midnight(place), month.AddMonths(1).Midnight(place), k.now+1)
		if err != nil {
			return nil, false, err
		}
		a := Attained{Period: calendar.Period{From: month, Until: month.AddMonths(1)}, Own: map[people.ID]Figures{}, Team: map[people.ID]Figures{}}
		a.fill([]people.Person{{ID: id}}, won, book)
		list = append(list, a.Own[id])
	}
	return list, len(k.access.chart.Reports(id)) > 0, nil
}
