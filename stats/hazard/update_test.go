package hazard

import (
	"math"
	"math/rand/v2"
	"runtime"
	"sync"
	"testing"
)

// some are the rows of a range of subjects.
func some(rows *Rows, from, until int) *Rows {
	n := len(rows.Fixed) / rows.Len()
	part := &Rows{Fixed: rows.Fixed[from*n : until*n], Track: rows.Track[from:until], Seen: rows.Seen[from:until], Cause: rows.Cause[from:until]}
	if rows.Weight != nil {
		part.Weight = rows.Weight[from:until]
	}
	return part
}

// A few more rows move the model nearly as a fit of all does, and taking them back brings
// the same model again.
func TestAFewRowsMore(t *testing.T) {
	s := recovered()
	rows, _ := organization(New(s, known()), 3000, rand.New(rand.NewPCG(5, 6)))
	n := rows.Len()
	before, err := Estimate(s, some(rows, 0, n-30), nil)
	if err != nil {
		t.Fatal(err)
	}
	after, err := Estimate(s, rows, nil)
	if err != nil {
		t.Fatal(err)
	}
	quick, err := before.With(some(rows, n-30, n), nil)
	if err != nil {
		t.Fatal(err)
	}
	moved, off := 0.0, 0.0
	for j := range after.Theta {
		moved = math.Max(moved, math.Abs(after.Theta[j]-before.Theta[j]))
		off = math.Max(off, math.Abs(quick.Theta[j]-after.Theta[j]))
	}
	if moved < 1e-4 || off > .1*moved {
		t.Errorf("the fit moves a coefficient by %g, and the quick step is off by %g", moved, off)
	}
	same, err := before.With(some(rows, 0, 30), some(rows, 0, 30))
	if err != nil {
		t.Fatal(err)
	}
	for j := range same.Theta {
		if math.Abs(same.Theta[j]-before.Theta[j]) > 1e-12 {
			t.Fatalf("the same rows on both sides move coefficient %d by %g", j, same.Theta[j]-before.Theta[j])
		}
	}
	if _, err := before.With(&Rows{Track: []uint16{0}}, nil); err == nil {
		t.Error("rows that are none are taken")
	}
}

// wide is a shape as large as that of an organization with fifty milestones and reps:
// about six hundred coefficients, twelve intervals.
func wide() Shape {
	s := Shape{Intervals: 12, Fixed: []Block{{Name: "level", Levels: 1, SD: .5}}}
	for range 20 {
		s.Fixed = append(s.Fixed, Block{Name: "feature", Levels: 9, SD: .35})
	}
	s.Moving = []Block{{Name: "interval", Levels: 12, SD: .5}}
	for range 100 {
		var track []uint16
		for k := range 12 {
			track = append(track, uint16(k))
		}
		s.Tracks = append(s.Tracks, track)
	}
	return s
}

func wideRows(n int) *Rows {
	r := rand.New(rand.NewPCG(1, 2))
	rows := &Rows{}
	for range n {
		rows.Fixed = append(rows.Fixed, 0)
		for range 20 {
			rows.Fixed = append(rows.Fixed, uint16(r.IntN(9)))
		}
		seen := 1 + r.IntN(12)
		rows.Track, rows.Seen, rows.Cause = append(rows.Track, uint16(r.IntN(100))), append(rows.Seen, uint8(seen)), append(rows.Cause, uint8(r.IntN(4)))
	}
	return rows
}

// Forecasting E2: a million deals, twelve intervals each, on all cores.
func BenchmarkScoreMillion(b *testing.B) {
	m, rows := New(wide(), nil), wideRows(1_000_000)
	n := len(m.Fixed)
	for b.Loop() {
		var work sync.WaitGroup
		for part := range runtime.GOMAXPROCS(0) {
			work.Go(func() {
				var curve Curve
				for i := part; i < rows.Len(); i += runtime.GOMAXPROCS(0) {
					curve = m.Append(curve[:0], rows.Fixed[i*n:i*n+n], rows.Track[i])
				}
			})
		}
		work.Wait()
	}
}

// Forecasting E2: one closed deal, thirty landmarks of it.
func BenchmarkOneClosedDeal(b *testing.B) {
	rows := wideRows(20_000)
	f, err := Estimate(wide(), rows, nil)
	if err != nil {
		b.Fatal(err)
	}
	more, fewer := some(rows, 0, 30), some(rows, 30, 60)
	for b.Loop() {
		if _, err := f.With(more, fewer); err != nil {
			b.Fatal(err)
		}
	}
}
