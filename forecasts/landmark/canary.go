package landmark

import (
	"fmt"

	"milepost/forecasts/history"
	"milepost/stats/hazard"
)

// A feature that tells of every past deal how it ended was written when that was known,
// whatever its date says: a reason for a loss that an import dates back to the deal's
// creation, a stage of which only the last one was kept. Learning from it would make
// the past look clear and the open deals wrong. It is refused where it parts the deals
// that ended in one way from all others with hardly a mistake, if there are enough of both
// that this cannot be luck.
const (
	fewestOfEach = 10 // deals that ended in that way, and deals that did not
	mostMistakes = .01
)

// refuse leaves out of learning what tells too well how deals ended.
func (m *Trained) refuse(rows *hazard.Rows, deals []int32) {
	blocks := len(m.features) + 1
	for f, feature := range m.features {
		ends := m.endings(feature, deals, func(i int) uint16 { return rows.Fixed[i*blocks+f+1] })
		known, tells := telling(ends)
		if !tells {
			continue
		}
		feature.refused, feature.levels, feature.by = true, 1, nil
		for i := range deals {
			rows.Fixed[i*blocks+f+1] = 0
		}
		m.warn("“%s” would tell of each of the %d past deals in which it is known how they ended, as if it had been written afterwards. The forecast leaves it out.", feature.name, known)
	}
}

// endings counts, by level of a feature, the deals that were at it by how they ended; a
// deal that was at several counts at each.
func (m *Trained) endings(f *feature, deals []int32, level func(landmark int) uint16) [][history.Causes]int {
	ends, last := make([][history.Causes]int, f.levels), make([]int32, f.levels)
	cause, of := history.Open, int32(-1)
	for i, deal := range deals {
		if deal != of {
			of = deal
			cause, _ = m.past.End(deal)
		}
		if at := level(i); last[at] != deal+1 {
			last[at] = deal + 1
			ends[at][cause]++
		}
	}
	return ends
}

// telling tells whether the levels part the deals that ended by some cause from the
// others that ended, and how many were at a level that says something.
func telling(ends [][history.Causes]int) (known int, tells bool) {
	for cause := history.Won; cause < history.Causes; cause++ {
		of, others, mistakes := 0, 0, 0
		for _, n := range ends {
			all := n[history.Won] + n[history.Lost] + n[history.NoAction]
			of, others, mistakes = of+n[cause], others+all-n[cause], mistakes+min(n[cause], all-n[cause])
		}
		if of >= fewestOfEach && others >= fewestOfEach && float64(mistakes) <= mostMistakes*float64(of+others) {
			for _, n := range ends[1:] {
				known += n[history.Won] + n[history.Lost] + n[history.NoAction]
			}
			return known, true
		}
	}
	return 0, false
}

// warn notes, in a sentence for whoever looks at the forecast, what of the history could
// not be taken as it is.
func (m *Trained) warn(form string, values ...any) {
	m.Warnings = append(m.Warnings, fmt.Sprintf(form, values...))
}

// crowded notes which features have more values than are told apart.
func (m *Trained) crowded() {
	if m.numbers.unused > 0 {
		m.warn("There are more attributes, criteria or milestones than are looked at: the %d of each that are told of most count, %d others do not.", mostNames, m.numbers.unused)
	}
	for _, f := range m.features {
		if f.shared > 0 && !f.refused {
			m.warn("“%s” has more values than are worth telling apart: the %d commonest count each by itself, %d others as one.", f.name, f.levels-2, f.shared)
		}
	}
}

// lacks notes which ways to end were never seen: what is said of them is assumed.
func (m *Trained) lacks() {
	if m.Ended == 0 {
		m.warn("No deal has ended yet that was open for a day. The chances rest on what is assumed.")
		return
	}
	for cause, words := range [...]string{history.Won: "was won", history.Lost: "was lost", history.NoAction: "ended in no action"} {
		if words != "" && m.ends[cause] == 0 {
			m.warn("None of the %d past deals %s. How likely that is rests on what is assumed.", m.Ended, words)
		}
	}
}
