// Package products is what a company sells, and what of it is in a deal. Operations
// keep the catalogue: what each product is called, what it costs, whether it is still
// sold. Whoever works on a deal says which products are in it, how many, at what price
// and with what discount; what they come to is the deal's amount for as long as nobody
// says another one.
//
// A product is what its entries in the ledger come to, and so is a deal's basket. The
// label "product" of a deal, by which deals are listed and forecast, is another thing:
// it says in a word what the deal is about, and nothing here overwrites it.
package products

import (
	"embed"

	"milepost/internal/slice"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
)

// Schema holds the tables of this room.
//
//go:embed schema
var Schema embed.FS

// DealPanel is where the page of a deal finds its products: a fragment. {id} stands
// for the deal's id.
const DealPanel = "/products/deals/{id}/panel"

// Slice is what products bring to the program.
func Slice(p slice.Program) slice.Slice {
	s := pages{p}
	return slice.Slice{
		Name:   "products",
		Schema: Schema,
		Routes: s.routes(),
		Menu: []web.MenuItem{
			{NavItem: ui.NavItem{Label: "Products", Path: "/products", Icon: "package"}, Rule: people.SignedIn, Order: 35},
		},
		Check: Check,
	}
}
