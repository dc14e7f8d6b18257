package deals

import (
	"context"

	"milepost/internal/db"
	"milepost/money"
)

// groupTally is what the deals of a group and a currency come to.
type groupTally struct {
	Key      string         `db:"group_key"` // empty for those that have none
	Label    string         `db:"label"`
	Currency money.Currency `db:"currency"`
	Deals    int64          `db:"deals"`
	Minor    int64          `db:"minor"`
}

// groupTallies counts and adds up what a filter finds, by group and currency. Names
// are looked up for the groups, not for each deal.
func groupTallies(ctx context.Context, d *db.DB, q query) ([]groupTally, error) {
	w := q.conditions(d)
	key := "coalesce(" + groupingNamed(q.filter.Group).column + ", '')"
	label, join := "g.group_key", ""
	switch q.filter.Group {
	case "owner":
		label, join = "coalesce(n.name, '')", "left join people n on n.org_id = $1 and n.id = g.group_key"
	case "account":
		label, join = "coalesce(n.name, '')", "left join accounts n on n.org_id = $1 and n.id = g.group_key"
	}
	return db.All[groupTally](ctx, d, `
		select g.group_key, `+label+` as label, g.currency, g.deals, g.minor
		from (
			select `+key+` as group_key, coalesce(o.currency, '') as currency, count(*) as deals,
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
	column := groupingNamed(q.filter.Group).column
	switch {
	case q.filter.In != noGroup:
		w.add(column+" = ?", q.filter.In)
	case q.filter.Group == "stage":
		w.add("o.stage = ''")
	default:
		w.add(column + " is null")
	}
}
