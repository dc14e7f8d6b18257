package audits

import (
	"context"
	"fmt"
	"strings"

	"milepost/accounts"
	"milepost/calendar"
	"milepost/internal/db"
	"milepost/money"
	"milepost/people"
	"milepost/process/evidence"
)

// Listed is an audit with its deal and its milestone as they are now.
type Listed struct {
	Audit
	Title      string             `db:"title"`
	Owner      people.ID          `db:"owner_id"`
	Minor      int64              `db:"minor"` // -1: not known
	Currency   money.Currency     `db:"currency"`
	State      evidence.State     `db:"state"`
	Claimed    calendar.Instant   `db:"now_claimed_at"`
	Contact    accounts.ContactID `db:"contact_id"`
	RejectedAt calendar.Instant   `db:"rejected_at"`
	Reason     string             `db:"reason"`
	Reply      string             `db:"reply"`
	Seen       int64              `db:"seen"`
}

const listedText = ` o.title, coalesce(o.owner_id, '') as owner_id, coalesce(o.amount_minor, -1) as minor, coalesce(o.currency, '') as currency,
		coalesce(m.state, '') as state, coalesce(m.claimed_at, 0) as now_claimed_at, coalesce(m.contact_id, '') as contact_id,
		coalesce(m.rejected_at, 0) as rejected_at, coalesce(m.reason, '') as reason, coalesce(m.reply, '') as reply, coalesce(m.version, 0) as seen
	from audits a
	join opportunities o on o.org_id = a.org_id and o.id = a.deal_id
	left join deal_milestones m on m.org_id = a.org_id and m.deal_id = a.deal_id and m.milestone_id = a.milestone_id`

var listedColumns = `a.` + strings.Join(auditColumns, ", a.") + `,`

// ofWeek lists the audits of a week whose deals the viewer sees, and those of earlier
// weeks that still wait for their auditor.
func ofWeek(ctx context.Context, d *db.DB, v *people.Viewer, week calendar.Date) ([]Listed, error) {
	owners, all := v.Visible()
	where, args := ` where a.org_id = $1 and (a.week = $2
			or a.result = '' and m.state = 'claimed' and m.claimed_at = a.claimed_at
			or a.result = 'rejected' and m.state = 'rejected' and m.rejected_at = a.judged_at and m.reply <> '')`, []any{d.Org(), week}
	if !all {
		where, args = where+` and `+d.OneOf("o.owner_id", 3), append(args, db.List(owners))
	}
	list, err := db.All[Listed](ctx, d, `select `+listedColumns+listedText+where+` order by a.week, a.place, a.id`, args...)
	if err != nil {
		return nil, fmt.Errorf("listing the audits of a week: %w", err)
	}
	return list, nil
}

// OfWeek lists the audits that were drawn in a week, as they were left.
func OfWeek(ctx context.Context, d *db.DB, week calendar.Date) ([]Audit, error) {
	return db.All[Audit](ctx, d, `
		select `+strings.Join(auditColumns, ", ")+`
		from audits
		where org_id = $1 and week = $2
		order by rep_id, place, id`, d.Org(), week)
}

// ofOwner lists the newest audits of the deals of one owner.
func ofOwner(ctx context.Context, d *db.DB, owner people.ID, most int) ([]Listed, error) {
	list, err := db.All[Listed](ctx, d, `select `+listedColumns+listedText+`
		where a.org_id = $1 and o.owner_id = $2
		order by a.week desc, a.place, a.id
		limit $3`, d.Org(), owner, most)
	if err != nil {
		return nil, fmt.Errorf("listing the audits of an owner: %w", err)
	}
	return list, nil
}

type pastRow struct {
	Rep    people.ID `db:"rep_id"`
	Result Result    `db:"result"`
	Turned int64     `db:"turned"`
	Count  int       `db:"n"`
}

// pasts is how the last audits of each rep ended.
func pasts(ctx context.Context, d *db.DB) (map[people.ID]Past, error) {
	all := map[people.ID]Past{}
	err := db.Each(ctx, d, func(r *pastRow) error {
		p := all[r.Rep]
		if r.Result == DidPass {
			p.Passed = r.Count
		} else {
			p.Rejected = r.Count
		}
		all[r.Rep] = p
		return nil
	}, `
		select rep_id, result, count(*) as n
		from (select rep_id, result, row_number() over (partition by rep_id order by judged_at desc, id desc) as place
			from audits
			where org_id = $1 and result <> '') as judged
		where place <= $2
		group by rep_id, result`, d.Org(), remembered)
	return all, err
}

// Tallies is how the audits of each rep ended that were judged from one instant to
// another. What was overturned on audit is what Rejected counts.
func Tallies(ctx context.Context, d *db.DB, from, until calendar.Instant) (map[people.ID]Tally, error) {
	all := map[people.ID]Tally{}
	err := db.Each(ctx, d, func(r *pastRow) error {
		t := all[r.Rep]
		switch {
		case r.Result == DidReject:
			t.Rejected += r.Count
		case r.Turned == 1:
			t.Turned += r.Count
			fallthrough
		default:
			t.Passed += r.Count
		}
		all[r.Rep] = t
		return nil
	}, `
		select rep_id, result, turned, count(*) as n
		from audits
		where org_id = $1 and result in ('passed', 'rejected') and judged_at >= $2 and judged_at < $3
		group by rep_id, result, turned`, d.Org(), from, until)
	return all, err
}

// Overturned lists the claims that audits overturned from one instant to another, and
// that were not passed after an answer, the newest first.
func Overturned(ctx context.Context, d *db.DB, from, until calendar.Instant) ([]Audit, error) {
	return db.All[Audit](ctx, d, `
		select `+strings.Join(auditColumns, ", ")+`
		from audits
		where org_id = $1 and result = 'rejected' and judged_at >= $2 and judged_at < $3
		order by judged_at desc, id`, d.Org(), from, until)
}

type named struct {
	ID   string `db:"id"`
	Name string `db:"name"`
}

// namesOf finds the names of files or contacts that evidence refers to.
func namesOf(ctx context.Context, d *db.DB, table string, ids []string) (map[string]string, error) {
	names := map[string]string{}
	if len(ids) == 0 {
		return names, nil
	}
	err := db.Each(ctx, d, func(n *named) error {
		names[n.ID] = n.Name
		return nil
	}, `select id, name from `+table+` where org_id = $1 and `+d.OneOf("id", 2), d.Org(), db.List(ids))
	return names, err
}
