package targets

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
)

// SetAll records settings, each from its own instant on, in the order of those
// instants. What stands there already adds nothing. It decides no access: pages ask
// Access first. It is fast enough for years of a whole company at once.
func SetAll(ctx context.Context, w *ledger.Writer, settings []Setting) error {
	_, err := save(ctx, w, settings, "set")
	return err
}

// save is SetAll with a word on how it came about; it tells how many cells changed.
func save(ctx context.Context, w *ledger.Writer, settings []Setting, how string) (int, error) {
	settings, months, err := inOrder(w, settings)
	if err != nil || len(settings) == 0 {
		return 0, err
	}
	rows, err := settingsOf(ctx, w.DB, w.DB.Org(), months.From, months.Until, deals.Ever)
	if err != nil {
		return 0, fmt.Errorf("reading the targets that stand: %w", err)
	}
	book, id := newBook(rows), db.NewID(w.By.At)
	var fresh []setRow
	for _, group := range grouped(settings) {
		added, err := record(w, book, group, id, how)
		if err != nil {
			return 0, err
		}
		fresh = append(fresh, added...)
	}
	return len(fresh), insertSettings(ctx, w.DB, fresh)
}

// inOrder checks the settings and sorts them by instant and person; of two settings
// of one cell at one instant the later in the list stays.
func inOrder(w *ledger.Writer, settings []Setting) ([]Setting, calendar.Period, error) {
	var span calendar.Period
	list := slices.Clone(settings)
	for i := range list {
		s := &list[i]
		if err := s.check(); err != nil {
			return nil, span, err
		}
		if s.At == 0 {
			s.At = w.By.At
		}
		if span.From == "" || s.Month < span.From {
			span.From = s.Month
		}
		span.Until = max(span.Until, s.Month.AddMonths(1))
	}
	slices.SortStableFunc(list, func(a, b Setting) int {
		return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Person, b.Person), cmp.Compare(a.Scope, b.Scope),
			cmp.Compare(a.Measure, b.Measure), cmp.Compare(a.Month, b.Month))
	})
	return list, span, nil
}

// grouped parts sorted settings into those that one entry can say.
func grouped(list []Setting) [][]Setting {
	var groups [][]Setting
	for i, s := range list {
		if i == 0 || !sameEntry(list[i-1], s) {
			groups = append(groups, nil)
		}
		last := len(groups) - 1
		groups[last] = append(groups[last], s)
	}
	return groups
}

func sameEntry(a, b Setting) bool {
	return a.At == b.At && a.Person == b.Person && a.Scope == b.Scope && a.Measure == b.Measure
}

// record adds the entry of one group, with the months that it changes, and gives
// their rows.
func record(w *ledger.Writer, book *Book, group []Setting, save, how string) ([]setRow, error) {
	first := group[0]
	fact := Fact{Measure: first.Measure, Months: map[calendar.Date]*int64{}, Save: save, How: how}
	for _, s := range group {
		fact.Months[s.Month] = s.Value
	}
	for month, value := range fact.Months {
		if same(book.valueAt(Cell{first.Person, first.Scope, month, first.Measure}, first.At), value) {
			delete(fact.Months, month)
		}
	}
	if len(fact.Months) == 0 {
		return nil, nil
	}
	e, err := w.AddAs(ledger.Entry{ID: db.NewID(first.At), RecordedAt: first.At, EffectiveAt: first.At,
		Kind: kindOf(first.Scope), Subject: string(first.Person)}, fact)
	if err != nil {
		return nil, err
	}
	rows := rowsOf(&e, &fact)
	for _, r := range rows {
		book.add(r)
	}
	return rows, nil
}

func kindOf(s Scope) ledger.Kind {
	if s == Team {
		return TeamTargetSet
	}
	return QuotaSet
}

// rowsOf are the rows of an entry, by month.
func rowsOf(e *ledger.Entry, f *Fact) []setRow {
	scope := Own
	if e.Kind == TeamTargetSet {
		scope = Team
	}
	rows := make([]setRow, 0, len(f.Months))
	for month, value := range f.Months {
		rows = append(rows, setRow{Month: month, Person: people.ID(e.Subject), Scope: scope, Measure: f.Measure,
			Sequence: e.Sequence, Value: value, EffectiveAt: e.EffectiveAt, RecordedAt: e.RecordedAt, Actor: e.Actor, Save: f.Save})
	}
	slices.SortFunc(rows, func(a, b setRow) int { return cmp.Compare(a.Month, b.Month) })
	return rows
}

func same(a, b *int64) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

// undo sets back what a save changed, where it still stands, and tells how many
// cells it set back and how many someone has changed since.
func undo(ctx context.Context, w *ledger.Writer, a Access, id string) (back, kept int, err error) {
	saved, err := settingsOfSave(ctx, w.DB, w.DB.Org(), id)
	if err != nil || len(saved) == 0 {
		return 0, 0, err
	}
	rows, err := settingsOf(ctx, w.DB, w.DB.Org(), saved[0].Month, saved[len(saved)-1].Month.AddMonths(1), deals.Ever)
	if err != nil {
		return 0, 0, err
	}
	book := newBook(rows)
	var settings []Setting
	for _, r := range saved {
		if r.Actor != w.By.Actor || !a.MaySet(r.Person) {
			return 0, 0, errNotYours
		}
		if _, changed := book.newest(r.cell(), r.Sequence); changed {
			kept++
			continue
		}
		settings = append(settings, Setting{Cell: r.cell(), Value: book.before(r.cell(), r.Sequence-1)})
	}
	back, err = save(ctx, w, settings, "undone")
	return back, kept, err
}
