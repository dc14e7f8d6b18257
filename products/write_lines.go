package products

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/money"
	"milepost/people"
	"milepost/problem"
)

// Wish is a line as a person types it.
type Wish struct {
	Product  string // a product's name or code, or any name
	Quantity string // empty means one
	Price    string // of one unit; empty means the list price
	Discount string // in percent; empty means none
}

// Overtaken is that someone else changed a line meanwhile: Now is how it stands, or
// nil when it is gone.
type Overtaken struct {
	Now *Line
	By  people.ID
	error
}

// Unwrap lets the refusal be known as a conflict.
func (o *Overtaken) Unwrap() error { return o.error }

// AddLine puts a product into a deal.
func AddLine(ctx context.Context, w *ledger.Writer, v *people.Viewer, deal deals.ID, wish Wish) (LineID, error) {
	p, err := takeUp(ctx, w, v, deal)
	if err != nil {
		return "", err
	}
	if p.basket.strays(&p.deal) {
		return "", problem.Invalid("price", "The deal is in %s now, and its products are priced in %s. First bring both into one currency, as offered below.",
			p.deal.Amount.Currency, p.basket.Lines[0].Price.Currency)
	}
	if len(p.basket.Lines) >= mostLines {
		return "", problem.Invalid("", "A deal has up to %d lines. Put some of them together.", mostLines)
	}
	l, err := wish.line(ctx, w.DB, p.basket.currency(&p.deal, v.Organization.Currency), nil)
	if err != nil {
		return "", err
	}
	l.ID = LineID(db.NewID(w.By.At))
	if err := p.add(LineAdded, string(l.ID), l.stated()); err != nil {
		return "", err
	}
	return l.ID, p.putDown(ctx)
}

// ChangeLine says a line anew. Version is the one that the person saw: when someone
// else changed it since, nothing is written, and the refusal is an *Overtaken.
func ChangeLine(ctx context.Context, w *ledger.Writer, v *people.Viewer, deal deals.ID, id LineID, version int64, wish Wish) error {
	p, now, err := takeUpLine(ctx, w, v, deal, id, version)
	if err != nil {
		return err
	}
	l, err := wish.line(ctx, w.DB, now.Price.Currency, now)
	if err != nil || l.same(now) {
		return err
	}
	if err := p.add(LineChanged, string(id), l.stated()); err != nil {
		return err
	}
	return p.putDown(ctx)
}

// RemoveLine takes a product out of a deal, and tells what was there.
func RemoveLine(ctx context.Context, w *ledger.Writer, v *people.Viewer, deal deals.ID, id LineID, version int64) (Line, error) {
	p, now, err := takeUpLine(ctx, w, v, deal, id, version)
	if err != nil {
		return Line{}, err
	}
	gone := *now
	if err := p.add(LineRemoved, string(id), Stated{Name: gone.Name, Value: gone.words()}); err != nil {
		return gone, err
	}
	return gone, p.putDown(ctx)
}

func takeUpLine(ctx context.Context, w *ledger.Writer, v *people.Viewer, deal deals.ID, id LineID, version int64) (*pen, *Line, error) {
	p, err := takeUp(ctx, w, v, deal)
	if err != nil {
		return nil, nil, err
	}
	i := p.before.find(id)
	if i < 0 {
		for _, e := range p.entries {
			if e.Kind == LineRemoved && e.Subject == string(id) {
				return nil, nil, &Overtaken{nil, people.ID(e.Actor), problem.Conflict("", "Someone took this product out of the deal meanwhile.")}
			}
		}
		return nil, nil, problem.NotFound("There is no such product in this deal.")
	}
	now := p.before.Lines[i]
	if now.Version != version {
		by := people.ID("")
		for _, e := range p.entries {
			if e.Sequence == now.Version {
				by = people.ID(e.Actor)
			}
		}
		return nil, nil, &Overtaken{&now, by, problem.Conflict("", "Someone changed this line while you were at it. Nothing of yours was saved yet.")}
	}
	return p, &now, nil
}

// line makes a line of what was typed. A name that is in the catalogue is that
// product; a retired one only where it is already.
func (t Wish) line(ctx context.Context, d *db.DB, in money.Currency, now *Line) (Line, error) {
	name, badName := line("product", "The product's name", t.Product, longestName)
	if badName == nil && people.Key(name) == "" {
		badName = problem.Invalid("product", "Which product? Choose one from the list, or write what it is.")
	}
	quantity, badQuantity := ParseQuantity("quantity", cmp.Or(strings.TrimSpace(t.Quantity), "1"))
	discount, badDiscount := ParseDiscount("discount", t.Discount)
	price, badPrice := ParsePrice("price", t.Price, in)
	if err := errors.Join(badName, badQuantity, badPrice, badDiscount); err != nil {
		return Line{}, err
	}
	l := Line{Name: name, Quantity: quantity, Discount: discount}
	found, known, err := productCalled(ctx, d, name)
	switch {
	case err != nil:
		return l, err
	case now != nil && people.Key(name) == people.Key(now.Name):
		l.Product, l.Name, l.Unit = now.Product, now.Name, now.Unit
	case known && found.Retired:
		return l, problem.Invalid("product", "“%s” is not sold any more. Choose another product.", found.Name)
	case known:
		l.Product, l.Name, l.Unit = found.ID, found.Name, found.Unit
	}
	if price == nil {
		list, has := found.PriceIn(in)
		if !has {
			return l, problem.Invalid("price", "%s", noListPrice(known, found.Name, in))
		}
		price = &list
	}
	l.Price = *price
	l.Sum, err = Sum(l.Quantity, l.Price, l.Discount)
	return l, err
}

func noListPrice(known bool, name string, in money.Currency) string {
	if known {
		return fmt.Sprintf("“%s” has no list price in %s. What does one cost?", name, in)
	}
	return "What does one cost? This is not in the catalogue, so it has no list price."
}
