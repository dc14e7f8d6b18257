package monday

import (
	"milepost/calendar"
	"milepost/money"
	"milepost/money/rates"
)

// pricing exchanges amounts into one currency at the rates that hold on a day, deal by deal,
// as forecasts do: so that both come to the same, to the cent.
type pricing struct {
	book  rates.Book
	to    money.Currency // empty where nothing is added up
	today calendar.Date
	known map[money.Currency]*rates.Quote // nil where there is no rate
}

func pricingOf(book rates.Book, to money.Currency, today calendar.Date) *pricing {
	return &pricing{book, to, today, map[money.Currency]*rates.Quote{}}
}

// in is the currency that is added up in; empty for none.
func (p *pricing) in() money.Currency {
	if p == nil {
		return ""
	}
	return p.to
}

// worth is what an amount in another currency comes to; false where it is not exchanged.
func (p *pricing) worth(a money.Amount) (int64, bool) {
	if p.in() == "" || a.Currency == p.to {
		return 0, false
	}
	quote, known := p.known[a.Currency]
	if !known {
		if q, has := p.book.On(p.today, a.Currency, p.to); has {
			quote = &q
		}
		p.known[a.Currency] = quote
	}
	if quote == nil {
		return 0, false
	}
	return quote.Minor(a.Minor)
}

// priced is what the deals of one currency come to in another.
type priced struct {
	minor    int64
	expected []float64 // by method
}

func (p *priced) add(minor int64, expected []float64, times float64) {
	p.minor += minor
	if p.expected == nil && expected != nil {
		p.expected = make([]float64, len(expected))
	}
	for m, v := range expected {
		p.expected[m] += v * times
	}
}

// exchange adds what is open up in the currency that its deals were priced in; what has no
// rate stays as it is.
func (t *tally) exchange(to money.Currency) {
	for from, worth := range t.priced {
		delete(t.open, from)
		delete(t.expected, from)
		t.open[to] += worth.minor
		t.converted = to
		if t.expected[to] == nil {
			t.expected[to] = make([]float64, len(worth.expected))
		}
		for m, v := range worth.expected {
			t.expected[to][m] += v
		}
	}
	t.priced = nil
}
