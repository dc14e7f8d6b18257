package calls

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"milepost/people"
)

func near(a, b float64) bool { return math.Abs(a-b) < 1e-12 }

// The formula, worked out by hand for two people: rosa 0.8 and 1.0, remy 1.4 and 1.2.
func TestRatiosByHand(t *testing.T) {
	r := Learn(map[people.ID][]Sample{"rosa": {{100, 80}, {100, 100}}, "remy": {{50, 70}, {50, 60}}})
	scatter := (4*.09 + .04) / (4 + 4 - 2) // SS within is .02 + .02
	between := (2*.04 + 2*.04) / 1         // means .9 and 1.3 around 1.1
	found := (between - scatter) / 2       // n0 is 2
	spread := (4*.0225 + found) / (4 + 1)
	mean := 1 + .0225/(.0225+(spread+scatter/2)/2)*.1
	weight := spread / (spread + scatter/2)
	if !near(r.Mean, mean) || !near(r.Of("rosa").Factor, mean+weight*(.9-mean)) || !near(r.Of("remy").Factor, mean+weight*(1.3-mean)) {
		t.Errorf("mean %v, rosa %v, remy %v; want %v, %v, %v", r.Mean, r.Of("rosa").Factor, r.Of("remy").Factor, mean, mean+weight*(.9-mean), mean+weight*(1.3-mean))
	}
	if got := r.Of("rosa"); got.Periods != 2 || !near(got.Raw, .9) {
		t.Errorf("rosa: %+v", got)
	}
	if got := r.Of("nobody"); got.Periods != 0 || got.Factor != r.Mean || !math.IsNaN(got.Raw) {
		t.Errorf("somebody without a past: %+v", got)
	}
}

func TestNothingKnownChangesNothing(t *testing.T) {
	for _, samples := range []map[people.ID][]Sample{nil, {}, {"rosa": nil}} {
		if r := Learn(samples); r.Of("rosa").Factor != 1 || r.Mean != 1 {
			t.Errorf("of nothing comes %+v", r)
		}
	}
}

// Few periods leave the ratio near 1, many bring it near the person's own; it lies between
// the organization's and the own, and is a number.
func TestRatiosAreDrawnTowardsOneWhileThereIsLittle(t *testing.T) {
	repeat := func(x float64, n int) []Sample {
		list := make([]Sample, n)
		for i := range list {
			list[i] = Sample{10, 10 * x}
		}
		return list
	}
	before := 1.0
	for _, n := range []int{1, 2, 4, 8, 16, 64} {
		factor := Learn(map[people.ID][]Sample{"rosa": repeat(.6, n)}).Of("rosa").Factor
		if factor >= before || factor < .6 {
			t.Errorf("%d periods of 0.6 give %v, fewer gave %v", n, factor, before)
		}
		before = factor
	}
	if one := Learn(map[people.ID][]Sample{"rosa": {{10, 6}}}).Of("rosa").Factor; one < .85 {
		t.Errorf("one period moves the ratio to %v", one)
	}
	if before > .62 {
		t.Errorf("64 periods of 0.6 leave %v", before)
	}
	rapid.Check(t, func(t *rapid.T) {
		samples := map[people.ID][]Sample{}
		for i := range rapid.IntRange(1, 8).Draw(t, "people") {
			samples[people.ID(rune('a'+i))] = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Sample {
				return Sample{rapid.Float64Range(1, 1e6).Draw(t, "called"), rapid.Float64Range(0, 1e6).Draw(t, "won")}
			}), 0, 10).Draw(t, "periods")
		}
		r := Learn(samples)
		for id := range samples {
			got := r.Of(id)
			low, high := r.Mean, r.Mean
			if got.Periods > 0 {
				low, high = min(low, got.Raw), max(high, got.Raw)
			}
			if math.IsNaN(got.Factor) || got.Factor < low-1e-9 || got.Factor > high+1e-9 {
				t.Fatalf("%s: %+v with mean %v", id, got, r.Mean)
			}
		}
	})
}

// On people whose habits are known, corrected calls come nearer than the calls themselves:
// habits are drawn anew, eight periods are learnt from, the ninth is called.
func TestCorrectedCallsComeNearer(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 9))
	plain, corrected := 0.0, 0.0
	for range 400 {
		samples, habits := map[people.ID][]Sample{}, map[people.ID]float64{}
		for i := range 10 {
			id := people.ID(rune('a' + i))
			habits[id] = .95 + .2*random.NormFloat64()
			for range 8 {
				samples[id] = append(samples[id], Sample{1, max(0, habits[id]+.25*random.NormFloat64())})
			}
		}
		r := Learn(samples)
		for id, habit := range habits {
			came := max(0, habit+.25*random.NormFloat64())
			plain += math.Abs(1 - came)
			corrected += math.Abs(r.Of(id).Factor - came)
		}
	}
	if gain := corrected / plain; gain > .9 {
		t.Errorf("corrected calls are off by %.3f of what plain ones are", gain)
	}
}

// A quarter in which little was called and nothing came does not outweigh the others.
func TestASmallCallWeighsLittle(t *testing.T) {
	r := Learn(map[people.ID][]Sample{"rosa": {{100, 110}, {100, 110}, {100, 110}, {1, 0}}})
	if got := r.Of("rosa"); got.Factor <= 1 || math.Abs(got.Raw-330.0/301) > 1e-12 {
		t.Errorf("rosa: %+v", got)
	}
}
