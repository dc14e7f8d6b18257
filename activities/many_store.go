package activities

import (
	"context"
	"fmt"

	"milepost/internal/db"
)

// matching lists the ids of what a query finds, in the order of the list.
func matching(ctx context.Context, d *db.DB, q query, most int) ([]string, error) {
	c := q.condition(d)
	q.seen(d, c)
	q.inGroup(c)
	c.args = append(c.args, most)
	return db.All[string](ctx, d, `
		select a.id
		from activities a
		join opportunities o on o.org_id = a.org_id and o.id = a.deal_id
		where a.org_id = $1 and a.state = $2`+c.text.String()+`
		order by a.at desc, a.id desc
		limit $`+fmt.Sprint(len(c.args)), c.args...)
}

// countUpTo counts what a query finds, and stops where that is too much to be changed
// at once: a list of all that was ever done is not walked for a number.
func countUpTo(ctx context.Context, d *db.DB, q query, most int) (int64, error) {
	c := q.condition(d)
	q.seen(d, c)
	q.inGroup(c)
	c.args = append(c.args, most)
	return db.One[int64](ctx, d, `
		select count(*)
		from (
			select a.id
			from activities a
			join opportunities o on o.org_id = a.org_id and o.id = a.deal_id
			where a.org_id = $1 and a.state = $2`+c.text.String()+`
			limit $`+fmt.Sprint(len(c.args))+`) found`, c.args...)
}

// several reads some activities with the names of their deals, whoever sees them. Their
// owners are those that the deals' own rows say.
func several(ctx context.Context, d *db.DB, ids []string) (map[string]Listed, error) {
	list, err := db.All[Listed](ctx, d, `
		select a.id, a.deal_id, coalesce(o.owner_id, '') as owner_id, a.person_id, a.type, a.state, a.at, a.minutes,
			a.participants, a.text, a.outcome, a.via, a.recorded_at, a.version, o.title, '' as account
		from activities a
		join opportunities o on o.org_id = a.org_id and o.id = a.deal_id
		where a.org_id = $1 and `+d.OneOf("a.id", 2), d.Org(), db.List(ids))
	found := make(map[string]Listed, len(list))
	for _, a := range list {
		found[string(a.ID)] = a
	}
	return found, err
}

// countPlanned counts those of some activities that are still to come.
func countPlanned(ctx context.Context, d *db.DB, ids []string) (int64, error) {
	return db.One[int64](ctx, d, `
		select count(*)
		from activities
		where org_id = $1 and state = 'planned' and `+d.OneOf("id", 2), d.Org(), db.List(ids))
}
