package board

import (
	"context"

	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
)

// moved is a move that was just made, and how it is undone.
type moved struct {
	ID       deals.ID
	Title    string
	From, To string
	Version  int64
}

// lastMove is the viewer's own move, if nothing came after it.
func (p *pages) lastMove(ctx context.Context, v *people.Viewer, id deals.ID) (*moved, error) {
	d := p.DB.For(v.Org)
	o, err := deals.FindFor(ctx, d, v, id)
	if problem.Is(err, problem.KindNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	entries, err := ledger.OfOpportunity(ctx, d, v.Org, string(id))
	if err != nil || len(entries) < 2 {
		return nil, err
	}
	last := len(entries) - 1
	before, _, err := deals.Fold(entries[:last], deals.Ever)
	if err != nil || entries[last].Kind != deals.StageSet || entries[last].Actor != string(v.ID) || before.Stage == "" {
		return nil, err
	}
	return &moved{ID: id, Title: titleOf(&o), From: before.Stage, To: o.Stage, Version: o.Version}, nil
}
