package landmark

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"milepost/calendar"
	"milepost/forecasts/history"
	"milepost/stats/hazard"
)

// made is a history in the making; days count from 2020-01-01.
type made struct {
	*history.Builder
	sequence int64
}

func newMade() *made { return &made{Builder: history.NewBuilder(time.UTC)} }

func (m *made) at(day float64) calendar.Instant {
	return calendar.NewDate(2020, 1, 1).Midnight(time.UTC) + calendar.Instant(math.Round(day*float64(history.DayMillis)))
}

func (m *made) tell(deal string, day float64, kind history.Kind, label string, value int64) {
	m.sequence++
	f := history.Fact{Recorded: m.at(day), Effective: m.at(day), Sequence: m.sequence, Kind: kind, Label: m.Label(label), Value: value}
	m.Deal(deal, deal)
	m.Add(deal, f)
}

// segments end by the causes in these shares, and all of them after sixty days on
// average, at a constant rate: the log-odds of an interval of any length are then
// log(share) + log(exp(length/60) - 1), so that the model holds exactly, at every
// landmark, and a segment differs from another by the logarithms of their shares alone.
var segments = []segment{{"large", [3]float64{.35, .4, .25}}, {"medium", [3]float64{.5, .3, .2}}, {"public", [3]float64{.2, .35, .45}}}

type segment struct {
	name  string
	share [hazard.Causes]float64
}

// differing are segments of which the log-odds differ by a normal deviation.
func differing(deviation float64, r *rand.Rand) (list []segment) {
	for _, s := range segments {
		sum := 0.0
		for c, share := range [hazard.Causes]float64{.35, .4, .25} {
			s.share[c] = share * math.Exp(deviation*r.NormFloat64())
			sum += s.share[c]
		}
		for c := range s.share {
			s.share[c] /= sum
		}
		list = append(list, s)
	}
	return list
}

const meanLife = 60.0

// constant simulates an organization in which only the segment of a deal matters; who
// owns it, a milestone and a visit come by chance and change nothing.
func constant(deals int, segments []segment, r *rand.Rand) *history.Past {
	const until = 700.0
	m := newMade()
	for i := range deals {
		id, start, s := fmt.Sprintf("D%06d", i), r.Float64()*until, segments[r.IntN(len(segments))]
		life := meanLife * r.ExpFloat64()
		tell := func(after float64, kind history.Kind, label string, value int64) {
			if after <= life && start+after < until {
				m.tell(id, start+after, kind, label, value)
			}
		}
		tell(0, history.Created, "", 0)
		tell(0, history.Stage, "open", 0)
		m.tell(id, start, history.Attribute, s.name, int64(m.Label("segment")))
		tell(0, history.Owner, fmt.Sprint("rep ", r.IntN(4)), 0)
		tell(80*r.Float64(), history.Milestone, "visit", history.Achieved)
		u, cause := r.Float64(), history.NoAction
		if u < s.share[0] {
			cause = history.Won
		} else if u < s.share[0]+s.share[1] {
			cause = history.Lost
		}
		tell(life, history.Outcome, "", int64(cause))
	}
	return m.Log().Before(m.at(until))
}
