package views

import (
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"milepost/internal/ui"
	"milepost/money"
)

// NoGroup is the key of the group of those that have none.
const NoGroup = "-"

// Group is what the rows of a group come to, over everything that a list finds.
type Group struct {
	Key, Label string // no key: what is beyond the groups that are shown, together
	Count      int64
	Totals     money.Totals
	Minutes    int64
}

// Tally is what the rows of a group and a currency come to.
type Tally struct {
	Key      string         `db:"group_key"` // empty for those that have none
	Label    string         `db:"label"`
	Currency money.Currency `db:"currency"`
	Count    int64          `db:"n"`
	Minor    int64          `db:"minor"`
	Minutes  int64          `db:"minutes"`
}

// mostGroups bounds how many groups a page shows; what is beyond is counted together.
const mostGroups = 200

// Gather makes one group of the tallies of each key, which are parted by currency.
func Gather(tallies []Tally, none string) []Group {
	at := map[string]int{}
	var groups []Group
	for _, t := range tallies {
		i, known := at[t.Key]
		if !known {
			i, at[t.Key] = len(groups), len(groups)
			g := Group{Key: t.Key, Label: t.Label, Totals: money.Totals{}}
			if t.Key == "" {
				g.Key, g.Label = NoGroup, none
			}
			groups = append(groups, g)
		}
		groups[i].Count += t.Count
		groups[i].Minutes += t.Minutes
		if t.Currency != "" {
			groups[i].Totals.Add(money.Amount{Minor: t.Minor, Currency: t.Currency})
		}
	}
	return groups
}

// ByLabel is the order of groups by what they are called.
func ByLabel(a, b Group) int {
	return strings.Compare(strings.ToLower(a.Label), strings.ToLower(b.Label))
}

// ByCount is the order of groups with the largest first.
func ByCount(a, b Group) int {
	if a.Count != b.Count {
		return int(b.Count - a.Count)
	}
	return ByLabel(a, b)
}

// InOrder sorts groups, those that have none last, and takes together what does not
// fit on a page.
func InOrder(groups []Group, order func(a, b Group) int) []Group {
	slices.SortStableFunc(groups, func(a, b Group) int {
		if (a.Key == NoGroup) != (b.Key == NoGroup) {
			return map[bool]int{true: 1, false: -1}[a.Key == NoGroup]
		}
		return order(a, b)
	})
	if len(groups) > mostGroups {
		rest := Together(groups[mostGroups:])
		rest.Label = strconv.Itoa(len(groups)-mostGroups) + " more groups"
		groups = append(groups[:mostGroups], rest)
	}
	return groups
}

// Together is what groups come to.
func Together(groups []Group) Group {
	all := Group{Totals: money.Totals{}}
	for _, g := range groups {
		all.Count += g.Count
		all.Minutes += g.Minutes
		for _, a := range g.Totals.Amounts() {
			all.Totals.Add(a)
		}
	}
	return all
}

// OpenGroup names the group that is open, over the rows in it.
func (t Tools) OpenGroup(groups []Group) string {
	if t.Shape.In == "" {
		return ""
	}
	for _, g := range groups {
		if g.Key == t.Shape.In {
			return g.Label
		}
	}
	return "This group is empty now"
}

// GroupTable shows groups, each leading to its rows. What names the rows, sum what is
// added up of them.
func (t Tools) GroupTable(groups []Group, what, sum string, figures func(Group) (count, sum string)) ui.Table {
	table := ui.Table{Caption: what + " by " + t.grouping().Label, Columns: []ui.Column{{Label: "Group"}, {Label: what, Numeric: true}}}
	if sum != "" {
		table.Columns = append(table.Columns, ui.Column{Label: sum, Numeric: true})
	}
	cells := func(first templ.Component, g Group) []templ.Component {
		count, total := figures(g)
		list := []templ.Component{first, ui.Text(count)}
		if sum != "" && total != "" {
			return append(list, ui.Text(total))
		}
		if sum != "" {
			return append(list, ui.None())
		}
		return list
	}
	for _, g := range groups {
		first := ui.Text(g.Label)
		if g.Key != "" {
			first = ui.Link(t.path("in", g.Key)+"#"+t.Bar.name, g.Label)
		}
		table.Rows = append(table.Rows, ui.Row{Current: g.Key != "" && g.Key == t.Shape.In, Cells: cells(first, g)})
	}
	all := ui.Text("All of them")
	if t.Shape.In != "" {
		all = ui.Link(t.path("in", ""), "All of them")
	}
	table.Foot = cells(all, Together(groups))
	return table
}
