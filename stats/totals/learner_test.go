package totals

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"milepost/stats/proportions"
)

// What came of n equal chances.
func hits(n, won int, chance float64) *Realised {
	r := &Realised{Tree: Tree{-1}, Weight: 1}
	for i := range n {
		r.Part, r.Chance, r.Came = append(r.Part, 0), append(r.Chance, chance), append(r.Came, i < won)
	}
	return r
}

func learn(t testing.TB, l *Learner, r *Realised) {
	t.Helper()
	if err := l.Learn(r); err != nil {
		t.Fatal(err)
	}
}

// The likelihood is that of the Poisson-binomial number, but for a constant: against every
// way in which unequal chances can come out.
func TestLikelihoodIsExact(t *testing.T) {
	chances := []float64{.05, .3, .5, .9, .62}
	r := &Realised{Tree: Tree{-1}, Part: make([]int, 5), Chance: chances, Came: []bool{true, false, true, false, true}, Weight: 1}
	list, err := r.shares()
	if err != nil {
		t.Fatal(err)
	}
	plain := func(shift float64) float64 {
		sum := 0.0
		for ways := range 32 {
			p, count := 1.0, 0
			for i, c := range chances {
				q := proportions.Logistic(proportions.Logit(c) + shift)
				if ways>>i&1 == 1 {
					p, count = p*q, count+1
				} else {
					p *= 1 - q
				}
			}
			if count == 3 {
				sum += p
			}
		}
		return math.Log(sum)
	}
	for i := range points {
		got, want := list[0].fits[i]-list[0].fits[half], plain(place(i))-plain(0)
		if math.Abs(got-want) > 1e-10 {
			t.Errorf("at %v: %v, want %v", place(i), got, want)
		}
	}
}

// The filter against sampling from the prior and weighting by what came (importance
// sampling; nothing is shared with it): two periods of a company of two teams.
func TestFilterAgreesWithSampling(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIP: a million samples")
	}
	tree, part := Tree{-1, 0, 0}, []int{1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2}
	chances := []float64{.2, .4, .3, .5, .6, .1, .2, .4, .3, .5, .6, .1}
	came := [][]int{{5, 4}, {4, 1}} // wins by team, in each period
	l := New()
	l.keeps = 1
	for _, wins := range came {
		r := &Realised{Tree: tree, Part: part, Chance: chances, Came: make([]bool, 12), Weight: 1}
		for g, n := range wins {
			for i := range n {
				r.Came[6*g+i] = true
			}
		}
		learn(t, l, r)
	}
	mean, _, shock, share, _ := l.Level()
	r := rand.New(rand.NewPCG(9, 9))
	pick := func(values, mass []float64) float64 {
		u := r.Float64()
		for i, m := range mass {
			if u -= m; u < 0 {
				return values[i]
			}
		}
		return values[len(values)-1]
	}
	count := func(p []float64, k int) float64 { // Poisson-binomial, plainly
		f := []float64{1}
		for _, q := range p {
			next := make([]float64, len(f)+1)
			for i, v := range f {
				next[i] += v * (1 - q)
				next[i+1] += v * q
			}
			f = next
		}
		return f[k]
	}
	var total, level, squares, parts float64
	a, b := make([]float64, len(wholes)), sharePrior
	for i, m := range wholePrior {
		a[i] = (1 - none) * m
	}
	a[0] += none
	for range 300000 {
		whole, own := pick(wholes[:], a), pick(shares[:], b)
		move := pick(moves[:], []float64{standing, (1 - standing) / 2, (1 - standing) / 2})
		now, weight := levelSD*r.NormFloat64(), 1.0
		for _, wins := range came {
			common := now + whole*r.NormFloat64()
			for g, n := range wins {
				shift := common + own*r.NormFloat64()
				p := make([]float64, 6)
				for i := range p {
					p[i] = proportions.Logistic(proportions.Logit(chances[6*g+i]) + shift)
				}
				weight *= count(p, n)
			}
			if move > 0 {
				now = memory*now + move*r.NormFloat64()
			}
		}
		total += weight
		level += weight * now
		squares += weight * whole * whole
		parts += weight * own * own
	}
	for what, pair := range map[string][2]float64{"level": {mean, level / total}, "shock": {shock, squares / total}, "share": {share, parts / total}} {
		if math.Abs(pair[0]-pair[1]) > .006 {
			t.Errorf("%s: %v, by sampling %v", what, pair[0], pair[1])
		}
	}
}

func widening(l *Learner) float64 {
	_, _, _, _, w := l.Level()
	return w[0]
}

// A miss widens at once; a row of hits narrows, but takes longer; it is bounded.
func TestAMissWidensAndHitsNarrowSlowly(t *testing.T) {
	l := New()
	for range 6 {
		learn(t, l, hits(100, 30, .3))
	}
	if widening(l) != 1 {
		t.Fatalf("hits left a widening of %v", widening(l))
	}
	learn(t, l, hits(100, 60, .3))
	after := widening(l)
	if after < 1.04 {
		t.Errorf("a miss widened to %v", after)
	}
	learn(t, l, hits(100, 30, .3))
	learn(t, l, hits(100, 30, .3))
	if now := widening(l); now >= after || now < 1.02 {
		t.Errorf("two hits brought a widening of %v down to %v", after, now)
	}
	l = New()
	for i := range 60 {
		learn(t, l, hits(400, []int{10, 390}[i%2], .5))
		if w := widening(l); w < 1 || w > widest+1e-9 {
			t.Fatalf("widening is %v", w)
		}
	}
}

func width(t testing.TB, l *Learner, n int, chance float64) int64 {
	p := &Plan{Tree: Tree{-1}, Learner: l, Seed: 1, Draws: 4000}
	for i := range n {
		p.Items = append(p.Items, Item{ID: uint64(i) << 20, Chance: chance})
	}
	s, _ := Summarize(mustDraw(t, p).Wins[0])
	return s.Most.High - s.Most.Low
}

// With nothing realised ranges are wide; twenty periods that came as said narrow them to
// what chance alone leaves; one bad miss makes them wider than before it.
func TestRangesNarrowByExperience(t *testing.T) {
	l := New()
	first := width(t, l, 400, .3)
	for i := range 20 {
		learn(t, l, hits(400, 120+[]int{-9, 9, 2, -4}[i%4], .3))
	}
	settled := width(t, l, 400, .3)
	alone := width(t, certain(0, 0, 0), 400, .3)
	learn(t, l, hits(400, 190, .3))
	shaken := width(t, l, 400, .3)
	t.Logf("80%% ranges are %d wide at first, %d after twenty periods, %d by chance alone, %d after a miss", first, settled, alone, shaken)
	if first < 3*alone || settled > alone*8/5 || settled < alone || shaken < settled*5/4 {
		t.Error("ranges do not follow experience")
	}
}

// Weights: two halves count as one whole; what is said in parts of a period is no more.
func TestOverlapsCountOnce(t *testing.T) {
	one, two := New(), New()
	learn(t, one, hits(200, 80, .3))
	r := hits(200, 80, .3)
	r.Weight = .5
	learn(t, two, r)
	learn(t, two, r)
	a, _, _, _, _ := one.Level()
	b, _, _, _, _ := two.Level()
	if math.Abs(a-b) > 1e-9 || two.Periods != 1 {
		t.Errorf("level %v, in two halves %v, after %v periods", a, b, two.Periods)
	}
}

// Whatever comes, what is thought stays a distribution and draws are numbers.
func TestLearnerTakesAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := New()
		for range rapid.IntRange(0, 4).Draw(t, "periods") {
			r := &Realised{Tree: Tree{-1, 0, 1, 0}, Weight: rapid.Float64Range(.01, 1).Draw(t, "weight")}
			for range rapid.IntRange(0, 40).Draw(t, "items") {
				r.Part = append(r.Part, rapid.IntRange(0, 3).Draw(t, "part"))
				r.Chance = append(r.Chance, rapid.SampledFrom([]float64{0, 1, .5, .001, 1e-9}).Draw(t, "chance"))
				r.Came = append(r.Came, rapid.Bool().Draw(t, "came"))
			}
			if err := l.Learn(r); err != nil {
				t.Fatal(err)
			}
		}
		mean, sd, shock, share, wide := l.Level()
		for _, v := range []float64{mean, sd, shock, share, wide[0], wide[1]} {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				t.Fatalf("%v", []float64{mean, sd, shock, share, wide[0], wide[1]})
			}
		}
		sum, _ := l.atoms()
		if math.Abs(sum[len(sum)-1]-1) > 1e-9 {
			t.Fatalf("probabilities sum to %v", sum[len(sum)-1])
		}
	})
	l := New()
	for what, r := range map[string]*Realised{
		"no tree":   {Part: []int{0}, Chance: []float64{.5}, Came: []bool{true}, Weight: 1},
		"no part":   {Tree: Tree{-1}, Part: []int{1}, Chance: []float64{.5}, Came: []bool{true}, Weight: 1},
		"no chance": {Tree: Tree{-1}, Part: []int{0}, Chance: []float64{math.NaN()}, Came: []bool{true}, Weight: 1},
		"no end":    {Tree: Tree{-1}, Part: []int{0}, Chance: []float64{.5}, Weight: 1},
		"no weight": {Tree: Tree{-1}, Part: []int{0}, Chance: []float64{.5}, Came: []bool{true}},
	} {
		if l.Learn(r) == nil {
			t.Errorf("%s: learnt", what)
		}
	}
}
