// Package board answers "what moves, what stands?": the open deals that a person sees,
// in columns by stage. A card is moved by the mouse, a finger, a menu or keys, and
// what others move shows without a reload. It keeps nothing of its own: a move is the
// deal's own rule, and what stands too long is told from the organization's history.
package board

import (
	"milepost/deals"
	"milepost/internal/slice"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/money/rates"
	"milepost/people"
)

// pages serves the pages of this room.
type pages struct {
	slice.Program
	choices deals.Choices
	usual   usuals
	rates   rates.Shelf
	hub     *hub
}

// Slice is what the board brings to the program.
func Slice(p slice.Program) slice.Slice {
	s := &pages{Program: p, choices: deals.NewChoices(p), hub: newHub(p)}
	return slice.Slice{
		Name: "board",
		Routes: []web.Route{
			{Pattern: "GET /board", Rule: people.SeesDeals, Handle: s.board},
			{Pattern: "GET /board/cards", Rule: people.SeesDeals, Handle: s.more},
			{Pattern: "GET /board/live", Rule: people.SeesDeals, Handle: s.live},
			{Pattern: "GET /board/deals/{id}/move", Rule: people.SeesDeals, Handle: s.askMove},
			{Pattern: "POST /board/deals/{id}/move", Rule: people.SeesDeals, Handle: s.move},
		},
		Menu: []web.MenuItem{{NavItem: ui.NavItem{Label: "Board", Path: "/board", Icon: "layout-kanban"}, Rule: people.SeesDeals, Order: 11}},
	}
}
