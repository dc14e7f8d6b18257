package products

import (
	"context"

	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
)

// FollowAmount makes the deal's amount what its products come to, from now on; or lets
// it stand by itself.
func FollowAmount(ctx context.Context, w *ledger.Writer, v *people.Viewer, deal deals.ID, on bool) error {
	p, err := takeUp(ctx, w, v, deal)
	if err != nil {
		return err
	}
	if !on {
		if !p.basket.Follows {
			return nil
		}
		return p.finish(ctx, step{turn: "off"})
	}
	if len(p.basket.Lines) == 0 {
		return problem.Invalid("", "There are no products in this deal that its amount could follow.")
	}
	total, err := Total(p.basket.Lines)
	if err != nil || p.before.Holds(p.deal.Amount) && *p.deal.Amount == total {
		return err
	}
	s := step{worth: &total}
	if !p.basket.Follows {
		s.turn = "on"
	}
	return p.finish(ctx, s)
}

// Reprice gives every line of a deal its list price in the currency of the deal's
// amount, for a deal whose currency changed. Nothing is converted: where a list price
// is missing, nothing is written, and the refusal says where.
func Reprice(ctx context.Context, w *ledger.Writer, v *people.Viewer, deal deals.ID) error {
	p, err := takeUp(ctx, w, v, deal)
	if err != nil {
		return err
	}
	if !p.basket.strays(&p.deal) {
		return nil
	}
	in := p.deal.Amount.Currency
	for _, l := range p.before.Lines {
		var found Product
		if l.Product != "" {
			if found, err = productOf(ctx, w.DB, l.Product); err != nil {
				return err
			}
		}
		price, has := found.PriceIn(in)
		if !has {
			return problem.Invalid("", "“%s” has no list price in %s. Take it out and add it anew with a price, or ask operations for a list price.", l.Name, in)
		}
		l.Price = price
		if l.Sum, err = Sum(l.Quantity, l.Price, l.Discount); err != nil {
			return err
		}
		if err := p.add(LineChanged, string(l.ID), l.stated()); err != nil {
			return err
		}
	}
	if p.before.Follows {
		return p.finish(ctx, step{turn: "off"})
	}
	return p.finish(ctx, step{})
}
