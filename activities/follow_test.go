package activities_test

import (
	"context"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"milepost/activities"
	"milepost/bulk"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld"
	"milepost/internal/testworld/testdb"
	"milepost/people"
	"milepost/views"
)

// straight writes activities of a deal past this room, as an import does.
func (o desk) straight(deal string, n int, via ledger.Via, at calendar.Instant) {
	o.t.Helper()
	id := o.Deal(deal).ID
	err := ledger.Record(o.t.Context(), o.DB, ledger.By{Actor: string(o.Olga.ID), Via: via, At: at}, func(w *ledger.Writer) error {
		changes := make([]deals.Change, n)
		for i := range changes {
			changes[i] = deals.Change{Kind: deals.ActivityLogged, Fact: deals.Fact{Name: "call", Value: fmt.Sprint("no ", i)}, From: at + calendar.Instant(i)}
		}
		_, err := deals.Record(o.t.Context(), w, id, 0, changes...)
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
}

func TestTheLedgerIsFollowed(t *testing.T) {
	eachDesk(t, func(t *testing.T, o desk) {
		before := o.log(o.Dan, "dan open", activities.Said{Type: "visit", Text: "On screen"})
		april := o.Deal("gus handed over")
		o.straight("gus handed over", 3, ledger.ViaImport, calendar.Date("2026-04-20").Midnight(o.Place()))
		o.straight("gus handed over", 2, ledger.ViaImport, now)
		o.straight("eve open", activities.Batch+10, ledger.ViaImport, now)
		for range 2 { // following twice adds nothing
			if err := activities.CatchUp(t.Context(), o.DB); err != nil {
				t.Fatal(err)
			}
		}
		if a := o.activity(before); a.Text != "On screen" {
			t.Errorf("what was logged on screen became %+v", a)
		}
		rows, err := activities.RowsOf(t.Context(), o.DB, april.ID)
		if err != nil || len(rows) != 5 {
			t.Fatalf("%d rows, %v", len(rows), err)
		}
		who := map[people.ID]int{}
		for _, a := range rows {
			who[a.Person]++
			if a.Owner != o.Gus.ID {
				t.Errorf("the deal is owned by %s", a.Owner)
			}
		}
		if who[o.Finn.ID] != 3 || who[o.Gus.ID] != 2 {
			t.Errorf("who did what came by import, as owners were then: %v", who)
		}
		o.Record(now+hour, o.Ben, o.Deal("eve open").ID, deals.Change{Kind: deals.OwnerSet, Fact: deals.Fact{Person: o.Dan.ID, Value: "Dan"}})
		o.sound()
	})
}

// The bookmark is behind all that happens on screen; what is followed later must not
// undo it. Set back to nothing, following again changes nothing.
func TestFollowingTwiceChangesNothing(t *testing.T) {
	eachDesk(t, func(t *testing.T, o desk) {
		o.straight("dan open", 5, ledger.ViaImport, now-50*hour)
		id := o.log(o.Dan, "dan open", activities.Said{Type: "visit", Text: "First"})
		o.must(o.Dan, now+1, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
			return activities.Correct(ctx, w, v, id, 0, activities.Said{Type: "visit", Text: "Second", At: now})
		})
		o.sound()
		if _, err := o.DB.Exec(t.Context(), `update bookmarks set sequence = 0 where org_id = $1`, o.DB.Org()); err != nil {
			t.Fatal(err)
		}
		o.sound()
		if a := o.activity(id); a.Text != "Second" {
			t.Errorf("a correction was undone: %+v", a)
		}
		if _, err := o.DB.Exec(t.Context(), `delete from activities where org_id = $1`, o.DB.Org()); err != nil {
			t.Fatal(err)
		}
		if differences, err := activities.Check(t.Context(), o.DB, o.Organization.ID); err != nil || len(differences) == 0 {
			t.Errorf("missing rows went unnoticed: %v", err)
		}
		if _, err := o.DB.Exec(t.Context(), `update bookmarks set sequence = 0 where org_id = $1`, o.DB.Org()); err != nil {
			t.Fatal(err)
		}
		o.sound()
	})
}

func TestErasedActivitiesAreEmptied(t *testing.T) {
	eachDesk(t, func(t *testing.T, o desk) {
		id := o.log(o.Dan, "dan open", activities.Said{Type: "call", Text: "Iris has a new phone", Participants: []activities.Participant{{Name: "Iris"}}})
		version := o.activity(id).Version
		o.must(o.Adam, now+1, func(ctx context.Context, w *ledger.Writer, _ *people.Viewer) error {
			return ledger.Erase(ctx, w, "iris", []int64{version}, "asked for")
		})
		o.sound()
		if a := o.activity(id); a.Text != "" || a.Participants != "" {
			t.Errorf("after the erasure: %+v", a)
		}
	})
}

// Whatever happens, in whatever order it is followed, the tables are what the ledger
// comes to.
func TestTablesAgreeWithTheLedger(t *testing.T) {
	d := testdb.Open(t, db.SQLite, ledger.Schema, people.Schema, views.Schema, bulk.Schema, deals.Schema, activities.Schema)
	o := desk{testworld.Small(t, d), t}
	at := now
	rapid.Check(t, func(t *rapid.T) {
		at += hour
		deal := rapid.SampledFrom([]string{"dan open", "eve open"}).Draw(t, "deal")
		id := o.Deal(deal).ID
		who := rapid.SampledFrom([]people.Person{o.Dan, o.Eve, o.Ben, o.Olga}).Draw(t, "who")
		note := rapid.SampledFrom([]string{"a", "b", "# c"}).Draw(t, "text")
		step := rapid.IntRange(0, 9).Draw(t, "step")
		err := o.by(who, at, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
			folder, err := activities.FolderOf(ctx, w, v, id)
			if err != nil {
				return err
			}
			return wander(ctx, w, v, id, folder, step, note)
		})
		if _, ok := asProblem(err); err != nil && !ok {
			t.Fatal(err)
		}
		if step == 9 {
			o.straight(deal, 2, ledger.ViaImport, at)
		}
		if rapid.Bool().Draw(t, "follow") {
			if err := activities.CatchUp(context.Background(), o.DB); err != nil {
				t.Fatal(err)
			}
		}
	})
	o.sound()
}

// wander does one of the things that can be done with a deal.
func wander(ctx context.Context, w *ledger.Writer, v *people.Viewer, deal deals.ID, p activities.Folder, step int, text string) error {
	var err error
	said := activities.Said{Type: "call", Text: text}
	switch {
	case step == 0:
		_, err = activities.Log(ctx, w, v, deal, said)
	case step == 1:
		said.At = w.By.At + 9*hour
		_, err = activities.Log(ctx, w, v, deal, said)
	case step == 2 && len(p.Activities) > 0:
		err = activities.Correct(ctx, w, v, p.Activities[len(p.Activities)-1].ID, 0, said)
	case step == 3 && len(p.Activities) > 0:
		err = activities.Withdraw(ctx, w, v, p.Activities[len(p.Activities)/2].ID)
	case step == 4:
		_, err = activities.WriteNote(ctx, w, v, deal, text)
	case step == 5 && len(p.Notes) > 0:
		n := p.Notes[len(p.Notes)/2]
		_, err = activities.RewriteNote(ctx, w, v, n.ID, n.Versions, n.Text+text)
	case step == 6 && len(p.Notes) > 0:
		_, err = activities.PinNote(ctx, w, v, p.Notes[0].ID, p.Notes[0].PinnedAt == 0)
	case step == 7:
		today := calendar.DateOf(w.By.At, v.Organization.Place())
		_, err = activities.SetNext(ctx, w, v, deal, activities.Intention{Text: text, Due: today.AddDays(3)}, today)
	case step == 8 && len(p.Steps) > 0:
		_, err = activities.FinishNext(ctx, w, v, p.Steps[len(p.Steps)-1].ID, false, text)
	}
	return err
}
