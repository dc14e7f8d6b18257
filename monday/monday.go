// Package monday answers the question with which a week begins: where should I put
// it? For whoever leads others it shows the quarter against its target, what changed
// since the last Monday, the deals that need attention and why, and how everyone
// stands; for a rep it shows the day: what is due, what would move the number, and
// what others changed meanwhile.
//
// Nothing on these pages is flagged by a number that we made up. What counts as long,
// as often, as much is reckoned by a job from what the organization itself has done
// (usual.go); each reason says where its line is and how many deals stand behind it,
// and where there is too little history, it says that instead.
package monday

import (
	"embed"
	"time"

	"milepost/forecasts"
	"milepost/internal/jobs"
	"milepost/internal/slice"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
)

// Schema holds the tables of what is usual.
//
//go:embed schema
var Schema embed.FS

// Slice is what this room brings to the program. The memory of the forecasts is
// shared with their own pages. Panels are paths of other capabilities' parts that both
// pages show under their figures; each answers with a fragment.
func Slice(p slice.Program, memory *forecasts.Memory, panels ...string) slice.Slice {
	s := newPages(p, memory)
	s.panels = panels
	return s.slice()
}

func (s *pages) slice() slice.Slice {
	return slice.Slice{
		Name:   "monday",
		Schema: Schema,
		Routes: []web.Route{
			{Pattern: "GET /monday", Rule: people.SignedIn, Handle: s.monday},
			{Pattern: "GET /monday/expected", Rule: people.SeesTotals, Handle: s.expectedPanel},
			{Pattern: "GET /monday/together", Rule: people.SeesTotals, Handle: s.togetherPanel},
			{Pattern: "GET /monday/changes", Rule: people.Manages, Handle: s.changes},
			{Pattern: "GET /day", Rule: people.SignedIn, Handle: s.day},
		},
		Menu: []web.MenuItem{
			{NavItem: ui.NavItem{Label: "Monday", Path: "/monday", Icon: "compass"}, Rule: people.Manages, Order: 1},
			{NavItem: ui.NavItem{Label: "My day", Path: "/day", Icon: "sun"}, Rule: people.SeesDeals, Order: 2},
		},
		Jobs: []jobs.Job{{Name: "reckon what is usual", Every: 10 * time.Minute, Run: s.reckon}},
	}
}
