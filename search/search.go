// Package search finds what somebody remembers a piece of: a word of a deal's title,
// the beginning of a company's name, an address, a number from a card, something that
// stands in a note. It finds as one types, and it finds only what the person may see.
//
// What can be found is followed from the ledger into an index of words (follow.go);
// what a text is parted and folded into is fold.go's business, and is the same for
// what is kept and for what is typed. The index narrows, by whose deal something is;
// what is shown is then read from where it is kept, and whether the person may see it
// is decided there once more.
package search

import (
	"context"
	"embed"
	"time"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/jobs"
	"milepost/internal/slice"
	"milepost/internal/web"
	"milepost/people"
)

// Schema holds the tables of search.
//
//go:embed schema
var Schema embed.FS

// Path is the address of the page, to which every search box leads.
const Path = "/search"

// Slice is what search brings to the program.
func Slice(p slice.Program) slice.Slice {
	s := &pages{Program: p, keeper: newKeeper(p.DB, p.Log)}
	return slice.Slice{Name: "search", Schema: Schema, Commands: commands,
		Routes: []web.Route{
			{Pattern: "GET " + Path, Rule: people.SignedIn, Handle: s.search},
			{Pattern: "GET " + Path + "/suggest", Rule: people.SignedIn, Handle: s.suggest},
		},
		Jobs: []jobs.Job{{Name: "follow for search", Every: time.Minute, Run: func(ctx context.Context, d *db.DB, _ calendar.Instant) error {
			return followAndForget(ctx, d)
		}}},
	}
}
