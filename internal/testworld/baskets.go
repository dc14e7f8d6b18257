package testworld

import (
	"milepost/calendar"
	"milepost/deals"
	"milepost/money"
	"milepost/products"
)

// basketStream is where the products of deals are drawn.
const basketStream = 60

// itemized is the share of deals whose products somebody wrote down.
const itemized = .88

// fill puts products into most deals that are open or were won within a year, so that
// they come to the amount that the deal has. They are written down with the amount.
func (w *world) fill() {
	c := newChance(w.options.Seed, basketStream)
	list := w.stock(c)
	last, said := map[*plan]*happening{}, map[*plan]calendar.Instant{}
	for i := range w.happenings {
		h := &w.happenings[i]
		if h.kind != deals.AmountSet || h.fact.Amount == nil {
			continue
		}
		if before := last[h.plan]; before == nil || h.effective >= before.effective {
			last[h.plan] = h
		}
		said[h.plan] = max(said[h.plan], h.recorded)
	}
	for _, p := range w.deals {
		h := last[p]
		if h == nil || !c.is(itemized) || !w.sells(p) {
			continue
		}
		w.writeLines(c, p, h, said[p]+calendar.Instant(c.between(2, 50))*60_000, basketOf(c, list, p, *h.fact.Amount))
	}
}

// sells tells whether the deal is open, or was won within a year.
func (w *world) sells(p *plan) bool {
	closed := p.closed()
	return closed > w.time.today || p.outcome == deals.Won && closed > w.time.today-365
}

// writeLines writes lines down at one instant, after which the amount follows them.
func (w *world) writeLines(c chance, p *plan, h *happening, at calendar.Instant, lines []products.Stated) {
	for _, s := range lines {
		w.keep(p, at, h.actor, products.LineAdded, paper{c.id(at), c.id(at), s})
	}
	w.keep(p, at, h.actor, products.FollowingSet, paper{c.id(at), string(p.id), products.Following{Name: "on"}})
}

// basketOf divides an amount: one or two things of what the deal is about, now and
// then the software, and people for the rest.
func basketOf(c chance, list []ware, p *plan, amount money.Amount) []products.Stated {
	var about []*ware
	var software, labour *ware
	for i := range list {
		switch a := &list[i]; a.family {
		case p.product.Name:
			about = append(about, a)
		case "Software":
			software = a
		case "Services":
			labour = a
		}
	}
	chosen := []*ware{about[0]}
	if len(about) > 1 && c.is(.6) {
		chosen = append(chosen, about[1+c.IntN(len(about)-1)])
	}
	if c.is(.45) {
		chosen = append(chosen, software)
	}
	var lines []products.Stated
	rest := amount.Minor
	for i, a := range chosen {
		price, discount := a.listPrice(p.team, amount.Currency), products.Discount(500*c.IntN(4))
		share := .5 + .25*c.Float64()
		if i > 0 {
			share /= 2
		}
		count := int64(share * float64(rest) / float64(price.Minor))
		if count == 0 {
			continue
		}
		s, sum := products.State(a.id, a.name, a.unit, products.Quantity(count*1000), price, discount)
		lines = append(lines, s)
		rest -= sum.Minor
	}
	if rest > 0 {
		s, _ := products.State(labour.id, labour.name, labour.unit, 1000, money.Amount{Minor: rest, Currency: amount.Currency}, 0)
		lines = append(lines, s)
	}
	return lines
}
