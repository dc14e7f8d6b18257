package products

import (
	"math/big"

	"milepost/money"
	"milepost/problem"
)

// LineID names a line of a deal.
type LineID string

// Line is one product in a deal: how many, at what price, with what discount.
type Line struct {
	ID       LineID
	Product  ID     // empty when it is not in the catalogue
	Name     string // as it was called when the line was last written
	Unit     string
	Quantity Quantity
	Price    money.Amount // of one unit
	Discount Discount
	Sum      money.Amount
	Added    int64 // sequence of the entry that added it
	Version  int64 // sequence of the newest entry about it
}

var fullPart = big.NewInt(int64(one) * int64(whole))

// Sum is what a line comes to: quantity times price less discount, reckoned exactly
// and rounded once, at the end, to the smallest part of the currency; a half goes up.
func Sum(quantity Quantity, price money.Amount, discount Discount) (money.Amount, error) {
	exact := big.NewInt(int64(quantity))
	exact.Mul(exact, big.NewInt(price.Minor))
	exact.Mul(exact, big.NewInt(int64(whole-discount)))
	rounded, rest := new(big.Int).QuoRem(exact, fullPart, new(big.Int))
	if rest.Lsh(rest, 1).Cmp(fullPart) >= 0 {
		rounded.Add(rounded, big.NewInt(1))
	}
	if !rounded.IsInt64() || rounded.Int64() > money.Largest {
		return money.Amount{}, problem.Invalid("quantity", "That many at that price come to more than an amount can hold. Is a digit too many?")
	}
	return money.Amount{Minor: rounded.Int64(), Currency: price.Currency}, nil
}

// words is the line in the words of the timeline: "10 × EUR 120, 5 % off".
func (l *Line) words() string {
	text := l.Quantity.String() + " " + l.Unit + " × " + l.Price.String()
	if l.Unit == "" {
		text = l.Quantity.String() + " × " + l.Price.String()
	}
	if l.Discount > 0 {
		text += ", " + l.Discount.String() + " off"
	}
	return text + ": " + l.Sum.String()
}

// stated is the line as an entry states it.
func (l *Line) stated() Stated {
	return Stated{Name: l.Name, Value: l.words(), Product: l.Product, Unit: l.Unit, Quantity: l.Quantity,
		UnitPrice: l.Price.Minor, Currency: l.Price.Currency, Discount: l.Discount}
}

// same tells whether two lines say the same.
func (l *Line) same(o *Line) bool {
	return l.Product == o.Product && l.Name == o.Name && l.Unit == o.Unit && l.Quantity == o.Quantity &&
		l.Price == o.Price && l.Discount == o.Discount
}

// Total adds lines up. Of two currencies there is no total.
func Total(lines []Line) (money.Amount, error) {
	var total money.Amount
	for i, l := range lines {
		if i == 0 {
			total.Currency = l.Sum.Currency
		}
		if l.Sum.Currency != total.Currency {
			return money.Amount{}, problem.Invalid("price", "The products are priced in %s and in %s; they cannot be added up. Give all of them prices in one currency.", total.Currency, l.Sum.Currency)
		}
		if total.Minor += l.Sum.Minor; total.Minor > money.Largest {
			return money.Amount{}, problem.Invalid("quantity", "Together the products come to more than an amount can hold. Is a digit too many?")
		}
	}
	return total, nil
}

// State is the payload of a line that is added in bulk, and what it comes to.
func State(product ID, name, unit string, quantity Quantity, price money.Amount, discount Discount) (Stated, money.Amount) {
	l := Line{Product: product, Name: name, Unit: unit, Quantity: quantity, Price: price, Discount: discount}
	l.Sum, _ = Sum(quantity, price, discount) // what is too much is refused when it is folded
	return l.stated(), l.Sum
}
