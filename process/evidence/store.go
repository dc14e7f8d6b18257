package evidence

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/process"
)

var milestoneColumns = []string{"org_id", "deal_id", "milestone_id", "state", "name", "since", "claimed_at", "claimed_by", "confirmed_at",
	"confirmed_by", "contact_id", "rejected_at", "rejected_by", "reason", "reply", "earned", "rejections", "version"}

func milestoneValues(org db.Org, deal deals.ID, m *Milestone) []any {
	return []any{string(org), string(deal), string(m.ID), string(m.State), m.Name, int64(m.Since), int64(m.ClaimedAt), string(m.ClaimedBy), int64(m.ConfirmedAt),
		string(m.ConfirmedBy), string(m.Contact), int64(m.RejectedAt), string(m.RejectedBy), m.Reason, m.Reply, int64(m.Earned), int64(m.Rejections), m.Version}
}

var itemColumns = []string{"org_id", "id", "deal_id", "milestone_id", "marker_id", "sort", "ref", "url", "text", "contact_id", "on_date", "how",
	"confidential", "given_by", "given_at", "via", "ended_at", "end_reason", "replaced", "sequence"}

func itemValues(org db.Org, deal deals.ID, i *Item) []any {
	confidential := int64(0)
	if i.Confidential {
		confidential = 1
	}
	return []any{string(org), string(i.ID), string(deal), string(i.Milestone), string(i.Marker), string(i.Sort), i.Ref, i.URL, i.Text, string(i.Contact), string(i.On), i.How,
		confidential, string(i.GivenBy), int64(i.GivenAt), string(i.Via), int64(i.EndedAt), i.EndReason, string(i.Replaced), i.Sequence}
}

// settleMany makes the rows of deals what they come to.
func settleMany(ctx context.Context, tx *db.DB, standings map[deals.ID]*Standing) error {
	ids := slices.Sorted(maps.Keys(standings))
	for _, table := range []string{"deal_processes", "deal_milestones", "evidence"} {
		if _, err := tx.Exec(ctx, `delete from `+table+` where org_id = $1 and `+tx.OneOf("deal_id", 2), tx.Org(), db.List(ids)); err != nil {
			return fmt.Errorf("clearing %s: %w", table, err)
		}
	}
	var under, shown, items [][]any
	for _, id := range ids {
		s := standings[id]
		if s.Process != "" {
			under = append(under, []any{string(tx.Org()), string(id), string(s.Process), int64(s.Number), int64(s.Since)})
		}
		for _, m := range slices.Sorted(maps.Keys(s.Shown)) {
			is := s.Shown[m]
			shown = append(shown, milestoneValues(tx.Org(), id, &is))
		}
		for i := range s.Items {
			items = append(items, itemValues(tx.Org(), id, &s.Items[i]))
		}
	}
	if err := tx.InsertMany(ctx, "deal_processes", []string{"org_id", "deal_id", "process_id", "number", "since"}, under); err != nil {
		return fmt.Errorf("writing which process deals follow: %w", err)
	}
	if err := tx.InsertMany(ctx, "deal_milestones", milestoneColumns, shown); err != nil {
		return fmt.Errorf("writing milestones: %w", err)
	}
	if err := tx.InsertMany(ctx, "evidence", itemColumns, items); err != nil {
		return fmt.Errorf("writing evidence: %w", err)
	}
	return nil
}

// Read folds what was shown of one deal.
func Read(ctx context.Context, d *db.DB, library process.Library, deal deals.ID) (Standing, error) {
	entries, err := ledger.OfOpportunity(ctx, d, d.Org(), string(deal))
	if err != nil {
		return Standing{}, err
	}
	return Fold(entries, library, deals.Ever)
}

// openUnder lists the open deals that follow a process, in any version but one.
func openUnder(ctx context.Context, d *db.DB, id process.ID, not int) ([]deals.ID, error) {
	return db.All[deals.ID](ctx, d, `
		select o.id
		from opportunities o
		join deal_processes p on p.org_id = o.org_id and p.deal_id = o.id
		where o.org_id = $1 and o.process_id = $2 and o.outcome is null and p.number <> $3
		order by o.id`, d.Org(), id, not)
}

// dealsUnderAny lists the deals that follow a process, open or ended.
func dealsUnderAny(ctx context.Context, d *db.DB) ([]deals.ID, error) {
	return db.All[deals.ID](ctx, d, `
		select id
		from opportunities
		where org_id = $1 and process_id <> ''
		order by id`, d.Org())
}

// openWithout lists the open deals that follow no process.
func openWithout(ctx context.Context, d *db.DB) ([]deals.ID, error) {
	return db.All[deals.ID](ctx, d, `
		select id
		from opportunities
		where org_id = $1 and process_id = '' and outcome is null
		order by id`, d.Org())
}

// endedFor lists the deals that have ended and follow no process, or another version of
// this one.
func endedFor(ctx context.Context, d *db.DB, id process.ID, not int) ([]deals.ID, error) {
	return db.All[deals.ID](ctx, d, `
		select o.id
		from opportunities o
		left join deal_processes p on p.org_id = o.org_id and p.deal_id = o.id
		where o.org_id = $1 and o.outcome is not null and (o.process_id = '' or o.process_id = $2 and p.number <> $3)
		order by o.id`, d.Org(), id, not)
}

// dealOf is the deal that an entry is about; empty when about none.
func dealOf(ctx context.Context, d *db.DB, sequence int64) (deals.ID, error) {
	return db.One[deals.ID](ctx, d, `
		select coalesce(opportunity_id, '')
		from entries
		where org_id = $1 and sequence = $2`, d.Org(), sequence)
}
