package counts

import (
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestTwoChancesByHand(t *testing.T) {
	d, err := Successes([]float64{.5, .2})
	if err != nil {
		t.Fatal(err)
	}
	for k, want := range []float64{.4, .5, .1} { // .5*.8, .5*.8 + .5*.2, .5*.2
		if got := d.Probability(k); math.Abs(got-want) > 1e-15 {
			t.Errorf("P(%d) = %v, want %v", k, got, want)
		}
	}
	if d.Mean() != .7 || math.Abs(d.Variance()-.41) > 1e-15 {
		t.Errorf("mean %v, variance %v", d.Mean(), d.Variance())
	}
	for _, c := range []struct {
		q    float64
		want int
	}{{0, 0}, {.4, 0}, {.4001, 1}, {.9, 1}, {.95, 2}, {1, 2}} {
		if k, ok := d.Quantile(c.q); k != c.want || !ok {
			t.Errorf("quantile %v is %d (%v), want %d", c.q, k, ok, c.want)
		}
	}
	for _, q := range []float64{-.1, 1.1, math.NaN()} {
		if _, ok := d.Quantile(q); ok {
			t.Errorf("quantile %v is defined", q)
		}
	}
}

func TestSuccessesKeepMeanAndVariance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SliceOfN(rapid.Float64Range(0, 1), 0, 200).Draw(t, "p")
		d, err := Successes(p)
		if err != nil {
			t.Fatal(err)
		}
		sum, mean, square := 0.0, 0.0, 0.0
		for i, f := range d.P {
			k := float64(d.First + i)
			sum, mean, square = sum+f, mean+k*f, square+k*k*f
		}
		if math.Abs(sum-1) > 1e-12 || math.Abs(mean-d.Mean()) > 1e-9 || math.Abs(square-mean*mean-d.Variance()) > 1e-7 {
			t.Fatalf("sum %v, mean %v for %v, variance %v for %v", sum, mean, d.Mean(), square-mean*mean, d.Variance())
		}
		rand.New(rand.NewPCG(1, 2)).Shuffle(len(p), func(i, j int) { p[i], p[j] = p[j], p[i] })
		if again, _ := Successes(p); !slices.Equal(again.P, d.P) {
			t.Fatal("another order, another distribution")
		}
	})
}

func TestManyChancesAreBinomial(t *testing.T) {
	// Of 20,000 chances of .3: the binomial, whose logarithm is lgamma's.
	p := slices.Repeat([]float64{.3}, 20000)
	d, err := Successes(p)
	if err != nil {
		t.Fatal(err)
	}
	n, _ := math.Lgamma(20001)
	for _, k := range []int{4000, 5900, 6000, 6100, 8000} {
		a, _ := math.Lgamma(float64(k) + 1)
		b, _ := math.Lgamma(float64(20001 - k))
		want := math.Exp(n - a - b + float64(k)*math.Log(.3) + float64(20000-k)*math.Log(.7))
		if got := d.Probability(k); math.Abs(got/want-1) > 1e-9 {
			t.Errorf("P(%d) = %v, want %v", k, got, want)
		}
	}
}

func TestRefusals(t *testing.T) {
	for _, p := range []float64{-.1, 1.1, math.NaN(), math.Inf(1)} {
		if _, err := Successes([]float64{.5, p}); err == nil {
			t.Errorf("a chance of %v was taken", p)
		}
	}
	for _, c := range [][2]float64{{-1, 1}, {math.NaN(), 1}, {math.Inf(1), 1}, {1, 0}, {1, math.NaN()}} {
		if _, err := NegativeBinomial(c[0], c[1]); err == nil {
			t.Errorf("mean and size %v were taken", c)
		}
	}
	if _, err := NegativeBinomial(1e4, 1e-9); !errors.Is(err, ErrTooWide) {
		t.Errorf("much too wide: %v", err)
	}
	if d, err := NegativeBinomial(0, 3); err != nil || d.Probability(0) != 1 {
		t.Errorf("of mean nothing: %v, %v", d, err)
	}
	for name, c := range map[string][2][]float64{
		"negative": {{-1, 1}, {1, 1}}, "no number": {{math.NaN(), 1}, {1, 1}}, "events in no time": {{1, 1}, {0, 1}}, "for ever": {{1, 1}, {1, math.Inf(1)}},
	} {
		if _, err := Shrink(c[0], c[1]); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	if _, err := Jeffreys.Predict(1); err == nil {
		t.Error("something was told of nothing")
	}
}

func TestShrinkingEnds(t *testing.T) {
	for name, c := range map[string][2][]float64{
		"one group": {{5, 0}, {2, 0}}, "no event": {{0, 0}, {1, 2}}, "nothing": {},
	} {
		if prior, err := Shrink(c[0], c[1]); err != nil || prior != Jeffreys {
			t.Errorf("%s: %v, %v", name, prior, err)
		}
	}
	// Groups exactly alike have one rate: the prior is worth more than all exposure.
	prior, err := Shrink([]float64{10, 20, 30}, []float64{1, 2, 3})
	if mean, ok := prior.Mean(); err != nil || !ok || math.Abs(mean-10) > 1e-9 || prior.Shape < Alike/2 {
		t.Errorf("alike: %v, %v", prior, err)
	}
}

func TestArrivalsFindWhatWasPutIn(t *testing.T) {
	r, rates, factors := rand.New(rand.NewPCG(4, 2)), []float64{3, 8, 20}, []float64{.7, 1.3, 1, 1}
	var weeks []Week
	for w := range 400 {
		for g, rate := range rates {
			mean, k, u := rate*factors[w%4], 0, r.Float64()
			for f := math.Exp(-mean); u > f; f *= mean / float64(k) {
				u -= f
				k++
			}
			weeks = append(weeks, Week{g, w % 4, float64(k), 1})
		}
	}
	a, err := Learn(weeks, 4, 5)
	if err != nil {
		t.Fatal(err)
	}
	r.Shuffle(len(weeks), func(i, j int) { weeks[i], weeks[j] = weeks[j], weeks[i] })
	if again, _ := Learn(weeks, 4, 5); !reflect.DeepEqual(a, again) {
		t.Error("another order of the weeks, another answer")
	}
	for s, f := range append(factors, 1) { // the fifth season was never seen
		if math.Abs(a.Seasons[s]-f) > .05 {
			t.Errorf("season %d: factor %.3f, want %v", s, a.Seasons[s], f)
		}
	}
	for g, rate := range rates {
		if got, _ := a.Groups[g].Mean(); math.Abs(got/rate-1) > .05 {
			t.Errorf("group %d: rate %.3f, want %v", g, got, rate)
		}
	}
	if a.Size < 100 {
		t.Errorf("chance alone was taken for a scatter of size %v", a.Size)
	}
	known, err := a.Predict(Week{Group: 1, Season: 0, Exposure: 1})
	if err != nil {
		t.Fatal(err)
	}
	unknown, err := a.Predict(Week{Group: 3, Season: 4, Exposure: 1}) // a group without weeks
	if err != nil || math.Abs(known.Mean()-5.6) > .5 || unknown.Variance() < 4*known.Variance() {
		t.Errorf("mean %v; variance %v where much is known, %v where nothing is (%v)", known.Mean(), known.Variance(), unknown.Variance(), err)
	}
}

func TestWeeksThatScatter(t *testing.T) {
	// By hand: one group, counts 0 and 20 by turns: mean 10 (Jeffreys adds 1/80), squares of
	// misses 100, so 100 = 10 + 100/Size, Size 10/9.
	var weeks []Week
	for w := range 40 {
		weeks = append(weeks, Week{Count: float64(20 * (w % 2)), Exposure: 1})
	}
	a, err := Learn(weeks, 1, 1)
	if err != nil || math.Abs(a.Size-10./9) > .01 {
		t.Errorf("size %v, want about %v (%v)", a.Size, 10./9, err)
	}
	d, _ := a.Predict(Week{Exposure: 1})
	one, _ := a.WeekAt(10, Week{Exposure: 1})
	if d.Variance() < one.Variance() || math.Abs(one.Variance()-100) > 1 {
		t.Errorf("variance %v with the rate unknown, %v with it known", d.Variance(), one.Variance())
	}
	if _, err := Learn([]Week{{Group: 1, Exposure: 1}}, 1, 1); err == nil {
		t.Error("a group that there is not was taken")
	}
	if a, err = Learn(nil, 1, 1); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Predict(Week{Exposure: 1}); err == nil {
		t.Error("something was told of nothing")
	}
}

func BenchmarkSuccesses20000(b *testing.B) {
	r, p := rand.New(rand.NewPCG(1, 2)), make([]float64, 20000)
	for i := range p {
		p[i] = r.Float64()
	}
	for b.Loop() {
		if _, err := Successes(p); err != nil {
			b.Fatal(err)
		}
	}
}
