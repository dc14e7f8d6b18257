package plans

import (
	"context"
	"errors"
	"slices"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
	"milepost/process/evidence"
)

// errNoLink is for every link that opens nothing, whatever is wrong with it.
var errNoLink = errors.New("this link opens nothing")

// errPasscode is for a link whose passcode was not given yet.
var errPasscode = errors.New("this link asks for its passcode")

// guest is who came by a link, and what it opens.
type guest struct {
	Org   people.Organization
	Plan  Plan
	Deal  deals.Opportunity
	Link  Link
	Who   part
	Parts []part // everyone at the account, of whom the page names those in the plan only
	key   keyRow
	token string
}

// enter finds what a link opens. Proof is what the browser kept of the passcode.
func enter(ctx context.Context, d *db.DB, token, proof string, now calendar.Instant) (*guest, error) {
	keys, err := keyOf(ctx, d, token)
	if err != nil {
		return nil, err
	}
	if len(keys) != 1 {
		return nil, errNoLink
	}
	g := &guest{key: keys[0], token: token}
	confined := d.For(g.key.Org)
	if g.Plan, err = find(ctx, confined, g.key.Plan); problem.Is(err, problem.KindNotFound) {
		return nil, errNoLink
	} else if err != nil {
		return nil, err
	}
	if g.Deal, err = deals.Find(ctx, confined, g.key.Org, g.key.Deal); err != nil {
		return nil, err
	}
	if g.Parts, err = partsOf(ctx, confined, &g.Deal); err != nil {
		return nil, err
	}
	if g.Org, err = people.OrganizationOf(ctx, confined, g.key.Org); err != nil {
		return nil, err
	}
	return g, g.admit(&g.Plan, proof, now)
}

// admit refuses a link that is not good any more for the plan as it is.
func (g *guest) admit(p *Plan, proof string, now calendar.Instant) error {
	l, there := p.Link(g.key.Link)
	if !there {
		return errNoLink
	}
	i := slices.IndexFunc(g.Parts, func(c part) bool { return c.ID == l.Contact })
	if i < 0 {
		return errNoLink
	}
	if _, ok := p.serves(g.key.Link, g.Parts[i], now); !ok {
		return errNoLink
	}
	g.Link, g.Who = *l, g.Parts[i]
	if g.key.Passcode != "" && !proves(proof, g.token, g.key.Passcode) {
		return errPasscode
	}
	return nil
}

// actAsGuest is one act of a buyer through a link. The link is looked at again while the
// place in the ledger is held: whoever ends it a moment before is first.
func actAsGuest(ctx context.Context, d *db.DB, token, proof string, now calendar.Instant, act func(context.Context, *guest, *Pen) error) error {
	g, err := enter(ctx, d, token, proof, now)
	if err != nil {
		return err
	}
	return ledger.Record(ctx, d.For(g.key.Org), ledger.By{Via: ledger.ViaBuyerLink, At: now}, func(w *ledger.Writer) error {
		g, err := enter(ctx, w.DB, token, proof, now)
		if err != nil {
			return err
		}
		held, err := evidence.PenFor(ctx, w, g.Deal)
		if err != nil {
			return err
		}
		p := &Pen{Pen: held, w: w, Today: calendar.DateOf(now, g.Org.Place())}
		if err := p.fold(); err != nil {
			return err
		}
		if p.InForce() == nil || p.InForce().ID != g.Plan.ID {
			return errNoLink
		}
		if len(p.InForce().Remarks) >= mostRemarks {
			return problem.Invalid("", "So much was said here that it had better be talked over. Call us.")
		}
		if err := act(ctx, g, p); err != nil {
			return err
		}
		return p.putDown(ctx)
	})
}
