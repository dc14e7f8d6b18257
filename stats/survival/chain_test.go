package survival

import (
	"math"
	"testing"
)

func sojourns(t *testing.T) []Sojourn {
	var list []Sojourn
	_, rows := table(t, "moves.csv")
	for _, r := range rows {
		list = append(list, Sojourn{From: int(r[1]) - 1, To: int(r[2]) - 1, Entry: r[3], Exit: r[4], Weight: 1})
	}
	return list
}

func chain(t *testing.T, list []Sojourn, states int, start float64) *Chain {
	t.Helper()
	jumps, err := Jumps(list, states)
	if err != nil {
		t.Fatal(err)
	}
	c, err := ProductIntegral(jumps, states, start)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestChainsAgreeWithR(t *testing.T) {
	three := sojourns(t)
	var two []Sojourn // who left state 0, whereto alike
	for _, s := range three {
		if s.From == 0 {
			s.To = min(s.To, 1)
			two = append(two, s)
		}
	}
	chains := map[[2]float64]*Chain{{3, 0}: chain(t, three, 3, 0), {3, 12}: chain(t, three, 3, 12), {2, 0}: chain(t, two, 2, 0)}
	_, values := table(t, "chain.csv")
	for _, r := range values {
		c := chains[[2]float64{r[0], r[1]}]
		p, errors := c.At(r[2])
		at := (int(r[3])-1)*c.States + int(r[4]) - 1
		if math.Abs(p[at]-r[5]) > 1e-12 || math.Abs(errors[at]-r[6]) > 1e-9 {
			t.Errorf("%v: %.15f ± %.15f", r, p[at], errors[at])
		}
	}
}

func TestCompetingRisksAreAChain(t *testing.T) {
	spells := spellsOf(t, "weighted")
	var list []Sojourn
	for _, s := range spells {
		list = append(list, Sojourn{0, s.Cause, s.Entry, s.Exit, s.Weight})
	}
	c, curves := chain(t, list, 4, 0), new(Curves)
	curves, err := AalenJohansen(spells, 3)
	if err != nil {
		t.Fatal(err)
	}
	for i, time := range curves.Times {
		p, errors := c.At(time)
		for cause := range 3 {
			f := curves.Incidence[cause]
			if math.Abs(p[cause+1]-f.Values[i]) > 1e-13 || math.Abs(errors[cause+1]-f.Errors[i]) > 1e-13 {
				t.Fatalf("cause %d at %v: %v ± %v against %v ± %v", cause, time, p[cause+1], errors[cause+1], f.Values[i], f.Errors[i])
			}
		}
	}
}

func TestRefusesWhatIsNoChain(t *testing.T) {
	for name, jumps := range map[string][]Jump{
		"out of order":   {{2, []float64{1, 1}, []float64{0, 1, 0, 0}}, {1, []float64{1, 1}, []float64{0, 1, 0, 0}}},
		"wrong shape":    {{2, []float64{1}, []float64{0, 1, 0, 0}}},
		"nobody at risk": {{2, []float64{0, 1}, []float64{0, 1, 0, 0}}},
		"more than all":  {{2, []float64{1, 1}, []float64{0, 1.5, 0, 0}}},
		"negative":       {{2, []float64{1, 1}, []float64{0, -1, 0, 0}}},
	} {
		if _, err := ProductIntegral(jumps, 2, 0); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	three := []Jump{{2, []float64{1, 0, 0}, []float64{0, .7, .7, 0, 0, 0, 0, 0, 0}}}
	if _, err := ProductIntegral(three, 3, 0); err == nil {
		t.Error("more than all left by two ways")
	}
	if _, err := Jumps([]Sojourn{{0, 2, 0, 1, 1}}, 2); err == nil {
		t.Error("a state that there is not was taken")
	}
	if p, errors := (&Chain{States: 2}).At(3); p[0] != 1 || p[1] != 0 || errors[0] != 0 {
		t.Errorf("before any jump: %v ± %v", p, errors)
	}
}
