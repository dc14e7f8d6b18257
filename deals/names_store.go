package deals

import (
	"context"
	"strconv"

	"milepost/internal/db"
	"milepost/people"
)

type nameRow struct {
	ID   people.ID `db:"id"`
	Name string    `db:"name"`
}

// namesOf reads the names of some people as they are now.
func namesOf(ctx context.Context, d *db.DB, org db.Org, ids []people.ID) (map[people.ID]string, error) {
	list, err := db.All[nameRow](ctx, d, `
		select id, name
		from people
		where org_id = $1 and `+d.OneOf("id", 2), org, db.List(ids))
	names := make(map[people.ID]string, len(list))
	for _, n := range list {
		names[n.ID] = n.Name
	}
	return names, err
}

// sellers lists who can own a deal: people who are here and whose role lets them
// see their deals, and those whom only an imported log names.
func sellers(ctx context.Context, d *db.DB, org db.Org) ([]nameRow, error) {
	return db.All[nameRow](ctx, d, `
		select p.id, p.name
		from people p
		where p.org_id = $1 and p.left_at is null and (
			exists (
				select 1
				from role_grants g
				where g.org_id = p.org_id and g.person_id = p.id and g.revoked_at is null
					and g.role in ('rep', 'manager', 'operations'))
			or p.imported = 1)
		order by p.name_key, p.id`, org)
}

type stageCount struct {
	Stage string `db:"stage"`
	Deals int64  `db:"deals"`
}

// stageCounts lists the stages at which deals stand, the most used first.
func stageCounts(ctx context.Context, d *db.DB, org db.Org, most int) ([]string, error) {
	list, err := db.All[stageCount](ctx, d, `
		select stage, count(*) as deals
		from opportunities
		where org_id = $1 and stage <> ''
		group by stage
		order by deals desc, stage
		limit `+strconv.Itoa(most), org)
	labels := make([]string, len(list))
	for i, s := range list {
		labels[i] = s.Stage
	}
	return labels, err
}

// recentDeals lists the deals that were opened last, by their ids.
func recentDeals(ctx context.Context, d *db.DB, org db.Org, most int) ([]string, error) {
	return db.All[string](ctx, d, `
		select id
		from opportunities
		where org_id = $1
		order by created_at desc, id
		limit `+strconv.Itoa(most), org)
}
