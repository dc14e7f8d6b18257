// Package deals is the record of what is being sold: accounts, opportunities, and
// what a deal looked like at any moment. A deal is what its entries in the ledger
// come to; the tables hold the result for today's screens and can be made again.
package deals

import "embed"

// Schema holds the tables of deals.
//
//go:embed schema
var Schema embed.FS
