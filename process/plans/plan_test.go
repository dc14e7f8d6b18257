package plans_test

import (
	"context"
	"errors"
	"fmt"
	. "milepost/process/plans"
	"strings"
	"testing"

	"milepost/accounts"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
	"milepost/process/evidence"
)

// A plan is made, agreed, slips, is confirmed; rows and ledger agree throughout.
func TestPlanFromFirstToLast(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		p := o.make(o.Dan)
		if len(p.Steps) != 3 || p.Decision.By != o.ana || p.Decision.On != p.Steps[2].Due || p.Title == "Evaluation plan" {
			t.Fatalf("made: %+v", p)
		}
		first := *p.Proving("need")
		moved := first
		moved.Due = first.Due.AddDays(2)
		o.must(o.act(o.Dan, p.ID, func(pen *Pen) error { return pen.Put(moved, first.Course.Version, "") }))
		if s := o.plan(p.ID).Proving("need"); s.Course.Moves != 0 || s.Slipped() != 0 || s.Due != moved.Due {
			t.Errorf("moved before it was agreed: %+v", s)
		}
		link := o.share(p.ID, o.ana, false)
		if q := o.plan(p.ID); q.AgreedAt == 0 || q.Proving("need").Course.First != moved.Due {
			t.Errorf("after it was shared: %+v", q)
		}
		now := *o.plan(p.ID).Proving("need")
		far := now
		far.Due = now.Due.AddDays(60)
		o.must(o.act(o.Dan, p.ID, func(pen *Pen) error { return pen.Put(far, now.Course.Version, "They are on holiday") }))
		q := o.plan(p.ID)
		if s, along := q.Proving("need"), q.Proving("fit"); s.Slipped() != 60 || s.Course.Moves != 1 || along.Due != far.Due || along.Course.Moves != 1 {
			t.Errorf("after a move: %+v (%+v), and what waits for it %+v (%+v)", s, s.Course, along, along.Course)
		}
		err := o.act(o.Dan, p.ID, func(pen *Pen) error { return pen.Put(far, now.Course.Version, "") })
		if !problem.Is(err, problem.KindConflict) {
			t.Errorf("a step was changed that somebody else had changed: %v", err)
		}
		o.must(o.confirm(link.Token, q.Proving("fit").ID))
		o.must(o.confirm(link.Token, q.Proving("fit").ID)) // pressed twice
		s := o.plan(p.ID).Proving("fit")
		if !s.Done() || s.Course.Contact != o.ana || o.plan(p.ID).Heard == 0 {
			t.Errorf("after the buyer's word: %+v", s.Course)
		}
		is := o.standing()
		if m := is.Of("fit"); m.State != evidence.Confirmed || m.Contact != o.ana || len(is.Evidence("fit")) != 1 || is.Evidence("fit")[0].Ref != string(s.ID) {
			t.Errorf("the milestone after the buyer's word: %+v, %+v", m, is.Items)
		}
		next := o.make(o.Dan)
		if l := o.plan(p.ID).Links[0]; l.EndedAt == 0 {
			t.Error("the link to a plan that was replaced is not ended")
		}
		if o.plan(p.ID).InForce || !o.plan(next.ID).InForce || len(o.plan(next.ID).Steps) != 1 {
			t.Errorf("the new plan: %+v", next)
		}
		if err := o.confirm(link.Token, q.Proving("money").ID); !errors.Is(err, ErrNoLink) {
			t.Errorf("the link to a plan that was replaced: %v", err)
		}
		if err := o.act(o.Dan, p.ID, func(pen *Pen) error { return pen.Agree() }); !problem.Is(err, problem.KindConflict) {
			t.Errorf("a plan that was replaced was changed: %v", err)
		}
		o.sound()
	})
}

// Only those who see the deal see its plan, and the buyer's word counts from those who
// may give it.
func TestWhoMayDoWhat(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		p := o.make(o.Dan)
		if err := o.act(o.Finn, p.ID, func(pen *Pen) error { return pen.Agree() }); !problem.Is(err, problem.KindNotFound) {
			t.Errorf("somebody else's plan: %v", err)
		}
		bob := o.share(p.ID, o.bob, false)
		o.must(o.confirm(bob.Token, p.Proving("money").ID))
		is := o.standing()
		if is.Stands("money") || !o.plan(p.ID).Proving("money").Done() {
			t.Error("the money was confirmed by somebody who does not decide on it")
		}
		again := o.share(p.ID, o.bob, false)
		if err := o.confirm(bob.Token, p.Proving("need").ID); !errors.Is(err, ErrNoLink) {
			t.Errorf("the link that was replaced: %v", err)
		}
		o.must(o.confirm(again.Token, p.Proving("need").ID))
		if err := o.confirm("no such token", p.Proving("need").ID); !errors.Is(err, ErrNoLink) {
			t.Errorf("an unknown link: %v", err)
		}
		o.now += 91 * day
		if err := o.confirm(again.Token, p.Proving("fit").ID); !errors.Is(err, ErrNoLink) {
			t.Errorf("an expired link: %v", err)
		}
		other := o.share(p.ID, o.bob, false)
		o.must(o.record(o.Dan, func(ctx context.Context, w *ledger.Writer, _ *people.Viewer) error {
			_, err := accounts.SetContact(ctx, w, o.bob, "left_on", "2026-05-01", 0)
			return err
		}))
		if err := o.confirm(other.Token, p.Proving("fit").ID); !errors.Is(err, ErrNoLink) {
			t.Errorf("the link of somebody who left: %v", err)
		}
		third := o.share(p.ID, o.ana, false)
		o.must(o.record(o.Dan, func(ctx context.Context, w *ledger.Writer, _ *people.Viewer) error {
			return accounts.EraseContact(ctx, w, o.ana, "She asked for it")
		}))
		if err := o.confirm(third.Token, p.Proving("fit").ID); !errors.Is(err, ErrNoLink) {
			t.Errorf("the link of somebody who was erased: %v", err)
		}
		o.sound()
	})
}

// What the buyer wishes is answered by the rep.
func TestWishesAreAnswered(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		p := o.make(o.Dan)
		link := o.share(p.ID, o.ana, false)
		step := p.Proving("money")
		to := step.Due.AddDays(7)
		o.must(o.guest(link.Token, func(l ByLink) error {
			return l.Propose(t.Context(), step.ID, to, "Board meets later")
		}))
		o.must(o.guest(link.Token, func(l ByLink) error {
			return l.Bring(t.Context(), "Cem Kaya", "Cem@Harbour.example", "IT")
		}))
		q := o.plan(p.ID)
		if len(q.Waiting()) != 2 || q.Proving("money").Due != step.Due {
			t.Fatalf("wishes: %+v", q.Remarks)
		}
		for _, r := range q.Waiting() {
			o.must(o.act(o.Dan, p.ID, func(pen *Pen) error { return pen.Answer(t.Context(), r.ID, true, "") }))
			if err := o.act(o.Dan, p.ID, func(pen *Pen) error { return pen.Answer(t.Context(), r.ID, true, "") }); !problem.Is(err, problem.KindConflict) {
				t.Errorf("answered twice: %v", err)
			}
		}
		q = o.plan(p.ID)
		if s := q.Proving("money"); s.Due != to || s.Course.Moves != 1 || len(q.Waiting()) != 0 {
			t.Errorf("after the answers: %+v, %+v", s, q.Waiting())
		}
		parts, err := PartsOf(t.Context(), o.DB, &deals.Opportunity{ID: o.deal, Account: o.account})
		o.must(err)
		names := fmt.Sprint(parts)
		if len(parts) != 3 || !strings.Contains(names, "Cem Kaya") {
			t.Errorf("contacts after the colleague was accepted: %s", names)
		}
		if entries, err := ledger.OfOpportunity(t.Context(), o.DB, o.ID, string(o.deal)); err != nil || strings.Contains(fmt.Sprint(entries), "Cem") {
			t.Errorf("the deal's entries name a contact (%v)", err)
		}
		o.sound()
	})
}
