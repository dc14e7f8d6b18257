package ledger

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"milepost/internal/db"
)

// Keeper keeps the tables of a reader close to the ledger for whoever looks: when
// something was written that they do not hold yet, it follows beside the request, and
// the request waits for a moment only. So a page is fresh after a deed on another
// page, and quick while a large import is being followed.
type Keeper struct {
	db      *db.DB
	log     *slog.Logger
	reader  string
	most    int64 // up to so many entries, waiting is worth while; 0 is always
	catchUp func(context.Context, *db.DB) error
	mu      sync.Mutex
	running map[db.Org]chan struct{}
}

// patience is how long a request waits for what was written just before.
const patience = 200 * time.Millisecond

// NewKeeper makes a keeper of the reader with this bookmark, who comes to the end of
// the ledger by catchUp. A reader who is further behind than most is not waited for;
// 0 waits always.
func NewKeeper(d *db.DB, log *slog.Logger, reader string, most int64, catchUp func(context.Context, *db.DB) error) *Keeper {
	return &Keeper{db: d, log: log, reader: reader, most: most, catchUp: catchUp, running: map[db.Org]chan struct{}{}}
}

// Freshen brings the tables of an organization up to the ledger, or goes on doing so
// after the request stopped waiting. It tells how many entries are still to be
// followed: 0 when the tables hold everything.
func (k *Keeper) Freshen(ctx context.Context, org db.Org) (int64, error) {
	behind, err := Behind(ctx, k.db.For(org), k.reader)
	if err != nil {
		return 0, fmt.Errorf("asking how far %s has followed: %w", k.reader, err)
	}
	if behind == 0 {
		return 0, nil
	}
	done := k.follow(ctx, org)
	if k.most != 0 && behind > k.most {
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
func (k *Keeper) follow(ctx context.Context, org db.Org) chan struct{} {
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
		if err := k.catchUp(context.WithoutCancel(ctx), k.db.For(org)); err != nil {
			k.log.Error("following the ledger", "reader", k.reader, "organization", org, "error", err)
		}
	}()
	return done
}
