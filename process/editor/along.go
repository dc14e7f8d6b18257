package editor

import (
	"context"

	"milepost/internal/ledger"
	"milepost/internal/web"
	"milepost/process"
	"milepost/process/evidence"
)

// after goes on telling where so many deals came along before.
func after(came int, told func(done, all int)) func(done, all int) {
	if told == nil {
		return nil
	}
	return func(done, all int) { told(came+done, came+all) }
}

// bring runs work at once where few deals are concerned, and else sets it going.
func (x *visit) bring(all int, notice string, work func(context.Context, func(done, all int)) (int, error), refuse func(error) error) error {
	if all > atOnce {
		if err := x.runs.start(x.ctx, runKey{x.v.Org, x.id()}, all, work); err != nil {
			return refuse(err)
		}
		return web.Redirect(x.w, x.r, path(x.id())+"/progress", "")
	}
	came, err := work(x.ctx, nil)
	switch {
	case err != nil && len(sentences(err)) > 0:
		return refuse(err)
	case err != nil:
		return err
	case came > 0:
		notice += ", and " + count(came, "deal") + " came along"
	}
	return web.Redirect(x.w, x.r, path(x.id()), notice+".")
}

// apply publishes in one transaction: the version, and every deal that comes along.
func apply(ctx context.Context, w *ledger.Writer, id process.ID, seen int64, mapping map[process.MilestoneID][]process.MilestoneID, note string, told func(done, all int)) (int, error) {
	p, err := process.Publish(ctx, w, id, seen, mapping, note)
	if err != nil {
		return 0, err
	}
	if len(p.Versions) > 1 {
		return evidence.Migrate(ctx, w, id, told)
	}
	if p.Choice.Active {
		return evidence.TakeOn(ctx, w, told)
	}
	return 0, nil
}
