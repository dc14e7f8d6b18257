package deals

import (
	"sync"
	"time"

	"milepost/calendar"
	"milepost/internal/db"
)

// kept remembers, for each organization, what forms offer to choose from. Nothing
// is decided by it, so that it may be a little old.
type kept[T any] struct {
	mu    sync.Mutex
	pages map[db.Org]page[T]
}

type page[T any] struct {
	value T
	read  calendar.Instant
}

// of gives what is kept, and reads it anew when it is older than a span.
func (k *kept[T]) of(org db.Org, now calendar.Instant, span time.Duration, read func() (T, error)) (T, error) {
	k.mu.Lock()
	known, ok := k.pages[org]
	k.mu.Unlock()
	if ok && now >= known.read && now.Sub(known.read) < span {
		return known.value, nil
	}
	value, err := read()
	if err != nil {
		return value, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.pages == nil {
		k.pages = map[db.Org]page[T]{}
	}
	k.pages[org] = page[T]{value, now}
	return value, nil
}

// forget drops what is kept when it is out of date.
func (k *kept[T]) forget(org db.Org, outOfDate func(T) bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if known, ok := k.pages[org]; ok && outOfDate(known.value) {
		delete(k.pages, org)
	}
}
