package deals

import (
	"context"
	"fmt"

	"milepost/internal/ledger"
)

// EnsureAll finds the accounts of many names, compared by AccountKey, or makes them
// with the ids and from the instants that are handed in. An account that is there
// under its id, and was renamed since, is that account. The result goes by the
// AccountKey of the names handed in; made counts those that were not there.
func EnsureAll(ctx context.Context, w *ledger.Writer, wanted []Account) (known map[string]AccountID, made int, err error) {
	names, ids := make([]string, len(wanted)), make([]AccountID, len(wanted))
	for i, a := range wanted {
		names[i], ids[i] = a.Name, a.ID
	}
	if known, err = accountsByName(ctx, w.DB, names); err != nil {
		return nil, 0, fmt.Errorf("looking for accounts: %w", err)
	}
	there, err := accountsThere(ctx, w.DB, ids)
	if err != nil {
		return nil, 0, fmt.Errorf("looking for accounts: %w", err)
	}
	var fresh []Account
	for _, a := range wanted {
		key := AccountKey(a.Name)
		if key == "" || known[key] != "" {
			continue
		}
		known[key] = a.ID
		if there[a.ID] {
			continue
		}
		a.Name = clean(a.Name)
		if _, err := w.Add(AccountCreated, string(a.ID), "", a.CreatedAt, Fact{Value: a.Name}); err != nil {
			return nil, 0, err
		}
		fresh = append(fresh, a)
	}
	return known, len(fresh), insertAccounts(ctx, w.DB, fresh)
}
