package products_test

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/money"
	"milepost/people"
	"milepost/problem"
	"milepost/products"
)

func eur(minor int64) money.Amount { return money.Amount{Minor: minor, Currency: "EUR"} }
func usd(minor int64) money.Amount { return money.Amount{Minor: minor, Currency: "USD"} }

// mine is a deal of Dan's.
func (h *house) mine() deals.ID {
	for _, d := range h.Deals {
		o, err := deals.Find(h.t.Context(), h.DB, h.ID, d.ID)
		if err == nil && d.Owner == h.Dan.ID && o.IsOpen() {
			return d.ID
		}
	}
	h.t.Fatal("Dan has no open deal")
	return ""
}

func TestTheAmountFollowsUntilSomeoneTypesAnother(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.sell(products.Product{Name: "Gateway", Code: "GW-1", Unit: "piece", Prices: []money.Amount{eur(120000)}})
		deal := h.mine()
		h.price(h.Dan, deal, nil)
		if err := h.put(h.Dan, deal, products.Wish{Product: "gw-1", Quantity: "2.5", Discount: "10"}); err != nil {
			t.Fatal(err)
		}
		if got := h.worth(deal); got != "EUR 2,700" {
			t.Errorf("after the first line the deal is worth %s", got)
		}
		if err := h.put(h.Ben, deal, products.Wish{Product: "Training day", Price: "800"}); err != nil {
			t.Fatal(err)
		}
		if got := h.worth(deal); got != "EUR 3,500" {
			t.Errorf("after the second line the deal is worth %s", got)
		}
		h.sound()
		typed := eur(400000)
		h.price(h.Dan, deal, &typed)
		h.as(h.Dan).Get("/products/deals/"+string(deal)+"/panel").Is(200).Has("EUR 4,000: EUR 500 more than its products", "Set amount to EUR 3,500")
		if err := h.put(h.Dan, deal, products.Wish{Product: "Gateway"}); err != nil {
			t.Fatal(err)
		}
		if got := h.worth(deal); got != "EUR 4,000" {
			t.Errorf("the typed amount became %s", got)
		}
		h.as(h.Dan).AsPart().Post("/products/deals/"+string(deal)+"/follow", "follow", "on").Is(200).Has("amount follows the products", `hx-get="/deals/`)
		if got := h.worth(deal); got != "EUR 4,700" {
			t.Errorf("after the click the deal is worth %s", got)
		}
		h.as(h.Dan).Get("/deals/"+string(deal)).Is(200).Has("added the product “Gateway”", "let the amount follow the products")
		h.sound()
	})
}

func TestWhatIsRefused(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.sell(products.Product{Name: "Gateway", Prices: []money.Amount{eur(120000)}})
		old := h.sell(products.Product{Name: "Old box", Prices: []money.Amount{eur(100)}})
		if err := h.record(h.Olga, func(ctx context.Context, w *ledger.Writer, _ *people.Viewer) error {
			_, err := products.Set(ctx, w, old.ID, "sold", "no")
			return err
		}); err != nil {
			t.Fatal(err)
		}
		deal := h.mine()
		h.price(h.Dan, deal, nil)
		for _, c := range []struct {
			by    people.Person
			wish  products.Wish
			field string
			says  string
		}{
			{h.Finn, products.Wish{Product: "Gateway"}, "", "not yours to see"},
			{h.Vera, products.Wish{Product: "Gateway"}, "", "not yours to see"},
			{h.Dan, products.Wish{}, "product", "Which product?"},
			{h.Dan, products.Wish{Product: "Old box"}, "product", "not sold any more"},
			{h.Dan, products.Wish{Product: "Something"}, "price", "not in the catalogue"},
			{h.Dan, products.Wish{Product: "Gateway", Quantity: "0"}, "quantity", "more than zero"},
			{h.Dan, products.Wish{Product: "Gateway", Quantity: "1000000000", Price: "90000000000"}, "quantity", "more than an amount can hold"},
			{h.Dan, products.Wish{Product: "Gateway", Price: "USD 5"}, "price", "USD cannot stand beside"},
			{h.Dan, products.Wish{Product: "Gateway", Discount: "120"}, "discount", "between 0 and 100"},
		} {
			err := h.put(c.by, deal, c.wish)
			p, _ := problem.Of(err)
			if p == nil || p.Field != c.field || !strings.Contains(p.Sentence, c.says) {
				t.Errorf("%s, %+v: %v; want %q", c.by.Name, c.wish, err, c.says)
			}
		}
		if b := h.basket(deal); len(b.Lines) > 0 {
			t.Errorf("refusals left %+v", b)
		}
		h.sound()
	})
}

func TestTwoPeopleOnOneLine(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		deal := h.mine()
		if err := h.put(h.Dan, deal, products.Wish{Product: "Gateway", Quantity: "3", Price: "10"}); err != nil {
			t.Fatal(err)
		}
		l := h.basket(deal).Lines[0]
		path := "/products/deals/" + string(deal) + "/lines/" + string(l.ID)
		form := h.as(h.Ben).AsPart().Get("/products/deals/" + string(deal) + "/panel?line=" + string(l.ID)).Is(200)
		form.Has(`name="version" value="`, `value="3"`)
		h.as(h.Ben).AsPart().Post(path, "version", number(l.Version), "product", "Gateway", "quantity", "5", "price", "10").Is(200).Has("5 × EUR 10")
		h.as(h.Dan).AsPart().Post(path, "version", number(l.Version), "product", "Gateway", "quantity", "4", "price", "10").Is(409).
			Has("Ben Alpha changed this line", "Gateway: 5 × EUR 10", "Gateway: 4 × EUR 10", "Save mine")
		h.as(h.Dan).AsPart().Post(path+"/remove", "version", number(l.Version)).Is(409).Has("still in the deal")
		l = h.basket(deal).Lines[0]
		if l.Quantity != 5000 {
			t.Errorf("the line has %s", l.Quantity)
		}
		h.as(h.Dan).AsPart().Post(path, "version", number(l.Version), "product", "Gateway", "quantity", "4", "price", "10").Is(200)
		l = h.basket(deal).Lines[0]
		h.as(h.Ben).AsPart().Post(path+"/remove", "version", number(l.Version)).Is(200).Has("is out of the deal", "Put it back")
		h.as(h.Dan).AsPart().Post(path, "version", number(l.Version), "product", "Gateway", "quantity", "9", "price", "10").Is(409).Has("Ben Alpha took this product out")
		h.as(h.Finn).AsPart().Post(path, "version", number(l.Version), "product", "Gateway").Is(404)
		h.sound()
	})
}

func TestADealThatChangesItsCurrencyKeepsItsLines(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.sell(products.Product{Name: "Gateway", Prices: []money.Amount{eur(120000), usd(131000)}})
		deal := h.mine()
		h.price(h.Dan, deal, nil)
		if err := h.put(h.Dan, deal, products.Wish{Product: "Gateway", Quantity: "2"}); err != nil {
			t.Fatal(err)
		}
		other := usd(500000)
		h.price(h.Dan, deal, &other)
		if err := h.put(h.Dan, deal, products.Wish{Product: "Gateway"}); !problem.Is(err, problem.KindInvalid) {
			t.Errorf("a line beside another currency: %v", err)
		}
		dan := h.as(h.Dan).AsPart()
		dan.Get("/products/deals/"+string(deal)+"/panel").Is(200).Has("The deal is in USD, and its products are priced in EUR", "Take list prices in USD", "Set amount to EUR 2,400")
		dan.Post("/products/deals/"+string(deal)+"/reprice").Is(200).Has("2 × USD 1,310", "USD 5,000: USD 2,380 more")
		if got := h.worth(deal); got != "USD 5,000" {
			t.Errorf("the amount became %s", got)
		}
		h.sound()
	})
}

func TestAnEndedDealStaysAsItWas(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		deal := h.mine()
		if err := h.put(h.Dan, deal, products.Wish{Product: "Gateway", Price: "10"}); err != nil {
			t.Fatal(err)
		}
		h.Record(h.now+1, h.Dan, deal, deals.Change{Kind: deals.Closed, Fact: deals.Fact{Name: "won", Reason: "They liked it."}})
		h.now += 2
		if err := h.put(h.Dan, deal, products.Wish{Product: "More", Price: "10"}); !problem.Is(err, problem.KindConflict) {
			t.Errorf("a line in a deal that has ended: %v", err)
		}
		h.as(h.Dan).AsPart().Get("/products/deals/" + string(deal) + "/panel?add").Is(200).Lacks("<form").Has("The deal has ended")
		h.sound()
	})
}

// Whatever people do to the products and the amount, tables are what the ledger says,
// an amount that follows is the total, and nobody else's amount is overwritten.
func TestBasketsAreWhatTheLedgerSays(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.sell(products.Product{Name: "Gateway", Prices: []money.Amount{eur(120000), usd(131000)}})
		deal := h.mine()
		rapid.Check(t, func(r *rapid.T) {
			for range rapid.IntRange(3, 10).Draw(r, "steps") {
				before, worth := h.basket(deal), h.worth(deal)
				o, _ := deals.Find(t.Context(), h.DB, h.ID, deal)
				held := before.Holds(o.Amount)
				typed := h.step(r, deal, before)
				after := h.basket(deal)
				o, _ = deals.Find(t.Context(), h.DB, h.ID, deal)
				total, err := products.Total(after.Lines)
				if err != nil {
					r.Fatal(err)
				}
				if after.Holds(o.Amount) && len(after.Lines) > 0 && *o.Amount != total {
					r.Fatalf("the amount follows and is %s; the products come to %s", h.worth(deal), total)
				}
				if !held && !typed && len(before.Lines) > 0 && h.worth(deal) != worth {
					r.Fatalf("an amount of somebody's, %s, became %s", worth, h.worth(deal))
				}
			}
			h.sound()
		})
	})
}

// step does something to the products or the amount; typed tells that somebody asked
// for another amount.
func (h *house) step(r *rapid.T, deal deals.ID, b products.Basket) (typed bool) {
	quantity := rapid.SampledFrom([]string{"1", "2.5", "0.125", "40"}).Draw(r, "quantity")
	wish := products.Wish{Product: rapid.SampledFrom([]string{"Gateway", "Else"}).Draw(r, "product"), Quantity: quantity,
		Price: rapid.SampledFrom([]string{"", "10", "99.99", "0"}).Draw(r, "price"), Discount: rapid.SampledFrom([]string{"", "5", "33.33"}).Draw(r, "discount")}
	err := error(nil)
	switch what := rapid.IntRange(0, 6).Draw(r, "what"); {
	case what == 0:
		a := rapid.SampledFrom([]*money.Amount{nil, {Minor: 1000, Currency: "EUR"}, {Minor: 77700, Currency: "USD"}}).Draw(r, "amount")
		h.price(h.Dan, deal, a)
		return true
	case what == 1:
		on := rapid.Bool().Draw(r, "on")
		err = h.record(h.Ben, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
			return products.FollowAmount(ctx, w, v, deal, on)
		})
		typed = on
	case what == 2:
		err = h.record(h.Ben, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
			return products.Reprice(ctx, w, v, deal)
		})
	case what <= 4 || len(b.Lines) == 0:
		err = h.put(h.Dan, deal, wish)
	default:
		l := rapid.SampledFrom(b.Lines).Draw(r, "line")
		err = h.record(h.Dan, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
			if what == 5 {
				return products.ChangeLine(ctx, w, v, deal, l.ID, l.Version, wish)
			}
			_, err := products.RemoveLine(ctx, w, v, deal, l.ID, l.Version)
			return err
		})
	}
	if p := (*problem.Problem)(nil); err != nil && !errors.As(err, &p) {
		r.Fatal(err)
	}
	return typed
}

func number(n int64) string { return strconv.FormatInt(n, 10) }
