package activities

import (
	"context"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/people"
)

func (x *visit) ask(f Filter) (query, error) { return ask(x.ctx, x.d, x.v, x.now, f) }

// ask makes a query of a filter for the person who asks.
func ask(ctx context.Context, d *db.DB, v *people.Viewer, now deals.Now, f Filter) (query, error) {
	q := query{kind: f.Type, deal: f.Deal, text: f.Text, state: f.State, oldest: f.Oldest, group: f.Group, in: f.In}
	q.owners, q.everything = v.Visible()
	q.from, q.until = f.span(now, v.Organization.Fiscal())
	if f.Person == "" {
		return q, nil
	}
	q.persons = []people.ID{f.Person}
	if f.AndLine {
		chart, err := people.ChartAsOf(ctx, d, v.Org, now.At)
		if err != nil {
			return q, err
		}
		q.persons = append(q.persons, chart.Below(f.Person)...)
	}
	return q, nil
}
