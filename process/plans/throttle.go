package plans

import (
	"context"
	"fmt"
	"time"

	"milepost/calendar"
	"milepost/internal/db"
)

// limit is how many tries are free within a window; each further one waits longer.
type limit struct {
	free   int
	window time.Duration
}

var (
	passcodes = limit{5, 24 * time.Hour} // of one link
	strangers = limit{40, time.Hour}     // links that are none, of one network address
	acts      = limit{60, time.Hour}     // what is sent through one link
)

// longestWait bounds the lock-out, so that nobody can keep a buyer out for a day.
const longestWait = time.Hour

// wait is how long after the newest of so many tries the next is taken.
func (l limit) wait(count int) time.Duration {
	if count < l.free {
		return 0
	}
	return min(longestWait, time.Minute<<min(count-l.free, 10))
}

type tries struct {
	Count  int              `db:"count"`
	Newest calendar.Instant `db:"newest"`
}

// tooMany is the refusal of a try, with how long to wait.
type tooMany struct{ wait time.Duration }

func (t *tooMany) Error() string { return fmt.Sprintf("too many tries; wait %s", t.wait) }

// admit counts a try, or refuses it when there were too many. It counts first and looks
// afterwards, so that of many at once each sees the others.
func admit(ctx context.Context, d *db.DB, l limit, key string, now calendar.Instant) error {
	d = d.Everywhere()
	id := db.NewID(now)
	key = hashOf(key)
	if err := insertTry(ctx, d, id, key, now); err != nil {
		return err
	}
	before, err := triesSince(ctx, d, key, id, now.Add(-l.window))
	if err != nil {
		return err
	}
	open := before.Newest.Add(l.wait(before.Count))
	if before.Count < l.free || open <= now {
		return nil
	}
	if err := deleteTry(ctx, d, id); err != nil { // a refused try does not lengthen the wait
		return err
	}
	return &tooMany{open.Sub(now)}
}

// forgive forgets the tries of a key after one that was right.
func forgive(ctx context.Context, d *db.DB, key string) error {
	return deleteTries(ctx, d.Everywhere(), hashOf(key))
}
