package monday

import (
	"cmp"
	"slices"

	"milepost/calendar"
	"milepost/people"
)

// tempoBook holds the quarters of everyone, the newest first.
type tempoBook map[span][]quarterTempo

type quarterTempo struct {
	from calendar.Date
	of   map[people.ID]*tempo
}

func newTempoBook(list []tempo) tempoBook {
	book := tempoBook{}
	slices.SortStableFunc(list, func(a, b tempo) int { return cmp.Compare(b.Quarter, a.Quarter) })
	for i := range list {
		t := &list[i]
		quarters := book[t.Span]
		if n := len(quarters); n == 0 || quarters[n-1].from != t.Quarter {
			quarters = append(quarters, quarterTempo{t.Quarter, map[people.ID]*tempo{}})
			book[t.Span] = quarters
		}
		quarters[len(quarters)-1].of[t.Person] = t
	}
	return book
}

// sum adds up what moved in the deals of some people, quarter by quarter; of nil, of
// everyone.
func (b tempoBook) sum(s span, members []people.ID) []tempo {
	list := make([]tempo, len(b[s]))
	for i, q := range b[s] {
		list[i] = tempo{Span: s, Quarter: q.from}
		for _, id := range members {
			if t := q.of[id]; t != nil {
				list[i].add(t)
			}
		}
		if members == nil {
			for _, t := range q.of {
				list[i].add(t)
			}
		}
	}
	return list
}

// findStalls looks at every line of more than one person.
func (s *shelf) findStalls() {
	lines := map[people.ID][]people.ID{}
	for id := range s.people.Names {
		if below := s.people.Chart.Below(id); len(below) > 0 {
			lines[id] = append(below, id)
		}
	}
	s.stalls = stalls(s.tempos, lines)
}
