package deals

import (
	"context"
	"strings"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ui"
	"milepost/views"
)

var groupings = []views.Grouping{
	{Name: "owner", Label: "owner", None: "Nobody"},
	{Name: "stage", Label: "stage", None: "No stage"},
	{Name: "month", Label: "month of expected close", None: "No expected close"},
	{Name: "account", Label: "account", None: "No account"},
	{Name: "source", Label: "source", None: "No source"},
	{Name: "segment", Label: "segment", None: "No segment"},
	{Name: "product", Label: "product", None: "No product"},
}

// groupsOf counts and adds up the groups of a filter, also those that are not open.
func groupsOf(ctx context.Context, d *db.DB, q query, stages []string) ([]views.Group, error) {
	if q.filter.Group == "" {
		return nil, nil
	}
	q.filter.In = ""
	tallies, err := groupTallies(ctx, d, q)
	if err != nil {
		return nil, err
	}
	groups := views.Gather(tallies, views.GroupingNamed(groupings, q.filter.Group).None)
	groups = views.InOrder(groups, inOrderOf(q.filter.Group, stages))
	if q.filter.Group == "month" {
		nameMonths(groups)
	}
	return groups, nil
}

// inOrderOf is the order in which groups are best read: months as they come, stages
// as deals go through them, people by name, accounts and what deals are about with
// the most deals first.
func inOrderOf(name string, stages []string) func(a, b views.Group) int {
	switch name {
	case "month":
		return func(a, b views.Group) int { return strings.Compare(a.Key, b.Key) }
	case "stage":
		return func(a, b views.Group) int {
			if x, y := place(stages, a.Key), place(stages, b.Key); x != y {
				return x - y
			}
			return views.ByLabel(a, b)
		}
	case "owner":
		return views.ByLabel
	}
	return views.ByCount
}

func nameMonths(groups []views.Group) {
	for i, g := range groups {
		if g.Key != views.NoGroup && g.Key != "" {
			groups[i].Label = calendar.Date(g.Key + "-01").Time().Format("January 2006")
		}
	}
}

func (v listView) groupTable() ui.Table {
	return v.Tools.GroupTable(v.Groups, "Deals", "Amount", func(g views.Group) (string, string) {
		return figure(g.Count), v.totalText(g.Totals)
	})
}
