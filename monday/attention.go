package monday

import (
	"cmp"
	"math"
	"slices"

	"milepost/calendar"
	"milepost/money"
)

// flag is one reason for which a deal needs attention.
type flag struct {
	Rule    rule
	Is      float64 // days, times, or by how many times: what was found
	Usual   *usual  // where the line is; nil for what needs none
	Urgency float64 // 1 is on the line; 3, the most, is three times beyond it
	Jump    *jump   // of an amount
}

// jump is an amount that changed since the last Monday.
type jump struct{ From, To money.Amount }

// concern is a deal that needs attention: the strongest reason first.
type concern struct {
	*deal
	Flags  []flag
	Size   float64 // of the deal, against a usual open deal in its currency
	Weight float64 // size x urgency: what the list is sorted by
}

// watch is what deals are judged by.
type watch struct {
	Now    calendar.Instant
	Today  calendar.Date
	Usual  usuals
	Steps  bool // somebody here records next steps
	Median map[money.Currency]float64
	Moves  map[string]*move
	lines  map[[2]string]*lines
}

// lines are where deals of a stage and a segment become unusual; nil where too little
// is known.
type lines struct{ stuck, silent, slipped, jumped, moves, quiet *usual }

func (w *watch) linesOf(d *deal) *lines {
	key := [2]string{d.Stage, d.Segment}
	if known := w.lines[key]; known != nil {
		return known
	}
	find := func(r rule, stage string) *usual {
		if u, is := w.Usual.find(r, stage, d.Segment); is {
			return &u
		}
		return nil
	}
	found := &lines{find(stuck, d.Stage), find(silent, d.Stage), find(slipped, ""), find(jumped, ""), find(theirMoves, ""), find(quietPlan, "")}
	if w.lines == nil {
		w.lines = map[[2]string]*lines{}
	}
	w.lines[key] = found
	return found
}

// mostUrgent keeps one very late, small deal from outweighing everything else.
const mostUrgent = 3

// checks are the rules, in the order in which equals are told.
var checks = []func(*watch, *deal, *lines) (flag, bool){(*watch).passed, (*watch).standsLong, (*watch).unheard, (*watch).movedLater,
	(*watch).repriced, (*watch).theirsSlips, (*watch).wentQuiet, (*watch).planless}

// judge lists the reasons for which a deal needs attention, the strongest first.
func (w *watch) judge(d *deal) []flag {
	var flags []flag
	l := w.linesOf(d)
	for _, check := range checks {
		if f, is := check(w, d, l); is {
			f.Urgency = math.Min(mostUrgent, f.Urgency)
			flags = append(flags, f)
		}
	}
	slices.SortStableFunc(flags, func(a, b flag) int { return cmp.Compare(b.Urgency, a.Urgency) })
	return flags
}

// urgency is that of the strongest reason, 0 where there is none: what the many are
// put in order by, before the few are told with their reasons.
func (w *watch) urgency(d *deal) float64 {
	most := 0.0
	l := w.linesOf(d)
	for _, check := range checks {
		if f, is := check(w, d, l); is {
			most = max(most, math.Min(mostUrgent, f.Urgency))
		}
	}
	return most
}

// passed: the expected close lies behind. A month late counts twice.
func (w *watch) passed(d *deal, _ *lines) (flag, bool) {
	if d.CloseDate == "" || d.CloseDate >= w.Today {
		return flag{}, false
	}
	late := float64(d.CloseDate.DaysUntil(w.Today))
	return flag{Rule: datePassed, Is: late, Urgency: 1 + late/30}, true
}

// planless: nobody knows what comes next. Where nobody records next steps at all, it
// is said once and not of every deal.
func (w *watch) planless(d *deal, _ *lines) (flag, bool) {
	return flag{Rule: noNextStep, Urgency: 1}, d.Next == nil && w.Steps
}

// standsLong: longer at its stage than nine in ten of the deals that passed it.
func (w *watch) standsLong(d *deal, l *lines) (flag, bool) {
	if d.Stage == "" || d.StageSince == 0 {
		return flag{}, false
	}
	return beyond(stuck, days(d.StageSince, w.Now), l.stuck)
}

// unheard: no contact for longer than nine in ten of the times between two contacts.
func (w *watch) unheard(d *deal, l *lines) (flag, bool) {
	return beyond(silent, days(d.lastContact(), w.Now), l.silent)
}

// movedLater: the expected close moved later more often than with nine in ten of the
// deals that were won.
func (w *watch) movedLater(d *deal, l *lines) (flag, bool) {
	return beyond(slipped, float64(d.Slips), l.slipped)
}

// repriced: since the last Monday the amount changed by more than nine in ten changes
// do.
func (w *watch) repriced(d *deal, l *lines) (flag, bool) {
	m := w.Moves[string(d.ID)]
	if m == nil || !m.Then.Exists || m.Then.Amount == nil || d.Minor == nil || m.Then.Amount.Currency != d.Currency {
		return flag{}, false
	}
	times, is := factor(m.Then.Amount.Minor, *d.Minor)
	if !is {
		return flag{}, false
	}
	f, far := beyond(jumped, times, l.jumped)
	if far {
		f.Jump = &jump{*m.Then.Amount, money.Amount{Minor: *d.Minor, Currency: d.Currency}}
	}
	return f, far
}

// beyond raises a flag when something is beyond its line; on the line is still usual.
func beyond(r rule, is float64, line *usual) (flag, bool) {
	if line == nil || is <= line.Most {
		return flag{}, false
	}
	return flag{Rule: r, Is: is, Usual: line, Urgency: is / math.Max(line.Most, 1)}, true
}

// concernOf tells of a deal with its reasons.
func (w *watch) concernOf(d *deal) concern {
	c := concern{deal: d, Flags: w.judge(d), Size: w.size(d)}
	if len(c.Flags) > 0 {
		c.Weight = c.Size * c.Flags[0].Urgency
	}
	return c
}

// size is how large a deal is against the median open deal in its currency: that is
// how deals in different currencies are put into one order without adding any. A deal
// without an amount counts as a usual one.
func (w *watch) size(d *deal) float64 {
	median := w.Median[d.Currency]
	if d.Minor == nil || median <= 0 {
		return 1
	}
	return float64(*d.Minor) / median
}

// medians are those of the open deals' amounts, by currency.
func medians(open map[string]*deal) map[money.Currency]float64 {
	amounts := map[money.Currency][]float64{}
	for _, d := range open {
		if d.Minor != nil {
			amounts[d.Currency] = append(amounts[d.Currency], float64(*d.Minor))
		}
	}
	found := map[money.Currency]float64{}
	for currency, list := range amounts {
		slices.Sort(list)
		found[currency] = quantile(list, .5)
	}
	return found
}
