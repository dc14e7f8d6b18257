package rates

import (
	"maps"
	"slices"
	"sort"

	"milepost/calendar"
	"milepost/money"
)

// Book is some rates, for looking them up. The zero book has none.
type Book struct {
	of    map[Pair][]Rate // by day
	known []money.Currency
}

// NewBook makes a book of rates; of several of one pair and day the last counts.
func NewBook(list []Rate) Book {
	b := Book{of: map[Pair][]Rate{}}
	seen := map[money.Currency]bool{}
	for _, r := range list {
		b.of[r.Pair()] = append(b.of[r.Pair()], r)
		seen[r.One], seen[r.Other] = true, true
	}
	for pair, rates := range b.of {
		slices.SortStableFunc(rates, byDay)
		kept := rates[:0]
		for _, r := range rates {
			if n := len(kept); n > 0 && kept[n-1].Day == r.Day {
				kept[n-1] = r
			} else {
				kept = append(kept, r)
			}
		}
		b.of[pair] = kept
	}
	b.known = slices.Sorted(maps.Keys(seen))
	return b
}

// IsEmpty tells whether there is no rate.
func (b Book) IsEmpty() bool { return len(b.of) == 0 }

// Pairs lists the pairs that have a rate, by name.
func (b Book) Pairs() []Pair {
	return slices.SortedFunc(maps.Keys(b.of), func(x, y Pair) int { return byDay(Rate{One: x.Low, Other: x.High}, Rate{One: y.Low, Other: y.High}) })
}

// Of lists the rates of a pair by day.
func (b Book) Of(p Pair) []Rate { return b.of[p] }

// Given is the rate that was given for a pair and a day, and no other.
func (b Book) Given(p Pair, day calendar.Date) (Rate, bool) {
	if r, has := b.latest(p, day); has && r.Day == day {
		return r, true
	}
	return Rate{}, false
}

// latest is the rate of a pair on a day: the last of that day or before.
func (b Book) latest(p Pair, day calendar.Date) (Rate, bool) {
	list := b.of[p]
	at := sort.Search(len(list), func(i int) bool { return list[i].Day > day })
	if at == 0 {
		return Rate{}, false
	}
	return list[at-1], true
}

// Quote is how amounts of one currency are exchanged into another, and the rates that
// this rests on: none for a currency into itself, two where a third currency stands
// between.
type Quote struct {
	money.Exchange
	Rates []Rate
}

// On is how a currency is exchanged into another on a day: by the latest rate of that day
// or before. Where nobody gave one for the two, a currency that has one with both
// serves, as banks do; of several, the one whose older rate is the newest. False where
// there is no way: nothing is taken to be worth the same.
func (b Book) On(day calendar.Date, from, to money.Currency) (Quote, bool) {
	if from == to {
		return Quote{Exchange: money.Unchanged(from)}, from != ""
	}
	if r, has := b.latest(PairOf(from, to), day); has {
		return Quote{r.from(from), []Rate{r}}, true
	}
	var best Quote
	var age calendar.Date
	for _, between := range b.known {
		first, one := b.latest(PairOf(from, between), day)
		second, two := b.latest(PairOf(between, to), day)
		if older := min(first.Day, second.Day); one && two && older > age {
			best, age = Quote{first.from(from).Then(second.from(between)), []Rate{first, second}}, older
		}
	}
	return best, age != ""
}

// Convert is what an amount came to in a currency on a day.
func (b Book) Convert(a money.Amount, to money.Currency, day calendar.Date) (money.Amount, bool) {
	q, has := b.On(day, a.Currency, to)
	if !has {
		return money.Amount{Currency: to}, false
	}
	return q.Convert(a)
}

// Together is amounts of several currencies in one, as far as there are rates.
type Together struct {
	Sum       money.Amount
	Converted bool           // some of it was in another currency
	Rates     []Rate         // by which
	Apart     []money.Amount // without a rate
}

// Add adds totals up in a currency by the rates of a day.
func (b Book) Add(totals money.Totals, to money.Currency, day calendar.Date) Together {
	t := Together{Sum: money.Amount{Currency: to}}
	for _, a := range totals.Amounts() {
		q, has := b.On(day, a.Currency, to)
		worth, fits := money.Amount{}, false
		if has {
			worth, fits = q.Convert(a)
		}
		if !fits {
			t.Apart = append(t.Apart, a)
			continue
		}
		t.Sum.Minor += worth.Minor
		if a.Currency != to {
			t.Converted, t.Rates = true, append(t.Rates, q.Rates...)
		}
	}
	return t
}
