package forecasts

import (
	"hash/fnv"

	"milepost/forecasts/history"
	"milepost/stats/survival"
)

// Arrivals is what deals that do not exist yet are expected to bring: in a business of
// short cycles a good part of next month's wins is not in the pipeline today. Deals come
// at the rate of late, and go the way of the deals before them:
//
//	wins within h = rate ∫_0^h F(h - u) du
//
// with F the share won by age from creation, estimated from the deals of the last two
// years with the open ones censored (Aalen & Johansen 1978). It knows nothing of who will
// own them.
type Arrivals struct {
	PerDay  float64 // deals created
	Deals   int     // that the rate rests on
	Weekly  float64 // how many came is as uncertain, week by week, as a Gamma of this shape
	won     *survival.Step
	amounts map[history.Label][]int64 // of won deals, by currency
	worth   map[history.Label]float64 // their mean
	share   map[history.Label]float64 // of won deals that are in that currency
	recent  []history.Name            // the deals that came lately
	name    func(history.Label) string
}

const (
	// lately is over how many days the rate is taken: whole weeks, so that no weekday
	// counts more than another; in a business of long cycles as long as a cycle.
	lately = 8 * 7
	// remembered is from how many days back deals teach how new ones go.
	remembered = 730
	// mostSpells is how many deals that is taken from at most.
	mostSpells = 50_000
)

// NewArrivals learns from a past; false where no deal came lately, or none ended.
func NewArrivals(p *history.Past) (*Arrivals, bool) {
	a := &Arrivals{worth: map[history.Label]float64{}, share: map[history.Label]float64{}, amounts: map[history.Label][]int64{}, name: p.Name}
	window := max(lately, int(p.MedianCycle()/7)*7)
	window = min(window, max(p.Reach()/7*7, 7))
	since, learn := p.Midnight(p.Today()-history.Day(window)), p.Midnight(p.Today()-remembered)
	of := 0
	var weeks weekly
	for i := range p.Deals() {
		if created, is := p.Created(int32(i)); is {
			if created >= since {
				a.recent = append(a.recent, p.NameOf(int32(i)))
			}
			weeks.add(p, created)
			if created >= learn {
				of++
			}
		}
	}
	var spells []survival.Spell
	limit, won := uint64(float64(mostSpells)/float64(max(of, mostSpells))*(1<<32)), 0.0
	for i := range p.Deals() {
		deal := int32(i)
		created, is := p.Created(deal)
		if !is || created < learn || uint64(hashed(p.Key(deal))) >= limit {
			continue
		}
		cause, at := p.End(deal)
		s := survival.Spell{Entry: -1, Exit: float64(p.AsOf()-created) / float64(history.DayMillis), Weight: 1}
		if cause != history.Open {
			s.Exit, s.Cause = max(0, float64(at-created)/float64(history.DayMillis)), int(cause)
		}
		spells = append(spells, s)
		if now := p.Describe(deal); cause == history.Won && now.Currency != 0 {
			won++
			a.share[now.Currency]++
			a.worth[now.Currency] += float64(now.Amount)
			a.amounts[now.Currency] = append(a.amounts[now.Currency], now.Amount)
		}
	}
	for currency, n := range a.share {
		a.worth[currency] /= n
		a.share[currency] = n / won
	}
	curves, err := survival.AalenJohansen(spells, int(history.Causes)-1)
	if err != nil || len(a.recent) == 0 || len(curves.Times) == 0 {
		return nil, false
	}
	a.Deals, a.Weekly, a.won = len(a.recent), weeks.shape(p.Reach()), &curves.Incidence[history.Won-1]
	a.PerDay = float64(a.Deals) / (float64(p.AsOf()-since) / float64(history.DayMillis))
	return a, true
}

// Wins is how many deals that do not exist yet are expected to be won within so many
// days: the curve is summed by quarters of a day.
func (a *Arrivals) Wins(days float64) float64 {
	const part = .25
	sum := 0.0
	for at := part / 2; at < days; at += part {
		share, _, _ := a.won.At(at)
		sum += share * part
	}
	return a.PerDay * sum
}

// Amount is what they are expected to bring in a currency, in minor units.
func (a *Arrivals) Amount(days float64, currency history.Label) float64 {
	return a.Wins(days) * a.share[currency] * a.worth[currency]
}

func hashed(text string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(text))
	return h.Sum32()
}
