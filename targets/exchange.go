package targets

import (
	"context"
	"fmt"
	"math"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/money"
	"milepost/money/rates"
	"milepost/people"
)

// AddUp adds attainment up in one currency, for everyone who has a target or a win in
// another, as far as rates were known: what was won counts at the rate of the day on which
// it was won, a target at that of the first day of the period, or, where there was none
// yet, of the instant. The currency is the one given; without one it is that of whoever's
// only target, else the organization's. What has no rate stands apart, as it did.
func AddUp(ctx context.Context, d *db.DB, o people.Organization, a Attained, in money.Currency) (Attained, error) {
	if !a.several() || a.Behind > 0 {
		return a, nil
	}
	d = d.For(o.ID)
	said, err := rates.Between(ctx, d, o.ID, 0, math.MaxInt64)
	if err != nil {
		return a, fmt.Errorf("reading exchange rates: %w", err)
	}
	u := adder{in: in, home: o.Currency, book: rates.AsOf(said, a.AsOf, o.Place()), of: a, won: map[people.ID][]Win{}, sums: map[wonIn]sum{}, o: o}
	if u.book.IsEmpty() {
		return a, nil
	}
	wins, err := WinsIn(ctx, d, o, a.Period, a.AsOf)
	if err != nil {
		return a, fmt.Errorf("reading won deals: %w", err)
	}
	for _, win := range wins {
		u.won[win.Owner] = append(u.won[win.Owner], win)
	}
	return u.all(), nil
}

// several tells whether there is more than one currency.
func (a *Attained) several() bool {
	seen := map[money.Currency]bool{}
	note := func(f Figures) {
		for m := range f.Quota {
			seen[m.Currency()] = true
		}
		for c := range f.Won {
			seen[c] = true
		}
	}
	note(a.Whole)
	for _, f := range a.Own {
		note(f)
	}
	delete(seen, "")
	return len(seen) > 1
}

// adder adds up what was attained.
type adder struct {
	in, home money.Currency
	o        people.Organization
	book     rates.Book
	of       Attained
	won      map[people.ID][]Win
	sums     map[wonIn]sum
}

// wonIn is what somebody won, in a currency.
type wonIn struct {
	who people.ID
	to  money.Currency
}

// sum is what that comes to; apart is what has no rate.
type sum struct {
	minor     int64
	any       bool
	exchanged bool
	apart     money.Totals
}

func (u *adder) all() Attained {
	a := u.of
	a.Own, a.Team = map[people.ID]Figures{}, map[people.ID]Figures{}
	for p, f := range u.of.Own {
		a.Own[p] = u.one(f, []people.ID{p})
	}
	for p, f := range u.of.Team {
		a.Team[p] = u.one(f, append([]people.ID{p}, a.Chart.Below(p)...))
	}
	var owners []people.ID
	for p := range u.won {
		owners = append(owners, p)
	}
	a.Whole = u.one(u.of.Whole, owners)
	return a
}

// one adds up the figures of some owners together.
func (u *adder) one(f Figures, owners []people.ID) Figures {
	to := u.in
	if to == "" {
		to = f.Counts(u.home)
	}
	total := Figures{Quota: Quotas{}, Won: money.Totals{}, Wins: f.Wins}
	for m, value := range f.Quota {
		worth, is := u.quota(m, value, to)
		if is {
			m, total.AddedUp = Money(to), to
		}
		total.Quota[m] += worth
	}
	for _, owner := range owners {
		part := u.wonBy(owner, to)
		if part.any {
			total.Won[to] += part.minor
		}
		for c, minor := range part.apart {
			total.Won[c] += minor
		}
		if part.exchanged {
			total.AddedUp = to
		}
	}
	if total.AddedUp == "" {
		return f
	}
	return total
}

// quota is what a target counts as; false where it stays as it is.
func (u *adder) quota(m Measure, value int64, to money.Currency) (int64, bool) {
	if m == Wins || m.Currency() == to {
		return value, false
	}
	q, has := u.book.On(u.of.Period.From, m.Currency(), to)
	if !has {
		q, has = u.book.On(calendar.DateOf(u.of.AsOf-1, u.o.Place()), m.Currency(), to)
	}
	if worth, fits := int64(0), false; has {
		if worth, fits = q.Minor(value); fits {
			return worth, true
		}
	}
	return value, false
}

// wonBy is what one owner won, in a currency.
func (u *adder) wonBy(owner people.ID, to money.Currency) sum {
	key := wonIn{owner, to}
	s, known := u.sums[key]
	if known {
		return s
	}
	s.apart = money.Totals{}
	for _, win := range u.won[owner] {
		if win.Currency == "" {
			continue
		}
		worth, has := u.book.Convert(money.Amount{Minor: win.Minor, Currency: win.Currency}, to, calendar.DateOf(win.At, u.o.Place()))
		if !has {
			s.apart[win.Currency] += win.Minor
			continue
		}
		s.minor, s.any, s.exchanged = s.minor+worth.Minor, true, s.exchanged || win.Currency != to
	}
	u.sums[key] = s
	return s
}

// Counts is the currency that figures are added up in: that of the only target in money,
// else the organization's.
func (f Figures) Counts(home money.Currency) money.Currency {
	only, n := home, 0
	for m := range f.Quota {
		if m != Wins {
			only, n = m.Currency(), n+1
		}
	}
	if n == 1 {
		return only
	}
	return home
}
