package past_test

import (
	"context"
	"testing"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/process"
	"milepost/process/evidence"
	"milepost/process/past"
)

// rowsThen is what the tables hold of deals that have ended.
type rowsThen struct {
	ID      deals.ID         `db:"id"`
	Process process.ID       `db:"process_id"`
	Stage   string           `db:"stage"`
	Since   calendar.Instant `db:"stage_since"`
	Outcome string           `db:"outcome"`
	Closed  calendar.Instant `db:"closed_at"`
}

func (o *archive) ended() map[deals.ID]rowsThen {
	o.t.Helper()
	list, err := db.All[rowsThen](o.t.Context(), o.DB, `
		select id, process_id, coalesce(stage, '') as stage, coalesce(stage_since, 0) as stage_since, outcome, closed_at
		from opportunities
		where org_id = $1 and outcome is not null`, o.ID)
	o.must(err)
	found := map[deals.ID]rowsThen{}
	for _, r := range list {
		found[r.ID] = r
	}
	return found
}

// Deals that have ended are read by a process that knows the labels of their history:
// their milestones stand as of then, how they ended stays, and what was known at any
// moment before is the same as before.
func TestEndedDealsComeUnderTheProcess(t *testing.T) {
	eachArchive(t, func(t *testing.T, o *archive) {
		o.machines()
		o.past(2, 200, o.Eve, stage(0, "asked"), ended(5, "lost"))
		before := o.ended()
		head, err := ledger.Head(t.Context(), o.DB, o.ID)
		o.must(err)
		var p process.Process
		o.record(func(ctx context.Context, w *ledger.Writer) error {
			found, err := past.Discover(ctx, w.DB)
			o.must(err)
			p, _, err = found.Save(ctx, w, "Machines", true)
			return err
		})
		with, without := 0, 0
		for id, now := range o.ended() {
			then := before[id]
			if now.Process == p.ID {
				with++
			} else if now.Process == "" {
				without++
			}
			if now.Process = then.Process; now != then {
				t.Errorf("deal %s was %+v and is %+v", id, then, now)
			}
		}
		if with != 25 || without == 0 {
			t.Errorf("%d ended deals come under it, want 25; %d do not", with, without)
		}
		o.whatWasSaid(head)
		differences, err := evidence.Check(t.Context(), o.DB, o.ID)
		o.must(err)
		more, err := deals.Check(t.Context(), o.DB, o.ID)
		o.must(err)
		for _, d := range append(differences, more...) {
			t.Error(d)
		}
		trial := p.Draft.Phases[1].Milestones[0].ID
		reached, err := db.One[int](t.Context(), o.DB, `
			select count(*)
			from deal_milestones m
			join opportunities o on o.org_id = m.org_id and o.id = m.deal_id
			where m.org_id = $1 and m.milestone_id = $2 and o.outcome = 'won' and m.state = 'confirmed' and m.since - o.created_at in ($3, $4)`, o.ID, trial, int64(2*day), int64(4*day))
		if o.must(err); reached != 15 {
			t.Errorf("the trial stands in %d won deals as of then, want 15", reached)
		}
	})
}

// whatWasSaid fails unless all that was said since is recorded now: nothing of it is
// known at an earlier moment.
func (o *archive) whatWasSaid(head int64) {
	o.t.Helper()
	o.must(ledger.EachSince(o.t.Context(), o.DB, o.ID, head, func(e *ledger.Entry) error {
		if e.RecordedAt < now {
			o.t.Errorf("entry %d of kind %s is recorded at %d, before now", e.Sequence, e.Kind, e.RecordedAt)
		}
		return nil
	}))
}
