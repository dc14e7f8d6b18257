package forecasts

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"

	"milepost/calendar"
	"milepost/forecasts/history"
	"milepost/forecasts/landmark"
	"milepost/stats/hazard"
)

// Rows is what the figures of a backtest rest on, for whoever wants to work them out
// again by other means: every chance that was given, beside what came, and what the
// generation of record had learned from as of the last of the instants.
type Rows struct {
	log    *history.Log
	report *Report
	asOfs  []calendar.Instant
	trials []*trial
}

// File is one of the files of Rows.
type File struct {
	Name  string
	Write func(io.Writer) error
}

// Files are, in words: the scores, the chances they are of, the model, and its rows.
func (r *Rows) Files() []File {
	last := slices.Max(r.asOfs)
	of := furthest(r.log, r.asOfs).(Generation).Of
	past := r.log.Before(last)
	model, study := landmark.TrainOpenly(past, of, landmark.Options{})
	return []File{
		{"scores.json", func(w io.Writer) error { return json.NewEncoder(w).Encode(r.report) }},
		{"chances.csv", r.writeChances},
		{"model.json", func(w io.Writer) error { return json.NewEncoder(w).Encode(modelOf(model, study, last)) }},
		{"learned.csv", func(w io.Writer) error { return writeLearned(w, past, study) }},
	}
}

// exactly writes a number so that reading gives the same bits.
func exactly(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// writeChances writes a line for each method, horizon, instant and open deal, where the
// end of the horizon is known. Came is 0 for still open, 1 won, 2 lost, 3 no action.
func (r *Rows) writeChances(w io.Writer) error {
	out := csv.NewWriter(w)
	lines := [][]string{{"method", "days", "as_of", "deal", "won", "lost", "no_action", "came"}}
	for m, method := range r.report.Methods {
		for j := range method.Horizons {
			for i, t := range r.trials {
				for d, came := range t.came[j] {
					odds := t.said[m][j][d]
					lines = append(lines, []string{method.Name, strconv.Itoa(method.Horizons[j].Days), r.asOfs[i].String(), t.deal[d],
						exactly(odds.Won), exactly(odds.Lost), exactly(odds.NoAction), strconv.Itoa(int(came))})
				}
			}
		}
	}
	return out.WriteAll(lines)
}

// writtenModel is a model as it is written: blocks in the order of the columns of rows,
// then those that move with the intervals, in the order of a track.
type writtenModel struct {
	Generation    int              `json:"generation"`
	AsOf          calendar.Instant `json:"as_of"`
	Intervals     int              `json:"intervals"`
	Fixed         []writtenBlock   `json:"fixed"`
	Moving        []writtenBlock   `json:"moving"`
	Tracks        [][]uint16       `json:"tracks"` // by track: interval after interval, the levels of the moving blocks
	Coefficients  []float64        `json:"coefficients"`
	LogLikelihood float64          `json:"log_likelihood"`
}

// writtenBlock is a feature: its prior by level, then cause. A deviation of 0 fixes the
// coefficients at their means.
type writtenBlock struct {
	Name   string    `json:"name"`
	Levels int       `json:"levels"`
	SD     float64   `json:"sd"`
	Mean   []float64 `json:"mean"`
}

func modelOf(m *landmark.Trained, s *landmark.Study, at calendar.Instant) *writtenModel {
	written := &writtenModel{Generation: int(m.Generation), AsOf: at, Intervals: s.Shape.Intervals, Tracks: s.Shape.Tracks}
	blocks := func(list []hazard.Block) (out []writtenBlock) {
		for _, b := range list {
			mean := b.Mean
			if mean == nil {
				mean = make([]float64, b.Levels*hazard.Causes)
			}
			out = append(out, writtenBlock{b.Name, b.Levels, b.SD, mean})
		}
		return out
	}
	written.Fixed, written.Moving = blocks(s.Shape.Fixed), blocks(s.Shape.Moving)
	if s.Fit != nil {
		written.Coefficients, written.LogLikelihood = s.Fit.Theta, s.Fit.LogLikelihood
	}
	return written
}

// writeLearned writes the rows that a model was fitted to: of each the deal, in how many
// intervals it was seen, how it ended in the last of them, its weight, its track and its
// level in each fixed block.
func writeLearned(w io.Writer, past *history.Past, s *landmark.Study) error {
	out := csv.NewWriter(w)
	line := []string{"deal", "seen", "cause", "weight", "track"}
	for _, b := range s.Shape.Fixed {
		line = append(line, b.Name)
	}
	blocks := len(s.Shape.Fixed)
	for i := -1; i < s.Rows.Len(); i++ {
		if i >= 0 {
			weight := 1.0
			if s.Rows.Weight != nil {
				weight = s.Rows.Weight[i]
			}
			line = append(line[:0], past.Key(s.Deals[i]), strconv.Itoa(int(s.Rows.Seen[i])), strconv.Itoa(int(s.Rows.Cause[i])), exactly(weight), strconv.Itoa(int(s.Rows.Track[i])))
			for _, level := range s.Rows.Fixed[i*blocks : (i+1)*blocks] {
				line = append(line, strconv.Itoa(int(level)))
			}
		}
		if err := out.Write(line); err != nil {
			return fmt.Errorf("writing row %d: %w", i, err)
		}
	}
	out.Flush()
	return out.Error()
}
