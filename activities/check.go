package activities

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
)

// mostDifferences is how many differences are listed; more say nothing new.
const mostDifferences = 100

// Check compares the tables of this room with what the ledger comes to, after
// catching up, and lists in sentences what differs. It is for `milepost verify`.
func Check(ctx context.Context, d *db.DB, org db.Org) ([]string, error) {
	d = d.For(org)
	for range 10 {
		if err := CatchUp(ctx, d); err != nil {
			return nil, err
		}
		behind, c := int64(0), &comparison{}
		err := d.Snapshot(ctx, func(d *db.DB) error {
			var err error
			if behind, err = ledger.Behind(ctx, d, reader); err != nil || behind > 0 {
				return err
			}
			return c.all(ctx, d)
		})
		if err != nil || behind == 0 {
			return c.found[:min(len(c.found), mostDifferences)], err
		}
	}
	return nil, fmt.Errorf("the ledger goes on growing while the activities are compared with it; try again in a quieter moment")
}

// comparison gathers differences, and how many rows there should be.
type comparison struct {
	found []string
	want  map[string]int64
}

// all goes through all deals, some at a time, and then looks for rows of deals that
// there are not.
func (c *comparison) all(ctx context.Context, d *db.DB) error {
	c.want = map[string]int64{}
	for after := deals.ID(""); len(c.found) < mostDifferences; {
		list, err := dealsAfter(ctx, d, after, 300)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			break
		}
		after = list[len(list)-1]
		if err := c.some(ctx, d, list); err != nil {
			return err
		}
	}
	for _, count := range []func() error{
		func() error { return countRows(ctx, d, c, activityTable) }, func() error { return countRows(ctx, d, c, noteTable) },
		func() error { return countRows(ctx, d, c, stepTable) }, func() error { return countRows(ctx, d, c, fileTable) },
	} {
		if err := count(); err != nil {
			return err
		}
	}
	return nil
}

func (c *comparison) some(ctx context.Context, d *db.DB, list []deals.ID) error {
	entries, err := entriesOf(ctx, d, list)
	if err != nil {
		return err
	}
	var all Folder
	for _, deal := range list {
		f, err := Fold(entries[deal])
		if err != nil {
			return err
		}
		all.Activities, all.Notes = append(all.Activities, f.Activities...), append(all.Notes, f.Notes...)
		all.Steps, all.Files = append(all.Steps, f.Steps...), append(all.Files, f.Files...)
	}
	if err := compareRows(ctx, d, c, activityTable, list, all.Activities); err != nil {
		return err
	}
	if err := compareRows(ctx, d, c, noteTable, list, all.Notes); err != nil {
		return err
	}
	if err := compareRows(ctx, d, c, stepTable, list, all.Steps); err != nil {
		return err
	}
	return compareRows(ctx, d, c, fileTable, list, all.Files)
}

func compareRows[T comparable](ctx context.Context, d *db.DB, c *comparison, t *table[T], list []deals.ID, want []T) error {
	have, err := t.ofDeals(ctx, d, list)
	if err != nil {
		return fmt.Errorf("reading %s: %w", t.name, err)
	}
	c.want[t.name] += int64(len(want))
	byID := make(map[ID]T, len(have))
	for _, row := range have {
		byID[t.id(row)] = row
	}
	for _, row := range want {
		is, there := byID[t.id(row)]
		delete(byID, t.id(row))
		switch {
		case !there:
			c.say("%s: the row %s, which the ledger comes to, is not there", t.name, t.id(row))
		case is != row:
			c.say("%s: the row %s is %+v, but the ledger comes to %+v", t.name, t.id(row), is, row)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(byID)) {
		c.want[t.name]++
		c.say("%s: the row %s is in no entry of the ledger", t.name, id)
	}
	return nil
}

func countRows[T comparable](ctx context.Context, d *db.DB, c *comparison, t *table[T]) error {
	n, err := t.count(ctx, d)
	if err == nil && n != c.want[t.name] && len(c.found) == 0 {
		c.say("%s: there are %d rows, but the ledger comes to %d", t.name, n, c.want[t.name])
	}
	return err
}

func (c *comparison) say(sentence string, args ...any) {
	c.found = append(c.found, fmt.Sprintf(sentence, args...))
}

// entriesOf reads the entries of some deals.
func entriesOf(ctx context.Context, d *db.DB, list []deals.ID) (map[deals.ID][]ledger.Entry, error) {
	names := make([]string, len(list))
	for i, deal := range list {
		names[i] = string(deal)
	}
	entries, err := ledger.OfOpportunities(ctx, d, d.Org(), names)
	byDeal := make(map[deals.ID][]ledger.Entry, len(list))
	for _, e := range entries {
		deal := deals.ID(e.Opportunity)
		byDeal[deal] = append(byDeal[deal], e)
	}
	return byDeal, err
}
