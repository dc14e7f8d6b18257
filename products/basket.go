package products

import (
	"fmt"
	"slices"

	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/money"
)

// Basket is what is in a deal, and whether the deal's amount follows it.
type Basket struct {
	Lines    []Line
	Follows  bool         // asked to; see Holds
	Followed money.Amount // what the products came to when the amount last followed
}

// Fold makes a deal's basket from its entries, in order of sequence. Entries of other
// kinds say nothing of it.
func Fold(entries []ledger.Entry) (Basket, error) {
	var b Basket
	for i := range entries {
		if err := b.take(&entries[i]); err != nil {
			return b, fmt.Errorf("folding the products of deal %s: %w", entries[i].Opportunity, err)
		}
	}
	return b, nil
}

func (b *Basket) take(e *ledger.Entry) error {
	switch e.Kind {
	case LineAdded, LineChanged:
		var s Stated
		if err := e.Read(&s); err != nil || s.Quantity == 0 {
			return err // a line whose entry was erased is not there any more
		}
		l := Line{ID: LineID(e.Subject), Product: s.Product, Name: s.Name, Unit: s.Unit, Quantity: s.Quantity,
			Price: money.Amount{Minor: s.UnitPrice, Currency: s.Currency}, Discount: s.Discount, Added: e.Sequence, Version: e.Sequence}
		var err error
		if l.Sum, err = Sum(l.Quantity, l.Price, l.Discount); err != nil {
			return err
		}
		if i := b.find(l.ID); i >= 0 {
			l.Added = b.Lines[i].Added
			b.Lines[i] = l
		} else if e.Kind == LineAdded {
			b.Lines = append(b.Lines, l)
		}
	case LineRemoved:
		b.Lines = slices.DeleteFunc(b.Lines, func(l Line) bool { return l.ID == LineID(e.Subject) })
	case FollowingSet:
		var f Following
		if err := e.Read(&f); err != nil {
			return err
		}
		b.Follows = f.Name == "on"
	default:
		return nil
	}
	if total, err := Total(b.Lines); err == nil && b.Follows && len(b.Lines) > 0 {
		b.Followed = total
	}
	if !b.Follows {
		b.Followed = money.Amount{}
	}
	return nil
}

func (b *Basket) find(id LineID) int {
	return slices.IndexFunc(b.Lines, func(l Line) bool { return l.ID == id })
}

// Holds tells whether the amount follows: it was asked to, and nobody has said
// another amount since.
func (b *Basket) Holds(amount *money.Amount) bool {
	return b.Follows && amount != nil && *amount == b.Followed
}

// currency is the one in which a deal's products are priced.
func (b *Basket) currency(o *deals.Opportunity, usual money.Currency) money.Currency {
	switch {
	case len(b.Lines) > 0:
		return b.Lines[0].Price.Currency
	case o.Amount != nil:
		return o.Amount.Currency
	}
	return usual
}

// strays tells whether the deal's amount is in another currency than its products.
func (b *Basket) strays(o *deals.Opportunity) bool {
	return len(b.Lines) > 0 && o.Amount != nil && o.Amount.Currency != b.Lines[0].Price.Currency
}

// step is what a change of lines does beside it.
type step struct {
	turn  string        // "on", "off", or nothing
	worth *money.Amount // the amount to set; nil leaves it
}

// follow says what becomes of a deal's amount when its lines change. With the first
// line the amount begins to follow, unless somebody has said another one already; as
// long as it follows it is the total. That somebody has said another one since ends
// it. An empty basket leaves the amount as it is.
func follow(before *Basket, amount *money.Amount, after []Line) (step, error) {
	total, err := Total(after)
	if err != nil {
		return step{}, err
	}
	held := before.Holds(amount)
	switch {
	case len(after) == 0 && held:
		return step{}, nil
	case held:
		return step{worth: &total}, nil
	case len(before.Lines) == 0 && len(after) > 0 && (amount == nil || *amount == total):
		return step{turn: "on", worth: &total}, nil
	case before.Follows:
		return step{turn: "off"}, nil
	}
	return step{}, nil
}
