package forecasts

import (
	"fmt"
	"math"
	"testing"

	. "milepost/forecasts/history"
	"milepost/forecasts/landmark"
)

// A lever is what the model says of the deal with that in its history, less what it says
// of it as it is; every deal's are there, whatever is confirmed has none.
func TestALeverIsAskingWithIt(t *testing.T) {
	w := evidenced(120, 25, 4)
	now := w.at(300.5)
	past := w.log().Before(now)
	m := landmark.Train(past, landmark.Milestones, landmark.Options{})
	f := Say(w.log(), now, []Horizon{40}, []Method{PastYield{}, Served{m}})
	levers, learned := f.Levers()
	if !learned || len(levers) < len(f.Deals) {
		t.Fatalf("%d levers of %d deals", len(levers), len(f.Deals))
	}
	seen := map[string]bool{}
	for _, l := range levers {
		id := f.Deals[l.Deal].ID
		seen[fmt.Sprint(id, l.What.Feature, l.What.Falls())] = true
		then := *w
		then.facts = append(append([]told(nil), w.facts...), told{id, kindOf(l.What.Group), l.What.Feature,
			Fact{Recorded: now - 1, Effective: now - 1, Sequence: int64(len(w.facts)), Value: int64(l.What.To)}})
		with := Say(then.log(), now, []Horizon{40}, []Method{Served{m}})
		if got := with.Odds[0][0][l.Deal].Won - f.Odds[1][0][l.Deal].Won; with.Deals[l.Deal].ID != id || math.Abs(got-l.By) > 1e-15 {
			t.Errorf("%s, %+v: by %.12f, and with it in its history by %.12f", id, *l.What, l.By, got)
		}
	}
	for i := range f.Deals {
		for n := range 4 {
			name := fmt.Sprint("milestone ", n)
			level := int64(0)
			for _, fact := range past.Facts(f.Deals[i].Deal) {
				if fact.Kind == Milestone && past.Name(fact.Label) == name {
					level = fact.Value // they come in the order in which they were true
				}
			}
			rises, falls := seen[fmt.Sprint(f.Deals[i].ID, name, false)], seen[fmt.Sprint(f.Deals[i].ID, name, true)]
			if rises != (level < Achieved) || falls != (level == Claimed) {
				t.Errorf("%s has %s at %d; a lever up: %v, down: %v", f.Deals[i].ID, name, level, rises, falls)
			}
		}
	}
}

// The strongest come first, those that too few past deals tell of not at all; what is
// summed up is what is in the list.
func TestTheStrongestLeversComeFirst(t *testing.T) {
	budget, visit, rare := &What{Feature: "budget", To: 2, Deals: 40}, &What{Feature: "visit", From: 1, To: 2, Deals: 10}, &What{Feature: "rare", To: 2, Deals: 9}
	fall := &What{Feature: "visit", From: 1, To: 0, Deals: 50}
	levers := []Lever{{0, budget, .1}, {1, budget, .2}, {2, budget, .3}, {0, visit, .5}, {1, rare, .9}, {1, fall, -.2}, {0, fall, -.3}, {2, visit, -.1}, {1, budget, .009}}
	list := weigh(levers, []float64{100, 1000, math.NaN()})
	var got string
	for _, falls := range []bool{false, true} {
		for _, w := range strongest(list, falls, 3) {
			got += fmt.Sprintf("%d %s %.0f; ", w.Deal, w.What.Feature, w.Gain)
		}
	}
	if want := "1 budget 200; 0 visit 50; 0 budget 10; 1 visit -200; 0 visit -30; "; got != want {
		t.Errorf("in order: %s, want %s", got, want)
	}
	got = ""
	for _, s := range sumUp(list) {
		got += fmt.Sprintf("%s %d %.0f; ", s.Feature, s.Open, s.Gain)
	}
	if want := "rare 1 900; budget 3 219; visit 1 50; "; got != want {
		t.Errorf("summed up: %s, want %s", got, want)
	}
}

// BenchmarkLevers supposes something of each of 20,000 open deals, ten milestones and six
// criteria each; "of a forecast" is what the forecast itself takes, to compare with.
func BenchmarkLevers(b *testing.B) {
	w := evidenced(3000, 20_000, 10)
	log, now := w.log(), w.at(301)
	m := landmark.Train(log.Before(now), landmark.Milestones, landmark.Options{})
	b.Run("of a forecast", func(b *testing.B) {
		for b.Loop() {
			Say(log, now, []Horizon{60}, []Method{Served{m}})
		}
	})
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			f := Say(log, now, []Horizon{60}, []Method{Served{m}})
			b.StartTimer()
			levers, _ := f.Levers()
			b.ReportMetric(float64(len(levers)), "levers")
		}
	})
	b.Run("then", func(b *testing.B) {
		f := Say(log, now, []Horizon{60}, []Method{Served{m}})
		var worth []float64
		for i := range f.Deals {
			worth = append(worth, float64(f.Deals[i].Amount))
		}
		f.Levers()
		for b.Loop() {
			levers, _ := f.Levers()
			list := weigh(levers, worth)
			strongest(list, false, mostLevers)
			strongest(list, true, mostLevers)
			sumUp(list)
		}
	})
}
