package activities_test

import (
	"context"
	"strings"
	"testing"

	"milepost/activities"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
)

func TestLoggingIsCounted(t *testing.T) {
	eachDesk(t, func(t *testing.T, o desk) {
		id := o.log(o.Dan, "dan open", activities.Said{Type: "call", Text: "They want two scales", Minutes: 20, At: now - 30*hour,
			Participants: []activities.Participant{{Person: o.Ben.ID}, {Name: "Iris"}, {Name: " iris "}, {Name: ""}}})
		a := o.activity(id)
		if a.State != activities.Done || a.Person != o.Dan.ID || a.Owner != o.Dan.ID || a.At != now-30*hour || a.Minutes != 20 || a.Via != ledger.ViaWeb {
			t.Errorf("logged as %+v", a)
		}
		if got := a.Participants.List(); len(got) != 2 || got[0].Person != o.Ben.ID || got[1].Name != "Iris" {
			t.Errorf("took part: %+v", got)
		}
		deal, err := deals.Find(t.Context(), o.DB, o.Organization.ID, o.Deal("dan open").ID)
		if err != nil || deal.Activities != 1 || deal.LastActivityAt != now-30*hour {
			t.Errorf("the deal counts %d, last at %v (%v)", deal.Activities, deal.LastActivityAt, err)
		}
		o.sound()
	})
}

// A plan is no contact with the prospect until it was carried out.
func TestAPlanCountsWhenItIsDone(t *testing.T) {
	eachDesk(t, func(t *testing.T, o desk) {
		id := o.log(o.Dan, "dan open", activities.Said{Type: "visit", At: now + 50*hour})
		count := func() int64 {
			deal, err := deals.Find(t.Context(), o.DB, o.Organization.ID, o.Deal("dan open").ID)
			if err != nil {
				t.Fatal(err)
			}
			return deal.Activities
		}
		if a := o.activity(id); a.State != activities.Ahead || a.At != now+50*hour || count() != 0 {
			t.Errorf("planned as %+v, the deal counts %d", a, count())
		}
		carry := func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
			return activities.CarryOut(ctx, w, v, id, activities.Said{Type: "visit", Text: "Saw the harbour"})
		}
		o.must(o.Dan, now+51*hour, carry)
		if a := o.activity(id); a.State != activities.Done || a.Text != "Saw the harbour" || a.At != now+51*hour || count() != 1 {
			t.Errorf("carried out as %+v, the deal counts %d", a, count())
		}
		refused(t, o.by(o.Dan, now+52*hour, carry), problem.KindConflict, "")
		o.sound()
	})
}

func TestCorrectingAndTakingBack(t *testing.T) {
	eachDesk(t, func(t *testing.T, o desk) {
		id := o.log(o.Dan, "dan open", activities.Said{Type: "call", Text: "Wrong"})
		seen := o.activity(id).Version
		correct := func(version int64, text string) func(context.Context, *ledger.Writer, *people.Viewer) error {
			return func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
				return activities.Correct(ctx, w, v, id, version, activities.Said{Type: "meeting", Text: text, At: now - hour})
			}
		}
		o.must(o.Dan, now+1, correct(seen, "Right"))
		if a := o.activity(id); a.Type != "meeting" || a.Text != "Right" || a.At != now-hour || a.Version == seen {
			t.Errorf("corrected to %+v", a)
		}
		refused(t, o.by(o.Dan, now+2, correct(seen, "Late")), problem.KindConflict, "")
		refused(t, o.by(o.Ben, now+2, correct(0, "Not mine")), problem.KindForbidden, "")
		refused(t, o.by(o.Finn, now+2, correct(0, "Sideways")), problem.KindNotFound, "")
		withdraw := func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
			return activities.Withdraw(ctx, w, v, id)
		}
		o.must(o.Dan, now+3, withdraw)
		if a := o.activity(id); a.State != activities.TakenBack {
			t.Errorf("taken back as %+v", a)
		}
		refused(t, o.by(o.Dan, now+4, withdraw), problem.KindConflict, "")
		o.sound()
	})
}

func TestASecondTryIsOneActivity(t *testing.T) {
	eachDesk(t, func(t *testing.T, o desk) {
		said := activities.Said{Key: "0192f0c1-2222-4333-8444-55556666aaaa", Type: "call", Text: "Once"}
		if a, b := o.log(o.Dan, "dan open", said), o.log(o.Dan, "dan open", said); a != b || string(a) != said.Key {
			t.Errorf("two tries became %s and %s", a, b)
		}
		if id := o.log(o.Dan, "dan open", activities.Said{Key: "'; drop table", Type: "call", Text: "Twice"}); len(id) != 36 {
			t.Errorf("a key that is none was taken: %s", id)
		}
		o.sound()
	})
}

func TestWhatIsNotLogged(t *testing.T) {
	for name, c := range map[string]struct {
		said  activities.Said
		field string
	}{
		"no type":         {activities.Said{Text: "a"}, "type"},
		"nothing said":    {activities.Said{Type: "call", Text: " \n\t"}, "text"},
		"unreadable":      {activities.Said{Type: "call", Text: "\xff"}, "text"},
		"far too long":    {activities.Said{Type: "call", Text: strings.Repeat("ж", activities.LongestText+1)}, "text"},
		"in the year 3":   {activities.Said{Type: "call", Text: "a", At: -62_000_000_000_000}, "when"},
		"in ten years":    {activities.Said{Type: "call", Text: "a", At: now + 10*366*24*hour}, "when"},
		"two days long":   {activities.Said{Type: "call", Text: "a", Minutes: 2881}, "minutes"},
		"negative length": {activities.Said{Type: "call", Text: "a", Minutes: -1}, "minutes"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := c.said.Cleaned(now)
			refused(t, err, problem.KindInvalid, c.field)
		})
	}
	if said, err := (activities.Said{Type: "call", Outcome: "No answer", At: now + 60_000}).Cleaned(now); err != nil || said.At != now {
		t.Errorf("a form that is a minute ahead: %v, %v", said.At, err)
	}
}
