package totals

import (
	"math"
	"math/rand/v2"
	"reflect"
	"runtime"
	"testing"

	"pgregory.net/rapid"

	"milepost/stats/proportions"
)

// plan is a company of three levels, with amounts that change and deals to come.
func plan(r *rand.Rand, items int, draws uint32) *Plan {
	p := &Plan{Tree: Tree{-1}, Learner: New(), Seed: r.Uint64(), Draws: draws, Ratios: []Ratio{{}, {-.1, .3}}}
	for g := 1; g < 12; g++ {
		p.Tree = append(p.Tree, r.IntN(g))
	}
	for range items {
		p.Items = append(p.Items, Item{ID: r.Uint64(), Part: r.IntN(12), Ratio: r.IntN(2), Chance: r.Float64() * r.Float64(), Amount: r.Int64N(1e9)})
	}
	p.New = []Arrivals{{ID: 1, Part: 3, Mean: 4, Size: 2, Amounts: []int64{5, 700, 1e6}}, {ID: 2, Part: 0, Mean: .3, Size: math.Inf(1)}}
	return p
}

func past(r *rand.Rand, tree Tree, items []Item, level float64) *Realised {
	past := &Realised{Tree: tree, Weight: 1}
	for _, it := range items {
		past.Part, past.Chance = append(past.Part, it.Part), append(past.Chance, it.Chance)
		past.Came = append(past.Came, r.Float64() < proportions.Logistic(proportions.Logit(it.Chance)+level))
	}
	return past
}

func mustDraw(t testing.TB, p *Plan) *Drawn {
	t.Helper()
	d, err := p.Draw()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// In every draw a part is its own items and its parts, to the last unit: what is left when
// the parts are taken away is what its own items come to where there are no others.
func TestPartsAddUpInEveryDraw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		p := plan(r, r.IntN(60), 101)
		d, err := p.Draw()
		if err != nil {
			t.Fatal(err)
		}
		g := r.IntN(len(p.Tree))
		own := *p
		own.Items, own.New = nil, nil
		for _, it := range p.Items {
			if it.Part == g {
				own.Items = append(own.Items, it)
			}
		}
		for _, a := range p.New {
			if a.Part == g {
				own.New = append(own.New, a)
			}
		}
		alone, err := own.Draw()
		if err != nil {
			t.Fatal(err)
		}
		for n := range 101 {
			wins, amount := d.Wins[g][n], d.Amount[g][n]
			for k, above := range p.Tree {
				if above == g {
					wins, amount = wins-d.Wins[k][n], amount-d.Amount[k][n]
				}
			}
			if wins != alone.Wins[g][n] || amount != alone.Amount[g][n] {
				t.Fatalf("part %d, draw %d: %d wins worth %d are its own, but its items come to %d and %d", g, n, wins, amount, alone.Wins[g][n], alone.Amount[g][n])
			}
		}
	})
}

// However a whole is looked at, its draws are the same, and the groups add up to it in
// every one of them where everything is in one.
func TestGroupsAddUpInEveryDraw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		p := plan(r, r.IntN(60), 101)
		plain, err := p.Draw()
		if err != nil {
			t.Fatal(err)
		}
		p.Groups = 1 + r.IntN(4)
		for i := range p.Items {
			p.Items[i].Group = 1 + r.IntN(p.Groups)
		}
		for i := range p.New {
			p.New[i].Like = []int{1 + r.IntN(p.Groups), 1 + r.IntN(p.Groups), 1}
		}
		d, err := p.Draw()
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(d.Wins, plain.Wins) || !reflect.DeepEqual(d.Amount, plain.Amount) {
			t.Fatal("looking at it by groups changed the draws")
		}
		for n := range 101 {
			wins, amount := d.Wins[0][n], d.Amount[0][n]
			for g := range p.Groups {
				wins, amount = wins-d.GroupWins[g][n], amount-d.GroupAmount[g][n]
			}
			if wins != 0 || amount != 0 {
				t.Fatalf("draw %d: %d wins worth %d are in no group", n, wins, amount)
			}
		}
	})
}

func TestSameBytesOnAnyNumberOfCores(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	var first *Drawn
	var taught *Learner
	for _, cores := range []int{1, 2, 8} {
		runtime.GOMAXPROCS(cores)
		r := rand.New(rand.NewPCG(4, 4))
		p := plan(r, 300, 1003)
		for range 3 {
			if err := p.Learner.Learn(past(r, p.Tree, p.Items, .3)); err != nil {
				t.Fatal(err)
			}
		}
		d := mustDraw(t, p)
		if first == nil {
			first, taught = d, p.Learner
		}
		if !reflect.DeepEqual(d, first) || !reflect.DeepEqual(p.Learner, taught) {
			t.Errorf("%d cores give other draws", cores)
		}
	}
}

// A part's draws do not depend on who else is there: a rep's total is the same alone and
// in the company, and an item with a higher chance wins wherever it won before.
func TestDrawsAreCommon(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	p := plan(r, 80, 500)
	p.Tree = Tree{-1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}
	whole := mustDraw(t, p)
	better := *p
	better.Items = append([]Item(nil), p.Items...)
	for i := range better.Items {
		better.Items[i].Chance = math.Min(1, better.Items[i].Chance+.1)
	}
	up := mustDraw(t, &better)
	for g := range p.Tree {
		for n := range up.Wins[g] {
			if up.Wins[g][n] < whole.Wins[g][n] || up.Amount[g][n] < whole.Amount[g][n] {
				t.Fatalf("part %d fell in draw %d", g, n)
			}
		}
	}
}

// Without a shock draws are the independent chances: mean and variance by hand.
func TestDrawsHaveTheMeanAndTheAmounts(t *testing.T) {
	p := &Plan{Tree: Tree{-1}, Learner: certain(0, 0, 0), Seed: 5, Draws: 20000}
	for i := range 40 {
		p.Items = append(p.Items, Item{ID: uint64(i) * 77, Chance: .25, Amount: 100})
	}
	d := mustDraw(t, p)
	mean, square := 0.0, 0.0
	for n, w := range d.Wins[0] {
		if d.Amount[0][n] != 100*w {
			t.Fatalf("%d wins are worth %d", w, d.Amount[0][n])
		}
		mean += float64(w) / 20000
		square += float64(w*w) / 20000
	}
	if math.Abs(mean-10) > .06 || math.Abs(square-mean*mean-7.5) > .4 { // 40 x .25, 40 x .25 x .75; three errors
		t.Errorf("mean %v and variance %v, want 10 and 7.5", mean, square-mean*mean)
	}
	p.Ratios = []Ratio{{Mean: math.Log(2), SD: .5}}
	d, mean = mustDraw(t, p), 0
	for _, v := range d.Amount[0] {
		mean += float64(v) / 20000
	}
	if want := 1000 * 2 * math.Exp(.125); math.Abs(mean/want-1) > .02 { // the mean of a lognormal
		t.Errorf("mean amount %v, want %v", mean, want)
	}
}

// certain is a learner that knows the level (in steps), and the places of its deviations.
func certain(whole, share, level int) *Learner {
	l := new(Learner)
	l.joint[whole][share][0][half+level] = 1
	return l
}

func TestNothingThatIsNoPlanIsDrawn(t *testing.T) {
	good := Plan{Tree: Tree{-1, 0}, Learner: New(), Draws: 10, Items: []Item{{Part: 1, Chance: .5}}}
	for what, spoil := range map[string]func(p *Plan){
		"no tree":            func(p *Plan) { p.Tree = nil },
		"no whole":           func(p *Plan) { p.Tree = Tree{0, 0} },
		"a part above":       func(p *Plan) { p.Tree = Tree{-1, 1} },
		"no learner":         func(p *Plan) { p.Learner = nil },
		"no draws":           func(p *Plan) { p.Draws = 0 },
		"no such part":       func(p *Plan) { p.Items = []Item{{Part: 2, Chance: .5}} },
		"no chance":          func(p *Plan) { p.Items = []Item{{Chance: math.NaN()}} },
		"a negative amount":  func(p *Plan) { p.Items = []Item{{Chance: .5, Amount: -1}} },
		"too large":          func(p *Plan) { p.Items = []Item{{Chance: .5, Amount: MostAmount + 1}} },
		"no such ratio":      func(p *Plan) { p.Ratios, p.Items = []Ratio{{}}, []Item{{Chance: .5, Ratio: 1}} },
		"no such group":      func(p *Plan) { p.Items = []Item{{Chance: .5, Group: 1}} },
		"groups of nobody":   func(p *Plan) { p.New = []Arrivals{{Mean: 1, Size: 1, Like: []int{1}}} },
		"arrivals nowhere":   func(p *Plan) { p.New = []Arrivals{{Part: 2, Mean: 1, Size: 1}} },
		"arrivals of no one": func(p *Plan) { p.New = []Arrivals{{Mean: -1, Size: 1}} },
		"a negative arrival": func(p *Plan) { p.New = []Arrivals{{Mean: 1, Size: 1, Amounts: []int64{-1}}} },
	} {
		p := good
		spoil(&p)
		if _, err := p.Draw(); err == nil {
			t.Errorf("%s: drawn", what)
		}
	}
	empty := Plan{Tree: Tree{-1}, Learner: New(), Draws: 3}
	if d := mustDraw(t, &empty); !reflect.DeepEqual(d, &Drawn{[][]int64{{0, 0, 0}}, [][]int64{{0, 0, 0}}, [][]int64{}, [][]int64{}}) {
		t.Errorf("nothing comes to %v", d)
	}
}

// 20,000 open deals of 100 owners in ten teams, amounts that change, 4,000 draws.
func BenchmarkRollUp20000Of4000(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	p := &Plan{Tree: Tree{-1}, Learner: New(), Seed: 1, Draws: 4000, Ratios: []Ratio{{-.05, .2}}}
	for range 10 {
		p.Tree = append(p.Tree, 0)
	}
	for g := range 100 {
		p.Tree = append(p.Tree, 1+g%10)
	}
	for i := range 20000 {
		p.Items = append(p.Items, Item{ID: r.Uint64(), Part: 11 + i%100, Chance: .4 * r.Float64(), Amount: r.Int64N(1e8)})
	}
	for b.Loop() {
		d := mustDraw(b, p)
		Summarize(d.Amount[0])
	}
}

func BenchmarkLearn20000(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	tree := Tree{-1}
	var items []Item
	for range 100 {
		tree = append(tree, 0)
	}
	for i := range 20000 {
		items = append(items, Item{Part: 1 + i%100, Chance: .4 * r.Float64()})
	}
	one, l := past(r, tree, items, 0), New()
	for b.Loop() {
		if err := l.Learn(one); err != nil {
			b.Fatal(err)
		}
	}
}
