package evidence

import (
	"context"
	"fmt"
	"strings"

	"milepost/deals"
	"milepost/internal/db"
)

// underRow, milestoneRow and itemRow are the tables' rows, for their comparison with
// the ledger.
type underRow struct {
	Deal    deals.ID `db:"deal_id"`
	Process string   `db:"process_id"`
	Number  int64    `db:"number"`
	Since   int64    `db:"since"`
}

type milestoneRow struct {
	Deal        deals.ID `db:"deal_id"`
	ID          string   `db:"milestone_id"`
	State       string   `db:"state"`
	Name        string   `db:"name"`
	Since       int64    `db:"since"`
	ClaimedAt   int64    `db:"claimed_at"`
	ClaimedBy   string   `db:"claimed_by"`
	ConfirmedAt int64    `db:"confirmed_at"`
	ConfirmedBy string   `db:"confirmed_by"`
	Contact     string   `db:"contact_id"`
	RejectedAt  int64    `db:"rejected_at"`
	RejectedBy  string   `db:"rejected_by"`
	Reason      string   `db:"reason"`
	Reply       string   `db:"reply"`
	Earned      int64    `db:"earned"`
	Rejections  int64    `db:"rejections"`
	Version     int64    `db:"version"`
}

type itemRow struct {
	ID           string   `db:"id"`
	Deal         deals.ID `db:"deal_id"`
	Milestone    string   `db:"milestone_id"`
	Marker       string   `db:"marker_id"`
	Sort         string   `db:"sort"`
	Ref          string   `db:"ref"`
	URL          string   `db:"url"`
	Text         string   `db:"text"`
	Contact      string   `db:"contact_id"`
	On           string   `db:"on_date"`
	How          string   `db:"how"`
	Confidential int64    `db:"confidential"`
	GivenBy      string   `db:"given_by"`
	GivenAt      int64    `db:"given_at"`
	Via          string   `db:"via"`
	EndedAt      int64    `db:"ended_at"`
	EndReason    string   `db:"end_reason"`
	Replaced     string   `db:"replaced"`
	Sequence     int64    `db:"sequence"`
}

// rowsFrom are the rows that a standing comes to.
func rowsFrom(org db.Org, id deals.ID, s *Standing) rows {
	var r rows
	if s.Process != "" {
		r.under = &underRow{id, string(s.Process), int64(s.Number), int64(s.Since)}
	}
	for _, m := range s.Shown {
		r.milestones = append(r.milestones, milestoneRow{id, string(m.ID), string(m.State), m.Name, int64(m.Since), int64(m.ClaimedAt), string(m.ClaimedBy),
			int64(m.ConfirmedAt), string(m.ConfirmedBy), string(m.Contact), int64(m.RejectedAt), string(m.RejectedBy), m.Reason, m.Reply,
			int64(m.Earned), int64(m.Rejections), m.Version})
	}
	for i := range s.Items {
		v := itemValues(org, id, &s.Items[i])
		n := func(at int) int64 { return v[at].(int64) }
		t := func(at int) string { return v[at].(string) }
		r.items = append(r.items, itemRow{t(1), id, t(3), t(4), t(5), t(6), t(7), t(8), t(9), t(10), t(11), n(12), t(13), n(14), t(15), n(16), t(17), t(18), n(19)})
	}
	return r
}

// rowsOf reads what the tables hold of some deals.
func rowsOf(ctx context.Context, d *db.DB, list []deals.ID) (map[deals.ID]rows, error) {
	all := map[deals.ID]rows{}
	ids := db.List(list)
	under, err := db.All[underRow](ctx, d, `
		select deal_id, process_id, number, since
		from deal_processes
		where org_id = $1 and `+d.OneOf("deal_id", 2), d.Org(), ids)
	if err != nil {
		return nil, fmt.Errorf("reading which process deals follow: %w", err)
	}
	shown, err := db.All[milestoneRow](ctx, d, `
		select `+strings.Join(milestoneColumns[1:], ", ")+`
		from deal_milestones
		where org_id = $1 and `+d.OneOf("deal_id", 2), d.Org(), ids)
	if err != nil {
		return nil, fmt.Errorf("reading milestones: %w", err)
	}
	items, err := db.All[itemRow](ctx, d, `
		select `+strings.Join(itemColumns[1:], ", ")+`
		from evidence
		where org_id = $1 and `+d.OneOf("deal_id", 2), d.Org(), ids)
	if err != nil {
		return nil, fmt.Errorf("reading evidence: %w", err)
	}
	for i := range under {
		r := all[under[i].Deal]
		r.under = &under[i]
		all[under[i].Deal] = r
	}
	for _, row := range shown {
		r := all[row.Deal]
		r.milestones = append(r.milestones, row)
		all[row.Deal] = r
	}
	for _, row := range items {
		r := all[row.Deal]
		r.items = append(r.items, row)
		all[row.Deal] = r
	}
	return all, nil
}

func countOf(ctx context.Context, d *db.DB, table string) (int64, error) {
	return db.One[int64](ctx, d, `
		select count(*)
		from `+table+`
		where org_id = $1`, d.Org())
}

// dealsAfter lists deals that have entries, in the order of their ids.
func dealsAfter(ctx context.Context, d *db.DB, after deals.ID, most int) ([]deals.ID, error) {
	return db.All[deals.ID](ctx, d, `
		select distinct opportunity_id
		from entries
		where org_id = $1 and opportunity_id is not null and opportunity_id > $2
		order by opportunity_id
		limit $3`, d.Org(), after, most)
}

// use is that evidence which stands refers to something.
type use struct {
	Name         string `db:"name"` // of the milestone
	Confidential int64  `db:"confidential"`
}

// referring lists the evidence that stands on a file or an activity, what is not
// confidential first.
func referring(ctx context.Context, d *db.DB, ref string) ([]use, error) {
	return db.All[use](ctx, d, `
		select m.name, e.confidential
		from evidence e
		join deal_milestones m on m.org_id = e.org_id and m.deal_id = e.deal_id and m.milestone_id = e.milestone_id
		where e.org_id = $1 and e.ref = $2 and e.ref <> '' and e.ended_at = 0
		order by e.confidential, m.name`, d.Org(), ref)
}
