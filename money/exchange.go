package money

import "math/big"

// Exchange is what turns amounts of one currency into another: a fraction between their
// minor units, made from one rate or from several in a row. It is exact; only what an
// amount comes to is rounded, once, half to even.
type Exchange struct {
	From, To Currency
	num, den *big.Int
}

// mostExchanged is the largest number of minor units that an exchange gives: two of them
// still add up.
const mostExchanged = int64(1) << 62

// Unchanged leaves amounts of a currency as they are.
func Unchanged(c Currency) Exchange { return Exchange{c, c, big.NewInt(1), big.NewInt(1)} }

// Exchange turns amounts of one currency into another, of which one unit is worth so many.
func (r Rate) Exchange(one, other Currency) Exchange {
	num, den := r.fraction(one, other)
	return Exchange{one, other, num, den}
}

// Back turns amounts the other way.
func (e Exchange) Back() Exchange { return Exchange{e.To, e.From, e.den, e.num} }

// Then goes on to a third currency.
func (e Exchange) Then(on Exchange) Exchange {
	return Exchange{e.From, on.To, new(big.Int).Mul(e.num, on.num), new(big.Int).Mul(e.den, on.den)}
}

// Minor is what so many minor units come to; false where that is more than can be kept.
func (e Exchange) Minor(minor int64) (int64, bool) {
	if e.From == e.To {
		return minor, true
	}
	num := new(big.Int).Mul(big.NewInt(minor), e.num)
	whole := halfEven(num, e.den)
	if !whole.IsInt64() || whole.Int64() > mostExchanged || whole.Int64() < -mostExchanged {
		return 0, false
	}
	return whole.Int64(), true
}

// Convert is what an amount comes to; false for one in another currency, or where it is
// more than can be kept.
func (e Exchange) Convert(a Amount) (Amount, bool) {
	if a.Currency != e.From {
		return Amount{Currency: e.To}, false
	}
	minor, ok := e.Minor(a.Minor)
	return Amount{minor, e.To}, ok
}

// Times is what a number of minor units that need not be whole comes to, for expected
// amounts.
func (e Exchange) Times(minor float64) float64 {
	if e.From == e.To {
		return minor
	}
	by, _ := new(big.Rat).SetFrac(e.num, e.den).Float64()
	return minor * by
}

// halfEven divides, and rounds to the nearest whole, of two equally near ones to the even.
func halfEven(num, den *big.Int) *big.Int {
	whole, rest := new(big.Int).QuoRem(num, den, new(big.Int))
	twice := new(big.Int).Abs(rest)
	twice.Lsh(twice, 1)
	if by := twice.Cmp(den); by > 0 || by == 0 && whole.Bit(0) == 1 {
		whole.Add(whole, big.NewInt(int64(num.Sign())))
	}
	return whole
}
