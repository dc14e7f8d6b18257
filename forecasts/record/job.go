package record

import (
	"context"
	"fmt"

	"milepost/calendar"
	"milepost/forecasts"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
)

// correctable is how many days after its end a horizon is scored again when the ledger
// tells something else of it: an outcome that is entered late, put right, or taken back. What
// is told later still rewrites nothing.
const correctable = 60

// keeper scores what has come due.
type keeper struct{ memory *forecasts.Memory }

// run is the job: cheap where nothing has ended and nothing was recorded since.
func (k keeper) run(ctx context.Context, d *db.DB, now calendar.Instant) error {
	o, err := people.OrganizationOf(ctx, d, d.Org())
	if err != nil {
		return fmt.Errorf("reading the organization: %w", err)
	}
	last, err := lastChecked(ctx, d)
	if err != nil {
		return fmt.Errorf("reading up to where outcomes are known: %w", err)
	}
	head, err := ledger.Head(ctx, d, o.ID)
	if err != nil {
		return fmt.Errorf("finding the end of the ledger: %w", err)
	}
	known := now
	if head == last.Sequence { // nothing was recorded since: what ends after that is not known yet
		known = min(known, last.KnownAt)
	}
	list, err := dueBy(ctx, d, o, known)
	if err != nil {
		return err
	}
	if len(list) == 0 && head == last.Sequence {
		return nil
	}
	s := &scorer{d: d, o: o, now: now}
	if s.log, s.known, err = k.memory.History(ctx, d, o); err != nil {
		return err
	}
	s.find = s.log.Finder()
	for i := range list {
		if err := s.score(ctx, &list[i].FrozenHead, nil, list[i].again); err != nil {
			return err
		}
	}
	if err := s.again(ctx, last.Sequence); err != nil {
		return err
	}
	return setChecked(ctx, d, checked{s.known, s.log.Known()})
}

// due is a frozen forecast to score: what is not scored yet of it, or where it was made again
// after it was scored, all of it.
type due struct {
	forecasts.FrozenHead
	again bool
}

// dueBy lists the frozen forecasts of which more horizons have ended than are scored, and
// the rehearsed ones that were made again after they were scored. Of days so long ago that
// every horizon has ended all are scored at once.
func dueBy(ctx context.Context, d *db.DB, o people.Organization, known calendar.Instant) (list []due, err error) {
	heads, err := forecasts.FrozenHeads(ctx, d, o.ID, calendar.DateOf(known, o.Place()).AddDays(-longAgo))
	if err != nil {
		return nil, fmt.Errorf("listing frozen forecasts: %w", err)
	}
	tallies, err := scoredCounts(ctx, d)
	if err != nil {
		return nil, fmt.Errorf("counting scores: %w", err)
	}
	scored := make(map[[2]string]tally, len(tallies))
	for _, t := range tallies {
		scored[[2]string{string(t.Day), t.Method}] = t
	}
	for _, head := range heads {
		done := scored[[2]string{string(head.Day), head.Method}]
		ended, err := endedBy(&head, o, known)
		if err != nil {
			return nil, err
		}
		again := head.Rehearsed == 1 && done.Count > 0 && head.Sequence > done.Knew
		if again || len(ended) > done.Count || head.Settings == "" && done.Count == 0 {
			list = append(list, due{head, again})
		}
	}
	return list, nil
}

// longAgo is more days than the longest horizon that is frozen, a year, by so much that
// nobody who works with Milepost stays away for the difference.
const longAgo = 600

// endedBy lists the horizons of a frozen forecast that had ended by an instant.
func endedBy(head *forecasts.FrozenHead, o people.Organization, known calendar.Instant) (list []forecasts.Horizon, err error) {
	horizons, err := head.Looks()
	for _, h := range horizons {
		if forecasts.EndOf(head.AsOf, h, o.Place()) <= known {
			list = append(list, h)
		}
	}
	return list, err
}
