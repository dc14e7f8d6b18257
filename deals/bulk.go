package deals

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"time"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
)

// bulk is one change of many deals: chosen, planned (and looked at), run in batches,
// and, if its person wants that, undone in batches. It belongs to whoever chose.
type bulk struct {
	ID        string           `db:"id"`
	Person    people.ID        `db:"person_id"`
	What      string           `db:"what"`
	Value     string           `db:"value"`
	State     string           `db:"state"`
	MadeAt    calendar.Instant `db:"made_at"`
	EndedAt   calendar.Instant `db:"ended_at"` // 0 before it has run
	TouchedAt calendar.Instant `db:"touched_at"`
}

// The states of a bulk change.
const (
	bulkChosen  = "chosen"
	bulkPlanned = "planned"
	bulkRunning = "running"
	bulkDone    = "done"
	bulkUndoing = "undoing"
	bulkUndone  = "undone"
)

// The states of a deal in it.
const (
	dealChosen   = "chosen"
	dealReady    = "ready"
	dealRefused  = "refused"
	dealChanged  = "changed"
	dealRestored = "restored"
	dealKept     = "kept" // could not be restored
)

// What a bulk change can change.
const (
	bulkOwner = "owner"
	bulkStage = "stage"
	bulkClose = "close_date"
	bulkShift = "shift" // of the expected close, by days
)

const (
	mostInBulk = 10_000             // deals of one change
	bulkBatch  = 100                // deals for which the ledger is held at once
	undoFor    = 7 * 24 * time.Hour // for how long a change can be undone
)

// picked is a deal of a bulk change, and what becomes of it.
type picked struct {
	Deal    ID     `db:"deal_id"`
	Place   int64  `db:"place"`
	State   string `db:"state"`
	Version int64  `db:"version"` // that the preview saw; once changed, that of the change
	Before  string `db:"value_before"`
	After   string `db:"value_after"`
	Reason  string `db:"reason"`
}

// rule is the rule that a bulk change applies to each of its deals.
func (b *bulk) rule(ctx context.Context, d *db.DB, v *people.Viewer, now Now) (Rule, error) {
	switch b.What {
	case bulkOwner:
		asks := doing{ctx, &ledger.Writer{DB: d}, v, now, url.Values{"owner": {b.Value}}, usual{}}
		to, reach, err := successor(ctx, asks, "owner")
		return func(o *Opportunity) ([]Change, error) { return HandOver(o, to, reach) }, err
	case bulkStage:
		return func(o *Opportunity) ([]Change, error) { return MoveTo(o, b.Value) }, nil
	case bulkClose:
		date, err := parseDate("close_date", b.Value)
		if err == nil && date == "" {
			err = problem.Invalid("close_date", "Which day?")
		}
		return func(o *Opportunity) ([]Change, error) { return ExpectCloseOn(o, date, now.Today()) }, err
	case bulkShift:
		days, err := strconv.Atoi(strings.TrimSpace(b.Value))
		if err != nil || days == 0 || days > farthest || days < -farthest {
			return nil, problem.Invalid("shift", "By how many days? Write 14 for two weeks later, -7 for a week sooner.")
		}
		return func(o *Opportunity) ([]Change, error) { return shift(o, days, now.Today()) }, nil
	}
	return nil, problem.Invalid("", "Choose what shall change.")
}

// shift moves the expected close by days.
func shift(o *Opportunity, days int, today calendar.Date) ([]Change, error) {
	if o.IsOpen() && o.CloseDate == "" {
		return nil, problem.Invalid("close_date", "It has no expected close that could be moved.")
	}
	if !o.IsOpen() {
		return ExpectCloseOn(o, "", today) // which says why not
	}
	return ExpectCloseOn(o, o.CloseDate.AddDays(days), today)
}

// foresee says what a rule would make of a deal as it stands.
func (p *picked) foresee(o *Opportunity, what string, rule Rule) {
	p.Version, p.Before, p.After = o.Version, bulkValue(o, what), ""
	changes, err := rule(o)
	switch {
	case err != nil:
		p.refuse(err)
	case len(changes) == 0:
		p.State, p.Reason = dealRefused, "It is so already."
	default:
		p.State, p.Reason, p.After = dealReady, "", factValue(changes[0])
	}
}

// refuse keeps why a deal does not change, in words for whoever asked.
func (p *picked) refuse(err error) {
	p.State = dealRefused
	switch {
	case problem.Is(err, problem.KindConflict):
		p.Reason = "Someone changed it since you looked at the preview."
	case problem.Is(err, problem.KindNotFound):
		p.Reason = "It is no longer yours to see."
	default:
		found, _ := problem.Of(err)
		p.Reason = found.Sentence
	}
}

// bulkValue is what a deal has of what is changed.
func bulkValue(o *Opportunity, what string) string {
	switch what {
	case bulkOwner:
		return string(o.Owner)
	case bulkStage:
		return o.Stage
	}
	return string(o.CloseDate)
}

func factValue(c Change) string {
	switch c.Kind {
	case OwnerSet:
		return string(c.Fact.Person)
	case StageSet:
		return c.Fact.Value
	}
	return string(c.Fact.Date)
}

// mayUndo tells whether a change can still be undone as a whole.
func (b *bulk) mayUndo(now calendar.Instant) bool {
	return b.State == bulkDone && now.Sub(b.EndedAt) < undoFor
}
