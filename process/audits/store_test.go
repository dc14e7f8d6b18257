package audits_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
	"milepost/process/audits"
	"milepost/process/evidence"
)

// A week is drawn once, late if need be; what was drawn is not drawn again unless it was
// claimed anew.
func TestWeekIsDrawnOnce(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		before, err := ledger.Head(t.Context(), o.DB, o.ID)
		o.must(err)
		o.claim(now.Add(-2*day), o.Dan, "dan open", "need")
		o.claim(now.Add(-day), o.Ben, "ben own", "need")
		first := o.drawn(now, "dan open")
		if len(first) != 1 || first[0].Week != "2026-05-18" || first[0].Rep != o.Dan.ID || !strings.Contains(first[0].Why, "claimed on Monday; nothing in the deal") {
			t.Fatalf("drawn on a Wednesday: %+v", first)
		}
		if own := o.drawn(now.Add(day), "ben own"); len(own) != 1 {
			t.Errorf("a manager's own claim: %+v", own)
		}
		head, err := ledger.Head(t.Context(), o.DB, o.ID)
		o.must(err)
		o.claim(now.Add(day), o.Eve, "eve open", "need")
		if again := o.drawn(now.Add(2*day), "eve open"); len(again) != 0 || head <= before {
			t.Errorf("a claim that was made after the draw is in it: %+v", again)
		}
		if again := o.drawn(now.Add(7*day), "dan open"); len(again) != 1 {
			t.Errorf("an audit that waits was drawn again: %+v", again)
		}
		if eve := o.drawn(now.Add(7*day), "eve open"); len(eve) != 1 || eve[0].Week != "2026-05-25" {
			t.Errorf("the week after: %+v", eve)
		}
		o.must(o.act(now.Add(8*day), o.Dan, "dan open", "need", func(p *evidence.Pen) error { return p.Unclaim("need", "Not yet") }))
		o.must(o.act(now.Add(9*day), o.Dan, "dan open", "need", func(p *evidence.Pen) error { return p.Claim("need") }))
		if anew := o.drawn(now.Add(14*day), "dan open"); len(anew) != 2 {
			t.Errorf("after it was claimed anew: %+v", anew)
		}
		if err := o.pass(now.Add(14*day), o.Ben, first[0], "dan open"); !problem.Is(err, problem.KindConflict) || !strings.Contains(err.Error(), "made anew since") {
			t.Errorf("the audit of the claim that fell: %v", err)
		}
		o.whole()
	})
}

// The auditor's word decides: a passed claim is confirmed, a rejected one falls and the
// stage with it; the rep answers, and the auditor may see it otherwise.
func TestAuditDecides(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		o.claim(now.Add(-2*day), o.Dan, "dan open", "need")
		o.claim(now.Add(-2*day), o.Eve, "eve open", "fit")
		dans, eves := o.drawn(now, "dan open")[0], o.drawn(now, "eve open")
		o.must(o.pass(now, o.Ben, dans, "dan open"))
		if m := o.shown("dan open", "need"); m.State != evidence.Confirmed || m.ConfirmedBy != o.Ben.ID {
			t.Errorf("after it passed: %+v", m)
		}
		if err := o.reject(now, o.Ben, dans, "dan open", "No"); !problem.Is(err, problem.KindConflict) {
			t.Errorf("an audit that is done: %v", err)
		}
		if got := o.stage("eve open"); got != "Solution" {
			t.Fatalf("Eve's deal is at %q", got)
		}
		if err := o.reject(now, o.Ben, eves[0], "eve open", "  "); !problem.Is(err, problem.KindInvalid) {
			t.Errorf("rejected without a reason: %v", err)
		}
		o.must(o.reject(now.Add(day), o.Ben, eves[0], "eve open", "The report is of another belt."))
		if got, m := o.stage("eve open"), o.shown("eve open", "fit"); got != "Need" || m.State != evidence.Rejected {
			t.Errorf("after the rejection: %q, %q", got, m.State)
		}
		if err := o.pass(now.Add(day), o.Ben, eves[0], "eve open"); !problem.Is(err, problem.KindConflict) {
			t.Errorf("passed though nobody answered: %v", err)
		}
		list, err := audits.Overturned(t.Context(), o.DB, now, deals.Ever)
		if err != nil || len(list) != 1 || list[0].Deal != o.Deal("eve open").ID || list[0].Words != "The report is of another belt." {
			t.Errorf("what was overturned: %+v, %v", list, err)
		}
		o.must(o.reply(o.Eve, eves[0], "eve open", "Page 3 names ours."))
		o.must(o.pass(now.Add(2*day), o.Ben, eves[0], "eve open"))
		if got := o.stage("eve open"); got != "Solution" {
			t.Errorf("after the answer and the pass the deal is at %q", got)
		}
		tallies, err := audits.Tallies(t.Context(), o.DB, now, deals.Ever)
		if err != nil || tallies[o.Dan.ID] != (audits.Tally{Passed: 1}) || tallies[o.Eve.ID] != (audits.Tally{Passed: 1, Turned: 1}) {
			t.Errorf("how it went: %+v, %v", tallies, err)
		}
		o.whole()
	})
}

func (o *desk) reply(p people.Person, a audits.Audit, deal, text string) error {
	seen := o.shown(deal, a.Milestone).Version
	return o.record(p, now.Add(2*day), func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
		return audits.Reply(ctx, w, v, a.ID, seen, text)
	})
}

// How the last audits ended decides how many are drawn the next time.
func TestFallenClaimsAreDrawnMore(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		then := now.Add(-20 * day)
		for n := range 3 {
			at := then.Add(time.Duration(7*n+1) * day)
			o.claim(at, o.Finn, "finn late", "need")
			list := o.drawn(at, "finn late")
			o.must(o.reject(at.Add(day), o.Cleo, list[len(list)-1], "finn late", "Nothing to see"))
		}
		at := then.Add(7 * day * 5)
		o.claim(at, o.Finn, "finn late", "need")
		o.claim(at, o.Finn, "finn late", "fit")
		o.claim(at, o.Finn, "finn reopened", "need")
		late, reopened := o.drawn(at, "finn late"), o.drawn(at, "finn reopened")
		if len(late) != 5 || len(reopened) != 1 || !strings.Contains(reopened[0].Why, "3 of the last 3 of this rep did not pass") {
			t.Errorf("after three rejections %d and %d are drawn: %+v", len(late)-3, len(reopened), reopened)
		}
		o.whole()
	})
}
