package deals

import (
	"context"
	"strconv"

	"milepost/calendar"
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

// seller is the condition that a person p can own a deal: someone who is here and
// whose role lets them see it, or whom only an imported log names.
const seller = `p.left_at is null and (
			exists (
				select 1
				from role_grants g
				where g.org_id = p.org_id and g.person_id = p.id and g.revoked_at is null
					and g.role in ('rep', 'manager', 'operations'))
			or p.imported = 1)`

// sellers lists who can own a deal.
func sellers(ctx context.Context, d *db.DB, org db.Org) ([]nameRow, error) {
	return db.All[nameRow](ctx, d, `
		select p.id, p.name
		from people p
		where p.org_id = $1 and `+seller+`
		order by p.name_key, p.id`, org)
}

// canOwn tells whether a person can own a deal.
func canOwn(ctx context.Context, d *db.DB, org db.Org, id people.ID) (bool, error) {
	n, err := db.One[int](ctx, d, `
		select count(*)
		from people p
		where p.org_id = $1 and p.id = $2 and `+seller, org, id)
	return n == 1, err
}

type ownerRow struct {
	nameRow
	LeftAt calendar.Instant `db:"left_at"`
}

// everOwners lists who could own a deal at any time, those who left too.
func everOwners(ctx context.Context, d *db.DB, org db.Org) ([]ownerRow, error) {
	return db.All[ownerRow](ctx, d, `
		select p.id, p.name, coalesce(p.left_at, 0) as left_at
		from people p
		where p.org_id = $1 and (
			exists (
				select 1
				from role_grants g
				where g.org_id = p.org_id and g.person_id = p.id and g.role in ('rep', 'manager', 'operations'))
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
