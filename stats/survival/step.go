package survival

import (
	"math"
	"sort"
)

// Step is a right-continuous step function of time with standard errors. Before its
// first time it is Start, with error 0.
type Step struct {
	Times, Values, Errors []float64
	Start                 float64
	// End is the last time at which anyone was at risk: what happens later, the data
	// do not tell. It is negative infinity where nobody was.
	End float64
}

func (s *Step) add(value, variance float64) {
	s.Values, s.Errors = append(s.Values, value), append(s.Errors, math.Sqrt(math.Max(0, variance)))
}

// At is the value at t and its standard error; known is false where t is after End (or
// not a number): then they are the last ones, which is no more than a bound.
func (s *Step) At(t float64) (value, sd float64, known bool) {
	i := before(s.Times, t)
	if i == 0 {
		return s.Start, 0, t <= s.End
	}
	return s.Values[i-1], s.Errors[i-1], t <= s.End
}

// Reach is the first time at which a growing curve is at or above a share; false where
// it never is.
func (s *Step) Reach(share float64) (float64, bool) {
	i := sort.Search(len(s.Values), func(i int) bool { return s.Values[i] >= share })
	if i == len(s.Values) {
		return 0, false
	}
	return s.Times[i], true
}

// before is the number of times that are at most t.
func before(times []float64, t float64) int {
	return sort.Search(len(times), func(i int) bool { return !(times[i] <= t) })
}
