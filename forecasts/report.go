package forecasts

import (
	"milepost/calendar"
	"milepost/forecasts/history"
	"milepost/money"
	"milepost/stats/calibration"
	"milepost/stats/scores"
)

// Report is how well methods did in a backtest. Scores that are not defined (one
// kind of ending only, nothing won) are null.
type Report struct {
	AsOf     []calendar.Instant `json:"as_of"`
	Methods  []MethodScores     `json:"methods"`
	Currency string             `json:"-"` // the commonest, which amounts are scored in; "" for none
}

// MethodScores is one method's scores by horizon.
type MethodScores struct {
	Name     string          `json:"name"`
	Note     string          `json:"note,omitempty"`     // why there are no scores
	Warnings []string        `json:"warnings,omitempty"` // what could not be taken as it is, as of the last of the instants
	Horizons []HorizonScores `json:"horizons"`
}

// HorizonScores are the scores of "won within so many days", pooled over all
// as-ofs: n counts (open deal, as-of) pairs. Slope and offset are those of the
// logistic calibration; WAPE and bias are of company totals per as-of, once of the
// number of wins and once of their amount in the commonest currency.
type HorizonScores struct {
	Days              int      `json:"days"`
	N                 int      `json:"n"`
	Brier             *float64 `json:"brier"`
	LogLoss           *float64 `json:"log_loss"`
	SkillPastYield    *float64 `json:"skill_past_yield"`
	AUC               *float64 `json:"auc"`
	NoActionAUC       *float64 `json:"no_action_auc"` // of ending in no action within so many days
	CalibrationSlope  *float64 `json:"calibration_slope"`
	CalibrationOffset *float64 `json:"calibration_offset"`
	WAPEWins          *float64 `json:"wape_wins"`
	BiasWins          *float64 `json:"bias_wins"`
	WAPEAmount        *float64 `json:"wape_amount"`
	FloorWins         *float64 `json:"floor_wins"`   // WAPE by chance alone, where every probability is right
	FloorAmount       *float64 `json:"floor_amount"` // the same of amounts

	WithNew *NewScores `json:"with_new"` // of totals that count deals which did not exist yet; null where nobody could say

	RangeScores             // of totals of the company, one per as-of
	Owners      RangeScores `json:"owners"` // of owners with some open deals, one per owner and as-of
}

// NewScores are scores of company totals that take in what deals bring which did not
// exist as of then: their part of the wins that came, and how far off the whole was.
type NewScores struct {
	ShareOfWins *float64 `json:"share_of_wins"`
	WAPEWins    *float64 `json:"wape_wins"`
	BiasWins    *float64 `json:"bias_wins"`
	WAPEAmount  *float64 `json:"wape_amount"`
}

func report(asOfs []calendar.Instant, horizons []Horizon, methods []Method, trials []*trial) *Report {
	r := &Report{AsOf: asOfs, Currency: commonest(trials)}
	for m, method := range methods {
		scored := MethodScores{Name: method.Name(), Warnings: lastWarned(asOfs, trials, m)}
		for j, h := range horizons {
			scored.Horizons = append(scored.Horizons, score(h, m, j, trials, r.Currency))
		}
		r.Methods = append(r.Methods, scored)
	}
	r.compare()
	return r
}

// lastWarned is what a method could not take as it is, as of the last instant.
func lastWarned(asOfs []calendar.Instant, trials []*trial, m int) []string {
	last := 0
	for i, at := range asOfs {
		if at > asOfs[last] {
			last = i
		}
	}
	if len(trials) == 0 {
		return nil
	}
	return trials[last].warned[m]
}

// compare adds the skill against past yield, where that was among the methods.
func (r *Report) compare() {
	for _, reference := range r.Methods {
		if reference.Name != PastYieldName {
			continue
		}
		for _, m := range r.Methods {
			for j := range m.Horizons {
				mine, theirs := m.Horizons[j].Brier, reference.Horizons[j].Brier
				if mine != nil && theirs != nil {
					m.Horizons[j].SkillPastYield = defined(scores.Skill(*mine, *theirs))
				}
			}
		}
	}
}

// score pools a method's trials at one horizon.
func score(h Horizon, m, j int, trials []*trial, currency string) HorizonScores {
	var said, idle []float64
	var came, stopped []bool
	var totals company
	for _, t := range trials {
		if t.came[j] == nil {
			continue
		}
		for i, odds := range t.said[m][j] {
			said, came = append(said, odds.Won), append(came, t.came[j][i] == history.Won)
			idle, stopped = append(idle, odds.NoAction), append(stopped, t.came[j][i] == history.NoAction)
		}
		totals.add(t, m, j, currency)
	}
	s := HorizonScores{Days: int(h), N: len(said)}
	s.Brier = defined(scores.Brier(said, came))
	s.LogLoss = defined(scores.LogLoss(said, came))
	s.AUC = defined(scores.AUC(said, came))
	s.NoActionAUC = defined(scores.AUC(idle, stopped))
	s.CalibrationSlope = defined(calibration.Slope(said, came))
	s.CalibrationOffset = defined(calibration.Offset(said, came))
	s.WAPEWins = defined(scores.WAPE(totals.winsSaid, totals.winsCame))
	s.BiasWins = defined(scores.Bias(totals.winsSaid, totals.winsCame))
	s.WAPEAmount = defined(scores.WAPE(totals.amountSaid, totals.amountCame))
	s.FloorWins = defined(scores.NoiseFloor(totals.wins))
	s.FloorAmount = defined(scores.NoiseFloor(totals.amounts))
	s.WithNew = totals.withNew(j, trials, currency)
	return s
}

// company is the totals of the whole company, one of each per as-of.
type company struct {
	winsSaid, winsCame, amountSaid, amountCame []float64
	wins, amounts                              []scores.Chance // what chance alone does to them
}

func (c *company) add(t *trial, m, j int, currency string) {
	var wins, came, amount, booked, byChance, ofAmount float64
	for i, odds := range t.said[m][j] {
		wins += odds.Won
		byChance += odds.Won * (1 - odds.Won)
		if t.came[j][i] == history.Won {
			came++
		}
		if currency != "" && t.currency[i] == currency {
			amount += odds.Won * t.amount[i]
			ofAmount += odds.Won * (1 - odds.Won) * t.amount[i] * t.amount[i]
		}
	}
	for _, b := range t.booked[j] {
		if currency != "" && b.currency == currency {
			booked += b.amount
		}
	}
	c.winsSaid, c.winsCame = append(c.winsSaid, wins), append(c.winsCame, came)
	c.amountSaid, c.amountCame = append(c.amountSaid, amount), append(c.amountCame, booked)
	c.wins = append(c.wins, scores.Chance{Mean: wins, Variance: max(0, byChance)})
	c.amounts = append(c.amounts, scores.Chance{Mean: amount, Variance: max(0, ofAmount)})
}

// withNew adds to the totals what deals brought that did not exist yet, and what was
// expected of them; an as-of at which nobody could say expects nothing of them.
func (c *company) withNew(j int, trials []*trial, currency string) *NewScores {
	all, at, fresh, known := company{}, 0, 0.0, false
	for _, t := range trials {
		if t.came[j] == nil {
			continue
		}
		wins, amount, came, booked := c.winsSaid[at], c.amountSaid[at], c.winsCame[at], c.amountCame[at]
		at++
		if t.arrivals != nil {
			known = true
			wins += t.arrivals.Wins(t.days[j])
			minor := t.arrivals.Amount(t.days[j], t.label(currency))
			amount += money.Amount{Minor: int64(minor), Currency: money.Currency(currency)}.Float()
		}
		for _, b := range t.later[j] {
			came++
			fresh++
			if currency != "" && b.currency == currency {
				booked += b.amount
			}
		}
		all.winsSaid, all.winsCame = append(all.winsSaid, wins), append(all.winsCame, came)
		all.amountSaid, all.amountCame = append(all.amountSaid, amount), append(all.amountCame, booked)
	}
	if !known {
		return nil
	}
	s := &NewScores{WAPEWins: defined(scores.WAPE(all.winsSaid, all.winsCame)), BiasWins: defined(scores.Bias(all.winsSaid, all.winsCame)), WAPEAmount: defined(scores.WAPE(all.amountSaid, all.amountCame))}
	total := 0.0
	for _, came := range all.winsCame {
		total += came
	}
	s.ShareOfWins = defined(fresh/max(total, 1), total > 0)
	return s
}

// commonest is the currency of most open deals over all as-ofs, the first by name
// of equals: amounts of different currencies are never added.
func commonest(trials []*trial) string {
	counts := map[string]int{}
	for _, t := range trials {
		for _, currency := range t.currency {
			if currency != "" {
				counts[currency]++
			}
		}
	}
	best := ""
	for currency, n := range counts {
		if n > counts[best] || n == counts[best] && currency < best {
			best = currency
		}
	}
	return best
}

func defined(value float64, ok bool) *float64 {
	if !ok {
		return nil
	}
	return &value
}
