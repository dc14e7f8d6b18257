package monday

import (
	"context"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/process/plans"
)

const rejectionsText = `
		select deal_id, milestone_id, name, reason, rejected_at
		from deal_milestones
		where org_id = $1 and state = 'rejected' and reply = ''`

// rejections lists the claims that were rejected and not answered: of some deals, or of
// all.
func rejections(ctx context.Context, d *db.DB, ids []string) ([]rejection, error) {
	const inOrder = ` order by deal_id, milestone_id`
	if ids == nil {
		return db.All[rejection](ctx, d, rejectionsText+inOrder, d.Org())
	}
	return db.All[rejection](ctx, d, rejectionsText+` and `+d.OneOf("deal_id", 2)+inOrder, d.Org(), db.List(ids))
}

// toldOf is that something happened in the plan of a deal.
type toldOf struct {
	Deal string           `db:"deal_id"`
	At   calendar.Instant `db:"at"`
}

// eachTold visits what happened in plans, deal by deal, oldest first.
func eachTold(ctx context.Context, d *db.DB, visit func(*toldOf) error) error {
	return db.Each(ctx, d, visit, `
		select e.opportunity_id as deal_id, e.effective_at as at
		from entries e
		where e.org_id = $1 and e.opportunity_id in (select deal_id from plans where org_id = $1) and `+d.OneOf("e.kind", 2)+`
		order by e.opportunity_id, e.effective_at`, d.Org(), db.List(plans.Kinds))
}
