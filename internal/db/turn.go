package db

import (
	"context"
	"sync"
)

// turns let those who write for one organization wait without a connection each: while
// one of them takes long, all the others would hold the pool, and whoever reads would
// wait with them. SQLite's one writing connection is such a turn already.
type turns struct {
	hold sync.Mutex
	of   map[Org]chan struct{}
}

// Turn waits until nobody else of this program writes for the organization; done ends
// the turn. Other programs are kept out by the database alone.
func (d *DB) Turn(ctx context.Context) (done func(), err error) {
	if d.tx != nil || d.kind != Postgres {
		return func() {}, nil
	}
	turn := d.pools.turns.get(d.org)
	select {
	case turn <- struct{}{}:
		return func() { <-turn }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (t *turns) get(org Org) chan struct{} {
	t.hold.Lock()
	defer t.hold.Unlock()
	if t.of == nil {
		t.of = map[Org]chan struct{}{}
	}
	if t.of[org] == nil {
		t.of[org] = make(chan struct{}, 1)
	}
	return t.of[org]
}
