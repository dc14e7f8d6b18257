package record

import (
	"fmt"
	"slices"
	"strings"

	"milepost/forecasts"
	"milepost/forecasts/reference"
)

// leantOn says on which tables of assumptions a method leaned in its kept forecasts;
// nothing for a method that leans on none.
func leantOn(method string, heads []forecasts.FrozenHead) (string, error) {
	days, tables := map[int]int{}, []int{}
	for i := range heads {
		table, noted, err := heads[i].Leaned()
		if err != nil {
			return "", err
		}
		if !noted {
			continue
		}
		if days[table] == 0 {
			tables = append(tables, table)
		}
		days[table]++
	}
	slices.Sort(tables)
	var parts []string
	for _, table := range tables {
		name := reference.Name(table)
		parts = append(parts, fmt.Sprintf("%s on %s", strings.ToLower(name[:1])+name[1:], plural(days[table], "day", "days")))
	}
	switch len(parts) {
	case 0:
		return "", nil
	case 1:
		return named(method) + " began with " + parts[0] + ".", nil
	}
	return fmt.Sprintf("%s began with different assumptions: %s and %s.", named(method), strings.Join(parts[:len(parts)-1], ", "), parts[len(parts)-1]), nil
}
