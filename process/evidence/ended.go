package evidence

import (
	"context"
	"fmt"

	"milepost/internal/ledger"
	"milepost/process"
)

// TakeOnEnded lets deals that have ended be read by the newest version of a process:
// those that follow none, or an earlier version of it, and whose history names one of
// its milestones. What the history says counts as of then; how such a deal ended, and at
// which stage, stays as it was recorded. It tells how many came.
func TakeOnEnded(ctx context.Context, w *ledger.Writer, id process.ID, told func(done, all int)) (int, error) {
	library, err := process.ReadLibrary(ctx, w.DB)
	if err != nil {
		return 0, err
	}
	p, there := library.Process(id)
	if !there || p.Newest() == nil {
		return 0, fmt.Errorf("process %s was never published", id)
	}
	newest := p.Newest()
	list, err := endedFor(ctx, w.DB, id, newest.Number)
	if err != nil {
		return 0, err
	}
	return bring(ctx, w, library, list, told, func(p *Pen) *process.Version {
		if p.tellsOf(&newest.Definition) {
			return newest
		}
		return nil
	})
}

// tellsOf tells whether the deal's history names a milestone of a process.
func (s *Standing) tellsOf(d *process.Definition) bool {
	for _, l := range s.labels {
		if _, known := d.Labelled(l.name); known {
			return true
		}
	}
	return false
}
