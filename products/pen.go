package products

import (
	"context"
	"slices"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
)

// mostLines is how many lines a deal may have.
const mostLines = 200

// pen writes about what is in one deal: it reads the deal's entries, adds further
// ones, and writes the rows that they come to.
type pen struct {
	w       *ledger.Writer
	deal    deals.Opportunity
	entries []ledger.Entry
	before  Basket
	basket  Basket
}

// takeUp readies a pen for a deal that the person sees: who sees a deal may work on
// it. A deal that has ended is left as it ended.
func takeUp(ctx context.Context, w *ledger.Writer, v *people.Viewer, id deals.ID) (*pen, error) {
	o, err := dealFor(ctx, w.DB, v, id)
	if err != nil {
		return nil, err
	}
	if !o.IsOpen() {
		return nil, problem.Conflict("", "This deal has ended, and its products stay as they were. Reopen it to change them.")
	}
	entries, err := ledger.OfOpportunity(ctx, w.DB, w.DB.Org(), string(id))
	if err != nil {
		return nil, err
	}
	p := &pen{w: w, deal: o, entries: entries}
	if p.before, err = Fold(entries); err != nil {
		return nil, err
	}
	p.basket = p.before
	p.basket.Lines = slices.Clone(p.before.Lines)
	return p, nil
}

// dealFor reads a deal that the person sees.
func dealFor(ctx context.Context, d *db.DB, v *people.Viewer, id deals.ID) (deals.Opportunity, error) {
	if !plausible(id) {
		return deals.Opportunity{}, problem.NotFound("There is no such deal, or it is not yours to see.") // as deals say it
	}
	return deals.FindFor(ctx, d, v, id)
}

// add adds an entry of this room, and takes it in.
func (p *pen) add(kind ledger.Kind, subject string, payload any) error {
	e, err := p.w.Add(kind, subject, string(p.deal.ID), p.w.By.At, payload)
	if err != nil {
		return err
	}
	p.entries = append(p.entries, e)
	return p.basket.take(&e)
}

// setAmount records what the deal is worth, by the rule of deals.
func (p *pen) setAmount(s step) error {
	if s.worth == nil {
		return nil
	}
	changes, err := deals.SetAmount(&p.deal, s.worth)
	if err != nil {
		return err
	}
	for _, c := range changes {
		e, err := p.w.Add(c.Kind, string(p.deal.ID), string(p.deal.ID), p.w.By.At, c.Fact)
		if err != nil {
			return err
		}
		p.entries = append(p.entries, e)
	}
	return nil
}

// putDown lets the amount follow, where it does, and writes the rows.
func (p *pen) putDown(ctx context.Context) error {
	s, err := follow(&p.before, p.deal.Amount, p.basket.Lines)
	if err != nil {
		return err
	}
	return p.finish(ctx, s)
}

func (p *pen) finish(ctx context.Context, s step) error {
	if s.turn != "" {
		if err := p.add(FollowingSet, string(p.deal.ID), Following{s.turn}); err != nil {
			return err
		}
	}
	if err := p.setAmount(s); err != nil {
		return err
	}
	told := map[deals.ID][]ledger.Entry{p.deal.ID: p.entries}
	if err := deals.Rewrite(ctx, p.w.DB, told, []deals.ID{p.deal.ID}, nil); err != nil {
		return err
	}
	return putBaskets(ctx, p.w.DB, map[deals.ID]Basket{p.deal.ID: p.basket}, []deals.ID{p.deal.ID})
}
