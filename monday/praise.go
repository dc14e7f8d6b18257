package monday

import (
	"cmp"
	"slices"

	"milepost/calendar"
	"milepost/deals"
	"milepost/money"
	"milepost/people"
)

// praise is a win since the last Monday, and why it deserves a word.
type praise struct {
	*move
	Days    int  // how long it took
	First   bool // the owner's first
	Largest bool // the largest of the quarter in its currency, in this line
}

// wins says what is special about what was won since, the largest first. Largest is
// everyone's best since the quarter began.
func wins(won []*move, of func(people.ID) bool, firsts map[people.ID]calendar.Instant, largest []best, place placeOf) []praise {
	most := map[money.Currency]int64{}
	for _, b := range largest {
		if of(b.Owner) {
			most[b.Currency] = max(most[b.Currency], b.Largest)
		}
	}
	var list []praise
	for _, m := range won {
		p := praise{move: m, Days: max(0, place(m.Now.Began).DaysUntil(place(m.Now.ClosedAt)))}
		p.First = m.Now.Owner != "" && firsts[m.Now.Owner] == m.Now.ClosedAt
		if a := m.Now.Amount; a != nil && a.Minor > 0 {
			p.Largest = a.Minor >= most[a.Currency]
		}
		list = append(list, p)
	}
	slices.SortStableFunc(list, func(a, b praise) int {
		return cmp.Or(cmp.Compare(worth(b.Now.Amount), worth(a.Now.Amount)), cmp.Compare(a.ID, b.ID))
	})
	return list
}

func worth(a *money.Amount) float64 {
	if a == nil {
		return 0
	}
	return a.Float()
}

// wonSince tells whether a deal was not won before, and is now.
func (w *week) wonSince(m *move) bool {
	return m.Now.Exists && m.Now.Outcome == deals.Won && m.Then.Outcome != deals.Won && m.Now.ClosedAt >= w.since
}
