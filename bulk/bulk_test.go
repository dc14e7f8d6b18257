package bulk_test

import (
	"strings"
	"testing"
	"time"

	"milepost/bulk"
)

// A change of one list is none of another, and a person's is nobody else's: no step of
// it is taken in their name.
func TestAChangeBelongsToOneListAndOnePerson(t *testing.T) {
	eachShelf(t, func(s *shelf) {
		dan := s.as(s.Dan)
		at := s.chosen(dan, "blue", s.put(3)...)
		elsewhere := strings.Replace(at, "/boxes/", "/crates/", 1)
		for _, step := range []string{"/plan", "/start", "/step", "/stop", "/undo"} {
			dan.Post(elsewhere+step, "what", "colour", "value", "blue").Is(404)
			s.as(s.Eve).Post(at+step, "what", "colour", "value", "blue").Is(404)
			for _, forged := range []string{"none", "%00", strings.Repeat("0", 36), strings.Repeat("%2e", 36)} {
				dan.Post("/boxes/"+forged+step, "what", "colour", "value", "blue").Is(404)
			}
		}
		dan.Get(elsewhere).Is(404)
		s.as(s.Vera).Get(at).Is(403)
		if s.changed != 0 {
			t.Errorf("%d boxes were painted", s.changed)
		}
		dan.Post("/crates", "box", box(1)).Is(303) // one of another list does not drop it
		dan.Get(at).Is(200).Has("3 boxes will change")
		dan.Get("/crates").Has("No change yet")
	})
}

// Up to so many records change at once: more are refused, ticked or found.
func TestTooManyAreRefused(t *testing.T) {
	eachShelf(t, func(s *shelf) {
		ids, dan := s.put(bulk.Most+1), s.as(s.Dan)
		dan.Post("/boxes", "all", "1").Is(422).Has("More than 10,000 boxes match")
		dan.Post("/boxes", "all", "1", "filter", "colour=red").Is(422).Has("did not arrive whole")
		dan.Post("/boxes", "all", "1", "filter", "%zz").Is(422).Has("did not arrive whole")
		dan.PostForm("/boxes", map[string][]string{"box": ids}).Is(422)                           // more fields than any form has
		dan.PostForm("/boxes", map[string][]string{"box": append(ids[:5:5], ids[:5]...)}).Is(303) // twice is once
		delete(s.colours, ids[bulk.Most])
		at := dan.Post("/boxes", "all", "1").Leads()
		dan.Get(at).Has("Change 10,000 boxes")
	})
}

// What vanished or changed after the preview stays as it is, in the change and in its
// undoing, and both say why.
func TestWhatVanishedIsLeftAlone(t *testing.T) {
	eachShelf(t, func(s *shelf) {
		ids, dan := s.put(6), s.as(s.Dan)
		at := s.chosen(dan, "blue", ids...)
		delete(s.colours, ids[0])
		s.hidden[ids[1]] = true
		s.paint(ids[2], "green")
		dan.Get(at).Has("No longer there")
		dan.Post(at + "/start").Is(303)
		dan.Get(at).Has("3 boxes changed", "3 boxes did not change", "It is no longer yours to see", "Someone changed it since you looked")
		if s.count("blue") != 3 || s.colours[ids[1]] != "red" || s.colours[ids[2]] != "green" {
			t.Errorf("the boxes are %v", s.colours)
		}
		delete(s.colours, ids[3])
		s.paint(ids[4], "white")
		dan.Post(at + "/undo").Is(303)
		dan.Get(at).Has("1 box back as before", "2 boxes could not be brought back", "There is no such box.", "Someone changed it since.")
		if s.colours[ids[5]] != "red" || s.colours[ids[4]] != "white" {
			t.Errorf("the boxes are %v", s.colours)
		}
	})
}

// To undo twice, to begin twice or to go on after the end does nothing more; after a
// week nothing is undone.
func TestNothingHappensTwice(t *testing.T) {
	eachShelf(t, func(s *shelf) {
		dan := s.as(s.Dan)
		at := s.chosen(dan, "blue", s.put(4)...)
		dan.Post(at + "/undo").Is(303) // nothing has happened yet
		dan.Post(at + "/step").Is(303)
		if s.changed != 0 {
			t.Errorf("%d boxes were painted before the start", s.changed)
		}
		for range 2 {
			dan.Post(at + "/start").Is(303)
			dan.Post(at + "/step").Is(303)
			dan.Post(at + "/stop").Is(303)
		}
		dan.Post(at+"/plan", "what", "colour", "value", "white").Is(409)
		if s.changed != 4 || s.count("blue") != 4 {
			t.Errorf("painted %d times: %v", s.changed, s.colours)
		}
		for range 2 {
			dan.Post(at + "/undo").Is(303)
			dan.Get(at).Has("4 boxes back as before").Lacks("Undo the change")
		}
		dan.Post(at + "/start").Is(303)
		if s.changed != 8 || s.count("red") != 4 {
			t.Errorf("painted %d times: %v", s.changed, s.colours)
		}
		at = s.chosen(dan, "blue", box(1))
		dan.Post(at + "/start").Is(303)
		s.now = s.now.Add(7*24*time.Hour - time.Millisecond)
		dan.Get(at).Has("Undo the change")
		s.now = s.now.Add(time.Millisecond)
		dan.Get(at).Lacks("Undo the change")
		dan.Post(at + "/undo").Is(409).Has("for a week")
	})
}
