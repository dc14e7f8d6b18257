package reference_test

import (
	"strings"
	"testing"

	"milepost/calendar"
	"milepost/forecasts/reference"
	"milepost/internal/ledger"
	"milepost/problem"
)

// set replaces the table as operations would.
func (w *world) set(at calendar.Instant, t reference.Table, reason string, seen int) (made reference.Version, err error) {
	err = ledger.Record(w.t.Context(), w.DB, ledger.By{Actor: string(w.Olga.ID), Via: ledger.ViaWeb, At: at}, func(l *ledger.Writer) (err error) {
		made, err = reference.Replace(w.t.Context(), l, t, reason, seen)
		return err
	})
	return made, err
}

func (w *world) versions() []reference.Version {
	w.t.Helper()
	list, err := reference.Versions(w.t.Context(), w.DB, w.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return list
}

// bolder is a table in which the last rung is won more often.
func bolder(share float64) reference.Table {
	t := reference.Shipped()
	t.Rungs[4].Won = share
	return t
}

// Tables are kept one after the other, in one organization; each says who set it, and why.
func TestTablesAreKept(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		if _, err := w.set(100, bolder(.6), " We win more at the end. ", 0); err != nil {
			t.Fatal(err)
		}
		if made, err := w.set(200, bolder(.65), "Once more", 1); err != nil || made.Number != 2 || made.Rungs[4].Won != .65 {
			t.Fatalf("%v, %v", made, err)
		}
		if made, err := w.set(300, reference.Shipped(), "Back to the table as shipped", 2); err != nil || made.Number != 3 {
			t.Fatalf("%v, %v", made, err)
		}
		list := w.versions()
		if len(list) != 3 || list[0].Reason != "We win more at the end." || list[0].By != w.Olga.ID || list[0].RecordedAt != 100 || list[1].Rungs[4].Won != .65 || !list[2].Same(reference.Shipped()) {
			t.Errorf("%+v", list)
		}
		some, err := reference.Between(t.Context(), w.DB, w.ID, list[0].Sequence, list[1].Sequence)
		if err != nil || len(some) != 1 || some[0].Number != 2 {
			t.Errorf("after the first up to the second: %v, %v", some, err)
		}
		other := w.beside
		if list, err := reference.Versions(t.Context(), other.DB, other.ID); err != nil || len(list) != 0 {
			t.Errorf("another organization has %v, %v", list, err)
		}
	})
}

// What is refused leaves nothing behind.
func TestWhatIsRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		if _, err := w.set(100, bolder(.6), "We win more at the end", 0); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			table        reference.Table
			reason       string
			seen         int
			kind         problem.Kind
			field, words string
		}{
			{bolder(.7), "Mine", 0, problem.KindConflict, "", "Table 1 was set meanwhile"},
			{bolder(.7), "Mine", 2, problem.KindConflict, "", "meanwhile"},
			{bolder(.6), "The same again", 1, problem.KindInvalid, "", "table 1 as it stands"},
			{bolder(.7), "  ", 1, problem.KindInvalid, "reason", "Say why"},
			{bolder(.7), strings.Repeat("x", 501), 1, problem.KindInvalid, "reason", "up to 500"},
			{bolder(.7), "\xff\xff\xff", 1, problem.KindInvalid, "reason", "up to 500"},
			{bolder(1.2), "Everything is won", 1, problem.KindInvalid, "won-5", "between 0.1 % and 99 %"},
		} {
			_, err := w.set(200, c.table, c.reason, c.seen)
			p, is := problem.Of(err)
			if !is || p.Kind != c.kind || p.Field != c.field || !strings.Contains(p.Sentence, c.words) {
				t.Errorf("%q, seen %d: %v", c.reason, c.seen, err)
			}
		}
		if list := w.versions(); len(list) != 1 {
			t.Errorf("%d tables", len(list))
		}
	})
}
