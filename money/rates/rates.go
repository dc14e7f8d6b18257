// Package rates is what currencies are worth in each other, so that what is sold in
// several can be added up in one. Operations give a rate for a day, by hand or as a
// central bank publishes them; it holds from that day on until there is a later one. A
// pair of currencies for which nobody gave a rate is not added up: nothing is ever
// taken to be worth the same.
//
// A rate that was wrong is taken back, or given again; what was said before stays in the
// ledger, so that a forecast as of an earlier day knows the rates that were known then.
package rates

import (
	"embed"

	"milepost/internal/slice"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
)

// Schema holds the table of rates.
//
//go:embed schema
var Schema embed.FS

// Path is where rates are looked up, and given by who may.
const Path = "/rates"

// Slice is what rates bring to the program.
func Slice(p slice.Program) slice.Slice {
	s := pages{p}
	return slice.Slice{
		Name:   "rates",
		Schema: Schema,
		Routes: []web.Route{
			{Pattern: "GET " + Path, Rule: people.SignedIn, Handle: s.on((*visit).show)},
			{Pattern: "GET " + Path + ".csv", Rule: people.SignedIn, Handle: s.on((*visit).export)},
			{Pattern: "POST " + Path, Rule: people.SetsRates, Handle: s.on((*visit).give)},
			{Pattern: "POST " + Path + "/take-back", Rule: people.SetsRates, Handle: s.on((*visit).takeBack)},
			{Pattern: "GET " + Path + "/paste", Rule: people.SetsRates, Handle: s.on((*visit).pastePage)},
			{Pattern: "POST " + Path + "/paste", Rule: people.SetsRates, Handle: s.on((*visit).paste)},
		},
		Menu: []web.MenuItem{
			{NavItem: ui.NavItem{Label: "Exchange rates", Path: Path, Icon: "arrows-exchange", Section: "Organization"}, Rule: people.SetsRates, Order: 88},
		},
		Commands: []web.Command{
			{Command: ui.Command{Label: "Look up exchange rates", Path: Path, Icon: "arrows-exchange"}, Rule: people.SignedIn},
		},
		Check: Check,
	}
}
