package editor

import (
	"context"
	"log/slog"
	"sync"

	"milepost/internal/db"
	"milepost/problem"
	"milepost/process"
)

// atOnce is how many deals come along while the browser waits. More go on behind a page
// that tells how far it is.
var atOnce = 500 // tests set it

// runKey names what brings deals along: one at a time for each process.
type runKey struct {
	org     db.Org
	process process.ID
}

// run is how far one of them is.
type run struct {
	Done, All int
	Came      int
	Over      bool
	Refusal   error
}

// runs are those that this program is at, and the last one of each process. They are not
// kept: one that was cut off changed nothing.
type runs struct {
	log  *slog.Logger
	hold sync.Mutex
	all  map[runKey]*run
}

func newRuns(log *slog.Logger) *runs { return &runs{log: log, all: map[runKey]*run{}} }

// of tells how far one is; false when there was none since the program began.
func (r *runs) of(key runKey) (run, bool) {
	r.hold.Lock()
	defer r.hold.Unlock()
	is, there := r.all[key]
	if !there {
		return run{}, false
	}
	return *is, true
}

// start sets work going, which tells how far it is and gives back how many came along.
func (r *runs) start(ctx context.Context, key runKey, all int, work func(context.Context, func(done, all int)) (int, error)) error {
	r.hold.Lock()
	defer r.hold.Unlock()
	if is, there := r.all[key]; there && !is.Over {
		return problem.Conflict("", "Deals are being brought along at this moment. Wait until that is done.")
	}
	is := &run{All: all}
	r.all[key] = is
	told := func(done, all int) {
		r.hold.Lock()
		defer r.hold.Unlock()
		is.Done, is.All = done, max(all, is.All)
	}
	ctx = context.WithoutCancel(ctx) // whoever asked may go away
	go func() {
		came, err := r.safely(ctx, told, work)
		r.hold.Lock()
		defer r.hold.Unlock()
		is.Over, is.Came, is.Refusal = true, came, err
	}()
	return nil
}

func (r *runs) safely(ctx context.Context, told func(done, all int), work func(context.Context, func(done, all int)) (int, error)) (came int, err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			r.log.Error("bringing deals along panicked", "panic", panicked)
			err = problem.Conflict("", "Something went wrong on our side, and nothing was changed. Please try again.")
		}
	}()
	if came, err = work(ctx, told); err != nil && len(sentences(err)) == 0 {
		r.log.Error("bringing deals along", "error", err)
		err = problem.Conflict("", "Something went wrong on our side, and nothing was changed. Please try again.")
	}
	return came, err
}
