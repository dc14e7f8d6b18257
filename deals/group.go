package deals

import (
	"context"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ui"
	"milepost/money"
)

// grouping is one way in which deals are counted and added up.
type grouping struct {
	name, label string
	column      string // of opportunities, or what is made of them
	none        string // how those without it are called
}

var groupings = []grouping{
	{"owner", "owner", "o.owner_id", "Nobody"},
	{"stage", "stage", "o.stage", "No stage"},
	{"month", "month of expected close", "substr(o.close_date, 1, 7)", "No expected close"},
	{"account", "account", "o.account_id", "No account"},
}

// noGroup is the key of the group of those that have none.
const noGroup = "-"

func isGrouping(name string) bool {
	return slices.ContainsFunc(groupings, func(g grouping) bool { return g.name == name })
}

func groupingNamed(name string) grouping {
	for _, g := range groupings {
		if g.name == name {
			return g
		}
	}
	return grouping{}
}

// group is what the deals of a group come to, over everything that the filter finds.
type group struct {
	Key    string
	Label  string
	Deals  int64
	Totals money.Totals
}

// mostGroups bounds how many groups a page shows; what is beyond is counted together.
const mostGroups = 200

// groupsOf counts and adds up the groups of a filter, also those that are not open.
func groupsOf(ctx context.Context, d *db.DB, q query, stages []string) ([]group, error) {
	if q.filter.Group == "" {
		return nil, nil
	}
	q.filter.In = ""
	rows, err := groupTallies(ctx, d, q)
	if err != nil {
		return nil, err
	}
	groups := gather(rows, groupingNamed(q.filter.Group).none)
	slices.SortStableFunc(groups, inOrderOf(q.filter.Group, stages))
	if len(groups) > mostGroups {
		groups = append(groups[:mostGroups], together(groups[mostGroups:]))
	}
	return groups, nil
}

// gather makes one group of the rows of each key, which are parted by currency.
func gather(rows []groupTally, none string) []group {
	at := map[string]int{}
	var groups []group
	for _, row := range rows {
		i, known := at[row.Key]
		if !known {
			i, at[row.Key] = len(groups), len(groups)
			g := group{Key: row.Key, Label: row.Label, Totals: money.Totals{}}
			if row.Key == "" {
				g.Key, g.Label = noGroup, none
			}
			groups = append(groups, g)
		}
		groups[i].Deals += row.Deals
		if row.Currency != "" {
			groups[i].Totals.Add(money.Amount{Minor: row.Minor, Currency: row.Currency})
		}
	}
	return groups
}

// inOrderOf is the order in which groups are best read: months as they come, stages
// as deals go through them, people by name, accounts with the most deals first. Those
// that have none are last.
func inOrderOf(name string, stages []string) func(a, b group) int {
	return func(a, b group) int {
		if (a.Key == noGroup) != (b.Key == noGroup) {
			return map[bool]int{true: 1, false: -1}[a.Key == noGroup]
		}
		switch name {
		case "month":
			return strings.Compare(a.Key, b.Key)
		case "stage":
			if x, y := place(stages, a.Key), place(stages, b.Key); x != y {
				return x - y
			}
		case "account":
			if a.Deals != b.Deals {
				return int(b.Deals - a.Deals)
			}
		}
		return strings.Compare(strings.ToLower(a.Label), strings.ToLower(b.Label))
	}
}

// together is the groups that do not fit on a page, as one that cannot be opened.
func together(groups []group) group {
	rest := group{Label: count(int64(len(groups)), "more group"), Totals: money.Totals{}}
	for _, g := range groups {
		rest.Deals += g.Deals
		for _, a := range g.Totals.Amounts() {
			rest.Totals.Add(a)
		}
	}
	return rest
}

func (g group) label(by string) string {
	if by == "month" && g.Key != noGroup {
		return calendar.Date(g.Key + "-01").Time().Format("January 2006")
	}
	return g.Label
}

func (v listView) grouping() grouping { return groupingNamed(v.Filter.Group) }

// openGroup names the group that is open, over the deals in it.
func (v listView) openGroup() string {
	if v.Filter.In == "" {
		return ""
	}
	for _, g := range v.Groups {
		if g.Key == v.Filter.In {
			return g.label(v.Filter.Group)
		}
	}
	return "This group is empty now"
}

func (v listView) groupTable() ui.Table {
	t := ui.Table{Caption: "Deals by " + v.grouping().label, Columns: []ui.Column{{Label: "Group"}, {Label: "Deals", Numeric: true}, {Label: "Amount", Numeric: true}}}
	for _, g := range v.Groups {
		cell, f := ui.Text(g.Label), v.Filter
		if f.In = g.Key; g.Key != "" {
			cell = ui.Link(f.Path()+"#deals", g.label(v.Filter.Group))
		}
		t.Rows = append(t.Rows, ui.Row{Current: g.Key != "" && g.Key == v.Filter.In,
			Cells: []templ.Component{cell, ui.Text(figure(g.Deals)), orNoneText(totalText(g.Totals))}})
	}
	all := together(v.Groups)
	t.Foot = []templ.Component{v.allGroups(), ui.Text(figure(all.Deals)), orNoneText(totalText(all.Totals))}
	return t
}

// allGroups leads back from one group to all of them.
func (v listView) allGroups() templ.Component {
	if v.Filter.In == "" {
		return ui.Text("All of them")
	}
	f := v.Filter
	f.In = ""
	return ui.Link(f.Path(), "All of them")
}

// groupChoices are the ways to group, for the menu.
func (v listView) groupChoices() []ui.NavItem {
	f := v.Filter
	f.Group, f.In = "", ""
	list := []ui.NavItem{{Label: "Not grouped", Path: f.Path(), Current: v.Filter.Group == ""}}
	for _, g := range groupings {
		if f.Group = g.name; g.name != "owner" || v.showsOwners() {
			list = append(list, ui.NavItem{Label: "By " + g.label, Path: f.Path(), Current: v.Filter.Group == g.name})
		}
	}
	return list
}
