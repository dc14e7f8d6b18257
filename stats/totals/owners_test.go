package totals

import (
	"math/rand/v2"
	"os"
	"testing"
)

// Thirty owners with eight open deals each are the hardest case: two or three wins a piece.
// Counted with its ends, a range of 80 % holds more than nine times in ten of them; counted
// by parts it holds as it says once a few periods have come, and more before: nobody knows
// then whether owners have luck of their own.
func TestFullRangesOfOwners(t *testing.T) {
	many, slack := 60, 0.0
	if os.Getenv("MILEPOST_TEST_FULL") != "1" {
		many, slack = 6, .05
	}
	w := world{"thirty owners", 240, 30, .05, .5, .02, .02, "", false}
	for _, c := range []struct {
		periods   int
		low, high float64
	}{{0, .8, .92}, {2, .79, .88}, {8, .78, .85}, {20, .78, .84}} {
		var owners tally
		for seed := range uint64(many) {
			r := rand.New(rand.NewPCG(seed, 99))
			l := New()
			for range c.periods {
				past, _ := w.passed(r)
				if err := l.Learn(past); err != nil {
					t.Fatal(err)
				}
			}
			past, items := w.passed(r)
			drawn, err := (&Plan{Tree: w.tree(), Items: items, Learner: l, Seed: seed, Draws: 1000}).Draw()
			if err != nil {
				t.Fatal(err)
			}
			won := make([]int64, len(w.tree()))
			for i, came := range past.Came {
				if came {
					won[past.Part[i]]++
				}
			}
			for g := 1; g < len(won); g++ {
				owners.count(drawn.Wins[g], won[g])
			}
		}
		held := owners.held[1] / owners.cases
		t.Logf("after %2d periods ranges of 80 %% held %.3f, ends included %.3f, mean width %.1f", c.periods, held, owners.plain[1]/owners.cases, owners.width/owners.cases)
		if held < c.low-slack || held > c.high+slack {
			t.Errorf("after %d periods ranges of 80 %% held %.3f", c.periods, held)
		}
	}
}

// passed is a period that has ended.
func (w *world) passed(r *rand.Rand) (*Realised, []Item) {
	items := w.period(r)
	came, _ := w.end(r, items, 0)
	past := &Realised{Tree: w.tree(), Came: came, Weight: 1}
	for _, it := range items {
		past.Part, past.Chance = append(past.Part, it.Part), append(past.Chance, it.Chance)
	}
	return past, items
}
