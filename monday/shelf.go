package monday

import (
	"context"
	"fmt"
	"sync"
	"time"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/money"
	"milepost/people"
	"milepost/process/audits"
	"milepost/targets"
)

// library keeps, for each organization that is being looked at, what the pages are
// made of: the open deals, what changed since the last Monday, what is usual. A page
// reads from the database only what the ledger says is new since the page before, so
// that the head of four hundred people waits no longer than the manager of ten. What
// nobody looked at for a while is let go.
type library struct {
	turn    sync.Mutex
	shelves map[db.Org]*shelf
}

// keepFor is how long a shelf is kept after the last look at it.
const keepFor = 20 * time.Minute

// shelf is one organization. Whoever reads holds the lock for reading; it is written
// only while it is brought up to the ledger.
type shelf struct {
	lock       sync.RWMutex
	at         standing
	stepsAt    int64 // how far the follower of next steps was
	open       map[string]*deal
	owned      map[people.ID]map[string]*deal
	median     map[money.Currency]float64 // of the open deals' amounts
	planned    int                        // open deals with a next step
	steps      bool                       // there are any: somebody here records next steps
	plans      bool                       // somebody here has evaluation plans
	waits      map[string][]audits.Wait   // audits that wait, by the deal; of deals that have ended too
	line       audits.Line                // who audits whom
	weeks      map[calendar.Instant]*week
	portfolios portfolioShelf
	people     roster
	usual      usuals
	biases     []bias
	tempos     tempoBook
	stalls     map[people.ID]stall // by who leads the line
	stages     map[string]int
	stagesAt   calendar.Instant
	attained   map[attainedKey]targets.Attained
	memo       memo
	letGo      *time.Timer
}

type attainedKey struct {
	from, until calendar.Date
	day         calendar.Date
}

// roster is who is here and who reports to whom.
type roster struct {
	Names map[people.ID]string
	Here  map[people.ID]bool
	Sells map[people.ID]bool // sells, or leads those who do
	Chart people.Chart
}

func (l *library) of(org db.Org) *shelf {
	l.turn.Lock()
	defer l.turn.Unlock()
	if l.shelves == nil {
		l.shelves = map[db.Org]*shelf{}
	}
	s := l.shelves[org]
	if s == nil {
		s = &shelf{}
		s.letGo = time.AfterFunc(keepFor, func() {
			l.turn.Lock()
			defer l.turn.Unlock()
			if l.shelves[org] == s {
				delete(l.shelves, org)
			}
		})
		l.shelves[org] = s
	}
	s.letGo.Reset(keepFor)
	return s
}

// muchNew is how many new entries make it quicker to read everything anew.
const muchNew = 20_000

// mostWeeks is how many different "since" are kept.
const mostWeeks = 8

// freshen brings the shelf up to the ledger, with what changed since an instant, and
// tells how far that is.
func (s *shelf) freshen(ctx context.Context, d *db.DB, now, since calendar.Instant) (standing, error) {
	at, err := standingOf(ctx, d)
	if err != nil {
		return at, fmt.Errorf("finding the end of the ledger: %w", err)
	}
	s.lock.RLock()
	current := s.current(at, now, since)
	s.lock.RUnlock()
	if current {
		return at, nil
	}
	return s.refresh(ctx, d, at, now, since)
}

// read hands over the shelf and what changed since an instant; what is read may be
// kept, the shelf itself may not.
func (s *shelf) read(since calendar.Instant, with func(*shelf, *week) error) error {
	s.lock.RLock()
	defer s.lock.RUnlock()
	w := s.weeks[since]
	if w == nil { // pushed out by others in the moment between
		return fmt.Errorf("what changed since %s is gone again", since)
	}
	return with(s, w)
}

// stagesKept is how long the order of the stages is taken as read.
const stagesKept = 30 * time.Minute

func (s *shelf) current(at standing, now, since calendar.Instant) bool {
	return s.open != nil && s.at == at && s.stepsAt == at.Activities && s.weeks[since] != nil && now.Sub(s.stagesAt) < stagesKept
}

func (s *shelf) refresh(ctx context.Context, d *db.DB, at standing, now, since calendar.Instant) (standing, error) {
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.open != nil && at.Head < s.at.Head { // others wrote meanwhile, and someone else read it
		again, err := standingOf(ctx, d)
		if err != nil {
			return at, fmt.Errorf("finding the end of the ledger again: %w", err)
		}
		at = again
	}
	if s.current(at, now, since) { // someone else just did
		return at, nil
	}
	return at, s.bringUpTo(ctx, d, at, now, since)
}

func (s *shelf) bringUpTo(ctx context.Context, d *db.DB, at standing, now, since calendar.Instant) error {
	before := s.at
	if s.open == nil || at.Head < before.Head || at.Head-before.Head > muchNew {
		if err := s.readAll(ctx, d, now); err != nil {
			return err
		}
	} else if err := s.readNew(ctx, d, at, now); err != nil {
		return err
	}
	if s.stages == nil || now.Sub(s.stagesAt) >= stagesKept {
		if err := s.readStages(ctx, d, now); err != nil {
			return err
		}
	}
	if before.Reckoned != at.Reckoned || before.Biased != at.Biased || s.usual.of == nil {
		if err := s.readUsual(ctx, d, at); err != nil {
			return err
		}
	}
	if s.weeks[since] == nil {
		if len(s.weeks) >= mostWeeks {
			clear(s.weeks)
		}
		w, err := readWeek(ctx, d, since)
		if err != nil {
			return err
		}
		s.weeks[since] = w
	}
	s.at, s.stepsAt = at, at.Activities
	return nil
}
