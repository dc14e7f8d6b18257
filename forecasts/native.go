package forecasts

import (
	"math"

	"milepost/money"
)

// ByCurrency is what an outlook is by whose lines are currencies: each in its own figures
// beside those that are added up.
const ByCurrency = "currency"

// Native is what a line comes to in the currency of its own deals.
type Native struct {
	Open     money.Amount   `json:"open"`
	Booked   money.Amount   `json:"booked"`
	Expected []money.Amount `json:"expected"` // by method
	minor    []float64
}

func newNative(c money.Currency, methods int) *Native {
	n := &Native{Open: money.Amount{Currency: c}, Booked: money.Amount{Currency: c}, minor: make([]float64, methods)}
	for range methods {
		n.Expected = append(n.Expected, money.Amount{Currency: c})
	}
	return n
}

// open adds an open deal; lines by something else than currency have nothing to add to.
func (n *Native) open(f *Forecast, i int) {
	if n == nil {
		return
	}
	n.Open.Minor += f.Deals[i].Amount
	for m := range f.Methods {
		n.minor[m] += f.Odds[m][0][i].Won * float64(f.Deals[i].Amount)
	}
}

func (n *Native) finish() {
	if n == nil {
		return
	}
	for m, minor := range n.minor {
		n.Expected[m].Minor = int64(math.Round(minor))
	}
}
