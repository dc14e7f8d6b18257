package forecasts

import (
	"context"
	"fmt"
	"time"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
)

// rehearsing is the job's: it works for a while in each organization, every minute until
// all is there; then once a day, and whenever more of the past came to be known.
type rehearsing struct {
	clock  calendar.Clock
	memory *Memory
	done   map[db.Org]upTo
	seen   map[db.Org]int64 // the end of the ledger a minute ago
}

// upTo is when all was there, and up to which entry of the ledger.
type upTo struct {
	day  calendar.Date
	head int64
}

// stint is how long it works at a time: a fifth of the time, so that pages have the rest.
const stint = 12 * time.Second

func (r *rehearsing) run(ctx context.Context, d *db.DB, now calendar.Instant) error {
	o, err := people.OrganizationOf(ctx, d, d.Org())
	if err != nil {
		return fmt.Errorf("reading the organization: %w", err)
	}
	head, err := ledger.Head(ctx, d, o.ID)
	if err != nil {
		return fmt.Errorf("finding the end of the ledger: %w", err)
	}
	before, looked := r.seen[o.ID]
	if r.seen[o.ID] = head; looked && head-before >= muchNew {
		return nil // an import is under way: what would be made now were soon outdated
	}
	today := calendar.DateOf(now, o.Place())
	if last := r.done[o.ID]; last.day == today && head-last.head < muchNew {
		if head == last.head {
			return nil
		}
		earliest, err := outdate(ctx, d, head)
		if err != nil {
			return err
		}
		if earliest >= today.Midnight(o.Place()) {
			return nil
		}
	}
	delete(r.done, o.ID) // until all is there
	done, err := Rehearse(ctx, d, o, now, func() bool { return r.clock().Sub(now) > stint })
	if done {
		r.done[o.ID] = upTo{today, head}
		r.memory.Renew(o.ID)
	}
	return err
}
