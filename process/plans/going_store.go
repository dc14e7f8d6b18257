package plans

import (
	"context"

	"milepost/calendar"
	"milepost/internal/db"
)

// Going is a plan in force of an open deal, and when anything was last done about it.
type Going struct {
	Plan
	Told calendar.Instant
}

type goingRow struct {
	row
	Told calendar.Instant `db:"told"`
}

const goingText = `
		select p.id, p.deal_id, p.in_force, p.content, p.version, e.effective_at as told
		from plans p
		join opportunities o on o.org_id = p.org_id and o.id = p.deal_id and o.outcome is null
		join entries e on e.org_id = p.org_id and e.sequence = p.version
		where p.org_id = $1 and p.in_force = 1`

// AllGoing lists the plans in force of all open deals, whoever may see them.
func AllGoing(ctx context.Context, d *db.DB) ([]Going, error) {
	return goingOf(db.All[goingRow](ctx, d, goingText, d.Org()))
}

// GoingIn lists those of some deals.
func GoingIn(ctx context.Context, d *db.DB, ids []string) ([]Going, error) {
	return goingOf(db.All[goingRow](ctx, d, goingText+` and `+d.OneOf("p.deal_id", 2), d.Org(), db.List(ids)))
}

func goingOf(rows []goingRow, err error) ([]Going, error) {
	list := make([]Going, len(rows))
	for i, r := range rows {
		p, err := r.plan()
		if err != nil {
			return nil, err
		}
		list[i] = Going{p, r.Told}
	}
	return list, err
}

// Every visits all plans that were ever made, those that were replaced among them.
func Every(ctx context.Context, d *db.DB, visit func(*Plan) error) error {
	return db.Each(ctx, d, func(r *row) error {
		p, err := r.plan()
		if err != nil {
			return err
		}
		return visit(&p)
	}, `
		select `+columns+`
		from plans
		where org_id = $1
		order by id`, d.Org())
}
