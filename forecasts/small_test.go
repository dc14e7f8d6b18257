package forecasts

import (
	"fmt"
	"math/rand/v2"
	"testing"

	. "milepost/forecasts/history"
	"milepost/forecasts/landmark"
	"milepost/stats/scores"
)

// Twenty deals that have ended are few: what is assumed must carry the forecast, and
// what they teach must not make it worse than the plain table of their stages.
func TestFullTwentyDealsOfBPI2012(t *testing.T) {
	log := readHistory(t, "bpic2012_history.csv.gz", "Europe/Amsterdam")
	asOfs := midnightsOf("2011-11-30", 7, 11, log.Place())
	draws := 10
	if !full() {
		asOfs, draws = asOfs[3:9:9], 2
	}
	var model, table []float64
	var came []bool
	for n, asOf := range asOfs {
		past := log.Before(asOf)
		ended := endedOnTheGrid(past)
		until := later(asOf, 30, log.Place())
		for draw := range draws {
			r := rand.New(rand.NewPCG(uint64(n), uint64(draw)))
			only := map[int32]bool{}
			for len(only) < 20 {
				only[ended[r.IntN(len(ended))]] = true
			}
			m := landmark.Train(past, landmark.Milestones, landmark.Options{Only: func(deal int32) bool { return only[deal] }})
			if m.Problem != nil || m.Ended > 20 || m.Ended < 15 { // some were open for less than an interval
				t.Fatalf("learned from %d deals: %v", m.Ended, m.Problem)
			}
			asking, plain := m.Ask(past), plainTable(past, only)
			for _, deal := range past.Open() {
				model = append(model, m.Within(asking.Curve(&deal), 30)[Won])
				table = append(table, plain(deal.Stage))
				came = append(came, log.EndedBefore(deal.Deal, until) == Won)
			}
		}
	}
	mine, _ := scores.Brier(model, came)
	theirs, _ := scores.Brier(table, came)
	t.Logf("Brier %.4f, of the plain table %.4f, %d cases", mine, theirs, len(came))
	if mine > .205 || mine > theirs {
		t.Errorf("Brier %.4f, want at most .205 and at most %.4f", mine, theirs)
	}
}

// endedOnTheGrid lists the deals that had ended and were open at a midnight.
func endedOnTheGrid(p *Past) (list []int32) {
	var stays []Stay
	for i := range p.Deals() {
		if cause, _ := p.End(int32(i)); cause == Open {
			continue
		}
		stays = p.AppendStays(stays[:0], int32(i))
		for _, s := range stays {
			if p.Snapshots(s.From, s.To) > 0 {
				list = append(list, int32(i))
				break
			}
		}
	}
	return list
}

// plainTable is the share won of some deals by the stages that they were at.
func plainTable(p *Past, of map[int32]bool) func(Label) float64 {
	seen, won := map[Label]float64{}, map[Label]float64{}
	var stays []Stay
	for i := range p.Deals() {
		if !of[int32(i)] {
			continue
		}
		cause, _ := p.End(int32(i))
		at := map[Label]bool{}
		stays = p.AppendStays(stays[:0], int32(i))
		for _, s := range stays {
			at[s.Stage] = true
		}
		at[-1] = true // all stages together
		for stage := range at {
			seen[stage]++
			if cause == Won {
				won[stage]++
			}
		}
	}
	return func(stage Label) float64 {
		if seen[stage] == 0 {
			stage = -1
		}
		return won[stage] / seen[stage]
	}
}

// The rarest of worlds are answered too.
func TestFullOfNothing(t *testing.T) {
	w := &tiny{}
	w.place = place(t, "UTC")
	for i := range 3 {
		w.deal(fmt.Sprint(i), float64(i), "", float64(i), NoAction) // ended the moment they began
	}
	w.deal("open", 5, "talks", 0, Open)
	if got := chances(t, w.log(), Generation{landmark.Milestones}, w.at(9), 30, "open"); got.Won <= 0 || got.Won >= 1 {
		t.Errorf("the reference gives %+v", got)
	}
}
