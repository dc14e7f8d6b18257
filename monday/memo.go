package monday

import (
	"context"
	"fmt"

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
func (s *shelf) lastHeard(ctx context.Context, d *db.DB, ids []people.ID, now calendar.Instant) (map[people.ID]calendar.Instant, error) {
	return recallEach(s, &s.memo.heard, ids, func(ids []people.ID) ([]did, error) {
		list, err := lastHeard(ctx, d, ids, now)
		if err != nil {
			return nil, fmt.Errorf("reading who was heard of when: %w", err)
		}
		return list, nil
	})
}

// firstWins tells when some people won their first deal.
func (s *shelf) firstWins(ctx context.Context, d *db.DB, ids []people.ID) (map[people.ID]calendar.Instant, error) {
	return recallEach(s, &s.memo.firsts, ids, func(ids []people.ID) ([]did, error) {
		list, err := firstWins(ctx, d, ids)
		if err != nil {
			return nil, fmt.Errorf("reading first wins: %w", err)
		}
		return list, nil
	})
}

// largestWins tells everyone's largest win since the quarter began.
func (s *shelf) largestWins(ctx context.Context, d *db.DB, quarter calendar.Period, o people.Organization) ([]best, error) {
	return recall(s, &s.memo.largest, quarter.From, func() ([]best, error) {
		list, err := largestWins(ctx, d, quarter.From.Midnight(o.Place()))
		if err != nil {
			return nil, fmt.Errorf("reading the quarter's wins: %w", err)
		}
		return list, nil
	})
}

// rates are the exchange rates that hold on a day.
func (s *shelf) rates(ctx context.Context, d *db.DB, today calendar.Date) (rates.Book, error) {
	return recall(s, &s.memo.rates, today, func() (rates.Book, error) {
		book, err := rates.On(ctx, d, today)
		if err != nil {
			return book, fmt.Errorf("reading exchange rates: %w", err)
		}
		return book, nil
	})
}

// recall gives what the memo has for a day, or asks for it. The last one that was asked
// for is kept, unless the shelf went on meanwhile.
func recall[V any](s *shelf, kept *map[calendar.Date]V, day calendar.Date, ask func() (V, error)) (V, error) {
	s.lock.RLock()
	known, is := (*kept)[day]
	asked := s.at
	s.lock.RUnlock()
	if is {
		return known, nil
	}
	found, err := ask()
	if err != nil {
		return found, err
	}
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.at == asked {
		*kept = map[calendar.Date]V{day: found}
	}
	return found, nil
}

// recallEach gives when some people did something, from the memo, and asks for those whom
// that does not know. What is found is kept, also that there is nothing, unless the shelf
// went on meanwhile.
func recallEach(s *shelf, kept *map[people.ID]calendar.Instant, ids []people.ID, ask func([]people.ID) ([]did, error)) (map[people.ID]calendar.Instant, error) {
	all := map[people.ID]calendar.Instant{}
	var missing []people.ID
	s.lock.RLock()
	for _, id := range ids {
		if known, is := (*kept)[id]; is {
			all[id] = known
		} else {
			missing = append(missing, id)
		}
	}
	asked := s.at
	s.lock.RUnlock()
	if len(missing) == 0 {
		return all, nil
	}
	found, err := ask(missing)
	if err != nil {
		return nil, err
	}
	for _, id := range missing {
		all[id] = 0
	}
	for _, x := range found {
		all[x.Person] = x.At
	}
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.at != asked {
		return all, nil
	}
	if *kept == nil {
		*kept = map[people.ID]calendar.Instant{}
	}
	for _, id := range missing {
		(*kept)[id] = all[id]
	}
	return all, nil
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
