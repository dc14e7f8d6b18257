package forecasts

import (
	"milepost/calendar"
	"milepost/forecasts/history"
)

// Method is one way to forecast. It learns from a past and then speaks about the
// deals that were open in it; it must give the same answer for the same past on
// every run, whatever the number of cores.
type Method interface {
	// Name is how the method is called in reports, files and frozen forecasts.
	Name() string
	// Fit learns what is needed for the horizons asked for.
	Fit(past *history.Past, horizons []Horizon) Fitted
}

// Fitted is a method that has learned from one past.
type Fitted interface {
	// Odds are the deal's chances at one of the horizons that Fit was given,
	// counted by its place among them.
	Odds(deal *history.OpenDeal, horizon int) Odds
}

// Lacking is a method that says when a history has not what sets it apart.
type Lacking interface {
	// Lacks is what is missing up to an instant, in words, or empty.
	Lacks(log *history.Log, until calendar.Instant) string
}

// PastYieldName and StageWeightedName are what the first two methods are called.
const (
	PastYieldName     = "past-yield"
	StageWeightedName = "stage-weighted"
)

// Methods are the methods that are shown side by side, in the order of reports.
func Methods() []Method { return []Method{StageWeighted{}, PastYield{}} }
