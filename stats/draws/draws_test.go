package draws

import (
	"math"
	"runtime"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// The vectors that come with the authors' code (Random123, kat_vectors, philox4x32 10).
func TestPhiloxGivesItsAuthorsVectors(t *testing.T) {
	for _, c := range []struct {
		counter [4]uint32
		seed    uint64
		want    [4]uint32
	}{
		{[4]uint32{}, 0, [4]uint32{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
		{[4]uint32{1<<32 - 1, 1<<32 - 1, 1<<32 - 1, 1<<32 - 1}, 1<<64 - 1, [4]uint32{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
		{[4]uint32{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, 0x299f31d0_a4093822, [4]uint32{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
	} {
		var got [4]uint32
		got[0], got[1], got[2], got[3] = New(c.seed).block(c.counter[0], c.counter[1], c.counter[2], c.counter[3])
		if got != c.want {
			t.Errorf("%x gives %x, want %x", c.counter, got, c.want)
		}
	}
}

func TestOneAddressOneNumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := New(rapid.Uint64().Draw(t, "seed"))
		stream, item := rapid.Uint32Range(0, 9).Draw(t, "stream"), rapid.Uint64().Draw(t, "item")
		first, count := rapid.Uint32Range(0, 50).Draw(t, "first"), rapid.Uint32Range(0, 40).Draw(t, "count")
		many := make([]float64, count)
		s.Uniforms(stream, item, first, many)
		for i, u := range many {
			if u != s.Uniform(stream, item, first+uint32(i)) || !(u > 0 && u < 1) {
				t.Fatalf("draw %d is %v", first+uint32(i), u)
			}
		}
		chance := rapid.Float64Range(0, 1).Draw(t, "chance")
		whole, err := s.Hits(stream, item, chance, 0, first+count, nil)
		if err != nil {
			t.Fatal(err)
		}
		early, _ := s.Hits(stream, item, chance, 0, first, nil)
		parts, _ := s.Hits(stream, item, chance, first, count, early)
		if !slices.Equal(whole, parts) {
			t.Fatalf("in one go %v, in two %v", whole, parts)
		}
		more, _ := s.Hits(stream, item, min(1, chance+.1), 0, first+count, nil)
		for _, d := range whole {
			if !slices.Contains(more, d) {
				t.Fatalf("draw %d hits with the smaller chance alone", d)
			}
		}
	})
}

// Words in batches are the words of their blocks, across the ends of batches too.
func TestBatchesAreBlocks(t *testing.T) {
	s, item := New(11), uint64(1)<<40|77
	var batch [batchSize]uint32
	for _, first := range []uint32{0, 1, 2, 3, 510, 1<<32 - 2000} {
		for done := uint32(0); done < 1100; {
			some := s.batch(&batch, 6, item, first+done, 1100-done)
			for i, got := range some {
				draw := first + done + uint32(i)
				var four [4]uint32
				four[0], four[1], four[2], four[3] = s.block(draw/4, 6|words, 77, 1<<8)
				if got != four[draw%4] {
					t.Fatalf("word of draw %d is %x, want %x", draw, got, four[draw%4])
				}
			}
			done += uint32(len(some))
		}
	}
}

func TestSharedOddsAreChances(t *testing.T) {
	s, shock := New(3), make([]float64, 4001)
	for i := range shock {
		shock[i] = 2
	}
	same := 0
	for item := range uint64(50) {
		odds := .02 * float64(item+1)
		shared, err := s.HitsShared(1, item, odds, shock, 7, nil)
		if err != nil {
			t.Fatal(err)
		}
		alone, _ := s.Hits(1, item, 2*odds/(1+2*odds), 7, uint32(len(shock)), nil)
		if slices.Equal(shared, alone) {
			same++
		}
	}
	if same < 49 { // a draw within 2⁻³² of its threshold may differ
		t.Errorf("only %d of 50 items come out as with their probabilities", same)
	}
	shock[2] = math.Inf(1)
	shock[3] = math.NaN()
	if hits, err := s.HitsShared(1, 1, 1e300, shock, 0, nil); err != nil || slices.Contains(hits, 2) || slices.Contains(hits, 3) || len(hits) != 3999 {
		t.Errorf("%d hits, %v", len(hits), err)
	}
	for _, bad := range []float64{-1, math.NaN(), math.Inf(1)} {
		if _, err := s.HitsShared(1, 1, bad, shock, 0, nil); err == nil {
			t.Errorf("odds of %v were taken", bad)
		}
	}
	for _, bad := range []float64{-.1, 1.1, math.NaN()} {
		if _, err := s.Hits(1, 1, bad, 0, 9, nil); err == nil {
			t.Errorf("a chance of %v was taken", bad)
		}
	}
	if all, _ := s.Hits(1, 1, 1, 0, 999, nil); len(all) != 999 {
		t.Errorf("certainty hits %d of 999", len(all))
	}
	if none, _ := s.Hits(1, 1, 0, 0, 999, nil); len(none) != 0 {
		t.Errorf("the impossible hits %d times", len(none))
	}
}

// Neighbours in every part of the address look independent: 64 cells of pairs, chi squared.
func TestNeighboursAreUnrelated(t *testing.T) {
	s, n := New(20261122), 40000
	for name, pair := range map[string]func(i uint32) (float64, float64){
		"draws":   func(i uint32) (float64, float64) { return s.Uniform(1, 2, i), s.Uniform(1, 2, i+1) },
		"items":   func(i uint32) (float64, float64) { return s.Uniform(1, uint64(i), 5), s.Uniform(1, uint64(i)+1, 5) },
		"streams": func(i uint32) (float64, float64) { return s.Uniform(i, 2, 5), s.Uniform(i+1, 2, 5) },
		"seeds": func(i uint32) (float64, float64) {
			return New(uint64(i)).Uniform(1, 2, 5), New(uint64(i)+1).Uniform(1, 2, 5)
		},
	} {
		var cells [64]float64
		for i := range uint32(n) {
			u, v := pair(i)
			cells[int(u*8)*8+int(v*8)]++
		}
		expected, chi := float64(n)/64, 0.0
		for _, c := range cells {
			chi += (c - expected) * (c - expected) / expected
		}
		if chi < 30 || chi > 110 { // 63 degrees of freedom: outside once in 10⁴
			t.Errorf("%s: chi squared %.1f", name, chi)
		}
	}
}

// rollUp is the totals of 100 reps over the draws: amounts of the deals that are won.
func rollUp(s *Source, items int, draws uint32) [][]float64 {
	totals := make([][]float64, 100)
	for r := range totals {
		totals[r] = make([]float64, draws)
	}
	Split(draws, func(first, count uint32) {
		var won []uint32
		for i := range items {
			won, _ = s.Hits(1, uint64(i)*7919, .05+.6*float64(i%10)/10, first, count, won[:0])
			total, amount := totals[i%100], 1000.1+float64(i)
			for _, d := range won {
				total[d] += amount
			}
		}
	})
	return totals
}

func TestSameBytesOnAnyNumberOfCores(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	var first [][]float64
	for _, cores := range []int{1, 2, 3, 8} {
		runtime.GOMAXPROCS(cores)
		totals := rollUp(New(5), 500, 403)
		if first == nil {
			first = totals
		}
		for r := range totals {
			if !slices.Equal(totals[r], first[r]) {
				t.Fatalf("%d cores: rep %d has another total", cores, r)
			}
		}
	}
	// By hand: five deals of chance .23 and mean amount 1203.1; four standard errors are 4 %.
	if mean, ok := Mean(rollUp(New(5), 500, 8000)[3]); !ok || math.Abs(mean/(5*.23*1203.1)-1) > .04 {
		t.Errorf("mean of rep 3 is %v", mean)
	}
}

func TestItemsOfNames(t *testing.T) {
	if Item("") != 0xcbf29ce484222325 || Item("a") != 0xaf63dc4c8601ec8c { // FNV-1a's own examples
		t.Errorf("%x, %x", Item(""), Item("a"))
	}
}

func BenchmarkRollUp20000Of4000(b *testing.B) {
	s := New(1)
	for b.Loop() {
		rollUp(s, 20000, 4000)
	}
}

func BenchmarkShared20000Of4000(b *testing.B) {
	s, shock := New(1), make([]float64, 4000)
	for i := range shock {
		shock[i] = .8 + float64(i%5)/10
	}
	for b.Loop() {
		Split(4000, func(first, count uint32) {
			var won []uint32
			for i := range uint64(20000) {
				won, _ = s.HitsShared(1, i, .4, shock[first:first+count], first, won[:0])
			}
		})
	}
}
