package landmark

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"milepost/forecasts/history"
)

// The funnel is a sale of another kind than the model's: a deal stays at each stage for
// a time that is drawn from a Weibull or a Gamma distribution, and goes on, is lost, or
// ends in no action, by shares of that stage. Nothing of it is a logit, or constant.
var funnel = []struct {
	name        string
	gamma       bool
	shape, mean float64 // of the stay, in days
	on, lost    float64 // shares that go on (from the last stage: won), that are lost
}{
	{"contact", false, .8, 20, .55, .15},
	{"need", true, 2, 30, .6, .2},
	{"offer", false, 1.6, 35, .55, .3},
	{"terms", true, 3, 20, .7, .2},
}

// stays is the distribution of a stay, by the day: the share that is over by its end.
func stays(stage int) []float64 {
	const longest, parts = 400, 20
	s := funnel[stage]
	over := make([]float64, longest+1)
	scale := s.mean / math.Gamma(1+1/s.shape)
	rate, sum := s.shape/s.mean, 0.0
	for d := 1; d <= longest; d++ {
		if !s.gamma {
			over[d] = -math.Expm1(-math.Pow(float64(d)/scale, s.shape))
			continue
		}
		for i := range parts { // the middles of small parts of the day
			x := float64(d-1) + (float64(i)+.5)/parts
			sum += math.Exp((s.shape-1)*math.Log(rate*x)-rate*x) * rate / math.Gamma(s.shape) / parts
		}
		over[d] = sum
	}
	return over
}

// draw is a stay.
func draw(stage int, r *rand.Rand) float64 {
	s := funnel[stage]
	if !s.gamma {
		return s.mean / math.Gamma(1+1/s.shape) * math.Pow(r.ExpFloat64(), 1/s.shape)
	}
	sum := 0.0
	for range int(s.shape) { // whole shapes: as many exponential waits
		sum += r.ExpFloat64()
	}
	return sum * s.mean / s.shape
}

// really gives the true chance to be won within so many days of a deal that has been at
// a stage for some: the rest of the stay, and the stages that follow, convolved.
func really(days int) func(stage int, been float64) float64 {
	wins := make([][]float64, len(funnel)+1) // by stage just entered, days left
	over := make([][]float64, len(funnel))
	wins[len(funnel)] = make([]float64, days+1)
	for d := range wins[len(funnel)] {
		wins[len(funnel)][d] = 1
	}
	within := func(stage int, been, left float64) float64 {
		sum, at := 0.0, func(x float64) float64 { return between(over[stage], x) }
		for d := 0.0; d < left; d++ {
			width := min(1, left-d)
			sum += (at(been+d+width) - at(been+d)) * between(wins[stage+1], max(0, left-d-width/2))
		}
		return funnel[stage].on * sum / max(1-at(been), 1e-9)
	}
	for stage := len(funnel) - 1; stage >= 0; stage-- {
		over[stage] = stays(stage)
		wins[stage] = make([]float64, days+1)
		for d := range wins[stage] {
			wins[stage][d] = within(stage, 0, float64(d))
		}
	}
	return func(stage int, been float64) float64 { return within(stage, been, float64(days)) }
}

// between reads a curve by the day at any time.
func between(curve []float64, x float64) float64 {
	at := min(int(x), len(curve)-2)
	part := min(x-float64(at), 1)
	return curve[at] + (curve[at+1]-curve[at])*part
}

// funnelled simulates an organization that sells by the funnel; entered tells when each
// deal came to the stage at which it is.
func funnelled(deals int, r *rand.Rand) (past *history.Past, entered map[string]float64) {
	const until = 1100.0
	m, entered := newMade(), map[string]float64{}
	for i := range deals {
		id, day := fmt.Sprintf("D%06d", i), r.Float64()*until
		m.tell(id, day, history.Created, "", 0)
		for stage := 0; day < until; stage++ {
			s := funnel[stage]
			m.tell(id, day, history.Stage, s.name, 0)
			entered[id] = day
			day += draw(stage, r)
			cause, u := history.Open, r.Float64()
			switch {
			case u < s.on && stage+1 == len(funnel):
				cause = history.Won
			case u >= s.on && u < s.on+s.lost:
				cause = history.Lost
			case u >= s.on:
				cause = history.NoAction
			}
			if cause != history.Open {
				if day < until {
					m.tell(id, day, history.Outcome, "", int64(cause))
				}
				break
			}
		}
	}
	return m.Log().Before(m.at(until)), entered
}

// The true chances are what comes of deals that go down the funnel.
func TestTheFunnelIsWhatItSays(t *testing.T) {
	const been, days = 17.3, 60.0
	r, chance := rand.New(rand.NewPCG(1, 1)), really(days)
	for stage := range funnel {
		won, of := 0, 0
		for of < 40_000 {
			left := draw(stage, r) - been
			if left < 0 {
				continue
			}
			of++
			at := stage
			for ; at < len(funnel) && r.Float64() < funnel[at].on && left < days; at++ {
				if at+1 < len(funnel) {
					left += draw(at+1, r)
				}
			}
			if at == len(funnel) {
				won++
			}
		}
		if share := float64(won) / float64(of); math.Abs(share-chance(stage, been)) > .01 {
			t.Errorf("from stage %d: %.4f were won, the chance is %.4f", stage, share, chance(stage, been))
		}
	}
}
