package imports

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/problem"
)

// keeper keeps the line about one import: its heart beats until the import ends.
type keeper struct {
	run     *Run
	d       *db.DB
	clock   calendar.Clock
	stop    chan struct{}
	beating sync.WaitGroup
	lock    sync.Mutex
	at      Progress
}

func (k *keeper) note(p Progress) {
	k.lock.Lock()
	k.at = p
	k.lock.Unlock()
}

func (k *keeper) begin(ctx context.Context, d *db.DB) error {
	if err := claim(ctx, d, k.run, k.clock()); err != nil {
		return err
	}
	k.live(d)
	return nil
}

// claim takes the organization's one place for a running import.
func claim(ctx context.Context, d *db.DB, run *Run, now calendar.Instant) error {
	return d.InTx(ctx, func(tx *db.DB) error {
		running, err := runningNow(ctx, tx)
		if err != nil {
			return err
		}
		for _, other := range running {
			if other.as(now).State == Running {
				return problem.Conflict("file", "Another import is under way (%s). Wait until it has ended, then start this one.", other.File)
			}
			if err := endSilent(ctx, tx, other.ID, now); err != nil {
				return err
			}
		}
		run.State, run.BeganAt, run.BeatAt, run.Worker = Running, now, now, worker
		return insertRun(ctx, tx, run)
	})
}

func (k *keeper) live(d *db.DB) {
	k.d = d
	ctx, cancel := context.WithCancel(context.Background())
	k.beating.Go(func() {
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		defer cancel()
		for {
			select {
			case <-k.stop:
				return
			case <-tick.C:
				k.lock.Lock()
				at := k.at
				k.lock.Unlock()
				updateProgress(ctx, k.d, k.run.ID, at, k.clock()) // a missed beat does no harm
			}
		}
	})
}

// end notes what came of the import.
func (k *keeper) end(ctx context.Context, sum Summary, failed error) error {
	if k.d == nil { // the import never came to an organization
		return nil
	}
	close(k.stop)
	k.beating.Wait()
	r := k.run
	r.State, r.EndedAt, r.Problem = Done, k.clock(), ""
	r.Taken, r.AlreadyThere, r.Rejected = sum.Taken, sum.AlreadyThere, sum.Rejected
	r.DealsNew, r.DealsChanged, r.People, r.Accounts = sum.DealsNew, sum.DealsChanged, sum.People, sum.Accounts
	r.AfterOutcome, r.BeforeCreation, r.Refused = sum.AfterOutcome, sum.BeforeCreation, sum.Refused
	r.Shared, r.TookMs, r.Rejects = strings.Join(sum.SharedNames, "\n"), sum.Took.Milliseconds(), ""
	if sum.Rejects != "" {
		r.Rejects = filepath.Base(sum.Rejects)
	}
	if p, said := problem.Of(failed); said {
		r.State, r.Problem = Failed, p.Sentence
	} else if errors.Is(failed, context.Canceled) {
		r.State, r.Problem = Interrupted, sayInterrupted
	} else if failed != nil {
		r.State, r.Problem = Failed, "Something went wrong on our side: "+failed.Error()+". What was written so far is whole; start the import again, and it continues."
	}
	return finishRun(ctx, k.d, r)
}
