package audits_test

import (
	"context"
	"testing"

	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
	"milepost/process/audits"
)

// Who may judge: the owner's manager, and who is above; nobody sideways, below, or the
// owner; operations only where nobody is above.
func TestWhoMayAudit(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		for deal, p := range map[string]people.Person{"dan open": o.Dan, "ben own": o.Ben, "finn late": o.Finn} {
			o.claim(now, p, deal, "need")
		}
		for _, c := range []struct {
			name, deal string
			who        people.Person
			want       problem.Kind
		}{
			{"a sideways manager", "dan open", o.Cleo, problem.KindNotFound},
			{"a rep of the same team", "dan open", o.Eve, problem.KindNotFound},
			{"the owner", "dan open", o.Dan, problem.KindForbidden},
			{"a manager on his own deal", "ben own", o.Ben, problem.KindForbidden},
			{"operations, where a manager is above", "dan open", o.Olga, problem.KindForbidden},
			{"an observer", "dan open", o.Vera, problem.KindNotFound},
			{"an administrator", "dan open", o.Adam, problem.KindNotFound},
		} {
			a := o.drawn(now, c.deal)[0]
			if err := o.pass(now, c.who, a, c.deal); !problem.Is(err, c.want) {
				t.Errorf("%s passes: %v", c.name, err)
			}
			if err := o.reject(now, c.who, a, c.deal, "No"); !problem.Is(err, c.want) {
				t.Errorf("%s rejects: %v", c.name, err)
			}
		}
		o.must(o.pass(now, o.Ada, o.drawn(now, "ben own")[0], "ben own"))
		o.must(o.pass(now, o.Ada, o.drawn(now, "dan open")[0], "dan open")) // stands in for Ben
	})
}

// The audit goes where the deal goes, and where its owner reports.
func TestAuditFollowsTheLine(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		o.claim(now, o.Dan, "dan open", "need")
		a := o.drawn(now, "dan open")[0]
		o.Record(now, o.Ada, o.Deal("dan open").ID, deals.Change{Kind: deals.OwnerSet, Fact: deals.Fact{Person: o.Finn.ID}})
		if err := o.pass(now, o.Ben, a, "dan open"); !problem.Is(err, problem.KindNotFound) {
			t.Errorf("after the deal went to Finn, Ben passes it: %v", err)
		}
		o.must(o.record(o.Adam, now, func(ctx context.Context, w *ledger.Writer, _ *people.Viewer) error {
			return people.SetManager(ctx, w, o.Finn.ID, o.Ben.ID, now)
		}))
		if err := o.pass(now, o.Cleo, a, "dan open"); !problem.Is(err, problem.KindNotFound) {
			t.Errorf("after Finn went to Ben, Cleo passes it: %v", err)
		}
		o.must(o.reject(now, o.Ben, a, "dan open", "No mail"))
		o.Record(now, o.Ada, o.Deal("ben own").ID, deals.Change{Kind: deals.OwnerSet, Fact: deals.Fact{Person: o.Ada.ID}})
		o.claim(now, o.Ada, "ben own", "need")
		heads := o.drawn(now.Add(7*day), "ben own")[0]
		if err := o.pass(now.Add(7*day), o.Ada, heads, "ben own"); !problem.Is(err, problem.KindForbidden) {
			t.Errorf("the head of sales passes her own deal: %v", err)
		}
		o.must(o.pass(now.Add(7*day), o.Olga, heads, "ben own"))
		list, err := audits.Overturned(t.Context(), o.DB, 0, deals.Ever)
		if err != nil || len(list) != 1 || list[0].Rep != o.Dan.ID {
			t.Errorf("whose claim it was: %+v, %v", list, err)
		}
		o.whole()
	})
}
