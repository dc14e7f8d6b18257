package forecasts

import (
	"cmp"
	"slices"

	"milepost/calendar"
	"milepost/forecasts/history"
	"milepost/money"
	"milepost/money/rates"
	"milepost/stats/totals"
)

// exchange counts amounts in the currency of an outlook, as far as rates were known as of
// it. What is open counts at the rates of the as-of, what is won at those of the day on
// which it was won; what has no rate counts as nothing, and is said to.
type exchange struct {
	past  *history.Past
	book  rates.Book
	to    money.Currency
	today calendar.Date
	now   map[history.Label]*rates.Quote // nil where there is no rate
	new   *Arrivals
}

func (f *Forecast) exchange(to money.Currency) *exchange {
	return &exchange{past: f.past, book: f.rates(), to: to, today: calendar.DateOf(f.AsOf, f.past.Place()), now: map[history.Label]*rates.Quote{}}
}

// at is how a currency is exchanged at the rates of the as-of; nil without a rate.
func (x *exchange) at(c history.Label) *rates.Quote {
	quote, known := x.now[c]
	if !known {
		if q, has := x.book.On(x.today, money.Currency(x.past.Name(c)), x.to); has {
			quote = &q
		}
		x.now[c] = quote
	}
	return quote
}

// named is how a currency is exchanged that is known by its code.
func (x *exchange) named(c money.Currency) *rates.Quote { return x.at(x.past.Labelled(string(c))) }

// into is the currency that deals in some currencies are exchanged into; empty where none
// of them needs to be.
func (x *exchange) into(moneys []history.Label) money.Currency {
	for _, c := range moneys {
		if q := x.at(c); q != nil && len(q.Rates) > 0 {
			return x.to
		}
	}
	return ""
}

// price gives the deals of a plan the amounts that they count as.
func (x *exchange) price(f *Forecast, plan *totals.Plan) {
	for i := range plan.Items {
		worth, _ := x.open(f.Deals[i].Currency, f.Deals[i].Amount)
		plan.Items[i].Amount = min(max(worth, 0), totals.MostAmount)
	}
}

// coming are the deals that do not exist yet, with amounts as they count; nil where nobody
// can say.
func (x *exchange) coming(f *Forecast) *Arrivals {
	if x.new == nil && f.taught.coming != nil {
		x.new = f.taught.coming.exchanged(x)
	}
	return x.new
}

// open is what an amount of an open deal counts as.
func (x *exchange) open(c history.Label, minor int64) (int64, bool) {
	if c == 0 {
		return 0, false
	}
	if q := x.at(c); q != nil {
		return q.Minor(minor)
	}
	return 0, false
}

// won is what a won deal counts as.
func (x *exchange) won(w *history.Win) (int64, bool) {
	if w.Currency == 0 {
		return 0, false
	}
	q, has := x.book.On(calendar.DateOf(w.At, x.past.Place()), money.Currency(x.past.Name(w.Currency)), x.to)
	if !has {
		return 0, false
	}
	return q.Minor(w.Amount)
}

// Worth is what an amount of an open deal counts as in the outlook's currency; false
// where there is no rate.
func (o *Outlook) Worth(c history.Label, minor int64) (int64, bool) { return o.exchange.open(c, minor) }

// Booked is what a won deal counts as.
func (o *Outlook) Booked(w *history.Win) (int64, bool) { return o.exchange.won(w) }

// Used lists the rates by which open deals are counted, each once.
func (o *Outlook) Used() (list []rates.Rate) {
	for _, quote := range o.exchange.now {
		if quote != nil {
			list = append(list, quote.Rates...)
		}
	}
	slices.SortFunc(list, func(a, b rates.Rate) int { return cmp.Or(cmp.Compare(a.One, b.One), cmp.Compare(a.Other, b.Other)) })
	return slices.Compact(list)
}

// Apart is how many deals in a currency, open and won, are not in the amounts, because
// there is no rate.
type Apart struct {
	Currency money.Currency `json:"currency"`
	Deals    int            `json:"deals"`
}

// leave notes a deal that is not in the amounts.
func (o *Outlook) leave(c money.Currency) {
	at := slices.IndexFunc(o.Apart, func(a Apart) bool { return a.Currency == c })
	if at < 0 {
		o.Apart, at = append(o.Apart, Apart{Currency: c}), len(o.Apart)
	}
	o.Apart[at].Deals++
}

// currencies chooses the currency to add amounts up in: the one asked for if any deal has
// it or can be exchanged into it, else the commonest; and lists the others.
func (f *Forecast) currencies(wins []history.Win, asked money.Currency) (money.Currency, []money.Currency) {
	counts := map[money.Currency]int{}
	for i := range f.Deals {
		counts[money.Currency(f.Name(f.Deals[i].Currency))]++
	}
	for _, win := range wins {
		counts[money.Currency(f.Name(win.Currency))]++
	}
	delete(counts, "")
	if len(counts) == 0 {
		return asked, nil
	}
	var list []money.Currency
	for currency := range counts {
		list = append(list, currency)
	}
	slices.SortFunc(list, func(a, b money.Currency) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	at := slices.Index(list, asked)
	if at >= 0 {
		list = slices.Delete(list, at, at+1)
	}
	if at >= 0 || f.reaches(list, asked) {
		return asked, list
	}
	return list[0], list[1:]
}

// reaches tells whether any of some currencies can be exchanged into another.
func (f *Forecast) reaches(list []money.Currency, to money.Currency) bool {
	book, today := f.rates(), calendar.DateOf(f.AsOf, f.past.Place())
	return slices.ContainsFunc(list, func(c money.Currency) bool {
		_, has := book.On(today, c, to)
		return has
	})
}
