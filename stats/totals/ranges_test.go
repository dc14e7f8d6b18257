package totals

import (
	"math"
	"testing"
)

func TestRangesByHand(t *testing.T) {
	var drawn []int64
	for i := range 100 {
		drawn = append(drawn, int64(100-i)) // 1 to 100, the other way round
	}
	s, ok := Summarize(drawn)
	want := Summary{50, Range{25, 75, .51}, Range{10, 90, .81}, Range{3, 98, .96}}
	if !ok || s != want {
		t.Errorf("%+v, want %+v", s, want)
	}
	if !s.Most.Holds(10) || !s.Most.Holds(90) || s.Most.Holds(9) || s.Most.Holds(91) {
		t.Error("the ends of a range belong to it, and nothing beyond")
	}
	if p, _ := Reach(drawn, 81); p != .2 {
		t.Errorf("81 is reached by %v, want .2", p)
	}
	if from, to := Level(drawn, 10); from != .09 || to != .1 {
		t.Errorf("10 lies from %v to %v", from, to)
	}
	if one, _ := Summarize([]int64{7}); one != (Summary{7, Range{7, 7, 1}, Range{7, 7, 1}, Range{7, 7, 1}}) {
		t.Errorf("one draw: %+v", one)
	}
	if _, ok := Summarize(nil); ok {
		t.Error("a range of nothing")
	}
	if _, ok := Reach(nil, 1); ok {
		t.Error("nothing reaches a target")
	}
}

func TestRatiosAreShrunk(t *testing.T) {
	none := Ratios([][]float64{nil})
	if none[0] != (Ratio{0, ratioSD}) {
		t.Errorf("nothing taught %+v", none)
	}
	var many []float64
	for i := range 1000 {
		many = append(many, -.2+.1*float64(i%3-1))
	}
	list := Ratios([][]float64{many, {.4}, {math.NaN(), 9}})
	if math.Abs(list[0].Mean+.2) > .005 || math.Abs(list[0].SD-math.Sqrt(.02/3)) > .01 {
		t.Errorf("a thousand deals give %+v, want about -.2 and .08", list[0])
	}
	if want := (.4 + 10*-.2) / 11; math.Abs(list[1].Mean-want) > .01 || !(list[1].SD > list[0].SD) {
		t.Errorf("one deal gives %+v, want a mean of about %v and more doubt", list[1], want)
	}
	if math.Abs(list[2].Mean-list[0].Mean) > .01 {
		t.Errorf("slips of the pen give %+v", list[2])
	}
}

func TestArrivalsAddUp(t *testing.T) {
	p := &Plan{Tree: Tree{-1, 0}, Learner: New(), Seed: 3, Draws: 8000, New: []Arrivals{{ID: 9, Part: 1, Mean: 6, Size: 3, Amounts: []int64{100, 300}}}}
	d := mustDraw(t, p)
	var wins, squares, amount float64
	for n, w := range d.Wins[0] {
		wins += float64(w) / 8000
		squares += float64(w*w) / 8000
		amount += float64(d.Amount[0][n]) / 8000
		if a := d.Amount[0][n]; a < 100*w || a > 300*w {
			t.Fatalf("%d arrivals are worth %d", w, a)
		}
	}
	if math.Abs(wins-6) > .2 || math.Abs(squares-wins*wins-18) > 1.5 || math.Abs(amount-1200) > 40 { // 6 + 36/3; 6 x 200
		t.Errorf("%v arrivals with variance %v, worth %v", wins, squares-wins*wins, amount)
	}
}
