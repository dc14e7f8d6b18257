package evidence

import (
	"context"
	"fmt"
	"reflect"
	"slices"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/process"
)

// mostDifferences is how many differences are listed; more say nothing new.
const mostDifferences = 100

// Check compares the tables of this room with what the ledger comes to, and lists in
// sentences what differs. It is for `milepost verify`. Deals of which the follower has
// still to take something in are left for the next time.
func Check(ctx context.Context, d *db.DB, org db.Org) ([]string, error) {
	var found []string
	err := d.For(org).Snapshot(ctx, func(d *db.DB) error {
		library, err := process.ReadLibrary(ctx, d)
		if err != nil {
			return err
		}
		c := &comparison{library: library}
		if c.at, err = followedTo(ctx, d); err != nil {
			return err
		}
		for after := deals.ID(""); len(c.found) < mostDifferences; {
			list, err := dealsAfter(ctx, d, after, atOnce)
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
		if found = c.found; c.skipped {
			return nil
		}
		return c.count(ctx, d, &found)
	})
	return found[:min(len(found), mostDifferences)], err
}

// comparison gathers differences, and how many rows there should be.
type comparison struct {
	library                  process.Library
	at                       int64 // how far the follower is
	skipped                  bool
	found                    []string
	under, milestones, items int64
}

func (c *comparison) some(ctx context.Context, d *db.DB, list []deals.ID) error {
	names := make([]string, len(list))
	for i, id := range list {
		names[i] = string(id)
	}
	entries, err := ledger.OfOpportunities(ctx, d, d.Org(), names)
	if err != nil {
		return err
	}
	byDeal := map[deals.ID][]ledger.Entry{}
	for _, e := range entries {
		byDeal[deals.ID(e.Opportunity)] = append(byDeal[deals.ID(e.Opportunity)], e)
	}
	have, err := rowsOf(ctx, d, list)
	if err != nil {
		return err
	}
	for _, id := range list {
		if slices.ContainsFunc(byDeal[id], func(e ledger.Entry) bool { return e.Sequence > c.at && follows(e.Kind) }) {
			c.skipped = true
			continue
		}
		want, err := Fold(byDeal[id], c.library, deals.Ever)
		if err != nil {
			return err
		}
		c.compare(id, rowsFrom(d.Org(), id, &want), have[id])
	}
	return nil
}

// rows are what the tables hold of one deal.
type rows struct {
	under      *underRow
	milestones []milestoneRow
	items      []itemRow
}

func (c *comparison) compare(id deals.ID, want, have rows) {
	if !reflect.DeepEqual(want.under, have.under) {
		c.say("deal_processes: of deal %s the row is %+v, but the ledger comes to %+v", id, deref(have.under), deref(want.under))
	}
	if want.under != nil {
		c.under++
	}
	c.milestones, c.items = c.milestones+int64(len(want.milestones)), c.items+int64(len(want.items))
	compareRows(c, "deal_milestones", id, want.milestones, have.milestones)
	compareRows(c, "evidence", id, want.items, have.items)
}

func compareRows[T comparable](c *comparison, table string, id deals.ID, want, have []T) {
	for _, row := range want {
		if !slices.Contains(have, row) {
			c.say("%s: of deal %s the row %+v, which the ledger comes to, is not there", table, id, row)
		}
	}
	for _, row := range have {
		if !slices.Contains(want, row) {
			c.say("%s: of deal %s the row %+v is in no entry of the ledger", table, id, row)
		}
	}
}

func deref(r *underRow) underRow {
	if r == nil {
		return underRow{}
	}
	return *r
}

// count looks for rows of deals that there are not.
func (c *comparison) count(ctx context.Context, d *db.DB, found *[]string) error {
	for table, want := range map[string]int64{"deal_processes": c.under, "deal_milestones": c.milestones, "evidence": c.items} {
		n, err := countOf(ctx, d, table)
		if err != nil {
			return err
		}
		if n != want && len(*found) == 0 {
			*found = append(*found, fmt.Sprintf("%s: there are %d rows, but the ledger comes to %d", table, n, want))
		}
	}
	return nil
}

func (c *comparison) say(sentence string, args ...any) {
	c.found = append(c.found, fmt.Sprintf(sentence, args...))
}

// followedTo is the sequence up to which the follower has taken the ledger in.
func followedTo(ctx context.Context, d *db.DB) (int64, error) {
	behind, err := ledger.Behind(ctx, d, Reader)
	if err != nil {
		return 0, err
	}
	head, err := ledger.Head(ctx, d, d.Org())
	return head - behind, err
}
