package monday

import (
	"math"
	"slices"

	"milepost/calendar"
	"milepost/people"
)

// span is how much of each quarter is counted.
type span string

const (
	byDay span = "day" // up to the same day of the quarter, whole days
	byEnd span = "end" // the whole of quarters that have ended
)

// tempo is what moved in a person's deals in one quarter.
type tempo struct {
	Span    span          `db:"span"`
	Quarter calendar.Date `db:"quarter"` // its first day
	Person  people.ID     `db:"person_id"`
	Begun   int64         `db:"begun"`  // deals opened
	Moved   int64         `db:"moved"`  // moves on to a later stage
	Pushed  int64         `db:"pushed"` // closes moved from the quarter into a later one
}

// pulse is one of the ways in which it shows that a pipeline moves.
type pulse int

const (
	moved pulse = iota
	begun
	pushed
)

var pulses = []pulse{moved, begun, pushed}

func (t *tempo) of(p pulse) int64 {
	return [...]int64{moved: t.Moved, begun: t.Begun, pushed: t.Pushed}[p]
}

func (t *tempo) add(other *tempo) {
	t.Begun, t.Moved, t.Pushed = t.Begun+other.Begun, t.Moved+other.Moved, t.Pushed+other.Pushed
}

// compared is a quarter of a line beside those before it.
type compared struct {
	Is     int64
	Before float64 // the average of the quarters before
	Over   int     // how many these are
	Others float64 // what everyone else had of their own average: the season, and the market
}

// usual is what was to be expected, had the line gone as everyone else did.
func (c compared) usual() float64 { return c.Before * c.Others }

// A quarter is compared with the four before it, so that every season is in them, and
// with no fewer than two: one is an anecdote.
const (
	mostBefore   = 4
	fewestBefore = 2
)

// compare puts a quarter of a line beside those before it, and beside what everyone
// outside the line did meanwhile. The lists have the newest first. A line that is
// everyone cannot be compared so.
func compare(line, all []tempo, at int, p pulse) (compared, bool) {
	end := min(at+1+mostBefore, len(line))
	c := compared{Is: line[at].of(p), Over: end - at - 1}
	if c.Over < fewestBefore {
		return c, false
	}
	mine, others := int64(0), int64(0)
	for i := at + 1; i < end; i++ {
		mine += line[i].of(p)
		others += all[i].of(p) - line[i].of(p)
	}
	if mine == 0 || others == 0 {
		return c, false
	}
	c.Before = float64(mine) / float64(c.Over)
	c.Others = float64(all[at].of(p)-c.Is) * float64(c.Over) / float64(others)
	return c, c.Others > 0
}

// short is how much less moved than usual, in units of what chance alone does to a
// count of that size (its square root, as Poisson's): so that a small team, whose
// numbers jump, and a whole company can be measured by the same line.
func (c compared) short(p pulse) float64 {
	short := (c.usual() - float64(c.Is)) / math.Sqrt(c.usual())
	if p == pushed {
		return -short // more of these is less movement
	}
	return short
}

// stall is that a line's quarter fell so far behind as nine in ten quarters of lines
// here did not.
type stall struct {
	Quarter calendar.Date
	Span    span
	Of      map[pulse]compared
	Cases   int // quarters of lines from which it is known what nine in ten do
}

// stalls finds which lines stall: in the quarter that runs, or else in the one that ended
// last. A quarter stalls when fewer deals moved on and fewer were begun than before and
// than was to be expected, and both together fall further behind than nine in ten times. One alone may
// be a month of prospecting, or of harvest.
func stalls(book tempoBook, lines map[people.ID][]people.ID) map[people.ID]stall {
	found := map[people.ID]stall{}
	for _, s := range []span{byEnd, byDay} { // what runs now is told rather than what was
		sums := map[people.ID][]tempo{}
		for head, members := range lines {
			sums[head] = book.sum(s, members)
		}
		all := book.sum(s, nil)
		limit, cases := limitOf(sums, all)
		for head, list := range sums {
			if of, lag, is := behindBy(list, all, 0); is && cases >= fewest && lag > limit && fell(of) {
				found[head] = stall{list[0].Quarter, s, of, cases}
			}
		}
	}
	return found
}

// fell tells whether less moved on and less was begun, than before and than was to be
// expected: a line that grows, only not as fast as others, does not stall.
func fell(of map[pulse]compared) bool {
	for _, p := range []pulse{moved, begun} {
		if c := of[p]; float64(c.Is) >= c.Before || c.short(p) <= 0 {
			return false
		}
	}
	return true
}

// behindBy is how far a quarter of a line falls behind what was to be expected.
func behindBy(list, all []tempo, at int) (of map[pulse]compared, lag float64, is bool) {
	if at >= len(list) {
		return nil, 0, false
	}
	of = map[pulse]compared{}
	for _, p := range pulses {
		if c, known := compare(list, all, at, p); known {
			of[p] = c
		}
	}
	_, moves := of[moved]
	_, begins := of[begun]
	if !moves || !begins {
		return nil, 0, false
	}
	return of, of[moved].short(moved) + of[begun].short(begun), true
}

// limitOf is how far nine in ten of the earlier quarters of all lines fell behind at most,
// and how many these are.
func limitOf(sums map[people.ID][]tempo, all []tempo) (limit float64, cases int) {
	var lags []float64
	for _, list := range sums {
		for at := 1; at < len(list); at++ {
			if _, lag, is := behindBy(list, all, at); is {
				lags = append(lags, lag)
			}
		}
	}
	slices.Sort(lags)
	return quantile(lags, nineInTen), len(lags)
}
