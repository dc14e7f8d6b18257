package deals

import (
	"context"
	"fmt"
	"slices"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/problem"
)

// Change is one fact to be recorded about an opportunity, and from when it is true.
type Change struct {
	Kind ledger.Kind
	Fact Fact
	From calendar.Instant // 0 means now
}

// Open records a new opportunity: its creation and what else is known of it at
// once. It gives the opportunity as it then stands.
func Open(ctx context.Context, w *ledger.Writer, changes ...Change) (Opportunity, error) {
	id := ID(db.NewID(w.By.At))
	o, err := add(w, id, nil, changes)
	if err != nil {
		return o, err
	}
	return o, insert(ctx, w.DB, []Opportunity{o})
}

// Record records further facts about an opportunity. When version is not 0 it must
// be the version that the person saw: if someone recorded something meanwhile,
// nothing is written and the refusal says so.
func Record(ctx context.Context, w *ledger.Writer, id ID, version int64, changes ...Change) (Opportunity, error) {
	entries, err := ledger.OfOpportunity(ctx, w.DB, w.DB.Org(), string(id))
	if err != nil {
		return Opportunity{}, err
	}
	if len(entries) == 0 {
		return Opportunity{}, problem.NotFound("There is no such deal.")
	}
	if newest := entries[len(entries)-1].Sequence; version != 0 && version != newest {
		return Opportunity{}, problem.Conflict("", "Someone changed this deal while you were at it. Nothing of yours was saved yet: look at what changed, then save again.")
	}
	o, err := add(w, id, entries, changes)
	if err != nil {
		return o, err
	}
	return o, update(ctx, w.DB, o, touched(changes))
}

// touched tells which of a deal's rows beside its own some changes are about.
func touched(changes []Change) (t besides) {
	for _, c := range changes {
		t.attributes = t.attributes || c.Kind == AttributeSet
		t.competitors = t.competitors || c.Kind == CompetitorNamed || c.Kind == CompetitorDropped
	}
	return t
}

// add gathers the entries and folds the opportunity anew, so that a fact that is
// true from an earlier day lands where it belongs.
func add(w *ledger.Writer, id ID, entries []ledger.Entry, changes []Change) (Opportunity, error) {
	entries = slices.Clone(entries)
	for _, change := range changes {
		from := change.From
		if from == 0 {
			from = w.By.At
		}
		e, err := w.Add(change.Kind, string(id), string(id), from, change.Fact)
		if err != nil {
			return Opportunity{}, err
		}
		entries = append(entries, e)
	}
	o, exists, err := Fold(entries, Ever)
	if err == nil && !exists {
		err = fmt.Errorf("opportunity %s has no entry that creates it", id)
	}
	return o, err
}

// EnsureAccount finds the account of a name, compared by people.Key, or makes it.
func EnsureAccount(ctx context.Context, w *ledger.Writer, name string) (AccountID, error) {
	known, err := EnsureAccounts(ctx, w, []string{name}, w.By.At)
	return known[AccountKey(name)], err
}

// EnsureAccounts is EnsureAccount for many names; the result goes by AccountKey.
func EnsureAccounts(ctx context.Context, w *ledger.Writer, names []string, from calendar.Instant) (map[string]AccountID, error) {
	known, err := accountsByName(ctx, w.DB, names)
	if err != nil {
		return nil, fmt.Errorf("looking for accounts: %w", err)
	}
	var fresh []Account
	for _, name := range names {
		key := AccountKey(name)
		if key == "" || known[key] != "" {
			continue
		}
		a := Account{ID: AccountID(db.NewID(w.By.At)), Name: clean(name), CreatedAt: from}
		if _, err := w.Add(AccountCreated, string(a.ID), "", from, Fact{Value: a.Name}); err != nil {
			return nil, err
		}
		known[key] = a.ID
		fresh = append(fresh, a)
	}
	return known, insertAccounts(ctx, w.DB, fresh)
}
