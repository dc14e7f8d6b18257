package accounts

import (
	"context"

	"milepost/internal/db"
	"milepost/problem"
)

// deepest is how many levels a hierarchy may have: more is a mistake, not a group.
const deepest = 20

// mustNotCircle refuses a parent that is the account itself, or below it.
func mustNotCircle(ctx context.Context, d *db.DB, id, parent ID) error {
	if parent == "" {
		return nil
	}
	if parent == id {
		return problem.Invalid("parent", "An account cannot belong to itself.")
	}
	above, err := ancestors(ctx, d, parent)
	if err != nil {
		return err
	}
	for _, a := range above {
		if a.ID == id {
			return problem.Invalid("parent", "%s belongs to this account already, directly or through others, so this one cannot belong to it.", above[0].Name)
		}
	}
	if len(above) >= deepest {
		return problem.Invalid("parent", "That would be more than %d levels. Choose an account further up.", deepest)
	}
	return nil
}

// ancestors lists an account and everyone above it, nearest first.
func ancestors(ctx context.Context, d *db.DB, id ID) ([]Account, error) {
	var list []Account
	for id != "" && len(list) <= deepest {
		a, err := accountOf(ctx, d, id)
		if err != nil {
			return list, err
		}
		list = append(list, a)
		id = a.Parent
	}
	return list, nil
}

// mustBeFree refuses a name that another account has.
func mustBeFree(ctx context.Context, d *db.DB, name string, except ID) error {
	other, err := accountNamed(ctx, d, name)
	if problem.Is(err, problem.KindNotFound) || err == nil && other == except {
		return nil
	}
	if err != nil {
		return err
	}
	return problem.Conflict("name", "There is an account of this name already. If it is another company, add what tells them apart, such as the city.")
}
