package evidence

import (
	"context"
	"fmt"
	"slices"

	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/process"
)

// atOnce is how many deals are held in memory while many are brought along.
const atOnce = 500

// Migrate brings the open deals that follow a process to its newest version, in the
// writer's transaction: all of them, or none. It tells how many came along; told, when
// it is not nil, hears how far it is.
func Migrate(ctx context.Context, w *ledger.Writer, id process.ID, told func(done, all int)) (int, error) {
	library, err := process.ReadLibrary(ctx, w.DB)
	if err != nil {
		return 0, err
	}
	p, there := library.Process(id)
	if !there || p.Newest() == nil {
		return 0, fmt.Errorf("process %s was never published", id)
	}
	list, err := openUnder(ctx, w.DB, id, p.Newest().Number)
	if err != nil {
		return 0, err
	}
	newest := p.Newest()
	return bring(ctx, w, library, list, told, func(*deals.Opportunity) *process.Version { return newest })
}

// TakeOn puts the open deals that follow no process, and that one fits, under it.
func TakeOn(ctx context.Context, w *ledger.Writer, told func(done, all int)) (int, error) {
	library, err := process.ReadLibrary(ctx, w.DB)
	if err != nil || !chosen(library) {
		return 0, err
	}
	list, err := openWithout(ctx, w.DB)
	if err != nil {
		return 0, err
	}
	return bring(ctx, w, library, list, told, func(o *deals.Opportunity) *process.Version { return choose(library, o) })
}

// choose is the version that a deal comes under by itself; nil for none.
func choose(library process.Library, o *deals.Opportunity) *process.Version {
	if p := library.For(o); p != nil {
		return p.Newest()
	}
	return nil
}

// chosen tells whether any process is chosen by itself.
func chosen(library process.Library) bool {
	return slices.ContainsFunc(library, func(p process.Process) bool { return p.State == process.Active && p.Choice.Active })
}

// bring puts deals under the versions that are chosen for them.
func bring(ctx context.Context, w *ledger.Writer, library process.Library, list []deals.ID, told func(done, all int), version func(*deals.Opportunity) *process.Version) (int, error) {
	came, done := 0, 0
	for part := range slices.Chunk(list, atOnce) {
		n, err := bringSome(ctx, w, library, part, version)
		if err != nil {
			return came, err
		}
		came, done = came+n, done+len(part)
		if told != nil {
			told(done, len(list))
		}
	}
	return came, nil
}

func bringSome(ctx context.Context, w *ledger.Writer, library process.Library, list []deals.ID, version func(*deals.Opportunity) *process.Version) (int, error) {
	byDeal, err := entriesOf(ctx, w, list)
	if err != nil {
		return 0, err
	}
	batch := newBatch()
	for _, id := range list {
		o, exists, err := deals.Fold(byDeal[id], deals.Ever)
		if err != nil {
			return 0, err
		}
		if !exists {
			continue
		}
		v := version(&o)
		if v == nil {
			continue
		}
		p, err := penOf(w, o, library, byDeal[id])
		if err != nil {
			return 0, err
		}
		if p.Process == v.Process && p.Number == v.Number {
			continue
		}
		if err := p.Put(v, true); err != nil {
			return 0, err
		}
		if err := batch.take(p); err != nil {
			return 0, err
		}
	}
	return len(batch.order), batch.write(ctx, w)
}

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
