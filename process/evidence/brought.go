package evidence

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/process"
)

// brought is a deal that came along: its standing before and after, and its row.
type brought struct {
	id            deals.ID
	before, after Standing
	row           deals.Restaged
}

func bringOne(p *Pen, v *process.Version) (brought, error) {
	b := brought{id: p.Deal.ID, before: p.Standing}
	stage := p.Deal.Stage
	if err := p.Put(v, true); err != nil {
		return b, err
	}
	if err := p.followStage(); err != nil {
		return b, err
	}
	b.after = p.Standing
	b.row = deals.Restaged{ID: b.id, Process: string(v.Process), Stage: p.Deal.Stage, StageSince: p.at(), Staged: p.Deal.Stage != stage,
		Moved: b.before.Process != v.Process, Version: p.entries[len(p.entries)-1].Sequence}
	if b.row.Moved && !b.row.Staged {
		b.row.StageSince = p.Deal.StageSince
	}
	return b, nil
}

// touched lists the milestones of which the rows are to be written anew.
func (b *brought) touched() []process.MilestoneID {
	all := map[process.MilestoneID]bool{}
	for id, m := range b.before.Shown {
		if now, has := b.after.Shown[id]; !has || now != m {
			all[id] = true
		}
	}
	for id := range b.after.Shown {
		if _, had := b.before.Shown[id]; !had {
			all[id] = true
		}
	}
	if !slices.Equal(b.before.Items, b.after.Items) {
		for _, items := range [][]Item{b.before.Items, b.after.Items} {
			for _, i := range items {
				if !slices.Contains(b.before.Items, i) || !slices.Contains(b.after.Items, i) {
					all[i.Milestone] = true
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(all))
}

func writeBrought(ctx context.Context, w *ledger.Writer, list []brought) error {
	if len(list) == 0 {
		return nil
	}
	rows := make([]deals.Restaged, len(list))
	for i := range list {
		rows[i] = list[i].row
	}
	if err := deals.Restage(ctx, w.DB, rows); err != nil {
		return fmt.Errorf("writing deals: %w", err)
	}
	return resettle(ctx, w.DB, list)
}
