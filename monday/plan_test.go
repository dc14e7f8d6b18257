package monday

import (
	"context"
	"strings"
	"testing"
	"time"

	"milepost/accounts"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/internal/testworld"
	"milepost/people"
	"milepost/process"
	"milepost/process/audits"
	"milepost/process/evidence"
	"milepost/process/plans"
)

// desk is the small organization with a process, under which its open deals are.
type desk struct {
	*testworld.SmallOrganization
	*site
	t  *testing.T
	at calendar.Instant
}

func eachDesk(t *testing.T, test func(*testing.T, *desk)) {
	t.Helper()
	eachSmall(t, func(t *testing.T, small *testworld.SmallOrganization, s *site) {
		o := &desk{small, s, t, testworld.SmallNow.Add(-2 * time.Hour)}
		var made process.Process
		o.does(o.Olga, func(ctx context.Context, w *ledger.Writer, _ *people.Viewer) (err error) {
			made, err = process.Begin(ctx, w, twoPhases())
			return err
		})
		o.does(o.Olga, func(ctx context.Context, w *ledger.Writer, _ *people.Viewer) (err error) {
			if made, err = process.Publish(ctx, w, made.ID, made.Version, nil, ""); err != nil {
				return err
			}
			if _, err = process.SetChoice(ctx, w, made.ID, made.Version, process.Choice{Active: true}); err != nil {
				return err
			}
			_, err = evidence.TakeOn(ctx, w, nil)
			return err
		})
		test(t, o)
	})
}

func twoPhases() process.Definition {
	phase := func(id process.PhaseID, name string, milestone process.MilestoneID, says string) process.Phase {
		return process.Phase{ID: id, Name: name, Milestones: []process.Milestone{{ID: milestone, Name: says, Required: true,
			Markers: []process.Marker{{ID: process.MarkerID(milestone + "-mail"), Kind: process.Deliverable, Text: "Their mail", Proof: "Their words"}}}}}
	}
	return process.Definition{Name: "Machines", Phases: []process.Phase{phase("p1", "Need", "need", "The need is agreed"), phase("p2", "Solution", "fit", "The solution fits")}}
}

// does records something in the name of a person.
func (o *desk) does(p people.Person, work func(context.Context, *ledger.Writer, *people.Viewer) error) {
	o.t.Helper()
	o.at++
	v := o.Viewer(p)
	err := ledger.Record(o.t.Context(), o.DB, people.ByViewer(v, o.at), func(w *ledger.Writer) error { return work(o.t.Context(), w, v) })
	if err != nil {
		o.t.Fatal(err)
	}
}

// shown does something with a milestone, as it was seen last.
func (o *desk) shown(p people.Person, deal string, act func(*evidence.Pen) error) {
	o.t.Helper()
	o.does(p, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
		library, err := process.ReadLibrary(ctx, w.DB)
		if err != nil {
			return err
		}
		id := o.Deal(deal).ID
		now, err := evidence.Read(ctx, w.DB, library, id)
		if err != nil {
			return err
		}
		_, err = evidence.Act(ctx, w, v, id, "need", now.Of("need").Version, act)
		return err
	})
}

func (o *desk) claims(p people.Person, deal string) {
	o.t.Helper()
	o.shown(p, deal, func(pen *evidence.Pen) error {
		return pen.Give("need", "need-mail", evidence.Proof{Sort: evidence.EmailSort, Text: "Mail of 12 May"}, "")
	})
}

// A manager is told how many claims wait, and nobody is told of another line's; a rep
// whose claim fell is led to the milestone, until it is answered, which hands it back to
// the auditor.
func TestAuditsOnMonday(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		o.get(t, o.Ben.ID, "/monday").Is(200).Lacks("to audit this week")
		o.claims(o.Dan, "dan open")
		o.claims(o.Eve, "eve open")
		if err := audits.DrawWeek(t.Context(), o.DB, o.at+1); err != nil {
			t.Fatal(err)
		}
		o.get(t, o.Ben.ID, "/monday").Is(200).Has("2 claims to audit this week", "Look behind them")
		for _, other := range []people.Person{o.Ada, o.Cleo, o.Olga} {
			o.get(t, other.ID, "/monday").Is(200).Lacks("to audit this week")
		}
		o.get(t, o.Ada.ID, "/monday?person="+string(o.Ben.ID)).Is(200).Lacks("to audit this week")
		list, err := audits.OfWeek(t.Context(), o.DB, audits.Monday(o.at, deals.Now{At: o.at, Place: time.UTC}))
		if err != nil || len(list) != 2 {
			t.Fatal(err, list)
		}
		dan := list[0]
		if dan.Rep != o.Dan.ID {
			dan = list[1]
		}
		seen := func(w *ledger.Writer) int64 {
			library, err := process.ReadLibrary(t.Context(), w.DB)
			if err != nil {
				t.Fatal(err)
			}
			s, err := evidence.Read(t.Context(), w.DB, library, dan.Deal)
			if err != nil {
				t.Fatal(err)
			}
			return s.Of("need").Version
		}
		o.does(o.Ben, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
			return audits.Reject(ctx, w, v, dan.ID, seen(w), "Our own words.")
		})
		o.get(t, o.Ben.ID, "/monday").Is(200).Has("1 claim to audit this week", "Look behind it")
		page := o.get(t, o.Dan.ID, "/day").Is(200).Has("A claim of yours was rejected", "The need is agreed", "Our own words.", "Answer, or give better evidence")
		if path := evidence.MilestonePath(dan.Deal, "need"); !strings.Contains(page.Page(), `href="`+path+`"`) {
			t.Errorf("the day does not lead to %s", path)
		}
		o.get(t, o.Ben.ID, "/day?person="+string(o.Dan.ID)).Is(200).Has("A claim of Dan Alpha was rejected", "Look at the evidence")
		o.get(t, o.Eve.ID, "/day").Is(200).Lacks("rejected")
		o.does(o.Dan, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
			return audits.Reply(ctx, w, v, dan.ID, seen(w), "They said so in the call.")
		})
		o.get(t, o.Dan.ID, "/day").Is(200).Lacks("rejected")
		o.get(t, o.Ben.ID, "/monday").Is(200).Has("2 claims to audit this week")
		o.asReadAnew(t)
	})
}

// Steps of ours in a plan are due on the day of whoever is to do them, and of the owner
// where they name nobody; a plan of another line is on nobody's day.
func TestPlanStepsOnTheDay(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		deal := o.Deal("dan open")
		var plan plans.Plan
		o.does(o.Dan, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) (err error) {
			plan, err = plans.Make(ctx, w, v, deal.ID, "")
			return err
		})
		put := func(text string, side plans.Side, who people.ID, due calendar.Date) {
			o.does(o.Dan, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
				_, err := plans.Act(ctx, w, v, plan.ID, func(p *plans.Pen) error {
					return p.Put(plans.Step{Text: text, Side: side, Person: who, Due: due}, 0, "")
				})
				return err
			})
		}
		put("Send the drawings", plans.Ours, "", "2026-05-19")
		put("Bring the trial machine", plans.Ours, o.Finn.ID, "2026-05-20")
		put("Ask for a second quote", plans.Ours, o.Ben.ID, "2026-05-21")
		put("Clear the hall", plans.Theirs, "", "2026-05-19")
		put("Say thanks", plans.Ours, "", "2026-06-30")
		o.get(t, o.Dan.ID, "/day").Is(200).Has("Send the drawings", "1 day late", "Go to the plan").Lacks("Bring the trial", "Clear the hall", "Say thanks", "Ask for a second")
		o.get(t, o.Ben.ID, "/day").Is(200).Has("Ask for a second quote").Lacks("Send the drawings")
		o.get(t, o.Finn.ID, "/day").Is(200).Lacks("Bring the trial machine") // not a deal of his line
		o.get(t, o.Eve.ID, "/day").Is(200).Lacks("Send the drawings", "Bring the trial")
		o.catchUp(t)
		o.get(t, o.Ben.ID, "/monday").Is(200).Has("plans that went quiet") // nothing is said of those yet
		o.asReadAnew(t)
	})
}

// How buyers' steps slipped and how quiet plans were is reckoned from the plans so far.
func TestWhatIsUsualOfPlans(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		var contact accounts.ContactID
		deal, err := deals.Find(t.Context(), o.DB, o.ID, o.Deal("dan open").ID)
		if err != nil {
			t.Fatal(err)
		}
		o.does(o.Dan, func(ctx context.Context, w *ledger.Writer, _ *people.Viewer) error {
			made, err := accounts.AddContacts(ctx, w, accounts.Contact{Account: deal.Account, Name: "Ana Silva"})
			if err == nil {
				contact = made[0].ID
			}
			return err
		})
		end := o.at
		o.at = end.Add(-30 * 24 * time.Hour)
		var plan plans.Plan
		o.does(o.Dan, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) (err error) {
			plan, err = plans.Make(ctx, w, v, deal.ID, "")
			return err
		})
		act := func(days int, act func(*plans.Pen) error) {
			o.at = end.Add(-time.Duration(30-days) * 24 * time.Hour)
			o.does(o.Dan, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) (err error) {
				plan, err = plans.Act(ctx, w, v, plan.ID, act)
				return err
			})
		}
		act(0, func(p *plans.Pen) error {
			return p.Put(plans.Step{Text: "Clear the hall", Side: plans.Theirs, Contact: contact, Due: "2026-05-01"}, 0, "")
		})
		act(1, func(p *plans.Pen) error { return p.Agree() })
		clear := func() plans.Step {
			for _, s := range plan.Steps {
				if s.Text == "Clear the hall" {
					return s
				}
			}
			return plans.Step{}
		}
		for i, due := range []calendar.Date{"2026-05-08", "2026-05-15"} {
			act(5+i, func(p *plans.Pen) error {
				s := clear()
				s.Due = due
				return p.Put(s, s.Course.Version, "")
			})
		}
		act(20, func(p *plans.Pen) error { s := clear(); return p.Finish(s.ID, s.Course.Version) })
		r, err := usualOfAll(t.Context(), o.DB, people.Organization{ID: o.ID, TimeZone: "UTC", FiscalStart: 1}, "2026-05-20")
		if err != nil {
			t.Fatal(err)
		}
		is := newUsuals(r.usual(), 1).of
		moves, quiet := is[usualKey{Rule: theirMoves}], is[usualKey{Rule: quietPlan}]
		if moves.Cases != 1 || moves.Most != 2 || moves.Deals != 1 {
			t.Errorf("one step of the buyer's slipped twice; it is %+v", moves)
		}
		if quiet.Cases != 4 || quiet.Most < 13.9 || quiet.Most > 14.1 { // 1, 4, 1 and 14 days
			t.Errorf("of 1, 4, 1 and 14 days, most are %+v", quiet)
		}
	})
}
