package activities

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"milepost/internal/db"
	"milepost/internal/ledger"
)

// keeper keeps the tables close to the ledger for whoever reads: when something was
// written that they do not hold yet, it follows beside the request, and the request
// waits for a moment only. So a page is fresh after a deed on another page, and
// quick while a large import is being followed.
type keeper struct {
	db      *db.DB
	log     *slog.Logger
	mu      sync.Mutex
	running map[db.Org]chan struct{}
}

// patience is how long a reader waits for what was written just before.
const patience = 200 * time.Millisecond

func newKeeper(d *db.DB, log *slog.Logger) *keeper {
	return &keeper{db: d, log: log, running: map[db.Org]chan struct{}{}}
}

// freshen brings the tables of an organization up to the ledger, or goes on doing
// so after the reader stopped waiting. It tells whether they are.
func (k *keeper) freshen(ctx context.Context, org db.Org) (bool, error) {
	behind, err := isBehind(ctx, k.db.For(org))
	if err != nil || !behind {
		return err == nil, err
	}
	select {
	case <-k.follow(ctx, org):
		return true, nil
	case <-time.After(patience):
		return false, nil
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
			k.log.Error("following the ledger for activities", "organization", org, "error", err)
		}
	}()
	return done
}

func isBehind(ctx context.Context, d *db.DB) (bool, error) {
	at, err := bookmarkOf(ctx, d, reader)
	if err != nil {
		return false, err
	}
	head, err := ledger.Head(ctx, d, d.Org())
	return at < head, err
}
