package products

import (
	"math/big"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"milepost/money"
)

func eur(minor int64) *money.Amount { return &money.Amount{Minor: minor, Currency: "EUR"} }

func TestNumbersAreReadExactly(t *testing.T) {
	for text, want := range map[string]Quantity{"10": 10_000, "2.5": 2500, "2,5": 2500, "0.125": 125, "0,125": 125, " 1 200 ": 1_200_000, "1.1250": 1125, "3.0": 3000} {
		if got, err := ParseQuantity("quantity", text); err != nil || got != want {
			t.Errorf("%q: %d, %v", text, got, err)
		}
	}
	for text, says := range map[string]string{"": "not a quantity", "x": "not a quantity", "-1": "not a quantity", "0": "more than zero", "1,200": "could mean",
		"1.2.3": "not a quantity", ".5": "not a quantity", "0.0005": "up to 3 decimals", "1000000001": "thousand million", "9999999999999": "not a quantity", "1e3": "not a quantity"} {
		if got, err := ParseQuantity("quantity", text); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %d, %v; want %q", text, got, err, says)
		}
	}
	for text, want := range map[string]Discount{"": 0, "5": 500, "12.5 %": 1250, "12,25": 1225, "100": 10_000} {
		if got, err := ParseDiscount("discount", text); err != nil || got != want {
			t.Errorf("%q: %d, %v", text, got, err)
		}
	}
	for _, text := range []string{"101", "-5", "5.125", "ten"} {
		if got, err := ParseDiscount("discount", text); err == nil {
			t.Errorf("%q was taken as %d", text, got)
		}
	}
	if _, err := ParsePrice("price", "USD 120", "EUR"); err == nil || !strings.Contains(err.Error(), "USD cannot stand beside") {
		t.Errorf("a price in another currency: %v", err)
	}
	if p, err := ParsePrice("price", "eur 1,200.50", "EUR"); err != nil || p.Minor != 120050 {
		t.Errorf("a price: %v, %v", p, err)
	}
}

func TestSumsAreRoundedOnce(t *testing.T) {
	for _, c := range []struct {
		quantity Quantity
		price    int64
		discount Discount
		sum      int64
	}{
		{1000, 12000, 0, 12000}, {2500, 333, 0, 833}, {1500, 333, 0, 500}, {1000, 1, 5000, 1}, {1000, 1, 5001, 0},
		{3000, 9999, 1250, 26247}, {333, 1000, 3333, 222}, {1, 100, 0, 0}, {1000, 5, 10_000, 0},
	} {
		if got, err := Sum(c.quantity, *eur(c.price), c.discount); err != nil || got.Minor != c.sum {
			t.Errorf("%s × %d less %s: %d, %v; want %d", c.quantity, c.price, c.discount, got.Minor, err, c.sum)
		}
	}
	if got, err := Sum(mostQuantity, *eur(money.Largest), 0); err == nil {
		t.Errorf("what is too much came to %v", got)
	}
}

// A line comes to what it comes to by fractions, rounded once; what is typed in again
// is the same number.
func TestSumsAgreeWithFractions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := Quantity(rapid.Int64Range(1, int64(mostQuantity)).Draw(t, "quantity"))
		d := Discount(rapid.Int64Range(0, int64(whole)).Draw(t, "discount"))
		price := money.Amount{Minor: rapid.Int64Range(0, money.Largest).Draw(t, "price"), Currency: "EUR"}
		exact := big.NewRat(int64(q), 1000)
		exact.Mul(exact, big.NewRat(price.Minor, 1)).Mul(exact, big.NewRat(int64(whole-d), int64(whole)))
		exact.Add(exact, big.NewRat(1, 2))
		want := new(big.Int).Div(exact.Num(), exact.Denom())
		got, err := Sum(q, price, d)
		if fits := want.Cmp(big.NewInt(money.Largest)) <= 0; fits != (err == nil) || fits && got.Minor != want.Int64() {
			t.Fatalf("%d × %d less %d: %v, %v; want %v", q, price.Minor, d, got, err, want)
		}
		if again, err := ParseQuantity("quantity", q.typed()); err != nil || again != q {
			t.Fatalf("%s came back as %d, %v", q.typed(), again, err)
		}
		if again, err := ParseDiscount("discount", d.typed()); err != nil || again != d {
			t.Fatalf("%s came back as %d, %v", d.typed(), again, err)
		}
	})
}

func TestTwoCurrenciesAreNotAddedUp(t *testing.T) {
	lines := []Line{{Sum: *eur(100)}, {Sum: money.Amount{Minor: 1, Currency: "USD"}}}
	if total, err := Total(lines); err == nil || !strings.Contains(err.Error(), "cannot be added up") {
		t.Errorf("%v, %v", total, err)
	}
	if total, err := Total([]Line{{Sum: *eur(money.Largest)}, {Sum: *eur(1)}}); err == nil {
		t.Errorf("too much: %v", total)
	}
}

func TestWhenTheAmountFollows(t *testing.T) {
	empty, one := Basket{}, Basket{Lines: []Line{{ID: "a", Sum: *eur(100)}}}
	held := Basket{Lines: one.Lines, Follows: true, Followed: *eur(100)}
	emptied := Basket{Follows: true, Followed: *eur(100)}
	more := []Line{{ID: "a", Sum: *eur(100)}, {ID: "b", Sum: *eur(50)}}
	for name, c := range map[string]struct {
		before Basket
		amount *money.Amount
		after  []Line
		turn   string
		worth  *money.Amount
	}{
		"first line, no amount":          {empty, nil, one.Lines, "on", eur(100)},
		"first line, the same amount":    {empty, eur(100), one.Lines, "on", eur(100)},
		"first line, another amount":     {empty, eur(70), one.Lines, "", nil},
		"further line, followed":         {held, eur(100), more, "", eur(150)},
		"further line, amount typed":     {held, eur(170), more, "off", nil},
		"further line, amount cleared":   {held, nil, more, "off", nil},
		"further line, never followed":   {one, eur(70), more, "", nil},
		"further line meets the amount":  {one, eur(150), more, "", nil},
		"last line goes":                 {held, eur(100), nil, "", nil},
		"first line again":               {emptied, eur(100), one.Lines, "", eur(100)},
		"first line again, amount typed": {emptied, eur(70), one.Lines, "off", nil},
	} {
		got, err := follow(&c.before, c.amount, c.after)
		if err != nil || got.turn != c.turn || (got.worth == nil) != (c.worth == nil) || got.worth != nil && *got.worth != *c.worth {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func TestListPricesAreReadByTheLine(t *testing.T) {
	list, err := ParsePrices("prices", "USD 1,310.50\n\n1200 EUR\nJPY 150000")
	if err != nil || !slices.Equal(list, []money.Amount{*eur(120000), {Minor: 150000, Currency: "JPY"}, {Minor: 131050, Currency: "USD"}}) {
		t.Errorf("%v, %v", list, err)
	}
	if again, err := ParsePrices("prices", writePrices(list)); err != nil || !slices.Equal(again, list) {
		t.Errorf("came back as %v, %v", again, err)
	}
	for text, says := range map[string]string{"1200": "Say the currency", "EUR": "What does it cost in EUR", "EUR 1\nEUR 2": "two prices in EUR", "EUR -5": "zero or more", "EUR x": "not an amount"} {
		if got, err := ParsePrices("prices", text); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, %v; want %q", text, got, err, says)
		}
	}
}
