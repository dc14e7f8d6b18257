package process

import (
	"milepost/deals"
	"milepost/people"
	"milepost/problem"
)

// Choice says for which new deals a process is meant. What is empty does not matter; a
// choice in which everything is empty fits every deal. Where several processes fit, the
// one with the lower place is taken.
type Choice struct {
	Active   bool   `json:"active"` // chosen by itself, and not by hand only
	Segment  string `json:"segment,omitempty"`
	Product  string `json:"product,omitempty"`
	Currency string `json:"currency,omitempty"` // of the bounds
	From     int64  `json:"from,omitempty"`     // minor units, included
	To       int64  `json:"to,omitempty"`       // minor units, excluded; 0 is no bound
	Place    int    `json:"place,omitempty"`
}

// Fits tells whether a deal is one of those. A deal whose amount is not known, or is in
// another currency, fits no choice with bounds.
func (c *Choice) Fits(o *deals.Opportunity) bool {
	switch {
	case !c.Active:
		return false
	case c.Segment != "" && people.Key(c.Segment) != people.Key(o.Attributes["segment"]):
		return false
	case c.Product != "" && people.Key(c.Product) != people.Key(o.Attributes["product"]):
		return false
	case c.From == 0 && c.To == 0:
		return true
	case o.Amount == nil || string(o.Amount.Currency) != c.Currency:
		return false
	}
	return o.Amount.Minor >= c.From && (c.To == 0 || o.Amount.Minor < c.To)
}

func (c *Choice) check() error {
	switch {
	case c.From < 0 || c.To < 0:
		return problem.Invalid("from", "An amount cannot be below zero.")
	case c.To != 0 && c.To <= c.From:
		return problem.Invalid("to", "The upper amount must be more than the lower one.")
	case (c.From != 0 || c.To != 0) && c.Currency == "":
		return problem.Invalid("currency", "Say in which currency the amounts are.")
	}
	return nil
}

func labelKey(label string) string { return people.Key(label) }
