// Package reference is what is assumed of deals before an organization's own outcomes say
// better: how deals end from each rung of the ladder that a sale climbs, how long that
// takes, and how much a milestone that is shown or a criterion that is met goes with
// winning. No public table of such figures exists. The one that ships is an assumption;
// operations may put their own in its place. Each change is an entry with its reason, so
// that a forecast of then, made again, leans on the table of then. The page shows the
// assumptions beside what the deals here have taught, and how far these have taken over.
package reference

// Table is a set of assumptions.
type Table struct {
	Rungs      []Rung     `json:"rungs"`      // from the first phase of a sale to the last, evenly spaced
	Milestones [3]float64 `json:"milestones"` // log-odds that a milestone adds to winning: not shown, claimed, confirmed
	Criteria   [4]float64 `json:"criteria"`   // and the answer to a criterion: unknown, unmet, met, verified
}

// Rung is what is assumed of open deals at a height of the ladder.
type Rung struct {
	Won       float64 `json:"won"`       // share that is won in the end
	NoAction  float64 `json:"no_action"` // share that ends in no action; the rest is lost
	Remaining float64 `json:"remaining"` // mean time until they end, in cycles of the organization
}

// Shipped is the table that comes with the program.
func Shipped() Table {
	return Table{
		Rungs: []Rung{
			{.12, .42, 1.8}, {.18, .38, 1.7}, {.27, .33, 1.5}, {.40, .27, 1.3}, {.58, .20, 1.1},
		},
		Milestones: [3]float64{0, .08, .15},
		Criteria:   [4]float64{0, -.4, .1, .2},
	}
}

// Lost is the share that is lost.
func (r Rung) Lost() float64 { return max(1-r.Won-r.NoAction, fewestLost) }

// At is what is assumed at a height between 0, the first phase, and 1, the last: between
// two rungs it is in between.
func (t *Table) At(height float64) Rung {
	x := t.place(height)
	low := min(int(x), max(len(t.Rungs)-2, 0))
	high := min(low+1, len(t.Rungs)-1)
	mix := func(a, b float64) float64 { return a + (b-a)*(x-float64(low)) }
	a, b := t.Rungs[low], t.Rungs[high]
	return Rung{mix(a.Won, b.Won), mix(a.NoAction, b.NoAction), mix(a.Remaining, b.Remaining)}
}

// Nearest is the rung, counted from 0, to which a height is nearest.
func (t *Table) Nearest(height float64) int { return int(t.place(height) + .5) }

func (t *Table) place(height float64) float64 {
	return min(max(height, 0), 1) * float64(len(t.Rungs)-1)
}
