// Package changes answers the question with which a week begins: what moved my forecast?
// It takes the forecast of a period as it stood on a morning, last Monday's unless another is
// asked for, and the one of now, and leads from the one to the other in bars that add up,
// to the cent: what was won, lost or ended without a decision, what is new, which amounts
// changed, where evidence was gained or lost, what time did, and what the model learned.
//
// Every deal is taken for itself. Of one that ended, came or went the whole difference
// goes to the one bar that says so. One that was open at both ends is told to the model
// again, piece by piece in a fixed order, and each bar gets what its piece moved: see split.go.
//
// The close dates of the reps are no part of that: the forecast does not read them. What
// was pulled in or pushed out is shown beside the bars, with what the evidence says of it.
package changes

import (
	"milepost/forecasts"
	"milepost/internal/slice"
	"milepost/internal/web"
	"milepost/people"
)

// The paths of the pages.
const (
	pagePath  = "/forecasts/changes"
	dealsPath = "/forecasts/changes/deals"
)

// Slice is what the program gets of changes: a page of bars, and the deals of each.
func Slice(p slice.Program, memory *forecasts.Memory) slice.Slice {
	pages := &pages{program: p, memory: memory}
	return slice.Slice{
		Name: "forecasts/changes",
		Routes: []web.Route{
			{Pattern: "GET " + pagePath, Rule: people.SeesTotals, Handle: pages.show},
			{Pattern: "GET " + dealsPath, Rule: people.SeesDeals, Handle: pages.deals},
		},
	}
}
