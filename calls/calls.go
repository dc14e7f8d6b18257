// Package calls holds what people say that a period will come to. A rep calls a month or
// a quarter: what they commit to, and what it may come to in the best case. A manager
// calls for the team, beside what the reps called, what is booked and what is to be
// brought. Nothing is overwritten: each call is an entry and stays, so that the page shows
// how a call moved, any call can be asked as of any instant, and after the period it can
// be said who was right, how often, and by how much.
//
// A call counts the whole period in one currency, with what is booked already. Bias is
// learnt from periods that ended (Learn), and a call with its bias taken out stands beside
// the call as it was given (Corrected); it never takes its place.
package calls

import (
	"embed"

	"milepost/internal/slice"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
)

// Schema holds the table of calls.
//
//go:embed schema
var Schema embed.FS

// Paths of the parts that pages of other rooms show.
const (
	DealPanel = "/calls/deals/{id}/panel" // a deal's category, on its page
	DayPanel  = "/calls/panel"            // how one's own call stands, on the page that a day begins with
)

// Slice is what calls bring to the program.
func Slice(program slice.Program) slice.Slice {
	p := &pages{program}
	open := func(pattern string, handle func(*visit) error) web.Route {
		return web.Route{Pattern: pattern, Rule: people.SeesDeals, Handle: p.on(handle)}
	}
	return slice.Slice{
		Name: "calls", Schema: Schema, Check: Check,
		Routes: []web.Route{
			open("GET /calls", (*visit).team),
			open("GET /calls.csv", (*visit).export),
			open("GET /calls/mine", (*visit).mine),
			open("POST /calls/mine", (*visit).give),
			open("GET /calls/people/{id}", (*visit).person),
			open("GET /calls/right", (*visit).right),
			open("GET "+DayPanel, (*visit).dayPanel),
			open("GET "+DealPanel, (*visit).dealPanel),
			open("POST /calls/deals/{id}/category", (*visit).categorize),
		},
		Menu: []web.MenuItem{{NavItem: ui.NavItem{Label: "Calls", Path: "/calls", Icon: "speakerphone"}, Rule: people.SeesDeals, Order: 148}},
	}
}
