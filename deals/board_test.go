package deals_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/testworld"
	"milepost/internal/testworld/pagetest"
	"milepost/people"
)

// The first cards of all stages are those that each stage begins with, whichever way
// round: many deals close on the same day, and many on none.
func TestTheBoardBeginsAsItsStagesDo(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, _ func(people.Person) pagetest.Desk) {
		stages := []string{"Discovery", "Proposal", ""}
		for i := range 60 {
			changes := []deals.Change{{Kind: deals.Created, Fact: deals.Fact{Value: fmt.Sprint("Deal ", i)}}}
			if stage := stages[i%3]; stage != "" {
				changes = append(changes, deals.Change{Kind: deals.StageSet, Fact: deals.Fact{Value: stage}})
			}
			if i%5 > 1 || i%3 == 1 {
				changes = append(changes, deals.Change{Kind: deals.CloseDateSet, Fact: deals.Fact{Date: calendar.Date("2026-06-01").AddDays(i % 4)}})
			}
			openAt(t, o, testworld.SmallNow-1, changes...)
		}
		olga, err := people.LoadViewer(t.Context(), o.DB, o.ID, o.Olga.ID, testworld.SmallNow)
		if err != nil {
			t.Fatal(err)
		}
		for _, sort := range []string{"close", "-close", "amount"} {
			for _, most := range []int{1, 7, 14, 15, 40} {
				board, err := deals.NewBoard(t.Context(), o.DB, olga, deals.Filter{Sort: sort}, deals.Now{At: testworld.SmallNow, Place: time.UTC})
				if err != nil {
					t.Fatal(err)
				}
				all, err := board.First(t.Context(), stages, most)
				if err != nil {
					t.Fatal(err)
				}
				for _, stage := range stages {
					want, err := board.Stage(t.Context(), stage, 0, most)
					got := slices.DeleteFunc(slices.Clone(all), func(c deals.BoardCard) bool { return c.Stage != stage })
					if err != nil || fmt.Sprint(idsOf(got)) != fmt.Sprint(idsOf(want)) || len(want) < min(most, 20) {
						t.Errorf("by %s, the first %d at %q: %v, want %v (%v)", sort, most, stage, idsOf(got), idsOf(want), err)
					}
				}
			}
		}
	})
}

func idsOf(cards []deals.BoardCard) []deals.ID {
	var ids []deals.ID
	for _, c := range cards {
		ids = append(ids, c.ID)
	}
	return ids
}
