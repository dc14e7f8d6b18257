package editor

import (
	"context"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/people"
	"milepost/process"
)

type counted struct {
	Key   string `db:"counted"`
	Deals int    `db:"deals"`
}

func byKey(list []counted, err error) (map[string]int, error) {
	found := make(map[string]int, len(list))
	for _, c := range list {
		found[c.Key] = c.Deals
	}
	return found, err
}

// openByProcess counts the open deals under each process; those under none have no key.
func openByProcess(ctx context.Context, d *db.DB) (map[string]int, error) {
	return byKey(db.All[counted](ctx, d, `
		select process_id as counted, count(*) as deals
		from opportunities
		where org_id = $1 and outcome is null
		group by process_id`, d.Org()))
}

// endedWithout counts the deals that have ended and follow no process, or an earlier
// version of this one.
func endedWithout(ctx context.Context, d *db.DB, id process.ID, newest int) (int, error) {
	return db.One[int](ctx, d, `
		select count(*)
		from opportunities o
		left join deal_processes p on p.org_id = o.org_id and p.deal_id = o.id
		where o.org_id = $1 and o.outcome is not null and (o.process_id = '' or o.process_id = $2 and p.number < $3)`, d.Org(), id, newest)
}

// standingIn counts, for each milestone of a process, the open deals in which it stands.
func standingIn(ctx context.Context, d *db.DB, id process.ID) (map[string]int, error) {
	return byKey(db.All[counted](ctx, d, `
		select m.milestone_id as counted, count(*) as deals
		from opportunities o
		join deal_milestones m on m.org_id = o.org_id and m.deal_id = o.id
		where o.org_id = $1 and o.process_id = $2 and o.outcome is null and m.state in ('claimed', 'confirmed')
		group by m.milestone_id`, d.Org(), id))
}

// touchedDeal is an open deal that would come along.
type touchedDeal struct {
	ID    deals.ID  `db:"id"`
	Title string    `db:"title"`
	Stage string    `db:"stage"`
	Owner people.ID `db:"owner_id"`
}

// touchedDeals lists open deals under a process that somebody may see, by title.
func touchedDeals(ctx context.Context, d *db.DB, v *people.Viewer, id process.ID, most int) ([]touchedDeal, error) {
	owners, all := v.Visible()
	mine := ` and ` + d.OneOf("owner_id", 3)
	args := []any{d.Org(), id, db.List(owners), most}
	if all {
		mine, args = ` and $3 = ''`, []any{d.Org(), id, "", most}
	}
	return db.All[touchedDeal](ctx, d, `
		select id, title, coalesce(stage, '') as stage, coalesce(owner_id, '') as owner_id
		from opportunities
		where org_id = $1 and process_id = $2 and outcome is null`+mine+`
		order by title, id
		limit $4`, args...)
}

// seenOf counts the open deals under a process that somebody may see.
func seenOf(ctx context.Context, d *db.DB, v *people.Viewer, id process.ID) (int, error) {
	owners, all := v.Visible()
	if all {
		return db.One[int](ctx, d, `
			select count(*)
			from opportunities
			where org_id = $1 and process_id = $2 and outcome is null`, d.Org(), id)
	}
	return db.One[int](ctx, d, `
		select count(*)
		from opportunities
		where org_id = $1 and process_id = $2 and outcome is null and `+d.OneOf("owner_id", 3), d.Org(), id, db.List(owners))
}
