package products

import (
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/money"
)

// The kinds of entry about the catalogue.
const (
	ProductAdded   ledger.Kind = "product.added"   // subject: the product; payload: Described
	ProductChanged ledger.Kind = "product.changed" // subject: the product; payload: Change
)

// The kinds of entry about what is in a deal: the deal is their opportunity. None of
// them changes what the deal itself is; what it is worth is recorded beside them as
// deals record it.
const (
	LineAdded    = deals.ProductAdded     // subject: the line; payload: Stated
	LineChanged  = deals.ProductChanged   // subject: the line; payload: Stated, the whole line
	LineRemoved  = deals.ProductRemoved   // subject: the line; payload: Stated, of which only the words
	FollowingSet = deals.ProductsFollowed // subject: the deal; payload: Following
)

var (
	productKinds = []ledger.Kind{ProductAdded, ProductChanged}
	lineKinds    = []ledger.Kind{LineAdded, LineChanged, LineRemoved, FollowingSet}
)

// Described is the payload of a product that was added: what was known at once.
type Described struct {
	Name   string         `json:"name"`
	Code   string         `json:"code,omitempty"`
	Family string         `json:"family,omitempty"`
	Unit   string         `json:"unit,omitempty"`
	Prices []money.Amount `json:"prices,omitempty"`
}

// Change is the payload of a changed field of a product, in the words of a form.
type Change struct {
	Field string `json:"field"`
	From  string `json:"from,omitempty"`
	To    string `json:"to,omitempty"`
}

// Stated is the payload of a line of a deal. Name and value are read by the deal's
// timeline, which knows no more of this room; a payload must hold nothing under the
// names of deals.Fact that means something else.
type Stated struct {
	Name      string         `json:"name"`
	Value     string         `json:"value,omitempty"` // the line in words, as it was then
	Product   ID             `json:"product,omitempty"`
	Unit      string         `json:"unit,omitempty"`
	Quantity  Quantity       `json:"quantity,omitempty"`
	UnitPrice int64          `json:"unit_price,omitempty"`
	Currency  money.Currency `json:"currency,omitempty"`
	Discount  Discount       `json:"discount,omitempty"`
}

// Following is the payload of the deal's amount beginning, or ceasing, to follow.
type Following struct {
	Name string `json:"name"` // "on" or "off"
}
