package imports

import (
	"context"
	"errors"
	"io"
	"time"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/money"
	"milepost/people"
)

// State is how far an import has come.
type State string

// The states. An import whose program ended under it is found to be interrupted by
// its heart, which beats no more.
const (
	Running     State = "running"
	Done        State = "done"
	Failed      State = "failed"
	Interrupted State = "interrupted"
)

// The ways by which a file comes in.
const (
	viaWeb     = "web"
	viaCommand = "command line"
)

// Run is an import as the list of imports shows it.
type Run struct {
	ID             string           `db:"id"`
	File           string           `db:"file"`
	Size           int64            `db:"size"`
	Actor          people.ID        `db:"actor"` // empty at the command line
	ActorName      string           `db:"actor_name"`
	Via            string           `db:"via"`
	Strict         bool             `db:"strict"`
	State          State            `db:"state"`
	BeganAt        calendar.Instant `db:"began_at"`
	BeatAt         calendar.Instant `db:"beat_at"`
	EndedAt        calendar.Instant `db:"ended_at"`
	Writing        bool             `db:"writing"`
	Read           int64            `db:"bytes_read"`
	Facts          int64            `db:"facts"`
	FactsDone      int64            `db:"facts_done"`
	Taken          int64            `db:"taken"`
	AlreadyThere   int64            `db:"already_there"`
	Rejected       int64            `db:"rejected"`
	DealsNew       int64            `db:"deals_new"`
	DealsChanged   int64            `db:"deals_changed"`
	People         int64            `db:"people_made"`
	Accounts       int64            `db:"accounts_made"`
	AfterOutcome   int64            `db:"after_outcome"`
	BeforeCreation int64            `db:"before_creation"`
	Refused        bool             `db:"refused"`
	Shared         string           `db:"shared_names"`
	TookMs         int64            `db:"took_ms"`
	Rejects        string           `db:"rejects"` // file name in the folder of imports
	Problem        string           `db:"problem"`
	Worker         string           `db:"worker"` // the program that runs it
}

// Progress is how far a running import is.
func (r Run) Progress() Progress {
	return Progress{Writing: r.Writing, Read: r.Read, Size: r.Size, Facts: r.Facts, Done: r.FactsDone, Total: r.Facts}
}

// silent is how long a running import may give no sign of life.
const silent = 15 * time.Second

// as is the run as it stands at an instant: one whose program is gone, or that gives
// no sign of life, was interrupted.
func (r Run) as(now calendar.Instant) Run {
	if r.State == Running && (r.BeatAt < now.Add(-silent) || isGone(r.Worker)) {
		r.State = Interrupted
	}
	return r
}

const sayInterrupted = "What was written so far is whole. Start it again, and it continues."

// Conduct runs an import and keeps a line about it in the list of imports. Only one
// runs at a time in an organization.
func Conduct(ctx context.Context, i *Import, in io.Reader, size int64) (Summary, error) {
	run := Run{ID: db.NewID(i.Program.Clock()), File: i.Name, Size: size, Actor: i.Actor, Via: viaCommand, Strict: i.Strict}
	return conduct(ctx, i, in, &run)
}

func conduct(ctx context.Context, i *Import, in io.Reader, run *Run) (Summary, error) {
	k := &keeper{run: run, clock: i.Program.Clock, stop: make(chan struct{})}
	if i.Org.ID != "" && run.BeganAt == 0 {
		if err := k.begin(ctx, i.handle()); err != nil {
			return Summary{File: i.Name}, err
		}
	} else if run.BeganAt != 0 {
		k.live(i.handle())
	}
	if found := i.Found; found != nil {
		i.Found = func(ctx context.Context, in money.Currency) (people.Organization, error) {
			o, err := found(ctx, in)
			if err == nil {
				err = k.begin(ctx, i.Program.DB.For(o.ID))
			}
			return o, err
		}
	}
	tell := i.Progress
	i.Progress = func(p Progress) {
		k.note(p)
		if tell != nil {
			tell(p)
		}
	}
	sum, err := i.Run(ctx, in, run.Size)
	return sum, errors.Join(err, k.end(context.WithoutCancel(ctx), sum, err))
}
