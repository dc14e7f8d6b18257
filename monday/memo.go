package monday

import (
	"context"
	"fmt"
	"slices"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/people"
)

// memo is what was asked of the database since the ledger last moved: the next page
// need not ask again.
type memo struct {
	heard   map[people.ID]calendar.Instant
	largest map[calendar.Date][]best // since a quarter began
}

// lastHeard tells when some people were last heard of.
func (s *shelf) lastHeard(ctx context.Context, d *db.DB, ids []people.ID, now calendar.Instant) ([]heard, error) {
	s.lock.RLock()
	var list []heard
	var missing []people.ID
	for _, id := range ids {
		if at, known := s.memo.heard[id]; known {
			list = append(list, heard{id, at})
		} else {
			missing = append(missing, id)
		}
	}
	asked := s.at
	s.lock.RUnlock()
	if len(missing) == 0 {
		return list, nil
	}
	found, err := lastHeard(ctx, d, missing, now)
	if err != nil {
		return nil, fmt.Errorf("reading who was heard of when: %w", err)
	}
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.at == asked {
		if s.memo.heard == nil {
			s.memo.heard = map[people.ID]calendar.Instant{}
		}
		for _, h := range found {
			s.memo.heard[h.Person] = h.At
		}
	}
	return slices.Concat(list, found), nil
}

// largestWins tells everyone's largest win since the quarter began.
func (s *shelf) largestWins(ctx context.Context, d *db.DB, quarter calendar.Period, o people.Organization) ([]best, error) {
	s.lock.RLock()
	known, is := s.memo.largest[quarter.From]
	asked := s.at
	s.lock.RUnlock()
	if is {
		return known, nil
	}
	found, err := largestWins(ctx, d, quarter.From.Midnight(o.Place()))
	if err != nil {
		return nil, fmt.Errorf("reading the quarter's wins: %w", err)
	}
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.at == asked {
		s.memo.largest = map[calendar.Date][]best{quarter.From: found}
	}
	return found, nil
}
