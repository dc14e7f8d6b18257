package totals

import (
	"math"
	"math/rand/v2"
	"os"
	"runtime"
	"sync"
	"testing"
)

const before, judged = 20, 4

// tally is how often ranges of 50, 80 and 95 % held. Where the end of a range cuts a lump
// of draws with what came, the part inside counts.
type tally struct {
	held  [3]float64
	plain [3]float64 // ends included, as people count
	cases float64
	width float64
}

var levels = [3]float64{.5, .8, .95}

func (c *tally) count(drawn []int64, came int64) {
	s, _ := Summarize(drawn)
	for i, level := range levels {
		c.held[i] += Inside(drawn, came, level)
		if [3]Range{s.Half, s.Most, s.Nearly}[i].Holds(came) {
			c.plain[i]++
		}
	}
	c.width += float64(s.Most.High - s.Most.Low)
	c.cases++
}

func (c *tally) add(d tally) {
	for i := range levels {
		c.held[i] += d.held[i]
		c.plain[i] += d.plain[i]
	}
	c.cases += d.cases
	c.width += d.width
}

// run is one company over its periods; ranges are judged after the first twenty.
func (w *world) run(seed uint64) (wins, amounts, teams tally) {
	r := rand.New(rand.NewPCG(seed, 2026))
	l := New()
	var changes []float64
	for t, drift := range w.levels(r, before+judged) {
		items := w.period(r)
		came, amount := w.end(r, items, drift)
		past := &Realised{Tree: w.tree(), Came: came, Weight: 1}
		won, worth := make([]int64, w.teams+1), 0.0
		for i, it := range items {
			past.Part, past.Chance = append(past.Part, it.Part), append(past.Chance, it.Chance)
			if came[i] {
				won[0]++
				won[it.Part]++
				worth += amount[i]
			}
		}
		if t >= before {
			plan := &Plan{Tree: w.tree(), Items: items, Ratios: Ratios([][]float64{changes}), Learner: l, Seed: seed, Draws: 1000}
			drawn, err := plan.Draw()
			if err != nil {
				panic(err)
			}
			wins.count(drawn.Wins[0], won[0])
			amounts.count(drawn.Amount[0], int64(worth))
			for g := 1; g <= w.teams; g++ {
				teams.count(drawn.Wins[g], won[g])
			}
		}
		for i := range items {
			if came[i] {
				changes = append(changes, math.Log(amount[i]/float64(items[i].Amount)))
			}
		}
		if err := l.Learn(past); err != nil {
			panic(err)
		}
	}
	return wins, amounts, teams
}

// runs adds many runs up, each worker its share.
func (w *world) runs(many int) (wins, amounts, teams tally) {
	var all sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	parts := make([][3]tally, many)
	for k := range workers {
		all.Go(func() {
			for i := k; i < many; i += workers {
				a, b, c := w.run(uint64(i) + 1)
				parts[i] = [3]tally{a, b, c}
			}
		})
	}
	all.Wait()
	for _, p := range parts {
		wins.add(p[0])
		amounts.add(p[1])
		teams.add(p[2])
	}
	return wins, amounts, teams
}

// hold is whether ranges held as often as they should.
func (c *tally) hold(t *testing.T, what string, slack float64) {
	t.Helper()
	t.Logf("%-55s 50: %.3f 80: %.3f 95: %.3f  ends included %.3f %.3f %.3f  width %.1f", what, c.held[0]/c.cases, c.held[1]/c.cases, c.held[2]/c.cases,
		c.plain[0]/c.cases, c.plain[1]/c.cases, c.plain[2]/c.cases, c.width/c.cases)
	for k, band := range [][2]float64{{.45, .60}, {.77, .88}, {.93, .99}} {
		if share := c.held[k] / c.cases; share < band[0]-slack || share > band[1]+slack {
			t.Errorf("%s: %.0f%% ranges held %.1f%%", what, 100*levels[k], 100*share)
		}
	}
}

// Ranges hold as often as they say after twenty periods, in each of twelve worlds.
func TestFullRangesHoldInTwelveWorlds(t *testing.T) {
	many, slack := 300, 0.0
	tested := worlds
	if os.Getenv("MILEPOST_TEST_FULL") != "1" {
		many, slack, tested = 12, .12, []world{worlds[1], worlds[3], worlds[5], worlds[7]}
	}
	var pooled, pooledAmounts tally
	for _, w := range tested {
		wins, amounts, teams := w.runs(many)
		pooled.add(wins)
		pooledAmounts.add(amounts)
		wins.hold(t, w.name+": wins", slack)
		amounts.hold(t, w.name+": amounts", slack)
		teams.hold(t, w.name+": wins of teams", slack)
	}
	for what, c := range map[string]tally{"wins": pooled, "amounts": pooledAmounts} {
		share := c.held[1] / c.cases
		t.Logf("pooled, %s: 80%% ranges held %.3f", what, share)
		if share < .78-slack || share > .86+slack {
			t.Errorf("pooled, %s: 80%% ranges held %.3f", what, share)
		}
	}
}
