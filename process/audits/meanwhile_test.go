package audits_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
	"milepost/process/audits"
	"milepost/process/evidence"
)

// The manager rejects while the rep takes the claim back, or the buyer confirms: in both
// orders the later one is told, or the buyer's word counts; nothing is half done.
func TestMeanwhile(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		all := []struct {
			deal string
			who  people.Person
		}{{"dan open", o.Dan}, {"eve open", o.Eve}, {"eve pounds", o.Eve}, {"ben own", o.Ben}}
		found := map[string]audits.Audit{}
		for _, c := range all {
			o.claim(now, c.who, c.deal, "need")
		}
		for week := 0; len(found) < len(all); week++ {
			for _, c := range all {
				if list := o.drawn(now.Add(time.Duration(7*week)*day), c.deal); len(list) > 0 {
					found[c.deal] = list[0]
				}
			}
		}
		later := now.Add(60 * day)
		unclaim := func(deal string, who people.Person, seen int64) error {
			return o.record(who, later, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
				_, err := evidence.Act(ctx, w, v, o.Deal(deal).ID, "need", seen, func(p *evidence.Pen) error { return p.Unclaim("need", "Not yet") })
				return err
			})
		}
		confirm := func(deal string, who people.Person) error {
			return o.act(later, who, deal, "need", func(p *evidence.Pen) error {
				_, err := p.ConfirmByBuyer("need", "step", "contact", "So it is")
				return err
			})
		}
		reject := func(who people.Person, deal string, seen int64) error {
			return o.record(who, later, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
				return audits.Reject(ctx, w, v, found[deal].ID, seen, "Nothing to see")
			})
		}
		seen := o.shown("dan open", "need").Version
		o.must(reject(o.Ben, "dan open", seen))
		if err := unclaim("dan open", o.Dan, seen); !problem.Is(err, problem.KindConflict) {
			t.Errorf("rejected, then taken back: %v", err)
		}
		seen = o.shown("eve open", "need").Version
		o.must(unclaim("eve open", o.Eve, seen))
		if err := reject(o.Ben, "eve open", seen); !problem.Is(err, problem.KindConflict) || !strings.Contains(err.Error(), "The claim was taken back: Not yet") {
			t.Errorf("taken back, then rejected: %v", err)
		}
		seen = o.shown("eve pounds", "need").Version
		o.must(confirm("eve pounds", o.Eve))
		if err := reject(o.Ben, "eve pounds", seen); !problem.Is(err, problem.KindConflict) || !strings.Contains(err.Error(), "The buyer confirmed it meanwhile") {
			t.Errorf("confirmed, then rejected: %v", err)
		}
		o.must(reject(o.Ada, "ben own", o.shown("ben own", "need").Version))
		o.must(confirm("ben own", o.Ben))
		if m := o.shown("ben own", "need"); m.State != evidence.Confirmed || m.Contact != "contact" {
			t.Errorf("rejected, then confirmed by the buyer: %+v", m)
		}
		o.whole()
	})
}

// At the very same time, one of the two wins, and the other is told.
func TestAtOnce(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		o.claim(now, o.Dan, "dan open", "need")
		a := o.drawn(now, "dan open")[0]
		seen := o.shown("dan open", "need").Version
		ben, dan := o.Viewer(o.Ben), o.Viewer(o.Dan)
		var both sync.WaitGroup
		var wrong [2]error
		both.Go(func() {
			wrong[0] = ledger.Record(t.Context(), o.DB, people.ByViewer(ben, now), func(w *ledger.Writer) error {
				return audits.Reject(t.Context(), w, ben, a.ID, seen, "Nothing to see")
			})
		})
		both.Go(func() {
			wrong[1] = ledger.Record(t.Context(), o.DB, people.ByViewer(dan, now), func(w *ledger.Writer) error {
				_, err := evidence.Act(t.Context(), w, dan, a.Deal, "need", seen, func(p *evidence.Pen) error { return p.Unclaim("need", "Not yet") })
				return err
			})
		})
		both.Wait()
		if (wrong[0] == nil) == (wrong[1] == nil) || !problem.Is(wrong[0], problem.KindConflict) && !problem.Is(wrong[1], problem.KindConflict) {
			t.Errorf("rejected: %v; taken back: %v; want one of them refused", wrong[0], wrong[1])
		}
		if err := o.pass(now, o.Ben, a, "dan open"); !problem.Is(err, problem.KindConflict) {
			t.Errorf("passed afterwards: %v", err)
		}
		o.whole()
	})
}
