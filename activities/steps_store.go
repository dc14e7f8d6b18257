package activities

import (
	"context"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/people"
)

// StepQuery says whose next steps are asked for.
type StepQuery struct {
	Owners   []people.ID      // of the deals; see Viewer.Visible
	All      bool             // of every deal; Owners is not used
	Doer     people.ID        // only steps that this person is to do, if given
	DueUntil calendar.Date    // only steps that are due by this day, if given
	AsOf     calendar.Instant // as it was before this instant; 0 means now
}

// DueStep is a next step with its deal.
type DueStep struct {
	Step
	Title     string    `db:"title"`
	Account   string    `db:"account"`
	DealOwner people.ID `db:"deal_owner"`
}

// NextSteps lists the open next steps of open deals, what is due first at the top.
// As of an earlier instant it tells which steps were open then, of deals that are
// open now: a step that was replaced is kept as it was.
func NextSteps(ctx context.Context, d *db.DB, org db.Org, q StepQuery) ([]DueStep, error) {
	c := &condition{args: []any{org}}
	if q.AsOf == 0 {
		c.and("s.state = 'open'")
	} else {
		c.and("s.set_at < $%[1]d and (s.ended_at = 0 or s.ended_at >= $%[1]d)", q.AsOf)
	}
	if q.Doer != "" {
		c.and("s.owner_id = $%d", q.Doer)
	}
	if q.DueUntil != "" {
		c.and("s.due <= $%d", q.DueUntil)
	}
	if !q.All {
		c.oneOf(d, "o.owner_id", q.Owners)
	}
	return db.All[DueStep](ctx, d, `
		select s.id, s.deal_id, s.owner_id, s.text, s.due, s.state, s.set_at, s.set_by, s.ended_at, s.result, s.version,
			o.title, coalesce(a.name, '') as account, coalesce(o.owner_id, '') as deal_owner
		from next_steps s
		join opportunities o on o.org_id = s.org_id and o.id = s.deal_id and o.outcome is null
		left join accounts a on a.org_id = o.org_id and a.id = o.account_id
		where s.org_id = $1`+c.text.String()+`
		order by s.due, s.id`, c.args...)
}

// Stepless is an open deal for which nothing is next.
type Stepless struct {
	Deal  deals.ID  `db:"id"`
	Title string    `db:"title"`
	Owner people.ID `db:"owner_id"`
}

// WithoutNextStep lists the open deals that have no next step, those that close
// first at the top.
func WithoutNextStep(ctx context.Context, d *db.DB, org db.Org, owners []people.ID, all bool, most int) ([]Stepless, error) {
	c := &condition{args: []any{org, most}}
	if !all {
		c.oneOf(d, "o.owner_id", owners)
	}
	return db.All[Stepless](ctx, d, `
		select o.id, o.title, coalesce(o.owner_id, '') as owner_id
		from opportunities o
		where o.org_id = $1 and o.outcome is null`+c.text.String()+`
			and not exists (
				select 1
				from next_steps s
				where s.org_id = o.org_id and s.deal_id = o.id and s.state = 'open')
		order by coalesce(o.close_date, '9999-12-31'), o.id
		limit $2`, c.args...)
}

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
