package activities

import (
	"context"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
)

// StepsAhead tells of deals on what day their next step is due. Somewhere is false while
// nobody in the organization ever planned a step: then that one is missing says nothing.
func StepsAhead(ctx context.Context, d *db.DB, list []deals.ID) (due map[deals.ID]calendar.Date, somewhere bool, err error) {
	rows, err := db.All[Step](ctx, d, `
		select deal_id, due
		from next_steps
		where org_id = $1 and state = 'open' and `+d.OneOf("deal_id", 2), d.Org(), db.List(list))
	due = make(map[deals.ID]calendar.Date, len(rows))
	for _, s := range rows {
		due[s.Deal] = s.Due
	}
	if err != nil || len(rows) > 0 {
		return due, true, err
	}
	any, err := db.All[int](ctx, d, `select 1 from next_steps where org_id = $1 limit 1`, d.Org())
	return due, len(any) > 0, err
}
