package deals

import (
	"context"

	"milepost/internal/db"
	"milepost/people"
)

// openDealsOf lists the open deals of an owner by their ids.
func openDealsOf(ctx context.Context, d *db.DB, owner people.ID) ([]ID, error) {
	return db.All[ID](ctx, d, `
		select id
		from opportunities
		where org_id = $1 and owner_id = $2 and outcome is null
		order by id`, d.Org(), owner)
}

// openDealsListed lists the open deals of an owner, what closes next first.
func openDealsListed(ctx context.Context, d *db.DB, org db.Org, owner people.ID) ([]Listed, error) {
	return db.All[Listed](ctx, d, `
		select o.id, o.title, coalesce(a.name, '') as account_name, o.amount_minor,
			coalesce(o.currency, '') as currency, coalesce(o.close_date, '') as close_date, o.stage
		from opportunities o
		left join accounts a on a.org_id = o.org_id and a.id = o.account_id
		where o.org_id = $1 and o.owner_id = $2 and o.outcome is null
		order by case when o.close_date is null then 1 else 0 end, o.close_date, o.id`, org, owner)
}
