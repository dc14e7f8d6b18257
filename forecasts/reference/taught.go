package reference

import "milepost/calendar"

// Taught is what the deals of an organization have taught beside what is assumed, as of
// the midnight up to which a model learned.
type Taught struct {
	Leans  Version // the table that the model leans on
	AsOf   calendar.Instant
	Ended  int     // deals that have ended
	Cycle  float64 // days from creation to end, the median
	Fitted bool    // a model learned; otherwise what is its own is as assumed
	Stages []Stage // from the bottom of the ladder to its top
	// Milestones and Criteria are what the model looks at, in the order of their names;
	// none where it does not.
	Milestones, Criteria []Evidence
}

// Stage is a stage of the organization on the ladder.
type Stage struct {
	Name    string
	Height  float64 // 0 for the first, 1 for the last
	Assumed Rung
	Own     Rung    // as the model has it of deals that stood there, on average
	Moved   float64 // how far own deals have taken over, from 0 to 1
	Ended   Counted // past deals that were there and have ended
}

// Counted is how past deals ended.
type Counted struct{ Deals, Won, NoAction int }

// Evidence is a milestone or a criterion, with its levels from the lowest on: what the
// others are told from.
type Evidence struct {
	Name   string
	Levels []Level
}

// Level is how a milestone or a criterion may stand: log-odds of winning against the
// lowest level.
type Level struct {
	Assumed        float64
	Own, Low, High float64 // as the model has it, and between what it lies 8 times in 10
	Deals          int     // past deals that stood there
	Moved          float64
}

// Leant are the days of the kept forecasts that leaned on a table.
type Leant struct {
	Days        int
	First, Last calendar.Date
}
