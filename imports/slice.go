package imports

import (
	"sync"

	"milepost/internal/slice"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
)

// pages are the pages of imports and the imports that they started.
type pages struct {
	slice.Program
	working sync.WaitGroup // tests wait for it
}

// Slice is what imports bring to the program.
func Slice(p slice.Program) slice.Slice {
	return (&pages{Program: p}).slice()
}

func (p *pages) slice() slice.Slice {
	return slice.Slice{
		Name:   "imports",
		Schema: Schema,
		Routes: []web.Route{
			{Pattern: "GET /imports", Rule: people.ImportsData, Handle: p.list},
			{Pattern: "GET /imports/new", Rule: people.ImportsData, Handle: p.form},
			{Pattern: "GET /imports/example.csv", Rule: people.ImportsData, Handle: p.example},
			{Pattern: "POST /imports", Rule: people.ImportsData, Handle: p.upload},
			{Pattern: "GET /imports/{id}", Rule: people.ImportsData, Handle: p.one},
			{Pattern: "GET /imports/{id}/progress", Rule: people.ImportsData, Handle: p.progress},
			{Pattern: "GET /imports/{id}/rejects.csv", Rule: people.ImportsData, Handle: p.rejects},
			{Pattern: "POST /imports/{id}/continue", Rule: people.ImportsData, Handle: p.again},
			{Pattern: "POST /imports/{id}/discard", Rule: people.ImportsData, Handle: p.discard},
		},
		Menu: []web.MenuItem{{NavItem: ui.NavItem{Label: "Import", Path: "/imports", Icon: "file-import", Section: "Organization"},
			Rule: people.ImportsData, Order: 85}},
	}
}
