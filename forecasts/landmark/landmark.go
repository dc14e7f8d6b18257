// Package landmark forecasts deals from what was known of similar deals at a moment of
// their lives: the three generations. It looks at every past deal on many days (its
// landmarks), notes what was known of it then, and sees what came of it and when; from
// that it learns how each thing that can be known moves the chances of winning, losing
// and of no action, in the near and in the far.
//
// The method is the landmark competing-risk logit (van Houwelingen & Putter 2012; Tutz &
// Schmid 2016); see the package stats/hazard for the model and docs/method for why.
package landmark

import (
	"milepost/calendar"
	"milepost/forecasts/history"
)

// Generation says what a model may look at; each one adds to the one before.
type Generation int

// The generations.
const (
	Activities Generation = 1 + iota // activities, the prospect's profile, history
	Triad                            // and how well the deal is qualified
	Milestones                       // and what was shown, by how well it is evidenced
	WithCalls                        // and the rep's own close date and call
)

// day is a day of 24 hours, in milliseconds.
const day = float64(history.DayMillis)

// snapshot is what was known of a deal at a landmark.
type snapshot struct {
	deal     int32
	at       calendar.Instant
	stage    history.Label
	age      float64 // days since it was created
	clock    float64 // days since it last got further: a milestone, a stage
	contact  float64 // days since the last activity; -1 for none
	contacts int     // activities within 30 days
	activity history.Label
	owner    history.Label
	amount   float64 // as a multiple of the median in its currency; -1 for unknown
	close    float64 // days until the close date that the rep gave; NaN for none
	call     history.Label
	rivals   int
	plan     bool
	reopened bool

	milestones []int8          // by number of the milestone: how well it is evidenced, 0 for not
	criteria   []int8          // by number of the criterion: history.Unknown ...
	attributes []history.Label // by number of the attribute: its value
}
