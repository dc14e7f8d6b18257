package totals

import (
	"math/rand/v2"
	"reflect"
	"runtime"
	"testing"

	"pgregory.net/rapid"
)

// Draws that are kept come to what drawing again gives, whatever groups and amounts they
// are asked for, on any number of cores.
func TestWaysAddUpAsDrawsDo(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		p := plan(r, r.IntN(60), uint32(1+r.IntN(300)))
		p.New = nil
		runtime.GOMAXPROCS(1 + r.IntN(4))
		w, err := p.Ways()
		if err != nil {
			t.Fatal(err)
		}
		for range 3 {
			p.Groups = 1 + r.IntN(4)
			for i := range p.Items {
				p.Items[i].Group, p.Items[i].Amount = r.IntN(p.Groups+1), r.Int64N(1e9)
			}
			runtime.GOMAXPROCS(1 + r.IntN(4))
			wins, amounts := w.Sum(p.Items, p.Groups)
			d, err := p.Draw()
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(wins, d.GroupWins) || !reflect.DeepEqual(amounts, d.GroupAmount) {
				t.Fatalf("the groups come to %v and %v, drawn again to %v and %v", wins, amounts, d.GroupWins, d.GroupAmount)
			}
		}
	})
}

// How many come is drawn once for all who ask, and the same.
func TestArrivalsAreCountedBefore(t *testing.T) {
	p := plan(rand.New(rand.NewPCG(3, 4)), 20, 64)
	want := mustDraw(t, p)
	for i := range p.New {
		var err error
		if p.New[i].Many, err = p.New[i].Count(p.Seed, p.Draws); err != nil {
			t.Fatal(err)
		}
	}
	if got := mustDraw(t, p); !reflect.DeepEqual(got, want) {
		t.Error("counted before they come to something else")
	}
	p.Draws++
	if _, err := p.Draw(); err == nil {
		t.Error("counts of fewer draws are taken")
	}
}
