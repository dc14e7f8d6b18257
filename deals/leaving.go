package deals

import (
	"context"
	"fmt"

	"milepost/calendar"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
)

// LetGo hands every open deal of a person over, to one successor or, where choice
// names one, to another, and records that the person has left: all of it or
// nothing. What has ended stays with whoever ended it.
func LetGo(ctx context.Context, w *ledger.Writer, person, successor people.ID, choice map[ID]people.ID, leave Leave) (int, error) {
	ids, err := openDealsOf(ctx, w.DB, person)
	if err != nil {
		return 0, fmt.Errorf("listing open deals: %w", err)
	}
	named := map[people.ID]people.Person{}
	for _, id := range ids {
		to := successor
		if choice[id] != "" {
			to = choice[id]
		}
		heir, err := heirNamed(ctx, w, named, person, to)
		if err != nil {
			return 0, err
		}
		if _, err := Record(ctx, w, id, 0, Change{Kind: OwnerSet, Fact: Fact{Person: heir.ID}}); err != nil {
			return 0, fmt.Errorf("handing deal %s over: %w", id, err)
		}
	}
	return len(ids), leave(ctx, w, person, w.By.At)
}

// Leave records that a person has left: people.Leave.
type Leave func(ctx context.Context, w *ledger.Writer, person people.ID, at calendar.Instant) error

// heirNamed reads who takes a deal over, each person once.
func heirNamed(ctx context.Context, w *ledger.Writer, named map[people.ID]people.Person, leaver, id people.ID) (people.Person, error) {
	if known, ok := named[id]; ok {
		return known, nil
	}
	if id == "" {
		return people.Person{}, problem.Invalid("successor", "Choose who takes the open deals over.")
	}
	if id == leaver {
		return people.Person{}, problem.Invalid("successor", "Choose someone else than the one who leaves.")
	}
	p, err := heir(ctx, w.DB, w.DB.Org(), id, "successor")
	if err == nil {
		named[id] = p
	}
	return p, err
}
