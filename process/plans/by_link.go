package plans

import (
	"context"

	"milepost/calendar"
	"milepost/internal/db"
)

// ByLink is somebody of the buyer's who opened a private link, at an instant: what they
// do with the plan.
type ByLink struct {
	DB    *db.DB
	Token string
	Proof string // what the browser kept of the passcode, where one is asked for
	At    calendar.Instant
}

func (l ByLink) act(ctx context.Context, act func(context.Context, *guest, *Pen) error) error {
	return actAsGuest(ctx, l.DB, l.Token, l.Proof, l.At, act)
}

// Confirm says that a step is done.
func (l ByLink) Confirm(ctx context.Context, step StepID, words string) error {
	return l.act(ctx, func(_ context.Context, g *guest, p *Pen) error { return p.confirm(g, step, words) })
}

// Propose wishes another date for a step.
func (l ByLink) Propose(ctx context.Context, step StepID, on calendar.Date, words string) error {
	return l.act(ctx, func(_ context.Context, g *guest, p *Pen) error { return p.propose(g, step, on, words) })
}

// Say says something about the plan.
func (l ByLink) Say(ctx context.Context, words string) error {
	return l.act(ctx, func(_ context.Context, g *guest, p *Pen) error { return p.comment(g, "", words) })
}

// bring names a colleague who should be in the plan.
func (l ByLink) bring(ctx context.Context, c colleague) error {
	return l.act(ctx, func(ctx context.Context, g *guest, p *Pen) error { return p.bring(ctx, g, c) })
}
