package totals

import (
	"math"
	"math/rand/v2"

	"milepost/stats/proportions"
)

// world is a company whose forecasts err as real ones do. Nothing in it is the package's.
type world struct {
	name         string
	deals, teams int
	low, high    float64 // chances, evenly between
	whole, team  float64 // variances of the shocks
	drift        string
	heavy        bool // amounts from 1 to 10,000, and one deal worth as much as half of all
}

var worlds = []world{
	{"a handful of deals", 5, 1, .1, .6, 0, 0, "", false},
	{"a handful and bad quarters", 8, 2, .1, .6, .4, 0, "", false},
	{"thirty deals, chance alone", 30, 3, .05, .5, 0, 0, "", false},
	{"thirty deals, one whale", 30, 3, .1, .5, .1, .05, "", true},
	{"eighty deals, common shocks", 80, 4, .02, .4, .2, 0, "", false},
	{"eighty deals, teams of their own", 80, 8, .05, .5, .05, .3, "", false},
	{"two hundred, a level too high that goes", 200, 5, .05, .5, .05, .05, "goes", false},
	{"two hundred, a level that wanders", 200, 5, .02, .6, .1, .1, "wanders", true},
	{"five hundred, chance alone", 500, 10, .02, .3, 0, 0, "", false},
	{"five hundred, wild quarters", 500, 10, .02, .3, .6, .1, "", true},
	{"a thousand, always too high", 1000, 10, .05, .4, .1, .05, "stays", false},
	{"two thousand, all of it", 2000, 20, .01, .5, .2, .2, "wanders", true},
}

// deal is one of a period: the chance that is said, the team, the amount.
func (w *world) period(r *rand.Rand) (items []Item) {
	most := 0.0
	for i := range w.deals {
		amount := 100 + 900*r.Float64()
		if w.heavy {
			amount = math.Exp(r.Float64() * math.Log(1e4))
		}
		most += amount
		chance := w.low + (w.high-w.low)*r.Float64()
		items = append(items, Item{ID: r.Uint64(), Part: 1 + i%w.teams, Chance: chance, Amount: int64(100 * amount)})
	}
	if w.heavy {
		items[r.IntN(len(items))].Amount = int64(100 * most)
	}
	return items
}

// levels are the drift of each period: what said chances are off by, in logits.
func (w *world) levels(r *rand.Rand, periods int) []float64 {
	list := make([]float64, periods)
	now := .3 * r.NormFloat64()
	for t := range list {
		switch w.drift {
		case "goes":
			if t >= 5 && t < 12 {
				list[t] = -.5
			}
		case "stays":
			list[t] = -.4
		case "wanders":
			list[t] = now
			now = .9*now + .13*r.NormFloat64()
		}
	}
	return list
}

// end lets a period come: which deals are won, and what of.
func (w *world) end(r *rand.Rand, items []Item, level float64) (came []bool, amount []float64) {
	common := level + math.Sqrt(w.whole)*r.NormFloat64()
	team := make([]float64, w.teams+1)
	for g := range team {
		team[g] = math.Sqrt(w.team) * r.NormFloat64()
	}
	for _, it := range items {
		p := proportions.Logistic(proportions.Logit(it.Chance) + common + team[it.Part])
		came = append(came, r.Float64() < p)
		amount = append(amount, float64(it.Amount)*math.Exp(-.05+.2*r.NormFloat64()))
	}
	return came, amount
}

func (w *world) tree() Tree {
	t := Tree{-1}
	for range w.teams {
		t = append(t, 0)
	}
	return t
}
