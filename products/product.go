package products

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"milepost/calendar"
	"milepost/internal/ledger"
	"milepost/money"
)

// ID names a product.
type ID string

// Product is something that is sold.
type Product struct {
	ID        ID               `db:"id"`
	Name      string           `db:"name"`
	Code      string           `db:"code"`    // as it stands on price lists; empty when there is none
	Family    string           `db:"family"`  // what it belongs together with
	Unit      string           `db:"unit"`    // what is counted: "piece", "month"
	Retired   bool             `db:"retired"` // not sold any more; it stays in the deals in which it is
	CreatedAt calendar.Instant `db:"created_at"`
	Version   int64            `db:"version"` // sequence of the newest entry about it
	Prices    []money.Amount   // by currency
}

// PriceIn is the list price in a currency.
func (p *Product) PriceIn(c money.Currency) (money.Amount, bool) {
	i := slices.IndexFunc(p.Prices, func(a money.Amount) bool { return a.Currency == c })
	if i < 0 {
		return money.Amount{}, false
	}
	return p.Prices[i], true
}

// value is a field in the words of a form.
func (p *Product) value(field string) string {
	switch field {
	case "name":
		return p.Name
	case "code":
		return p.Code
	case "family":
		return p.Family
	case "unit":
		return p.Unit
	case "prices":
		return writePrices(p.Prices)
	case "sold":
		if p.Retired {
			return "no"
		}
		return "yes"
	}
	return ""
}

// set takes in a field in the words of a form.
func (p *Product) set(field, value string) (err error) {
	switch field {
	case "name":
		p.Name = value
	case "code":
		p.Code = value
	case "family":
		p.Family = value
	case "unit":
		p.Unit = value
	case "prices":
		p.Prices, err = ParsePrices("prices", value)
	case "sold":
		p.Retired = value == "no"
	}
	return err
}

// writePrices lists prices, one a line, as ParsePrices reads them.
func writePrices(list []money.Amount) string {
	lines := make([]string, len(list))
	for i, a := range list {
		lines[i] = string(a.Currency) + " " + typedPrice(a)
	}
	return strings.Join(lines, "\n")
}

// FoldProduct makes a product from its entries, in order of sequence. It tells whether
// the product existed.
func FoldProduct(entries []ledger.Entry) (Product, bool, error) {
	var p Product
	exists := false
	for i := range entries {
		e := &entries[i]
		switch e.Kind {
		case ProductAdded:
			var d Described
			if err := e.Read(&d); err != nil {
				return p, false, err
			}
			p = Product{ID: ID(e.Subject), Name: d.Name, Code: d.Code, Family: d.Family, Unit: d.Unit, Prices: d.Prices, CreatedAt: e.EffectiveAt}
			exists = true
		case ProductChanged:
			var c Change
			err := e.Read(&c)
			if err == nil {
				err = p.set(c.Field, c.To)
			}
			if err != nil {
				return p, false, fmt.Errorf("folding product %s: %w", e.Subject, err)
			}
		default:
			continue
		}
		p.Version = e.Sequence
	}
	slices.SortFunc(p.Prices, byCurrency)
	return p, exists, nil
}

func byCurrency(a, b money.Amount) int { return cmp.Compare(a.Currency, b.Currency) }

func (p *Product) same(o *Product) bool {
	prices := slices.Equal(p.Prices, o.Prices)
	a, b := *p, *o
	a.Prices, b.Prices = nil, nil
	return prices && fmt.Sprint(a) == fmt.Sprint(b)
}
