// Package targets holds who has to bring what: quotas by person and month, targets
// of teams, in money or in won deals, and how far everyone is.
//
// Months are what is kept; quarters and years are their sums. Every setting is an
// entry in the ledger and stays: what a quota was, as known at any instant, can be
// asked (AsOf). Attainment sets what was won against it, with owners and
// teams as they were then. Who sees and sets what, Access says.
package targets

import "embed"

// Schema holds the tables of targets.
//
//go:embed schema
var Schema embed.FS
