package imports

import (
	"cmp"
	"strings"

	"pgregory.net/rapid"

	"milepost/calendar"
)

// compareFacts is the order in which facts are to be taken.
func compareFacts(a, b *fact) int {
	return cmp.Or(strings.Compare(a.opportunity, b.opportunity), cmp.Compare(a.at, b.at), cmp.Compare(a.kind, b.kind),
		cmp.Compare(a.line, b.line))
}

// rapidInstant is a number of seconds that reaches from now to long before 1970.
func rapidInstant(t *rapid.T) calendar.Instant {
	return calendar.Instant(rapid.Int64Range(0, 3_900_000_000).Draw(t, "seconds"))
}
