package evidence

import (
	"context"
	"fmt"

	"milepost/deals"
	"milepost/internal/ledger"
)

func entriesOf(ctx context.Context, w *ledger.Writer, list []deals.ID) (map[deals.ID][]ledger.Entry, error) {
	names := make([]string, len(list))
	for i, id := range list {
		names[i] = string(id)
	}
	entries, err := ledger.OfOpportunities(ctx, w.DB, w.DB.Org(), names)
	byDeal := make(map[deals.ID][]ledger.Entry, len(list))
	for _, e := range entries {
		byDeal[deals.ID(e.Opportunity)] = append(byDeal[deals.ID(e.Opportunity)], e)
	}
	return byDeal, err
}

// batch gathers what pens did, to be written at once.
type batch struct {
	order     []deals.ID
	entries   map[deals.ID][]ledger.Entry
	standings map[deals.ID]*Standing
}

func newBatch() *batch {
	return &batch{entries: map[deals.ID][]ledger.Entry{}, standings: map[deals.ID]*Standing{}}
}

func (b *batch) take(p *Pen) error {
	if err := p.followStage(); err != nil {
		return err
	}
	b.order = append(b.order, p.Deal.ID)
	b.entries[p.Deal.ID], b.standings[p.Deal.ID] = p.entries, &p.Standing
	return nil
}

func (b *batch) write(ctx context.Context, w *ledger.Writer) error {
	if len(b.order) == 0 {
		return nil
	}
	if err := deals.Rewrite(ctx, w.DB, b.entries, b.order, nil); err != nil {
		return fmt.Errorf("writing deals: %w", err)
	}
	return settleMany(ctx, w.DB, b.standings)
}
