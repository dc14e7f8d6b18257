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
var atOnce = 1000 // tests set it

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
	return bring(ctx, w, library, list, told, func(*Pen) *process.Version { return newest })
}

// TakeOn puts the open deals that follow no process, and that one fits, under it. Those
// that somebody took off their process stay where they are.
func TakeOn(ctx context.Context, w *ledger.Writer, told func(done, all int)) (int, error) {
	library, err := process.ReadLibrary(ctx, w.DB)
	if err != nil || !chosen(library) {
		return 0, err
	}
	list, err := openWithout(ctx, w.DB)
	if err != nil {
		return 0, err
	}
	return bring(ctx, w, library, list, told, func(p *Pen) *process.Version { return choose(library, &p.Deal) })
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
func bring(ctx context.Context, w *ledger.Writer, library process.Library, list []deals.ID, told func(done, all int), version func(*Pen) *process.Version) (int, error) {
	came, done := 0, 0
	some := func(pens []*Pen, size int) error {
		n, err := bringSome(ctx, w, library, pens, version)
		came, done = came+n, done+size
		if told != nil && err == nil {
			told(done, len(list))
		}
		return err
	}
	if _, can := w.DB.Beside(); can && !w.SaysOfDeals() {
		ahead, stop := context.WithCancel(ctx)
		defer stop()
		for part := range readyAll(ahead, w, library, list) {
			if part.err == nil {
				part.err = some(part.pens, part.size)
			}
			if part.err != nil {
				return came, part.err
			}
		}
		return came, ctx.Err()
	}
	for part := range slices.Chunk(list, atOnce) {
		pens, err := ready(ctx, w.DB, w, library, part)
		if err == nil {
			err = some(pens, len(part))
		}
		if err != nil {
			return came, err
		}
	}
	return came, nil
}

// bringSome writes no more of the deals than changes. A deal whose stage was said to
// begin later than now is folded whole.
func bringSome(ctx context.Context, w *ledger.Writer, library process.Library, pens []*Pen, version func(*Pen) *process.Version) (int, error) {
	var come []brought
	var whole []deals.ID
	for _, p := range pens {
		v := version(p)
		switch {
		case v == nil, p.Process == v.Process && p.Number == v.Number, p.Process == "" && p.ByHand:
			continue
		case p.Deal.StageSince > p.at():
			whole = append(whole, p.Deal.ID)
			continue
		}
		one, err := bringOne(p, v)
		if err != nil {
			return 0, err
		}
		come = append(come, one)
	}
	if err := writeBrought(ctx, w, come); err != nil {
		return 0, err
	}
	n, err := bringWhole(ctx, w, library, whole, version)
	return len(come) + n, err
}

// bringWhole brings deals along from all their entries.
func bringWhole(ctx context.Context, w *ledger.Writer, library process.Library, list []deals.ID, version func(*Pen) *process.Version) (int, error) {
	if len(list) == 0 {
		return 0, nil
	}
	byDeal, err := entriesOf(ctx, w, list)
	if err != nil {
		return 0, err
	}
	batch := newBatch()
	for _, id := range list {
		o, _, err := deals.Fold(byDeal[id], deals.Ever)
		if err != nil {
			return 0, err
		}
		p, err := penOf(w, o, library, byDeal[id])
		if err != nil {
			return 0, err
		}
		if err := p.Put(version(p), true); err != nil {
			return 0, err
		}
		if err := batch.take(p); err != nil {
			return 0, err
		}
	}
	return len(batch.order), batch.write(ctx, w)
}
