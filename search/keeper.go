package search

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"milepost/internal/db"
)

// keeper keeps the index close to the ledger for whoever looks: what was typed on
// another page a moment ago is found. A large import is followed beside, and nobody
// waits for it.
type keeper struct {
	db      *db.DB
	log     *slog.Logger
	mu      sync.Mutex
	running map[db.Org]chan struct{}
}

const (
	patience = 200 * time.Millisecond // how long somebody who looks waits for what was written just before
	little   = 2 * batch              // up to so many entries, waiting is worth while
)

func newKeeper(d *db.DB, log *slog.Logger) *keeper {
	return &keeper{db: d, log: log, running: map[db.Org]chan struct{}{}}
}

// freshen brings the index up to the ledger if that is soon done, and tells how many
// entries are still to be followed.
func (k *keeper) freshen(ctx context.Context, org db.Org) (behind int64, err error) {
	at, err := reachOf(ctx, k.db.For(org))
	if err != nil || at.Head <= at.At {
		return 0, err
	}
	done := k.follow(ctx, org)
	if behind = at.Head - at.At; behind > little {
		return behind, nil
	}
	select {
	case <-done:
		return 0, nil
	case <-time.After(patience):
		return behind, nil
	}
}

// follow starts to follow unless that goes on already; the channel closes at the end.
func (k *keeper) follow(ctx context.Context, org db.Org) chan struct{} {
	k.mu.Lock()
	defer k.mu.Unlock()
	if done, goes := k.running[org]; goes {
		return done
	}
	done := make(chan struct{})
	k.running[org] = done
	go func() {
		defer func() {
			k.mu.Lock()
			delete(k.running, org)
			k.mu.Unlock()
			close(done)
		}()
		if err := CatchUp(context.WithoutCancel(ctx), k.db.For(org)); err != nil {
			k.log.Error("following the ledger for search", "organization", org, "error", err)
		}
	}()
	return done
}
