package calls

import (
	"maps"
	"math"
	"slices"

	"milepost/people"
)

// What is believed before anything is known, of the ratio of what came to what was called:
// calls are right on average; from one period to the next a person's ratio scatters by
// about a third; people differ by about a seventh, and so may the organization from 1. The
// two spreads weigh as much as priorWeight degrees of freedom.
const (
	priorScatter = .30 // within a person, from period to period
	priorBetween = .15 // between people
	priorOverall = .15 // of the organization, around 1
	priorWeight  = 4.0
)

// Ratios are what came of calls, as a share of what was called, learnt from periods that
// ended.
//
// Model: the ratio of person i in period j is r_ij ~ N(theta_i, s2 / a_ij), theta_i ~
// N(m, t2), m ~ N(1, w2): normal-normal with two levels, fitted by empirical Bayes. A
// period weighs a_ij = its call / the person's mean call, so that r_i, a person's mean, is
// what came of all calls together and not swayed by a quarter in which little was called.
//
//	s2    = (v s0^2 + sum a_ij (r_ij - r_i)^2) / (v + N - k)          pooled scatter
//	t2    = (v t0^2 + (k-1) max(0, (MS_between - s2)/n0)) / (v + k-1) between people
//	mean  = sum w_i r_i / sum w_i,  w_i = 1 / (t2 + s2/n_i)
//	m     = 1 + w0^2 / (w0^2 + 1/sum w_i) (mean - 1)                  towards 1
//	theta = m + t2 / (t2 + s2/n_i) (r_i - m)                          towards m
//
// with k people, n_i periods each (N in all), MS_between of the r_i by n_i, n0 = (N - sum n_i^2/N)
// / (k-1), and v, s0, t0, w0 the prior constants above. Somebody without a past gets m;
// with nothing known at all everybody gets 1.
//
// Source: Efron and Morris 1975, JASA 70, 311-319; Morris 1983, JASA 78, 47-55; the
// estimator of t2 by analysis of variance is that of Searle, Casella and McCulloch,
// Variance Components, 1992, chapter 3. Units: none. Fails silently where calls are few
// and wild (the ratio stays near 1) and where a habit has just changed (it lags).
type Ratios struct {
	Mean            float64 // of the organization, towards 1
	Scatter         float64 // s, within a person
	Between         float64 // t, between people
	people          map[people.ID]Ratio
	scatter, spread float64 // s2, t2
}

// Ratio is by what a person's calls are multiplied.
type Ratio struct {
	Factor  float64
	Raw     float64 // the person's own mean, before it is shrunk; not a number without periods
	Periods int
}

// Learn learns ratios from those of each person's periods.
func Learn(samples map[people.ID][]Sample) Ratios {
	ids := slices.Sorted(maps.Keys(samples)) // sums come out the same on every run
	ids = slices.DeleteFunc(ids, func(id people.ID) bool { return len(samples[id]) == 0 })
	r := Ratios{Mean: 1, people: map[people.ID]Ratio{}, scatter: priorScatter * priorScatter, spread: priorBetween * priorBetween}
	if len(ids) > 0 {
		r.spreads(samples, ids)
		r.center(samples, ids)
	}
	r.Scatter, r.Between = math.Sqrt(r.scatter), math.Sqrt(r.spread)
	for _, id := range ids {
		own, n := ratioOf(samples[id]), float64(len(samples[id]))
		weight := r.spread / (r.spread + r.scatter/n)
		r.people[id] = Ratio{Factor: r.Mean + weight*(own-r.Mean), Raw: own, Periods: len(samples[id])}
	}
	return r
}

// Of is a person's ratio; that of the organization for whoever has no past.
func (r Ratios) Of(person people.ID) Ratio {
	if known, is := r.people[person]; is {
		return known
	}
	return Ratio{Factor: r.Mean, Raw: math.NaN()}
}

// spreads estimates how much ratios scatter within people and between them.
func (r *Ratios) spreads(samples map[people.ID][]Sample, ids []people.ID) {
	total, all, squares, within := 0.0, 0.0, 0.0, 0.0
	for _, id := range ids {
		own, n := ratioOf(samples[id]), float64(len(samples[id]))
		total, all, squares = total+n, all+n*own, squares+n*n
		for _, s := range samples[id] {
			within += s.Called * n / called(samples[id]) * (s.ratio() - own) * (s.ratio() - own)
		}
	}
	k := float64(len(ids))
	r.scatter = (priorWeight*r.scatter + within) / (priorWeight + total - k)
	if k < 2 {
		return
	}
	between := 0.0
	for _, id := range ids {
		apart := ratioOf(samples[id]) - all/total
		between += float64(len(samples[id])) * apart * apart
	}
	usual := (total - squares/total) / (k - 1)
	found := max(0, (between/(k-1)-r.scatter)/usual)
	r.spread = (priorWeight*r.spread + (k-1)*found) / (priorWeight + k - 1)
}

// center estimates the organization's ratio, towards 1.
func (r *Ratios) center(samples map[people.ID][]Sample, ids []people.ID) {
	sum, weights := 0.0, 0.0
	for _, id := range ids {
		weight := 1 / (r.spread + r.scatter/float64(len(samples[id])))
		sum, weights = sum+weight*ratioOf(samples[id]), weights+weight
	}
	prior := priorOverall * priorOverall
	r.Mean = 1 + prior/(prior+1/weights)*(sum/weights-1)
}

// Sample is one period that ended: what was called, above zero, and what came.
type Sample struct{ Called, Won float64 }

// largestRatio bounds what one period can teach: who called next to nothing and won a
// little is not a hundred times too low.
const largestRatio = 3

func (s Sample) ratio() float64 { return min(s.Won/s.Called, largestRatio) }

func called(list []Sample) float64 {
	sum := 0.0
	for _, s := range list {
		sum += s.Called
	}
	return sum
}

// ratioOf is what came of all calls together.
func ratioOf(list []Sample) float64 {
	sum := 0.0
	for _, s := range list {
		sum += s.Called * s.ratio()
	}
	return sum / called(list)
}
