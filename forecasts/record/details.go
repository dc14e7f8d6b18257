package record

// Details are what else is kept of a score.
type Details struct {
	Bins    []Bin            `json:"bins"`
	Fine    []Bin            `json:"fine,omitempty"`    // the same by logit, for the calibration; none in scores from before
	Money   map[string]Money `json:"money,omitempty"`   // by currency
	Company map[string]Span  `json:"company,omitempty"` // by measure
	Owners  map[string]Tally `json:"owners,omitempty"`  // by measure, over owners with some open deals
	LeftOut int              `json:"left_out,omitempty"`
}

// Bin counts the deals whose chance lay in one hundredth, or whose logit in one sixteenth.
type Bin struct {
	At    int     `json:"at"`
	Count int     `json:"n"`
	Won   int     `json:"won"`
	Said  float64 `json:"said"` // sum of chances
}

// Money is the wins in one currency, in major units: what was expected, what came, as
// when it was won, and what chance alone does to the total.
type Money struct {
	Said     float64 `json:"said"`
	Came     float64 `json:"came"`
	Variance float64 `json:"variance"`
}

// Span is the range of one total with what came; amounts are in major units.
type Span struct {
	Median float64       `json:"median"`
	Ranges [3][2]float64 `json:"ranges"` // 50, 80 and 95 %
	Came   float64       `json:"came"`
}

// Holds tells whether a range held what came, its ends included.
func (s Span) Holds(level int) bool {
	return s.Ranges[level][0] <= s.Came && s.Came <= s.Ranges[level][1]
}

// Tally counts how many of several ranges held.
type Tally struct {
	Totals int        `json:"totals"`
	Held   [3]int     `json:"held"`
	Width  [3]float64 `json:"width"` // sums
}

func (t *Tally) add(s Span) {
	t.Totals++
	for level, r := range s.Ranges {
		if s.Holds(level) {
			t.Held[level]++
		}
		t.Width[level] += r[1] - r[0]
	}
}

// wins is the measure that counts won deals; the others are currencies. withNew marks
// totals that count deals which did not exist yet.
const (
	wins    = "wins"
	withNew = "+new"
)

// fewestOfOne is how many open deals an owner must have had for their ranges to be judged,
// as in a backtest.
const fewestOfOne = 5
