package monday

import (
	"context"
	"fmt"
	"slices"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/money/rates"
	"milepost/people"
	"milepost/targets"
)

// memo is what was asked of the database, and what the ledger has said nothing new about
// since: the next page need not ask again.
type memo struct {
	firsts  map[people.ID]calendar.Instant // when somebody won for the first time
	heard   map[people.ID]calendar.Instant
	largest map[calendar.Date][]best // since a quarter began
	rates   map[calendar.Date]rates.Book
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

// firstWins tells when some people won their first deal.
func (s *shelf) firstWins(ctx context.Context, d *db.DB, ids []people.ID) (map[people.ID]calendar.Instant, error) {
	firsts := map[people.ID]calendar.Instant{}
	var missing []people.ID
	s.lock.RLock()
	for _, id := range ids {
		if at, known := s.memo.firsts[id]; known {
			firsts[id] = at
		} else {
			missing = append(missing, id)
		}
	}
	asked := s.at
	s.lock.RUnlock()
	if len(missing) == 0 {
		return firsts, nil
	}
	found, err := firstWins(ctx, d, missing)
	if err != nil {
		return nil, fmt.Errorf("reading first wins: %w", err)
	}
	for _, b := range found {
		firsts[b.Owner] = b.First
	}
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.at == asked {
		if s.memo.firsts == nil {
			s.memo.firsts = map[people.ID]calendar.Instant{}
		}
		for _, id := range missing {
			s.memo.firsts[id] = firsts[id]
		}
	}
	return firsts, nil
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

// attain is what everyone has won in the period against their targets, as it is now. The
// shelf has it as long as nothing was recorded that changes it.
func (s *shelf) attain(ctx context.Context, d *db.DB, a asking, head int64) (targets.Attained, error) {
	key := attainedKey{a.Period.From, a.Period.Until, a.Today}
	s.lock.RLock()
	known, is := s.attained[key]
	s.lock.RUnlock()
	if is {
		return known, nil
	}
	found, err := targets.Attainment(ctx, d, a.Viewer.Organization, a.Period, a.Now+1) // what was recorded this very moment counts
	if err != nil {
		return found, fmt.Errorf("reading what is attained: %w", err)
	}
	if found, err = targets.AddUp(ctx, d, a.Viewer.Organization, found, ""); err != nil {
		return found, fmt.Errorf("adding up what is attained: %w", err)
	}
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.attained != nil && s.at.Head == head && found.Behind == 0 {
		s.attained[key] = found
	}
	return found, nil
}

// rates are the exchange rates that hold on a day.
func (s *shelf) rates(ctx context.Context, d *db.DB, today calendar.Date) (rates.Book, error) {
	s.lock.RLock()
	known, is := s.memo.rates[today]
	asked := s.at
	s.lock.RUnlock()
	if is {
		return known, nil
	}
	book, err := rates.On(ctx, d, today)
	if err != nil {
		return book, fmt.Errorf("reading exchange rates: %w", err)
	}
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.at == asked {
		s.memo.rates = map[calendar.Date]rates.Book{today: book}
	}
	return book, nil
}
