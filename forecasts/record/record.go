// Package record tells how good forecasts have been: every forecast that was kept, held
// against what came of its deals once its horizon had ended.
//
// The page is open to everyone in the organization. It shows totals of the company only,
// no person's and no deal, so that nobody need be afraid of it and everybody can check it.
// It says first which method has been best and whether the difference means anything, and
// says that it is too early where it is.
//
// What came is what the ledger told by the end of the horizon; a job scores a forecast soon
// after (see ScoreOf), and again while corrections may still arrive. Days whose
// horizons overlap tell the same twice: judgements rest on days that do not (Compare).
package record

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

// Schema holds the table of scores.
//
//go:embed schema
var Schema embed.FS

// Path is where the page is.
const Path = forecasts.RecordPath

// Slice is what the record brings to the program; the memory is that of the forecasts.
func Slice(p slice.Program, memory *forecasts.Memory) slice.Slice {
	pages := &pages{p}
	return slice.Slice{
		Name: "forecast record", Schema: Schema,
		Routes: []web.Route{{Pattern: "GET " + Path, Rule: people.SignedIn, Handle: pages.show}},
		Menu:   []web.MenuItem{{NavItem: ui.NavItem{Label: "Forecast record", Path: Path, Icon: "scale", Section: "Direction"}, Rule: people.SignedIn, Order: 310}},
		Jobs:   []jobs.Job{{Name: "score forecasts", Every: 10 * time.Minute, Run: keeper{memory}.run}},
	}
}
