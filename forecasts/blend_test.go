package forecasts

import (
	"testing"
	"time"

	"milepost/calendar"
	"milepost/calls"
	. "milepost/forecasts/history"
)

// By hand: a range of 80 % that is 2 x 1.28 x 100 wide has a standard deviation of 100.
func TestBlendWeighsByErrors(t *testing.T) {
	ours := Spread{Median: 1000, Most: [2]int64{872, 1128}} // sd 99.9
	call := func(final int64, scatter float64, periods int) calls.Correction {
		return calls.Correction{Final: final, Scatter: scatter, Ratio: calls.Ratio{Periods: periods}}
	}
	for what, c := range map[string]struct {
		call calls.Correction
		want int64
	}{
		"nothing known of the caller: half and half": {call(2000, .5, 0), 1500},
		"as good as the forecast: half and half":     {call(2000, .05, 40), 1499}, // its sd is 100
		"a wild caller after many periods":           {call(2000, 5, 1000000), 1000},
		"a sure caller after many periods":           {call(2000, .0001, 1000000), 1999},
		"a wild caller after eight periods":          {call(2000, 5, 8), 1250},
	} {
		if got := Blend(ours, c.call); got < c.want-1 || got > c.want+1 {
			t.Errorf("%s: %d, want %d", what, got, c.want)
		}
	}
	if got := Blend(Spread{Median: 10}, call(20, 0, 5)); got != 15 {
		t.Errorf("two that claim to be sure: %d", got)
	}
}

func TestAYearBefore(t *testing.T) {
	w := &tiny{place: time.UTC}
	for i, day := range []float64{-300, -280, -200, 20} { // 7 March, 27 March, 15 June 2025; 21 January 2026
		id := string(rune('a' + i))
		w.deal(id, day-20, "talks", day, Won)
		w.tell(id, day-19, Amount, []string{"EUR", "USD"}[i%2], 100)
	}
	w.deal("z", 50, "talks", 0, Open)
	w.tell("z", 50, Amount, "EUR", 5)
	f := Say(w.log(), w.at(70), []Horizon{20}, Methods())
	o := LookAhead(f, calendar.Fiscal{}.Quarter("2026-03-12"), Organigram{}, "", "EUR", everyone)
	wins, minor := f.earlier(o)
	if len(wins) != 2 || wins[0] != 2 || wins[1] != 2 || minor[1] != 100 {
		t.Errorf("a year before: %v wins, %v", wins, minor)
	}
}
