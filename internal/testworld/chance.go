package testworld

import (
	"math"
	"math/rand/v2"

	"milepost/calendar"
	"milepost/internal/db"
)

// chance is a source of draws. Each deal has its own, so that what one deal does
// never changes what becomes of another.
type chance struct{ *rand.Rand }

func newChance(seed, stream uint64) chance { return chance{rand.New(rand.NewPCG(seed, stream))} }

// is tells yes with a probability.
func (c chance) is(p float64) bool { return c.Float64() < p }

// between draws a whole number from a to b, both included.
func (c chance) between(a, b int) int { return a + c.IntN(b-a+1) }

// around draws from a lognormal distribution with a median and a spread.
func (c chance) around(median, spread float64) float64 {
	return median * math.Exp(spread*c.NormFloat64())
}

// of draws an index by weight.
func (c chance) of(weights ...float64) int {
	total := 0.0
	for _, w := range weights {
		total += w
	}
	at := c.Float64() * total
	for i, w := range weights {
		if at -= w; at < 0 {
			return i
		}
	}
	return len(weights) - 1
}

func pick[T any](c chance, list []T) T { return list[c.IntN(len(list))] }

// id makes an id that comes out the same on each run.
func (c chance) id(at calendar.Instant) string {
	var random [10]byte
	a, b := c.Uint64(), c.Uint64()
	for i := range 8 {
		random[i] = byte(a >> (8 * i))
	}
	random[8], random[9] = byte(b), byte(b>>8)
	return db.IDFrom(at, random)
}

func logit(p float64) float64    { return math.Log(p / (1 - p)) }
func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
