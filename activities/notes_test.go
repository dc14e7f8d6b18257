package activities_test

import (
	"context"
	"strings"
	"testing"

	"milepost/activities"
	"milepost/internal/ledger"
	"milepost/internal/testworld/pagetest"
	"milepost/people"
	"milepost/problem"
)

func TestNotesOnPages(t *testing.T) {
	eachSite(t, func(t *testing.T, o desk, as func(people.Person) pagetest.Desk) {
		deal := o.Deal("dan open").ID
		base := "/activities/deals/" + string(deal) + "/notes"
		dan, ben := as(o.Dan), as(o.Ben)
		dan.Post(base, "text", " \n ").Is(422).Has("There is nothing in the note yet.")
		dan.Post(base, "text", strings.Repeat("a", 50_001)).Is(422).Has("50001 characters")
		dan.AsPart().Post(base, "text", "**Who decides?**\n\n1. Iris\n2. <script>alert(1)</script>").Is(200).
			Has("<strong>Who decides?</strong>", "The note is kept.").Lacks("<script>alert")
		dan.AsPart().Post("/activities/notes/preview", "text", "# Hi").Is(200).Has("<h3>Hi</h3>")
		notes, err := activities.NotesOf(t.Context(), o.DB, deal)
		if err != nil || len(notes) != 1 {
			t.Fatal(notes, err)
		}
		note := "/activities/notes/" + string(notes[0].ID)
		ben.Get(note + "/edit").Is(200).Has(`name="versions" value="1"`)
		ben.Post(note+"/edit", "versions", "1", "text", "Ben's text").Is(303)
		// Dan began before Ben saved: both texts are there, and saving again is his decision.
		dan.Post(note+"/edit", "versions", "1", "text", "Dan's text").Is(409).
			Has("Someone saved this note while you were writing", "Ben's text", "Dan's text", `name="versions" value="2"`)
		dan.Post(note+"/edit", "versions", "2", "text", "Both texts").Is(303)
		dan.Post(note+"/edit", "versions", "2", "text", "").Is(422).Has("nothing in the note", `name="versions" value="2"`)
		ben.Get(note).Is(200).Has("As it stands", "Both texts", "Ben's text", "Who decides?")
		dan.Post(base, "text", "Second").Is(303)
		dan.AsPart().Post(note+"/pin").Is(200).Has("pinned", "Take from the top")
		if notes, _ = activities.NotesOf(t.Context(), o.DB, deal); notes[0].Text != "Both texts" {
			t.Errorf("the pinned note does not come first: %+v", notes)
		}
		ben.Post("/activities/notes/" + string(notes[1].ID) + "/pin").Is(303)
		if notes, _ = activities.NotesOf(t.Context(), o.DB, deal); notes[0].Text != "Second" || notes[1].PinnedAt != 0 {
			t.Errorf("two notes are on top: %+v", notes)
		}
		ben.Post("/activities/notes/"+string(notes[0].ID)+"/pin", "down", "1").Is(303)
		as(o.Olga).Post(note + "/remove").Is(303)
		dan.Get(note).Is(200).Has("This note was removed")
		dan.Get(note + "/edit").Is(303)
		dan.Post(note+"/edit", "versions", "3", "text", "x").Is(404)
		o.sound()
	})
}

func TestOnlyWhoAnswersForANoteRemovesIt(t *testing.T) {
	eachDesk(t, func(t *testing.T, o desk) {
		var id activities.ID
		o.must(o.Ben, now, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) (err error) {
			id, err = activities.WriteNote(ctx, w, v, o.Deal("dan open").ID, "From the manager")
			return err
		})
		remove := func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
			_, err := activities.RemoveNote(ctx, w, v, id)
			return err
		}
		refused(t, o.by(o.Dan, now, remove), problem.KindForbidden, "")
		refused(t, o.by(o.Gus, now, remove), problem.KindNotFound, "")
		o.must(o.Ada, now, remove)
		o.sound()
	})
}
