package products

import (
	"context"
	"errors"

	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
)

var errNoProduct = problem.NotFound("There is no such product.")

// Add records a new product, with what is known of it. A name or a code that is taken
// is refused.
func Add(ctx context.Context, w *ledger.Writer, p Product) (Product, error) {
	var wrong []error
	for _, f := range fields {
		value, err := f.clean(f.Name, p.value(f.Name))
		if err == nil {
			err = p.set(f.Name, value)
		}
		wrong = append(wrong, err)
	}
	if err := errors.Join(wrong...); err != nil {
		return p, err
	}
	if p.ID == "" {
		p.ID = ID(db.NewID(w.By.At))
	}
	if err := mustBeFree(ctx, w.DB, &p); err != nil {
		return p, err
	}
	e, err := w.Add(ProductAdded, string(p.ID), "", w.By.At, Described{p.Name, p.Code, p.Family, p.Unit, p.Prices})
	if err != nil {
		return p, err
	}
	p.CreatedAt, p.Version, p.Retired = w.By.At, e.Sequence, false
	return p, insertProduct(ctx, w.DB, &p)
}

// Set records a new value of one of a product's fields, in the words of a form.
func Set(ctx context.Context, w *ledger.Writer, id ID, name, value string) (Product, error) {
	p, err := productOf(ctx, w.DB, id)
	if err != nil {
		return p, err
	}
	return p, set(ctx, w, &p, name, value)
}

func set(ctx context.Context, w *ledger.Writer, p *Product, name, value string) error {
	f, err := fieldNamed(name)
	if err != nil {
		return err
	}
	if value, err = f.clean(f.Name, value); err != nil {
		return err
	}
	before := p.value(name)
	if value == before {
		return nil
	}
	if err := p.set(name, value); err != nil {
		return err
	}
	if name == "name" || name == "code" {
		if err := mustBeFree(ctx, w.DB, p); err != nil {
			return err
		}
	}
	e, err := w.Add(ProductChanged, string(p.ID), "", w.By.At, Change{name, before, value})
	if err != nil {
		return err
	}
	p.Version = e.Sequence
	return updateProduct(ctx, w.DB, p, name == "prices")
}

// mustBeFree refuses a name or a code that another product has, retired or not: one
// who reads it in a deal must know which is meant.
func mustBeFree(ctx context.Context, d *db.DB, p *Product) error {
	taken, err := productsTaking(ctx, d, p)
	if err != nil || len(taken) == 0 {
		return err
	}
	other, again := taken[0], ""
	if other.Retired {
		again = " It is retired; sell it again instead."
	}
	if people.Key(other.Name) == people.Key(p.Name) {
		return problem.Conflict("name", "There is a product of this name already.%s", again)
	}
	return problem.Conflict("code", "“%s” has this code already.%s", other.Name, again)
}
