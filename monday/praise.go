package monday

import (
	"cmp"
	"slices"

	"milepost/calendar"
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
func wins(won []*move, of func(people.ID) bool, firsts, largest []best, place placeOf) []praise {
	first := map[people.ID]calendar.Instant{}
	for _, b := range firsts {
		first[b.Owner] = b.First
	}
	most := map[money.Currency]int64{}
	for _, b := range largest {
		if of(b.Owner) {
			most[b.Currency] = max(most[b.Currency], b.Largest)
		}
	}
	var list []praise
	for _, m := range won {
		p := praise{move: m, Days: max(0, place(m.Now.Began).DaysUntil(place(m.Now.ClosedAt)))}
		p.First = m.Now.Owner != "" && first[m.Now.Owner] == m.Now.ClosedAt
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

// wonBy lists the deals that were not won before, and are now.
func (w *week) wonBy(of func(people.ID) bool) []*move {
	var list []*move
	for _, m := range w.list {
		if m.Now.Exists && m.Now.Outcome == "won" && m.Then.Outcome != "won" && m.Now.ClosedAt >= w.since && of(m.Now.Owner) {
			list = append(list, m)
		}
	}
	return list
}
