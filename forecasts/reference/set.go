package reference

import (
	"context"
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/problem"
)

// Versions reads the tables that were ever set in an organization, the first one first.
func Versions(ctx context.Context, d *db.DB, org db.Org) ([]Version, error) {
	return Between(ctx, d, org, 0, math.MaxInt64)
}

// Between reads those that were set after one entry of the ledger and up to another.
func Between(ctx context.Context, d *db.DB, org db.Org, after, upTo int64) ([]Version, error) {
	entries, err := ledger.OfSubject(ctx, d, org, Subject)
	if err != nil {
		return nil, fmt.Errorf("reading the reference tables: %w", err)
	}
	versions, err := Fold(entries)
	if err != nil {
		return nil, err
	}
	kept := versions[:0]
	for _, v := range versions {
		if v.Sequence > after && v.Sequence <= upTo {
			kept = append(kept, v)
		}
	}
	return kept, nil
}

// newest is the table that was set last, or the one that ships.
func newest(versions []Version) Version {
	if len(versions) == 0 {
		return AsShipped()
	}
	return versions[len(versions)-1]
}

// Replace puts a table in force from the writer's instant on, with the reason of whoever
// sets it, who saw the table with the number seen: one that was set meanwhile is not
// written over unseen. Whether the person may, the rule of the route says.
func Replace(ctx context.Context, w *ledger.Writer, t Table, reason string, seen int) (Version, error) {
	versions, err := Versions(ctx, w.DB, w.DB.Org())
	if err != nil {
		return Version{}, err
	}
	last := newest(versions)
	if seen != last.Number {
		return Version{}, problem.Conflict("", "%s was set meanwhile. Nothing of yours was saved yet: look at both, then save yours again.", Name(last.Number))
	}
	if err := t.Check(); err != nil {
		return Version{}, err
	}
	if err := checkReason(reason); err != nil {
		return Version{}, err
	}
	if t.Same(last.Table) {
		return Version{}, problem.Invalid("", "This is %s as it stands: no figure is different.", lowerFirst(Name(last.Number)))
	}
	fact := Fact{last.Number + 1, t, strings.TrimSpace(reason)}
	e, err := w.Add(Set, Subject, "", w.By.At, fact)
	if err != nil {
		return Version{}, err
	}
	made, err := Fold([]ledger.Entry{e})
	if err != nil {
		return Version{}, err
	}
	return made[0], nil
}

func checkReason(reason string) error {
	switch n := utf8.RuneCountInString(strings.TrimSpace(reason)); {
	case !utf8.ValidString(reason) || n > longestReason:
		return problem.Invalid("reason", "A sentence or two is enough: up to %d letters.", longestReason)
	case n < fewestLetters:
		return problem.Invalid("reason", "Say why, in a sentence. It stands beside the table for whoever wonders later.")
	}
	return nil
}

// Name is what a table is called in a sentence.
func Name(number int) string {
	if number == 0 {
		return "The table as shipped"
	}
	return fmt.Sprintf("Table %d", number)
}

func lowerFirst(text string) string {
	return strings.ToLower(text[:1]) + text[1:]
}
