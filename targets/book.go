package targets

import (
	"context"
	"slices"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/people"
)

// Book holds what was set for some months, everything that was known before an
// instant, and answers what stands in each cell.
type Book struct {
	history map[Cell][]setRow // in the order in which settings were true
}

func newBook(rows []setRow) *Book {
	b := &Book{history: map[Cell][]setRow{}}
	for _, r := range rows {
		b.add(r)
	}
	return b
}

// add puts a row into its place: settings count in the order in which they were
// true, those of one instant in the order in which they were recorded.
func (b *Book) add(r setRow) {
	list := b.history[r.cell()]
	at, _ := slices.BinarySearchFunc(list, r, func(a, b setRow) int {
		if a.EffectiveAt != b.EffectiveAt {
			return int(max(-1, min(1, a.EffectiveAt-b.EffectiveAt)))
		}
		return int(max(-1, min(1, a.Sequence-b.Sequence)))
	})
	b.history[r.cell()] = slices.Insert(list, at, r)
}

// Value is what stands in a cell; nil when no quota is set.
func (b *Book) Value(c Cell) *int64 {
	list := b.history[c]
	if len(list) == 0 {
		return nil
	}
	return list[len(list)-1].Value
}

// before is what stood in a cell when everything up to an entry was recorded.
func (b *Book) before(c Cell, sequence int64) *int64 {
	var value *int64
	for _, r := range b.history[c] {
		if r.Sequence <= sequence {
			value = r.Value
		}
	}
	return value
}

// valueAt is what a setting that is true from an instant on would replace.
func (b *Book) valueAt(c Cell, at calendar.Instant) *int64 {
	var value *int64
	for _, r := range b.history[c] {
		if r.EffectiveAt <= at {
			value = r.Value
		}
	}
	return value
}

// newest is the last row that was recorded for a cell after an entry, if any.
func (b *Book) newest(c Cell, after int64) (found setRow, ok bool) {
	for _, r := range b.history[c] {
		if r.Sequence > after && r.Sequence > found.Sequence {
			found, ok = r, true
		}
	}
	return found, ok
}

// Measures lists in what anything is set.
func (b *Book) Measures() []Measure {
	var list []Measure
	for cell := range b.history {
		if b.Value(cell) != nil {
			list = append(list, cell.Measure)
		}
	}
	return sortMeasures(list)
}

// People lists who has a quota, or a team target, in the book.
func (b *Book) People() map[people.ID]bool {
	found := map[people.ID]bool{}
	for cell := range b.history {
		if b.Value(cell) != nil {
			found[cell.Person] = true
		}
	}
	return found
}

// Sum adds up a person's months; set tells whether any of them has a quota.
func (b *Book) Sum(person people.ID, scope Scope, m Measure, months []calendar.Date) (sum int64, set bool) {
	for _, month := range months {
		if v := b.Value(Cell{person, scope, month, m}); v != nil {
			sum, set = sum+*v, true
		}
	}
	return sum, set
}

// Carried is what a team brings together in a month if everyone brings their own:
// the person's own quota and, for each direct report, the team target where one is
// set, and otherwise what that person's team carries.
func (b *Book) Carried(chart people.Chart, person people.ID, m Measure, month calendar.Date) (sum int64, set bool) {
	return b.carried(chart, person, m, month, 0)
}

// deepest ends a walk down a reporting line that a mistake bent into a circle.
const deepest = 64

func (b *Book) carried(chart people.Chart, person people.ID, m Measure, month calendar.Date, depth int) (sum int64, set bool) {
	if own := b.Value(Cell{person, Own, month, m}); own != nil {
		sum, set = *own, true
	}
	if depth > deepest {
		return sum, set
	}
	for _, report := range chart.Reports(person) {
		value, is := b.answers(chart, report, m, month, depth+1)
		sum, set = sum+value, set || is
	}
	return sum, set
}

// Answers is what a person answers for in a month: the team target where one is set,
// and otherwise what the team carries; for a rep, the own quota.
func (b *Book) Answers(chart people.Chart, person people.ID, m Measure, month calendar.Date) (value int64, set bool) {
	return b.answers(chart, person, m, month, 0)
}

func (b *Book) answers(chart people.Chart, person people.ID, m Measure, month calendar.Date, depth int) (value int64, set bool) {
	if team := b.Value(Cell{person, Team, month, m}); team != nil {
		return *team, true
	}
	return b.carried(chart, person, m, month, depth)
}

// AsOf reads what was set for a period as it was known at an instant: recorded
// before it and true before it. deals.Ever stands for what is known now.
func AsOf(ctx context.Context, d *db.DB, org db.Org, p calendar.Period, asOf calendar.Instant) (*Book, error) {
	rows, err := settingsOf(ctx, d, org, firstOfMonth(p.From), p.Until, asOf)
	if err != nil {
		return nil, err
	}
	return newBook(rows), nil
}

// Quotas are the sums of a period by measure; a measure in which nothing is set is
// not there.
type Quotas map[Measure]int64
