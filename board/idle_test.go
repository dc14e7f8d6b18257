package board_test

import (
	"context"
	"strings"
	"testing"

	"milepost/activities"
	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld"
	"milepost/internal/testworld/testdb"
	"milepost/people"
)

// That nothing is planned next is seen on the card, once somebody plans at all.
func TestMissingNextStepIsSeen(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		o := testworld.Small(t, d)
		pages := site(d, o.ID, calendar.Stopped(testworld.SmallNow))
		board := func() string { return send(t, pages, o.Ben, "/board", nil, false).Body.String() }
		if n := strings.Count(board(), "No next step"); n != 0 {
			t.Errorf("%d cards miss a next step where nobody plans any", n)
		}
		cards := strings.Count(board(), `class="board-card`)
		v := o.Viewer(o.Dan)
		if err := ledger.Record(t.Context(), o.DB, people.ByViewer(v, testworld.SmallNow), func(w *ledger.Writer) error {
			_, err := setNext(t.Context(), w, v, o)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(board(), "No next step"); n != cards-1 || cards < 2 {
			t.Errorf("%d of %d cards miss a next step, want all but one", n, cards)
		}
	}, schemas...)
}

func setNext(ctx context.Context, w *ledger.Writer, v *people.Viewer, o *testworld.SmallOrganization) (activities.ID, error) {
	return activities.SetNext(ctx, w, v, o.Deal("dan open").ID, activities.Intention{Text: "Send the drawing", Due: "2026-06-01", Owner: o.Dan.ID}, "2026-05-20")
}
