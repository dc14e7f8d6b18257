package people

import (
	"context"
	"strings"

	"milepost/internal/ledger"
)

// TeamName is what a manager's team is called: the name that was given to it, or
// "Kim's team".
func TeamName(given string, manager Person) string {
	if given != "" {
		return given
	}
	first, _, _ := strings.Cut(manager.Name, " ")
	return first + "'s team"
}

// NameTeam names a manager's team; an empty name brings the usual one back.
func NameTeam(ctx context.Context, w *ledger.Writer, manager ID, name string) error {
	if name = strings.TrimSpace(name); name != "" {
		var err error
		if name, err = CleanName("team", name); err != nil {
			return err
		}
	}
	given, err := teamNames(ctx, w.DB, w.DB.Org())
	if err != nil || given[manager] == name {
		return err
	}
	if _, err := w.Add(TeamNamed, string(manager), "", w.By.At, Fact{Name: name}); err != nil {
		return err
	}
	if name == "" {
		return deleteTeam(ctx, w.DB, manager)
	}
	return upsertTeam(ctx, w.DB, manager, name)
}
