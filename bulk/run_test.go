package bulk_test

import (
	"errors"
	"testing"
	"time"

	"milepost/internal/ledger"
	"milepost/people"
)

// Stopped half way, what is done stays done and can be undone, and what is not stays
// as it was; stopped half way back, what came back stays back.
func TestStoppedHalfWay(t *testing.T) {
	eachShelf(t, func(s *shelf) {
		dan := s.as(s.Dan)
		at := s.chosen(dan, "blue", s.put(450)...)
		dan.Post(at + "/start").Is(303)
		dan.Get(at).Has("Changing boxes", "300 of 450")
		if to := dan.Post("/boxes", "box", box(1)).Leads(); to != at {
			t.Errorf("a change under way gives way to %s", to)
		}
		dan.Post(at + "/stop").Is(303)
		dan.Get(at).Has("300 boxes changed", "150 boxes did not change", "It was stopped before its turn.")
		s.finishes(time.Hour) // what was stopped does not go on
		if s.count("blue") != 300 {
			t.Errorf("%d are blue", s.count("blue"))
		}
		s.put(450)
		for id := range s.version { // as they were, painted
			s.colours[id] = "blue"
		}
		dan.Post(at + "/undo").Is(303)
		dan.Through(at).Has("300 boxes back as before")
		at = s.chosen(dan, "white", keys(450)...)
		dan.Post(at + "/start").Is(303)
		dan.Through(at).Has("450 boxes changed")
		dan.Post(at + "/undo").Is(303)
		dan.Post(at + "/stop").Is(303)
		dan.Get(at).Has("300 boxes back as before", "150 boxes could not be brought back", "It was stopped before its turn.")
		if s.count("white") != 150 {
			t.Errorf("%d are white", s.count("white"))
		}
	})
}

func keys(n int) (ids []string) {
	for i := range n {
		ids = append(ids, box(i))
	}
	return ids
}

// The job goes on with what nobody watches, not before a minute of rest, and never for
// someone who has left.
func TestTheJobGoesOn(t *testing.T) {
	eachShelf(t, func(s *shelf) {
		dan := s.as(s.Dan)
		at := s.chosen(dan, "blue", s.put(430)...)
		dan.Post(at + "/start").Is(303)
		s.finishes(time.Minute - time.Millisecond)
		dan.Get(at).Has("300 of 430")
		s.finishes(time.Millisecond)
		dan.Get(at).Has("430 boxes changed")
		dan.Post(at + "/undo").Is(303)
		if err := ledger.Record(t.Context(), s.DB, ledger.By{Actor: string(s.Adam.ID), Via: ledger.ViaWeb, At: s.now}, func(w *ledger.Writer) error {
			return people.Leave(t.Context(), w, s.Dan.ID, s.now)
		}); err != nil {
			t.Fatal(err)
		}
		s.finishes(time.Hour)
		if s.count("red") != 300 {
			t.Errorf("%d came back after Dan left", s.count("red"))
		}
	})
}

// What fails for no reason of a person's is an error and not a row: nothing of the
// batch is kept as done.
func TestAMistakeIsNoRefusal(t *testing.T) {
	eachShelf(t, func(s *shelf) {
		dan := s.as(s.Dan)
		at := s.chosen(dan, "blue", s.put(3)...)
		s.fails = errors.New("out of order")
		dan.Post(at + "/start").Is(500).Lacks("out of order")
		s.fails = nil
		s.put(3)
		s.version = map[string]int64{}
		s.finishes(time.Hour)
		dan.Get(at).Has("3 boxes changed")
	})
}
