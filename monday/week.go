package monday

import (
	"cmp"
	"slices"
	"strings"

	"milepost/calendar"
	"milepost/deals"
	"milepost/people"
)

// week is what changed since an instant: every deal about which something became known
// since, as it stood then and as it stands now.
type week struct {
	since  calendar.Instant
	moves  map[string]*move
	list   []*move                        // by id
	of     map[people.ID]map[string]*move // of deals that are still in the hands in which they were
	handed map[string]*move               // of those that went from one to another
}

func newWeek(since calendar.Instant) *week {
	return &week{since: since, moves: map[string]*move{}, of: map[people.ID]map[string]*move{}, handed: map[string]*move{}}
}

// stayed tells whether a deal is in the hands in which it was, or in its first.
func (m *move) stayed() bool { return !m.Then.Exists || m.Then.Owner == m.Now.Owner }

// take puts moves in the place of those of the same deals; none, where nothing is known
// any more. It tells whose deals these are and were.
func (w *week) take(fresh map[string]*move) (owners []people.ID) {
	few := len(fresh) < len(w.list)/16
	for id, m := range fresh {
		for _, one := range []*move{w.moves[id], m} {
			if one != nil {
				owners = append(owners, one.Now.Owner)
			}
		}
		w.drop(id)
		if m != nil {
			w.keep(id, m)
		}
		if few {
			w.place(deals.ID(id), m)
		}
	}
	if few {
		return owners
	}
	w.list = w.list[:0]
	for _, m := range w.moves {
		w.list = append(w.list, m)
	}
	slices.SortFunc(w.list, func(a, b *move) int { return cmp.Compare(a.ID, b.ID) })
	return owners
}

func (w *week) drop(id string) {
	m := w.moves[id]
	if m == nil {
		return
	}
	delete(w.moves, id)
	delete(w.handed, id)
	delete(w.of[m.Now.Owner], id)
}

func (w *week) keep(id string, m *move) {
	w.moves[id] = m
	switch {
	case !m.stayed():
		w.handed[id] = m
	case w.of[m.Now.Owner] == nil:
		w.of[m.Now.Owner] = map[string]*move{id: m}
	default:
		w.of[m.Now.Owner][id] = m
	}
}

// place puts a move into the list where it belongs, or takes it out.
func (w *week) place(id deals.ID, m *move) {
	at, is := slices.BinarySearchFunc(w.list, id, func(m *move, id deals.ID) int { return strings.Compare(string(m.ID), string(id)) })
	switch {
	case is && m != nil:
		w.list[at] = m
	case is:
		w.list = slices.Delete(w.list, at, at+1)
	case m != nil:
		w.list = slices.Insert(w.list, at, m)
	}
}
