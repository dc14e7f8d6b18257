package monday

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/targets"
)

// readNew takes in what the ledger says since the shelf was read last. Next steps may
// come a moment after their entries, when they were imported: what the follower of
// activities had not reached yet is read again.
func (s *shelf) readNew(ctx context.Context, d *db.DB, at standing, now calendar.Instant) error {
	from := s.at.Head
	if s.stepsAt < from && from-s.stepsAt < muchNew {
		from = s.stepsAt
	}
	if from >= at.Head {
		return nil
	}
	list, err := touchedAfter(ctx, d, from, at.Head)
	if err != nil {
		return fmt.Errorf("reading what is new in the ledger: %w", err)
	}
	n := newsOf(list)
	if n.erased {
		return s.readAll(ctx, d, now)
	}
	if n.people {
		if err := s.readPeople(ctx, d, now); err != nil {
			return err
		}
	}
	won, err := s.readTouched(ctx, d, &n)
	if err != nil {
		return err
	}
	return s.forget(ctx, d, &n, won)
}

// readTouched reads anew the deals that are touched, and tells whether any of them may be
// won, or may have been: what is open before and after says nothing of what was won.
func (s *shelf) readTouched(ctx context.Context, d *db.DB, n *news) (won bool, err error) {
	if len(n.accounts) > 0 { // names of accounts stand with deals
		list, err := openOfAccounts(ctx, d, n.accounts)
		if err != nil {
			return false, fmt.Errorf("reading deals of accounts that changed: %w", err)
		}
		for _, id := range list {
			n.deals[id] = true
		}
	}
	if len(n.deals) == 0 {
		return false, nil
	}
	ids := slices.Sorted(maps.Keys(n.deals))
	ended := func(id string) bool { return s.open[id] == nil }
	won = slices.ContainsFunc(ids, ended)
	if err := s.readDeals(ctx, d, ids); err != nil {
		return false, err
	}
	won = won || slices.ContainsFunc(ids, ended)
	for _, w := range s.weeks {
		owners, err := w.renew(ctx, d, ids)
		if err != nil {
			return false, err
		}
		for _, owner := range owners {
			s.portfolios.drop(owner)
		}
	}
	return won, nil
}

// forget lets go of answers that the news make another.
func (s *shelf) forget(ctx context.Context, d *db.DB, n *news, won bool) error {
	if n.rates {
		s.memo.rates = nil
		s.portfolios.dropAll() // which are priced
	}
	if won || n.people || n.targets || n.rates {
		s.attained = map[attainedKey]targets.Attained{}
	}
	if won {
		s.memo.largest, s.memo.firsts = nil, nil
	}
	if n.heard || n.people {
		s.memo.heard = nil
	}
	if len(n.spoken) == 0 || s.memo.heard == nil {
		return nil
	}
	doers, err := doersIn(ctx, d, n.spoken)
	if err != nil {
		return fmt.Errorf("reading who logged something: %w", err)
	}
	for _, person := range doers {
		delete(s.memo.heard, person)
	}
	return nil
}

func (s *shelf) readDeals(ctx context.Context, d *db.DB, ids []string) error {
	list, err := dealsNamed(ctx, d, ids)
	if err != nil {
		return fmt.Errorf("reading deals that changed: %w", err)
	}
	steps, err := stepsOf(ctx, d, ids)
	if err != nil {
		return fmt.Errorf("reading next steps: %w", err)
	}
	for i := range list {
		s.put(&list[i])
	}
	s.lay(steps)
	return s.readProcess(ctx, d, ids)
}
