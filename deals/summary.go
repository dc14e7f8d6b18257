package deals

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"milepost/internal/db"
	"milepost/money"
)

// summary is what the deals of a filter come to; its stages are those at which any
// of the filter's deals stand, whichever stage the filter names, so that one can go
// from stage to stage.
type summary struct {
	Deals   int64 // at the filter's stage
	All     int64 // at every stage
	Totals  money.Totals
	Overdue int64
	Undated int64
	Soon    int64 // expected to close in this fiscal quarter
	SoonSum money.Totals
	Stages  []stageSum
}

// stageSum is what the deals at a stage come to.
type stageSum struct {
	Stage  string
	Deals  int64
	Totals money.Totals
}

// summarize reads the totals of a filter in one pass.
func summarize(ctx context.Context, d *db.DB, q query, order []string) (summary, error) {
	wanted := q.filter.Stage
	q.filter.Stage = ""
	list, err := tallies(ctx, d, q)
	if err != nil {
		return summary{}, err
	}
	return addUp(list, wanted, order), nil
}

func addUp(list []tally, wanted string, order []string) summary {
	s := summary{Totals: money.Totals{}, SoonSum: money.Totals{}}
	for _, t := range list {
		s.All += t.Deals
		i := slices.IndexFunc(s.Stages, func(known stageSum) bool { return known.Stage == t.Stage })
		if i < 0 {
			i, s.Stages = len(s.Stages), append(s.Stages, stageSum{Stage: t.Stage, Totals: money.Totals{}})
		}
		s.Stages[i].Deals += t.Deals
		if t.Currency != "" {
			s.Stages[i].Totals.Add(money.Amount{Minor: t.Minor, Currency: t.Currency})
		}
		if wanted != "" && t.Stage != wanted {
			continue
		}
		s.Deals += t.Deals
		s.Overdue += t.Overdue
		s.Undated += t.Undated
		s.Soon += t.Soon
		if t.SoonSum > 0 {
			s.SoonSum.Add(money.Amount{Minor: t.SoonSum, Currency: t.Currency})
		}
		if t.Currency != "" {
			s.Totals.Add(money.Amount{Minor: t.Minor, Currency: t.Currency})
		}
	}
	slices.SortStableFunc(s.Stages, func(a, b stageSum) int {
		if x, y := place(order, a.Stage), place(order, b.Stage); x != y {
			return x - y
		}
		return strings.Compare(a.Stage, b.Stage)
	})
	return s
}

// place is where a stage stands among others; one that is not among them is last.
func place(order []string, stage string) int {
	if i := slices.Index(order, stage); i >= 0 {
		return i
	}
	return len(order)
}

// totalText is totals for reading: the largest three, and how many more there are.
func totalText(totals money.Totals) string {
	list := totals.Amounts()
	var parts []string
	for i, a := range list {
		if i == 3 {
			parts = append(parts, fmt.Sprintf("%d more currencies", len(list)-3))
			break
		}
		parts = append(parts, a.String())
	}
	return strings.Join(parts, ", ")
}

// count is a number with its noun ("1 deal", "1,240 deals").
func count(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return figure(n) + " " + noun + "s"
}

// figure is a whole number with its thousands parted.
func figure(n int64) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0 && text[i-1] != '-'; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
