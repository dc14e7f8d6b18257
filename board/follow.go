package board

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/people"
	"milepost/problem"
)

const (
	everySecond = time.Second
	mostChanges = 500 // beyond it, a page is drawn anew rather than mended
	mostWindows = 20  // of one person that may listen at once
)

// hub has one follower for each organization in which anyone listens.
type hub struct {
	slice.Program
	mu        sync.Mutex
	followers map[db.Org]*follower
}

func newHub(p slice.Program) *hub { return &hub{Program: p, followers: map[db.Org]*follower{}} }

// follower looks at the head of one organization's ledger, reads what is new once for
// everyone, and wakes those who listen.
type follower struct {
	d      *db.DB
	now    chan struct{} // look at once
	cancel context.CancelFunc

	mu      sync.Mutex
	windows map[chan struct{}]people.ID
	from    int64 // everything after it is in recent
	head    int64
	recent  []change
}

// listen lets a window hear of changes until it leaves.
func (h *hub) listen(ctx context.Context, org db.Org, person people.ID) (f *follower, wake chan struct{}, leave func(), err error) {
	head, err := ledger.Head(ctx, h.DB.For(org), org)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("finding the head of the ledger: %w", err)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	f = h.followers[org]
	if f == nil {
		following, cancel := context.WithCancel(context.Background())
		f = &follower{d: h.DB.For(org), now: make(chan struct{}, 1), cancel: cancel, windows: map[chan struct{}]people.ID{}, from: head, head: head}
		h.followers[org] = f
		go h.follow(following, f)
	}
	wake = make(chan struct{}, 1)
	if !f.enter(wake, person) {
		return nil, nil, nil, problem.Forbidden("You have this page open in too many windows. Close some of them.")
	}
	return f, wake, func() { h.leave(org, f, wake) }, nil
}

func (f *follower) enter(wake chan struct{}, person people.ID) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	open := 0
	for _, other := range f.windows {
		if other == person {
			open++
		}
	}
	if open >= mostWindows {
		return false
	}
	f.windows[wake] = person
	return true
}

// leave forgets a window; the follower ends with the last of them.
func (h *hub) leave(org db.Org, f *follower, wake chan struct{}) {
	h.mu.Lock()
	defer h.mu.Unlock()
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.windows, wake)
	if len(f.windows) == 0 {
		f.cancel()
		delete(h.followers, org)
	}
}

// wrote has the follower look at once, after something was written here.
func (h *hub) wrote(org db.Org) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if f := h.followers[org]; f != nil {
		knock(f.now)
	}
}

func knock(door chan struct{}) {
	select {
	case door <- struct{}{}:
	default: // it will be opened anyway
	}
}

func (h *hub) follow(ctx context.Context, f *follower) {
	tick := time.NewTicker(everySecond)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-f.now:
		}
		if err := f.look(ctx); err != nil && ctx.Err() == nil {
			h.Log.Warn("following the ledger for the board", "error", err)
		}
	}
}

// look reads what was recorded since the last look.
func (f *follower) look(ctx context.Context) error {
	head, err := ledger.Head(ctx, f.d, f.d.Org())
	if err != nil || head == f.head { // only look changes the head
		return err
	}
	fresh, whole, err := changesSince(ctx, f.d, f.head, head)
	if err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.recent = append(f.recent, fresh...); !whole {
		f.recent, f.from = nil, head
	}
	if over := len(f.recent) - mostChanges; over > 0 {
		f.from = f.recent[over-1].Sequence
		f.recent = slices.Delete(f.recent, 0, over)
	}
	f.head = head
	for window := range f.windows {
		knock(window)
	}
	return nil
}

// since gives the changes after a sequence; whole is false when they are too many.
func (f *follower) since(ctx context.Context, after int64) (list []change, head int64, whole bool, err error) {
	f.mu.Lock()
	head = f.head
	if after >= f.from {
		for _, c := range f.recent {
			if c.Sequence > after {
				list = append(list, c)
			}
		}
		f.mu.Unlock()
		return list, max(head, after), true, nil
	}
	f.mu.Unlock()
	list, whole, err = changesSince(ctx, f.d, after, head)
	return list, head, whole, err
}
