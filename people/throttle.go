package people

import (
	"context"
	"math"
	"strconv"
	"time"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/problem"
)

// limit is how many tries are free within a window; each further one is answered
// by a longer wait.
type limit struct {
	free   int
	window time.Duration
}

// Few tries are free for one e-mail address; many for one network address, behind
// which a whole office may sit.
var (
	perEmail   = limit{free: 5, window: 24 * time.Hour}
	perAddress = limit{free: 40, window: time.Hour}
)

// longestWait bounds the lock-out, so that a stranger who tries on purpose cannot
// keep someone out for a day.
const longestWait = time.Hour

// wait is how long after the newest of so many tries the next is taken: a minute,
// then two, four, eight.
func (l limit) wait(tries int) time.Duration {
	if tries < l.free {
		return 0
	}
	return min(longestWait, time.Minute<<min(tries-l.free, 10))
}

// tries are those within a window.
type tries struct {
	Count  int              `db:"count"`
	Newest calendar.Instant `db:"newest"`
}

// admit counts a try for an e-mail address from a network address, or refuses it
// when there were too many. It counts first and looks afterwards, so that of many
// tries at once each sees the others; forgive takes the count back when the
// password fits. Whether there is such a person plays no part, so the refusal does
// not tell.
func admit(ctx context.Context, d *db.DB, email, address string, now calendar.Instant) error {
	d = d.Everywhere()
	key, id := emailKey(email), db.NewID(now)
	if err := insertTry(ctx, d, id, key, address, now); err != nil {
		return err
	}
	mine, err := triesOfEmail(ctx, d, key, id, now.Add(-perEmail.window))
	if err != nil {
		return err
	}
	theirs, err := triesOfAddress(ctx, d, address, id, now.Add(-perAddress.window))
	if err != nil {
		return err
	}
	open := max(mine.Newest.Add(perEmail.wait(mine.Count)), theirs.Newest.Add(perAddress.wait(theirs.Count)))
	if open <= now {
		return nil
	}
	if err := deleteTry(ctx, d, id); err != nil { // a refused try does not lengthen the wait
		return err
	}
	return &tooMany{open.Sub(now)}
}

// tooMany is the refusal of a try, with how long to wait.
type tooMany struct{ wait time.Duration }

func (t *tooMany) Error() string { return "there were too many tries" }

// Unwrap gives the refusal in words for a person.
func (t *tooMany) Unwrap() error {
	return problem.Forbidden("There were too many tries. Wait %s, then try again.", spanText(t.wait))
}

// forgive forgets the tries for an e-mail address after one that was right.
func forgive(ctx context.Context, d *db.DB, email string) error {
	return deleteTries(ctx, d.Everywhere(), emailKey(email))
}

// emailKey stands for what was typed as an e-mail address, which may be a password
// typed into the wrong field: it is not kept in the clear.
func emailKey(email string) string { return hashOf("e-mail " + email) }

func spanText(span time.Duration) string {
	minutes := int(math.Ceil(span.Minutes()))
	switch {
	case minutes <= 1:
		return "a minute"
	case minutes < 60:
		return strconv.Itoa(minutes) + " minutes"
	}
	return "an hour"
}
