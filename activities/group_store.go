package activities

import (
	"context"

	"milepost/internal/db"
	"milepost/views"
)

// groupColumns are what activities a of deals o are grouped by, and how a group is
// called as far as the tables say it.
var groupColumns = map[string]struct{ key, label string }{
	"person":  {"a.person_id", "''"},
	"type":    {"a.type", "''"},
	"deal":    {"a.deal_id", "o.title"},
	"account": {"coalesce(o.account_id, '')", "coalesce(c.name, '')"},
}

// inGroup narrows activities, read with their deals, to the group that is open.
func (q query) inGroup(c *condition) {
	column, known := groupColumns[q.group]
	if !known || q.in == "" {
		return
	}
	key := q.in
	if key == views.NoGroup {
		key = ""
	}
	c.and(column.key+" = $%d", key)
}

// groupTallies counts a query by group and adds up how long its activities took.
func groupTallies(ctx context.Context, d *db.DB, q query) ([]views.Tally, error) {
	c, by := q.condition(d), groupColumns[q.group]
	q.seen(d, c)
	group := "group by " + by.key
	if by.label != "''" {
		group += ", " + by.label
	}
	return db.All[views.Tally](ctx, d, `
		select `+by.key+` as group_key, `+by.label+` as label, count(*) as n, cast(coalesce(sum(a.minutes), 0) as bigint) as minutes
		from activities a
		join opportunities o on o.org_id = a.org_id and o.id = a.deal_id
		left join accounts c on c.org_id = o.org_id and c.id = o.account_id
		where a.org_id = $1 and a.state = $2`+c.text.String()+`
		`+group, c.args...)
}
