package record

import (
	"fmt"
	"hash/fnv"
	"io"
	"math"
	"strconv"

	"milepost/calendar"
	"milepost/forecasts"
	"milepost/forecasts/history"
	"milepost/stats/scores"
)

// Score is how one frozen forecast did at one horizon, once that had ended: sums over
// the deals that were open when it was given, so that days can be added up.
type Score struct {
	Day       calendar.Date     `db:"day"`
	Method    string            `db:"method"`
	Horizon   forecasts.Horizon `db:"horizon"`
	Rehearsed int               `db:"rehearsed"` // 1: made later, as it would have been said
	Until     calendar.Instant  `db:"until"`     // when the horizon ended
	Known     int64             `db:"known"`     // up to which entry of the ledger outcomes were known
	Same      string            `db:"same"`      // tells whether two methods were asked about the same deals
	Deals     int               `db:"deals"`
	WinsCame  int               `db:"wins_came"`
	WinsSaid  float64           `db:"wins_said"`   // sum of the chances
	Brier     float64           `db:"brier"`       // sum of squared misses
	Log       float64           `db:"log_score"`   // sum of -log(what was given to what came), won or not
	Classes   float64           `db:"class_score"` // the same of won, lost, no action, still open
	Variance  float64           `db:"variance"`    // sum of p(1-p): what chance alone does to the total
	Sequence  int64             `db:"sequence"`    // of the newest entry that the forecast knew
	Packed    string            `db:"details"`     // JSON of Details
}

// judged is a frozen forecast at one horizon, deal by deal, beside what came.
type judged struct {
	log     *history.Log
	asOf    calendar.Instant
	until   calendar.Instant
	settled history.Settled
	deals   []forecasts.KeptDeal // those that the log has
	amount  []float64            // as known then, in major units
	odds    []forecasts.Odds
	came    []history.Cause
	ranges  *forecasts.KeptRanges
	horizon string
	leftOut int
}

// judge finds what came of the deals of a frozen forecast by the end of a horizon. A deal
// that the log no longer has, or that has no chances, is left out and counted.
func judge(log *history.Log, find *history.Finder, kept *forecasts.Kept, head *forecasts.FrozenHead, h forecasts.Horizon) (*judged, []int32, error) {
	j := &judged{log: log, asOf: head.AsOf, until: forecasts.EndOf(head.AsOf, h, log.Place()), ranges: kept.Ranges, horizon: h.String()}
	j.settled = log.Settled(j.until, forecasts.EndOf(j.until, correctable, log.Place()))
	var found []int32
	for _, d := range kept.Deals {
		odds, said := d.Methods[head.Method][j.horizon]
		deal, is := find.Deal(d.External, d.ID)
		if !said || !is || !sound(odds) {
			j.leftOut++
			continue
		}
		amount := 0.0
		if d.Amount != "" {
			var err error
			if amount, err = strconv.ParseFloat(d.Amount, 64); err != nil {
				return nil, nil, fmt.Errorf("reading an amount of the forecast of %s by %s: %w", head.Day, head.Method, err)
			}
		}
		found = append(found, deal)
		j.deals, j.amount, j.odds = append(j.deals, d), append(j.amount, amount), append(j.odds, odds)
		j.came = append(j.came, j.settled.Ended(deal))
	}
	return j, found, nil
}

func sound(o forecasts.Odds) bool {
	sum := o.Won + o.Lost + o.NoAction
	return o.Won > -1e-9 && o.Lost > -1e-9 && o.NoAction > -1e-9 && sum < 1+1e-9
}

// ScoreOf scores one frozen forecast at one of its horizons, which must have ended.
func ScoreOf(log *history.Log, find *history.Finder, kept *forecasts.Kept, head *forecasts.FrozenHead, h forecasts.Horizon) (Score, Details, error) {
	j, found, err := judge(log, find, kept, head, h)
	if err != nil {
		return Score{}, Details{}, err
	}
	s := Score{Day: head.Day, Method: head.Method, Horizon: h, Rehearsed: head.Rehearsed, Until: j.until, Deals: len(j.deals), Same: j.same()}
	won := make([]bool, len(j.odds))
	said := make([]float64, len(j.odds))
	classes, ended := make([][]float64, len(j.odds)), make([]int, len(j.odds))
	for i, o := range j.odds {
		won[i], said[i] = j.came[i] == history.Won, o.Won
		classes[i], ended[i] = []float64{math.Max(0, 1-o.Won-o.Lost-o.NoAction), o.Won, o.Lost, o.NoAction}, int(j.came[i])
		s.WinsSaid += o.Won
		s.Variance += chance(o.Won) * (1 - chance(o.Won))
		if won[i] {
			s.WinsCame++
		}
	}
	n := float64(len(said))
	if n > 0 {
		brier, _ := scores.Brier(said, won)
		loss, _ := scores.LogLoss(said, won)
		multi, ok := scores.MultiLogLoss(classes, ended)
		if !ok {
			return Score{}, Details{}, fmt.Errorf("the forecast of %s by %s cannot be scored", head.Day, head.Method)
		}
		s.Brier, s.Log, s.Classes = n*brier, n*loss, n*multi
	}
	return s, j.details(found), nil
}

// chance takes the last rounding off a sum of probabilities.
func chance(p float64) float64 { return min(max(p, 0), 1) }

// same is a mark of the deals that were judged.
func (j *judged) same() string {
	mark := fnv.New64a()
	for _, d := range j.deals {
		io.WriteString(mark, d.External+"\x00"+d.ID+"\x01")
	}
	return strconv.FormatUint(mark.Sum64(), 36)
}
