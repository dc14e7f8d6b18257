package calls

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"milepost/calendar"
	"milepost/deals"
	"milepost/money"
	"milepost/problem"
)

// wishesIn reads what a form asks for: each currency whose commit was typed. An empty best
// case is the commit itself.
func wishesIn(form url.Values, p calendar.Period, scope Scope) ([]Wish, error) {
	var wishes []Wish
	var wrong []error
	for name := range form {
		code, is := strings.CutPrefix(name, "commit.")
		if !is {
			continue
		}
		in, err := money.ParseCurrency(code)
		if err != nil || commitField(in) != name {
			return nil, errNotYours
		}
		commit, badCommit := deals.ParseAmount(commitField(in), form.Get(name), in)
		best, badBest := deals.ParseAmount(bestField(in), form.Get(bestField(in)), in)
		seen, _ := strconv.ParseInt(form.Get(seenField(in)), 10, 64)
		switch {
		case badCommit != nil || badBest != nil:
			wrong = append(wrong, badCommit, badBest)
		case commit == nil && best == nil && seen == 0: // not called in this currency
		case commit == nil:
			wrong = append(wrong, problem.Invalid(name, "Write what you commit to, with what is booked; 0 if it is nothing."))
		default:
			w := Wish{Scope: scope, Period: p, Currency: in, Commit: commit.Minor, Best: commit.Minor, Why: form.Get("why"), Seen: seen}
			if best != nil {
				w.Best = best.Minor
			}
			wishes = append(wishes, w)
		}
	}
	if err := errors.Join(wrong...); err != nil {
		return nil, err
	}
	if len(wishes) == 0 {
		return nil, problem.Invalid("", "Write what you commit to: what the whole period comes to, with what is booked.")
	}
	slices.SortFunc(wishes, func(a, b Wish) int { return strings.Compare(string(a.Currency), string(b.Currency)) })
	return wishes, nil
}
