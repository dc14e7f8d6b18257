package evidence

import (
	"context"
	"maps"
	"slices"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/process"
)

// Reader is the name of this room's bookmark in the ledger.
const Reader = "evidence"

// followed is how many entries are followed in one transaction.
const followed = 2000

// CatchUp follows the ledger to its end: new deals come under the process that fits
// them, and what was brought in of their milestones is taken in.
func CatchUp(ctx context.Context, d *db.DB, now calendar.Instant) error {
	for {
		n, err := ledger.Follow(ctx, d, Reader, followed, func(tx *db.DB, entries []ledger.Entry) error {
			return takeIn(ctx, tx, entries, now)
		})
		if err != nil || n < followed {
			return err
		}
	}
}

// takeIn works on the deals that a batch of entries is about. What this room wrote
// itself is written already.
func takeIn(ctx context.Context, tx *db.DB, entries []ledger.Entry, now calendar.Instant) error {
	touched := map[deals.ID]bool{}
	for i := range entries {
		switch e := &entries[i]; {
		case e.Kind == ledger.Erased:
			return takeInErasure(ctx, tx, entries, now)
		case follows(e.Kind):
			touched[deals.ID(e.Opportunity)] = true
		}
	}
	return freshen(ctx, tx, slices.Sorted(maps.Keys(touched)), now)
}

// follows tells whether the follower has something to do about entries of a kind that
// others write.
func follows(k ledger.Kind) bool {
	switch k {
	case deals.Created, deals.AttributeSet, deals.AmountSet, deals.MilestoneRecorded, deals.Reopened:
		return true
	}
	return false
}

// takeInErasure goes through all deals of a batch in which something was erased, and of
// the entries that were.
func takeInErasure(ctx context.Context, tx *db.DB, entries []ledger.Entry, now calendar.Instant) error {
	touched := map[deals.ID]bool{}
	for i := range entries {
		if entries[i].Opportunity != "" {
			touched[deals.ID(entries[i].Opportunity)] = true
		}
		if entries[i].Kind != ledger.Erased {
			continue
		}
		var what struct {
			Sequences []int64 `json:"sequences"`
		}
		if err := entries[i].Read(&what); err != nil {
			return err
		}
		for _, sequence := range what.Sequences {
			id, err := dealOf(ctx, tx, sequence)
			if err != nil {
				return err
			}
			if id != "" {
				touched[id] = true
			}
		}
	}
	return freshen(ctx, tx, slices.Sorted(maps.Keys(touched)), now)
}

// freshen brings deals that changed elsewhere up to date. A deal whose process was
// chosen by itself comes under another one while nothing was shown in it.
func freshen(ctx context.Context, tx *db.DB, list []deals.ID, now calendar.Instant) error {
	if len(list) == 0 {
		return nil
	}
	library, err := process.ReadLibrary(ctx, tx)
	if err != nil || len(library) == 0 {
		return err
	}
	return ledger.Record(ctx, tx, ledger.By{Via: ledger.ViaJob, At: now}, func(w *ledger.Writer) error {
		for part := range slices.Chunk(list, atOnce) {
			if err := freshenSome(ctx, w, library, part); err != nil {
				return err
			}
		}
		return nil
	})
}

func freshenSome(ctx context.Context, w *ledger.Writer, library process.Library, list []deals.ID) error {
	byDeal, err := entriesOf(ctx, w, list)
	if err != nil {
		return err
	}
	batch := newBatch()
	for _, id := range list {
		o, exists, err := deals.Fold(byDeal[id], deals.Ever)
		if err != nil {
			return err
		}
		if !exists {
			continue
		}
		p, err := penOf(w, o, library, byDeal[id])
		if err != nil {
			return err
		}
		v := choose(library, &o)
		if v != nil && v.Process != p.Process && p.mayMove() {
			if err := p.Put(v, true); err != nil {
				return err
			}
		}
		if p.Process == "" {
			continue
		}
		if err := batch.take(p); err != nil {
			return err
		}
	}
	return batch.write(ctx, w)
}

// mayMove tells whether a deal may come under another process by itself: it is under
// none, or one was chosen for it by itself and nothing was shown yet.
func (p *Pen) mayMove() bool {
	return p.Deal.IsOpen() && !p.ByHand && (p.Process == "" || len(p.Shown) == 0)
}
