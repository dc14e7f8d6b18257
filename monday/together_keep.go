package monday

import (
	"context"
	"crypto/sha256"
	"log/slog"
	"sync"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/people"
)

// prospects keeps for a while what periods come to: to draw the ways how things may turn
// out takes most of a second where there are many deals, and every entry in the ledger
// would have it done again.
type prospects struct {
	log  *slog.Logger
	turn sync.Mutex
	held map[prospectKey]*prospect
}

type prospectKey struct {
	org    db.Org
	person people.ID
	period calendar.Period
	sight  [sha256.Size]byte
}

type prospect struct {
	*together
	at     calendar.Instant
	asking bool
}

// known is an answer that is still good, or nil; one that is not fresh is renewed beside
// the page.
func (s *prospects) known(key prospectKey, now calendar.Instant, renew func() (*together, error)) *together {
	s.turn.Lock()
	defer s.turn.Unlock()
	p := s.held[key]
	if p == nil || now < p.at || now.Sub(p.at) >= goodFor {
		return nil
	}
	fresh := freshFor
	if p.Learning {
		fresh = learnsFor
	}
	if now.Sub(p.at) >= fresh && !p.asking {
		p.asking = true
		go func() {
			is, err := renew()
			if err != nil {
				s.log.Error("renewing what a period comes to", "organization", key.org, "error", err)
			}
			s.keep(key, now, is)
		}()
	}
	return p.together
}

// keep takes in an answer; where there is none, it is asked for again.
func (s *prospects) keep(key prospectKey, now calendar.Instant, is *together) {
	s.turn.Lock()
	defer s.turn.Unlock()
	if s.held == nil {
		s.held = map[prospectKey]*prospect{}
	}
	for old, p := range s.held { // of those who do not look any more, and of other targets
		if now.Sub(p.at) >= goodFor {
			delete(s.held, old)
		}
	}
	switch p := s.held[key]; {
	case is != nil:
		s.held[key] = &prospect{together: is, at: now}
	case p != nil:
		p.asking = false
	}
}

// foresee puts into a report what its period comes to: where that is kept, at once, else
// only when it is told to wait.
func (p *pages) foresee(ctx context.Context, d *db.DB, r *report, wait bool) error {
	key := prospectKey{r.Viewer.Org, r.Person, r.Period, r.sight()}
	beside := context.WithoutCancel(ctx)
	r.Together = p.prospects.known(key, r.Now, func() (*together, error) { return p.likely(beside, d, r) })
	if r.Together != nil || !wait {
		return nil
	}
	is, err := p.likely(ctx, d, r)
	if err != nil {
		return err
	}
	r.Together = is
	p.prospects.keep(key, r.Now, is)
	return nil
}
