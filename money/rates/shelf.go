package rates

import (
	"context"
	"fmt"
	"math"
	"slices"
	"sync"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/money"
)

// Shelf keeps the books of organizations at hand for pages that add up all the time. It
// looks each time whether anything was said of rates since, which costs next to nothing.
type Shelf struct {
	turn sync.Mutex
	held map[db.Org]shelved
}

type shelved struct {
	newest int64 // entry about rates
	book   Book
}

// Needed tells whether any of some totals is in another currency than one.
func Needed(totals money.Totals, to money.Currency) bool {
	_, has := totals[to]
	return len(totals) > 1 || len(totals) == 1 && !has
}

// Add adds totals up in a currency by the rates that hold on a day. Where all is in that
// currency, nothing is read.
func (s *Shelf) Add(ctx context.Context, d *db.DB, totals money.Totals, to money.Currency, day calendar.Date) (Together, error) {
	if !Needed(totals, to) {
		return Book{}.Add(totals, to, day), nil
	}
	book, err := s.Book(ctx, d)
	if err != nil {
		return Together{}, err
	}
	return book.Add(totals, to, day), nil
}

// Book is the book as it stands.
func (s *Shelf) Book(ctx context.Context, d *db.DB) (Book, error) {
	at, err := newest(ctx, d)
	if err != nil {
		return Book{}, fmt.Errorf("looking for exchange rates: %w", err)
	}
	s.turn.Lock()
	defer s.turn.Unlock()
	if known, is := s.held[d.Org()]; is && known.newest == at {
		return known.book, nil
	}
	versions, err := Between(ctx, d, d.Org(), 0, math.MaxInt64)
	if err != nil {
		return Book{}, fmt.Errorf("reading exchange rates: %w", err)
	}
	if s.held == nil {
		s.held = map[db.Org]shelved{}
	}
	book := NewBook(plain(Standing(versions)))
	s.held[d.Org()] = shelved{at, book}
	return book, nil
}

// Take adds what others come to.
func (t *Together) Take(o Together) {
	t.Sum = money.Amount{Minor: t.Sum.Minor + o.Sum.Minor, Currency: o.Sum.Currency}
	t.Converted, t.Rates = t.Converted || o.Converted, append(t.Rates, o.Rates...)
	for _, a := range o.Apart {
		at := slices.IndexFunc(t.Apart, func(b money.Amount) bool { return a.Currency == b.Currency })
		if at < 0 {
			t.Apart = append(t.Apart, a)
			continue
		}
		t.Apart[at].Minor += a.Minor
	}
}

// Texts says what amounts come to together: the sum, said to be converted where it is, and
// what has no rate. Without a rate for any of them it says what there is.
func (t Together) Texts() []string {
	var list []string
	switch {
	case t.Converted:
		list = append(list, t.Sum.String()+" converted")
	case t.Sum.Minor != 0:
		list = append(list, t.Sum.String())
	}
	for i, a := range t.Apart {
		if i == 3 {
			return append(list, fmt.Sprintf("%d more currencies", len(t.Apart)-3))
		}
		list = append(list, a.String())
	}
	return list
}
