package deals

import (
	"context"

	"milepost/internal/db"
	"milepost/views"
)

// groupColumns are what deals are grouped by: columns of opportunities, or what is
// made of them.
var groupColumns = map[string]string{
	"owner": "o.owner_id", "stage": "o.stage", "month": "substr(o.close_date, 1, 7)", "account": "o.account_id",
	"source": "o.source", "segment": "o.segment", "product": "o.product",
}

// groupTallies counts and adds up what a filter finds, by group and currency. Names
// are looked up for the groups, not for each deal.
func groupTallies(ctx context.Context, d *db.DB, q query) ([]views.Tally, error) {
	w := q.conditions(d)
	key := "coalesce(" + groupColumns[q.filter.Group] + ", '')"
	label, join := "g.group_key", ""
	switch q.filter.Group {
	case "owner":
		label, join = "coalesce(n.name, '')", "left join people n on n.org_id = $1 and n.id = g.group_key"
	case "account":
		label, join = "coalesce(n.name, '')", "left join accounts n on n.org_id = $1 and n.id = g.group_key"
	}
	return db.All[views.Tally](ctx, d, `
		select g.group_key, `+label+` as label, g.currency, g.n, g.minor
		from (
			select `+key+` as group_key, coalesce(o.currency, '') as currency, count(*) as n,
				cast(coalesce(sum(o.amount_minor), 0) as bigint) as minor
			from opportunities o
			where `+w.text()+`
			group by `+key+`, coalesce(o.currency, '')
		) g
		`+join, w.args...)
}

// groupCondition narrows a list to the group that is open.
func (q *query) groupCondition(w *where) {
	if q.filter.In == "" {
		return
	}
	column := groupColumns[q.filter.Group]
	switch {
	case q.filter.In != views.NoGroup:
		w.add(column+" = ?", q.filter.In)
	case q.filter.Group == "month", q.filter.Group == "owner", q.filter.Group == "account":
		w.add(column + " is null")
	default:
		w.add(column + " = ''")
	}
}
