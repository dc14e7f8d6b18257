// Package past is what the deals so far say about how an organization sells. From a
// history that was brought in it proposes a process; it finds the labels of the history
// that a process does not know yet; and it tells of each milestone how often it is
// reached, how long that takes, and how often it is the last one before a deal is lost.
package past

import (
	"context"
	"fmt"

	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/process"
	"milepost/process/evidence"
)

// Discovery is a process as the history has it.
type Discovery struct {
	Deals      int // with any label
	All        int
	OnlyStages bool // the history has no milestones; its stages stand for them
	Beginning  string
	Found      []process.Found
}

// Definition is a draft of it.
func (f *Discovery) Definition(name string) process.Definition {
	return process.Discovered(name, f.Beginning, f.Found, f.All)
}

// Discover reads the history of the organization that the handle is confined to, and
// finds the process in it.
func Discover(ctx context.Context, d *db.DB) (*Discovery, error) {
	h, err := readHistory(ctx, d)
	if err != nil {
		return nil, fmt.Errorf("reading the history of deals: %w", err)
	}
	f := &Discovery{All: len(h.deals), OnlyStages: !h.hasMilestones()}
	traces := h.traces(f.OnlyStages)
	for i := range traces {
		if len(traces[i].Reached) > 0 {
			f.Deals++
		}
	}
	f.Found = process.Discover(traces)
	f.Beginning = process.BeginningName(h.beginning(), f.Found)
	return f, nil
}

// Save keeps what was found as a draft. Published, it is for every new deal, and open
// deals that follow no process come under it, as do ended ones, except where only stages are known: these
// show nothing of a milestone, so every deal would fall back to the beginning.
func (f *Discovery) Save(ctx context.Context, w *ledger.Writer, name string, publish bool) (p process.Process, came int, err error) {
	if p, err = process.Begin(ctx, w, f.Definition(name)); err != nil || !publish {
		return p, 0, err
	}
	if !f.OnlyStages {
		if p, err = process.SetChoice(ctx, w, p.ID, p.Version, process.Choice{Active: true}); err != nil {
			return p, 0, err
		}
	}
	if p, err = process.Publish(ctx, w, p.ID, p.Version, nil, "Found in the history"); err != nil || f.OnlyStages {
		return p, 0, err
	}
	if came, err = evidence.TakeOn(ctx, w, nil); err != nil {
		return p, came, err
	}
	ended, err := evidence.TakeOnEnded(ctx, w, p.ID, nil)
	return p, came + ended, err
}
