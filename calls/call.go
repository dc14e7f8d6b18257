package calls

import (
	"cmp"
	"slices"

	"milepost/calendar"
	"milepost/internal/ledger"
	"milepost/money"
	"milepost/people"
)

// Given is the kind of the entry by which a call is given. Its subject is the call's own
// id; whoever recorded it is whose call it is. The payload is a Fact.
const Given ledger.Kind = "period_call.given"

// Fact is the payload of a call.
type Fact struct {
	Person   people.ID      `json:"person"`
	Scope    Scope          `json:"scope"`
	From     calendar.Date  `json:"from"`  // the first day of the period
	Until    calendar.Date  `json:"until"` // the first day after it
	Currency money.Currency `json:"currency"`
	Commit   int64          `json:"commit"` // minor units
	Best     int64          `json:"best"`
	Why      string         `json:"why,omitempty"`
}

// Scope says for what a call is given: the person's own deals, or those of everyone down
// the line and the person's own.
type Scope string

// The scopes.
const (
	Own  Scope = "own"
	Team Scope = "team"
)

// Key names one call that can be given again and again: whose, for what, for which
// period, in which currency.
type Key struct {
	Person      people.ID
	Scope       Scope
	From, Until calendar.Date
	Currency    money.Currency
}

// KeyOf is the key of a person's call for a period.
func KeyOf(person people.ID, scope Scope, p calendar.Period, in money.Currency) Key {
	return Key{person, scope, p.From, p.Until, in}
}

// Call is one call, as it was given.
type Call struct {
	Key
	Commit, Best int64 // minor units, with what was booked by then
	Why          string
	EffectiveAt  calendar.Instant
	RecordedAt   calendar.Instant
	Sequence     int64 // of its entry
}

// CommitAmount is what is promised.
func (c Call) CommitAmount() money.Amount { return money.Amount{Minor: c.Commit, Currency: c.Currency} }

// BestAmount is what it may come to.
func (c Call) BestAmount() money.Amount { return money.Amount{Minor: c.Best, Currency: c.Currency} }

// Book holds calls, each with all that were given before it, and answers what was called
// as of any instant. It is pure: made from entries, in whatever order they come.
type Book struct {
	calls map[Key][]Call // in the order in which they were true
}

// NewBook makes a book of calls.
func NewBook(list []Call) *Book {
	b := &Book{map[Key][]Call{}}
	for _, c := range list {
		b.calls[c.Key] = append(b.calls[c.Key], c)
	}
	for _, of := range b.calls {
		slices.SortFunc(of, func(a, b Call) int {
			return cmp.Or(cmp.Compare(a.EffectiveAt, b.EffectiveAt), cmp.Compare(a.Sequence, b.Sequence))
		})
	}
	return b
}

// At is what was called as of an instant: the last call that was true before it, of those
// recorded before it.
func (b *Book) At(k Key, asOf calendar.Instant) (Call, bool) {
	for _, c := range slices.Backward(b.calls[k]) {
		if c.EffectiveAt < asOf && c.RecordedAt < asOf {
			return c, true
		}
	}
	return Call{}, false
}

// Last is the call that stands.
func (b *Book) Last(k Key) (Call, bool) {
	of := b.calls[k]
	if len(of) == 0 {
		return Call{}, false
	}
	return of[len(of)-1], true
}

// History lists what was called under a key, the first call first.
func (b *Book) History(k Key) []Call { return b.calls[k] }

// newest is the sequence of the entry that was recorded last under a key; 0 for none.
func (b *Book) newest(k Key) int64 {
	newest := int64(0)
	for _, c := range b.calls[k] {
		newest = max(newest, c.Sequence)
	}
	return newest
}

// Currencies lists in which currencies a person called a period, by the alphabet.
func (b *Book) Currencies(person people.ID, scope Scope, p calendar.Period) []money.Currency {
	var list []money.Currency
	for k := range b.calls {
		if k == KeyOf(person, scope, p, k.Currency) {
			list = append(list, k.Currency)
		}
	}
	slices.Sort(list)
	return list
}

// Keys lists all that was called, in a steady order.
func (b *Book) Keys() []Key {
	list := make([]Key, 0, len(b.calls))
	for k := range b.calls {
		list = append(list, k)
	}
	slices.SortFunc(list, func(a, b Key) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.Until, b.Until), cmp.Compare(a.Person, b.Person),
			cmp.Compare(a.Scope, b.Scope), cmp.Compare(a.Currency, b.Currency))
	})
	return list
}
