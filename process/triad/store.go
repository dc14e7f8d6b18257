package triad

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/process"
)

// Of is how a deal stands in this room now.
func Of(ctx context.Context, d *db.DB, library process.Library, deal deals.ID) (Triad, error) {
	entries, err := ledger.OfOpportunity(ctx, d, d.Org(), string(deal))
	if err != nil {
		return Triad{}, fmt.Errorf("reading the entries of deal %s: %w", deal, err)
	}
	return Fold(entries, library, deals.Ever)
}

// OfMany is Of for many deals at once.
func OfMany(ctx context.Context, d *db.DB, library process.Library, list []deals.ID) (map[deals.ID]*Triad, error) {
	names := make([]string, len(list))
	for i, id := range list {
		names[i] = string(id)
	}
	entries, err := ledger.OfOpportunities(ctx, d, d.Org(), names)
	if err != nil {
		return nil, fmt.Errorf("reading the entries of %d deals: %w", len(list), err)
	}
	byDeal := make(map[deals.ID][]ledger.Entry, len(list))
	for _, e := range entries {
		byDeal[deals.ID(e.Opportunity)] = append(byDeal[deals.ID(e.Opportunity)], e)
	}
	triads := make(map[deals.ID]*Triad, len(list))
	for _, id := range list {
		t, err := Fold(byDeal[id], library, deals.Ever)
		if err != nil {
			return nil, err
		}
		triads[id] = &t
	}
	return triads, nil
}

type spanRow struct {
	Deal       deals.ID         `db:"deal_id"`
	From       calendar.Instant `db:"from_at"`
	Until      calendar.Instant `db:"until_at"`
	Level      int              `db:"level"`
	Functional int              `db:"functional"`
	Financial  int              `db:"financial"`
	Political  int              `db:"political"`
	Stale      int              `db:"stale"`
}

func (r *spanRow) span() Span {
	return Span{From: r.From, Until: r.Until, Level: r.Level, Parts: [3]int{r.Functional, r.Financial, r.Political}, Stale: r.Stale}
}

// settle makes the rows of deals what they come to.
func settle(ctx context.Context, tx *db.DB, triads map[deals.ID]*Triad) error {
	ids := slices.Sorted(maps.Keys(triads))
	if _, err := tx.Exec(ctx, `delete from triad_spans where org_id = $1 and `+tx.OneOf("deal_id", 2), tx.Org(), db.List(ids)); err != nil {
		return fmt.Errorf("clearing how deals are qualified: %w", err)
	}
	var rows [][]any
	for _, id := range ids {
		for _, s := range triads[id].Spans() {
			rows = append(rows, []any{string(tx.Org()), string(id), int64(s.From), int64(s.Until), int64(s.Level),
				int64(s.Parts[0]), int64(s.Parts[1]), int64(s.Parts[2]), int64(s.Stale)})
		}
	}
	if err := tx.InsertMany(ctx, "triad_spans", []string{"org_id", "deal_id", "from_at", "until_at", "level", "functional", "financial", "political", "stale"}, rows); err != nil {
		return fmt.Errorf("writing how deals are qualified: %w", err)
	}
	return nil
}

// spansOf reads the rows of some deals.
func spansOf(ctx context.Context, d *db.DB, list []deals.ID) (map[deals.ID][]Span, error) {
	rows, err := db.All[spanRow](ctx, d, `
		select deal_id, from_at, until_at, level, functional, financial, political, stale
		from triad_spans
		where org_id = $1 and `+d.OneOf("deal_id", 2)+`
		order by deal_id, from_at`, d.Org(), db.List(list))
	byDeal := map[deals.ID][]Span{}
	for i := range rows {
		byDeal[rows[i].Deal] = append(byDeal[rows[i].Deal], rows[i].span())
	}
	return byDeal, err
}

// spannedAfter lists deals that have rows, or are in the ledger, after one in the order
// of their ids.
func spannedAfter(ctx context.Context, d *db.DB, after deals.ID, most int) ([]deals.ID, error) {
	return db.All[deals.ID](ctx, d, `
		select id from opportunities where org_id = $1 and id > $2
		union
		select deal_id from triad_spans where org_id = $1 and deal_id > $2
		order by 1
		limit $3`, d.Org(), after, most)
}

// dealOf is the deal that an entry is about; empty when about none.
func dealOf(ctx context.Context, d *db.DB, sequence int64) (deals.ID, error) {
	return db.One[deals.ID](ctx, d, `
		select coalesce(opportunity_id, '')
		from entries
		where org_id = $1 and sequence = $2`, d.Org(), sequence)
}
