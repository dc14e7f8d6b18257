package testworld

import (
	"slices"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
)

// hand orders the marks, gives them minutes and hands them over.
func (t *teller) hand() {
	slices.SortStableFunc(t.marks, func(a, b mark) int {
		if a.day != b.day {
			return a.day - b.day
		}
		return a.rank - b.rank
	})
	for len(t.marks) > 0 && t.marks[0].day <= t.w.time.today {
		n := 1
		for n < len(t.marks) && t.marks[n].day == t.marks[0].day {
			n++
		}
		t.handDay(t.marks[:n])
		t.marks = t.marks[n:]
	}
}

// handDay spreads what is told of one day over its hours; what belongs to the
// creation is told at once.
func (t *teller) handDay(marks []mark) {
	births := 0
	for births < len(marks) && marks[births].rank == atBirth {
		births++
	}
	minutes := make([]int, len(marks)-max(0, births-1))
	for i := range minutes {
		minutes[i] = t.p.between(8*60+5, 17*60+40)
		if t.p.is(.04) {
			minutes[i] = t.p.between(18*60, 20*60)
		}
	}
	slices.Sort(minutes)
	for i := range marks {
		t.handOne(&marks[i], minutes[max(0, i-max(0, births-1))]+t.p.team.offset)
	}
}

func (t *teller) handOne(m *mark, minute int) {
	w := t.w
	h := happening{effective: w.time.at(m.day, minute), via: ledger.ViaWeb, plan: t.p, kind: m.kind, fact: m.fact}
	h.actor = t.p.ownerThen(w.time.nextWorking(m.day + m.lag)).id
	if m.rank == atTurn && m.kind == deals.OwnerSet {
		h.actor = w.cast.managerOf(t.p.team, m.day).id
	}
	h.recorded = h.effective
	if m.lag > 0 {
		h.recorded = w.time.at(w.time.nextWorking(m.day+m.lag), t.p.between(8*60+5, 11*60)+t.p.team.offset)
	}
	if m.kind == deals.ActivityLogged && m.fact.Name == "e-mail" {
		h.via = ledger.ViaAPI
	}
	if brought := w.time.at(w.time.opening, 7*60) + calendar.Instant(t.p.number*20); h.recorded < brought {
		h.recorded, h.actor, h.via = brought, w.truth.Operations, ledger.ViaImport
	}
	w.add(h)
}
