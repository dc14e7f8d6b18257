package plans_test

import (
	"context"
	"errors"
	. "milepost/process/plans"
	"sync"
	"testing"

	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
	"milepost/process/evidence"
)

// Whoever comes first, link and evidence end in a state that can be: what was confirmed
// through a link was confirmed before the link ended.
func TestConfirmingWhileTheLinkEnds(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		p := o.make(o.Dan)
		for round := range 4 {
			link := o.share(p.ID, o.ana, false)
			step := p.Steps[round%3].ID
			now := o.now
			var confirmed, ended error
			var both sync.WaitGroup
			ana := func() {
				confirmed = ByLink{DB: o.DB.Everywhere(), Token: link.Token, At: now + 5}.Confirm(t.Context(), step, "")
			}
			v := o.Viewer(o.Dan)
			dan := func() {
				ended = ledger.Record(t.Context(), o.DB, people.ByViewer(v, now+5), func(w *ledger.Writer) error {
					_, err := Act(t.Context(), w, v, p.ID, func(pen *Pen) error { return pen.End(t.Context(), link.Link.ID) })
					return err
				})
			}
			switch round {
			case 0:
				ana()
				dan()
			case 1:
				dan()
				ana()
			default:
				both.Go(ana)
				both.Go(dan)
				both.Wait()
			}
			o.now += 10
			if ended != nil {
				t.Fatalf("ending the link: %v", ended)
			}
			if confirmed != nil && !errors.Is(confirmed, ErrNoLink) {
				t.Fatalf("confirming: %v", confirmed)
			}
			if round < 2 && (confirmed == nil) != (round == 0) {
				t.Errorf("round %d: confirming gave %v", round, confirmed)
			}
			if done := o.plan(p.ID).Steps[round%3]; round < 3 && (done.Course.ConfirmedAt != 0) != (confirmed == nil) {
				t.Errorf("round %d: the step is %+v, but confirming gave %v", round, done.Course, confirmed)
			}
			o.sound()
		}
	})
}

// Withdrawing the evidence and the buyer's word: in either order, the milestone is what
// its standing evidence makes it.
func TestConfirmingWhileEvidenceIsWithdrawn(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		p := o.make(o.Dan)
		link := o.share(p.ID, o.ana, false)
		need := p.Proving("need").ID
		give := func(pen *evidence.Pen) error {
			return pen.Give("need", "need-mail", evidence.Proof{Sort: evidence.EmailSort, Text: "Mail of 12 May"}, "")
		}
		onMilestone := func(act func(*evidence.Pen) error) error {
			is := o.standing()
			seen := is.Of("need").Version
			return o.record(o.Dan, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
				_, err := evidence.Act(ctx, w, v, o.deal, "need", seen, act)
				return err
			})
		}
		o.must(onMilestone(give))
		is := o.standing()
		item := is.Evidence("need")[0].ID
		seen := is.Of("need").Version
		o.must(o.confirm(link.Token, need))
		err := o.record(o.Dan, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
			_, err := evidence.Act(ctx, w, v, o.deal, "need", seen, func(pen *evidence.Pen) error { return pen.Withdraw(item, "Wrong mail") })
			return err
		})
		if !problem.Is(err, problem.KindConflict) {
			t.Errorf("withdrawing what the buyer confirmed meanwhile: %v", err)
		}
		o.must(onMilestone(func(pen *evidence.Pen) error { return pen.Withdraw(item, "Wrong mail") }))
		is = o.standing()
		if m := is.Of("need"); m.State != evidence.Confirmed || len(is.Evidence("need")) != 1 {
			t.Errorf("the buyer's word alone: %+v, %d items", m, len(is.Evidence("need")))
		}
		o.must(onMilestone(func(pen *evidence.Pen) error {
			return pen.Withdraw(is.Evidence("need")[0].ID, "They meant another site")
		}))
		is = o.standing()
		if is.Stands("need") {
			t.Error("a milestone stands without any evidence")
		}
		o.sound()
	})
}

// The evidence is withdrawn first, and the buyer's word comes after; then both at once.
// However they meet, the milestone stands only on evidence that does.
func TestEvidenceIsWithdrawnAsTheBuyerConfirms(t *testing.T) {
	for _, order := range []string{"withdrawn first", "at once"} {
		eachDesk(t, func(t *testing.T, o *desk) {
			p := o.make(o.Dan)
			link, need := o.share(p.ID, o.ana, false), p.Proving("need").ID
			var item evidence.ItemID
			act := func(seen int64, do func(*evidence.Pen) error) error {
				v := o.Viewer(o.Dan)
				return ledger.Record(t.Context(), o.DB, people.ByViewer(v, o.now+5), func(w *ledger.Writer) error {
					_, err := evidence.Act(t.Context(), w, v, o.deal, "need", seen, do)
					return err
				})
			}
			o.must(act(0, func(pen *evidence.Pen) error {
				return pen.Give("need", "need-mail", evidence.Proof{Sort: evidence.EmailSort, Text: "Mail of 12 May"}, "")
			}))
			is := o.standing()
			item, seen := is.Evidence("need")[0].ID, is.Of("need").Version
			var withdrawn, confirmed error
			withdraw := func() {
				withdrawn = act(seen, func(pen *evidence.Pen) error { return pen.Withdraw(item, "Wrong mail") })
			}
			confirm := func() {
				confirmed = ByLink{DB: o.DB.Everywhere(), Token: link.Token, At: o.now + 5}.Confirm(t.Context(), need, "")
			}
			if order == "at once" {
				var both sync.WaitGroup
				both.Go(withdraw)
				both.Go(confirm)
				both.Wait()
			} else {
				withdraw()
				confirm()
			}
			if confirmed != nil || withdrawn != nil && !problem.Is(withdrawn, problem.KindConflict) {
				t.Fatalf("%s: withdrawing gave %v, confirming %v", order, withdrawn, confirmed)
			}
			want := 1
			if withdrawn != nil {
				want = 2 // the mail stays beside the buyer's word
			}
			is = o.standing()
			if is.Of("need").State != evidence.Confirmed || len(is.Evidence("need")) != want {
				t.Errorf("%s: %+v on %d items, want %d", order, is.Of("need"), len(is.Evidence("need")), want)
			}
			o.sound()
		})
	}
}
