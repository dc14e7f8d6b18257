package accounts

import (
	"fmt"

	"milepost/internal/ui"
	"milepost/people"
	"milepost/views"
)

var accountGroupings = []views.Grouping{
	{Name: "owner", Label: "owner", None: "Nobody"},
	{Name: "industry", Label: "industry", None: "No industry"},
	{Name: "country", Label: "country", None: "No country"},
	{Name: "region", Label: "region or city", None: "No region"},
}

var contactGroupings = []views.Grouping{
	{Name: "account", Label: "account", None: "No account"},
	{Name: "owner", Label: "owner of the account", None: "Nobody"},
	{Name: "language", Label: "language", None: "No language"},
}

// inGroups makes groups of tallies: people by name, what else there is by how much
// there is of it.
func inGroups(f Filter, tallies []views.Tally, groupings []views.Grouping, names map[people.ID]string) []views.Group {
	order := views.ByCount
	if f.Group == "owner" {
		order = views.ByLabel
		for i, t := range tallies {
			tallies[i].Label = orSomeone(names[people.ID(t.Key)])
		}
	}
	return views.InOrder(views.Gather(tallies, views.GroupingNamed(groupings, f.Group).None), order)
}

// accountGroups counts the accounts of a filter and adds up what is open there, by
// group, also in those groups that are not open.
func (k desk) accountGroups(f Filter, names map[people.ID]string) ([]views.Group, error) {
	if f.Group == "" {
		return nil, nil
	}
	tallies, err := accountTallies(k.ctx, k.d, k.v, f)
	if err != nil {
		return nil, fmt.Errorf("adding groups of accounts up: %w", err)
	}
	return inGroups(f, tallies, accountGroupings, names), nil
}

// contactGroups counts the contacts of a filter by group.
func (k desk) contactGroups(f Filter, names map[people.ID]string) ([]views.Group, error) {
	if f.Group == "" {
		return nil, nil
	}
	tallies, err := contactTallies(k.ctx, k.d, k.v, f)
	if err != nil {
		return nil, fmt.Errorf("counting groups of contacts: %w", err)
	}
	return inGroups(f, tallies, contactGroupings, names), nil
}

func accountGroupTable(t views.Tools, groups []views.Group) ui.Table {
	return t.GroupTable(groups, "Accounts", "Open", func(g views.Group) (string, string) {
		return itoa(int(g.Count)), amounts(g.Totals)
	})
}

func contactGroupTable(t views.Tools, groups []views.Group) ui.Table {
	return t.GroupTable(groups, "Contacts", "", func(g views.Group) (string, string) { return itoa(int(g.Count)), "" })
}
