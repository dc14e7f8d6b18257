package monday

import (
	"context"
	"fmt"
	"slices"
	"strings"

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
	ids, others := sorted(list)
	s.attained = map[attainedKey]targets.Attained{}
	if slices.ContainsFunc(others, func(kind string) bool { return strings.HasPrefix(kind, "account") || kind == "ledger.erased" }) {
		return s.readAll(ctx, d, now) // names of accounts stand with many deals
	}
	if len(others) > 0 {
		if err := s.readPeople(ctx, d, now); err != nil {
			return err
		}
	}
	if len(ids) == 0 {
		return nil
	}
	if err := s.readDeals(ctx, d, ids); err != nil {
		return err
	}
	for since, w := range s.weeks {
		if err := w.renew(ctx, d, since, ids); err != nil {
			return err
		}
	}
	return nil
}

// sorted parts what is new into deals and the kinds of everything else.
func sorted(list []touched) (ids, others []string) {
	for _, t := range list {
		if t.Deal != "" {
			ids = append(ids, t.Deal)
		} else {
			others = append(others, string(t.Kind))
		}
	}
	return ids, others
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

// week is what changed since an instant: every deal about which something became known
// since, as it stood then and as it stands now.
type week struct {
	since calendar.Instant
	moves map[string]*move
	list  []*move // by id
}

// readWeek reads what changed since an instant.
func readWeek(ctx context.Context, d *db.DB, since calendar.Instant) (*week, error) {
	ids, err := changedSince(ctx, d, since, movingKinds)
	if err != nil {
		return nil, fmt.Errorf("finding what changed: %w", err)
	}
	w := &week{since: since, moves: make(map[string]*move, len(ids))}
	return w, w.renew(ctx, d, since, ids)
}
