package evidence_test

import (
	"context"
	"strings"
	"testing"

	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
	"milepost/process"
	"milepost/process/evidence"
)

// The stage follows from what is shown, forward and back.
func TestStageFollowsFromEvidence(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		if got := o.stage("dan open"); got != "Need" {
			t.Fatalf("a deal that has shown nothing is at %q, want the first phase", got)
		}
		o.must(o.mail(o.Dan, "dan open", "need", "need-mail"))
		if s := o.standing("dan open"); s.Of("need").State != evidence.Claimed {
			t.Fatalf("the need is %q after its evidence was given", s.Of("need").State)
		}
		err := o.act(o.Dan, "dan open", "fit", func(p *evidence.Pen) error { return p.Claim("fit") })
		if err == nil || !strings.Contains(err.Error(), "The test report") {
			t.Errorf("claiming without evidence: %v; want what is missing", err)
		}
		o.must(o.mail(o.Dan, "dan open", "fit", "fit-report"))
		if got := o.stage("dan open"); got != "Need" {
			t.Errorf("with half of the evidence the stage is %q", got)
		}
		o.must(o.mail(o.Dan, "dan open", "fit", "fit-word"))
		if got := o.stage("dan open"); got != "Solution" {
			t.Errorf("with all evidence the stage is %q, want Solution", got)
		}
		o.must(o.act(o.Ben, "dan open", "fit", func(p *evidence.Pen) error { return p.Reject("fit", "The report is of another machine.") }))
		if got, is := o.stage("dan open"), o.standing("dan open"); got != "Need" || is.Of("fit").State != evidence.Rejected {
			t.Errorf("after the rejection: stage %q, %q", got, is.Of("fit").State)
		}
		if err := o.act(o.Dan, "dan open", "fit", func(p *evidence.Pen) error { return p.Claim("fit") }); err == nil {
			t.Error("a rejected milestone was claimed again with nothing new")
		}
		o.must(o.mail(o.Dan, "dan open", "fit", "fit-report"))
		if got := o.stage("dan open"); got != "Solution" {
			t.Errorf("after new evidence the stage is %q", got)
		}
	})
}

// A milestone falls with its evidence, even a confirmed one, and nobody types a stage.
func TestMilestoneFallsWithItsEvidence(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		o.must(o.mail(o.Dan, "dan open", "need", "need-mail"))
		o.must(o.act(o.Ben, "dan open", "need", func(p *evidence.Pen) error { return p.Pass("need") }))
		s := o.standing("dan open")
		if s.Of("need").State != evidence.Confirmed || s.Of("need").ConfirmedBy != o.Ben.ID {
			t.Fatalf("after the audit: %+v", s.Of("need"))
		}
		item := s.Evidence("need")[0].ID
		o.must(o.act(o.Dan, "dan open", "need", func(p *evidence.Pen) error { return p.Withdraw(item, "It was about another site.") }))
		s = o.standing("dan open")
		if s.Stands("need") || len(s.Items) != 1 || s.Items[0].Stands() {
			t.Errorf("after the evidence was withdrawn: %+v, %+v", s.Of("need"), s.Items)
		}
		err := o.record(o.Dan, now, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
			_, err := deals.Edit(ctx, w, v, o.Deal("dan open").ID, 0, func(d *deals.Opportunity) ([]deals.Change, error) { return deals.MoveTo(d, "Decision") })
			return err
		})
		if !problem.Is(err, problem.KindInvalid) {
			t.Errorf("a stage was typed by hand: %v", err)
		}
	})
}

// Whoever acts on what somebody else changed meanwhile is told, and nothing is written.
func TestActsOnWhatWasSeen(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		o.must(o.mail(o.Dan, "dan open", "need", "need-mail"))
		seen := o.standing("dan open").Of("need").Version
		o.must(o.act(o.Ben, "dan open", "need", func(p *evidence.Pen) error { return p.Reject("need", "That mail is a year old.") }))
		err := o.record(o.Dan, now, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
			_, err := evidence.Act(ctx, w, v, o.Deal("dan open").ID, "need", seen, func(p *evidence.Pen) error { return p.Unclaim("need", "No") })
			return err
		})
		if !problem.Is(err, problem.KindConflict) {
			t.Errorf("acting on what changed meanwhile: %v", err)
		}
		if err := o.mail(o.Finn, "dan open", "need", "need-mail"); !problem.Is(err, problem.KindNotFound) {
			t.Errorf("somebody else's deal: %v", err)
		}
	})
}

// The buyer's word confirms a milestone that nobody claimed, and is its evidence.
func TestBuyersWordIsEvidence(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		err := o.act(o.Dan, "dan open", "fit", func(p *evidence.Pen) error {
			ok, err := p.ConfirmByBuyer("fit", "step-1", "contact-1", "Works for us")
			if !ok {
				t.Error("the buyer's word was not taken")
			}
			return err
		})
		o.must(err)
		s := o.standing("dan open")
		if s.Of("fit").State != evidence.Confirmed || s.Of("fit").Contact != "contact-1" || len(s.Evidence("fit")) != 1 {
			t.Errorf("after the buyer's word: %+v, %+v", s.Of("fit"), s.Evidence("fit"))
		}
		if got := o.stage("dan open"); got != "Solution" {
			t.Errorf("the stage is %q", got)
		}
	})
}

// A new version keeps what deals earned; what was split stands in both, and what was
// dropped is kept as it was.
func TestNewVersionKeepsWhatWasEarned(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		o.must(o.mail(o.Dan, "dan open", "need", "need-mail"))
		o.must(o.mail(o.Dan, "dan open", "visit", "visit-note"))
		before := o.standing("dan open")
		next := threePhases()
		next.Phases[0].Milestones[0].Name = "They said what they need"
		next.Phases[1].Milestones = next.Phases[1].Milestones[:1] // no more visits
		o.publish(next)
		s := o.standing("dan open")
		if s.Number != 2 || s.Of("need").State != evidence.Claimed || s.Of("need").Earned != 1 || len(s.Earlier) != 1 || s.Earlier[0].ID != "visit" {
			t.Errorf("under version 2: %+v", s)
		}
		library, err := process.ReadLibrary(t.Context(), o.DB)
		o.must(err)
		entries, err := ledger.OfOpportunity(t.Context(), o.DB, o.ID, string(o.Deal("dan open").ID))
		o.must(err)
		var cut []ledger.Entry
		for _, e := range entries {
			if e.Kind == deals.ProcessSet && len(cut) > 0 && cut[len(cut)-1].Kind != deals.StageSet && e.Sequence > before.Of("visit").Version {
				break
			}
			cut = append(cut, e)
		}
		was, err := evidence.Fold(cut, library, deals.Ever)
		o.must(err)
		if was.Number != 1 || !was.Stands("visit") {
			t.Errorf("as it stood before: %+v", was)
		}
	})
}

// A milestone that became two leaves its evidence to both. A better piece given for one
// of them replaces it there and nowhere else: the other still stands by what it has.
func TestReplacingEvidenceThatServesTwo(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		o.must(o.mail(o.Dan, "dan open", "visit", "visit-note"))
		next := threePhases()
		next.Phases[1].Milestones = append(next.Phases[1].Milestones, process.Milestone{ID: "call", Name: "They called a customer",
			Markers: []process.Marker{{ID: "call-note", Kind: process.Deliverable, Text: "A note of the call"}}})
		o.publishMapped(next, map[process.MilestoneID][]process.MilestoneID{"visit": {"call", "visit"}})
		s := o.standing("dan open")
		if !s.Stands("call") || !s.Stands("visit") {
			t.Fatalf("after the split: %+v", s.Shown)
		}
		shared := s.Evidence("visit")[0].ID
		o.must(o.act(o.Dan, "dan open", "visit", func(p *evidence.Pen) error {
			return p.Give("visit", "visit-note", evidence.Proof{Sort: evidence.EmailSort, Text: "The better note"}, shared)
		}))
		s = o.standing("dan open")
		for id, want := range map[process.MilestoneID]string{"visit": "The better note", "call": "Mail of 12 May, subject “Scales”"} {
			if list := s.Evidence(id); !s.Stands(id) || len(list) != 1 || list[0].Text != want {
				t.Errorf("%s stands: %v, by %+v", id, s.Stands(id), list)
			}
		}
		o.must(o.act(o.Dan, "dan open", "call", func(p *evidence.Pen) error { return p.Withdraw(shared, "Another customer.") }))
		if s = o.standing("dan open"); s.Stands("call") || !s.Stands("visit") {
			t.Errorf("after the shared note was withdrawn: %+v", s.Shown)
		}
	})
}

// What is replaced by evidence of another sort may have been what a milestone needed.
func TestReplacingWhatAMilestoneNeeds(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		next := threePhases()
		next.Phases[0].Milestones[0].Markers = []process.Marker{{ID: "need-mail", Kind: process.Deliverable, Text: "Their mail that names the need", Required: true},
			{ID: "need-note", Kind: process.Deliverable, Text: "A note of the talk"}}
		o.publish(next)
		o.must(o.mail(o.Dan, "dan open", "need", "need-mail"))
		s := o.standing("dan open")
		mail := s.Evidence("need")[0].ID
		o.must(o.act(o.Dan, "dan open", "need", func(p *evidence.Pen) error {
			return p.Give("need", "need-note", evidence.Proof{Sort: evidence.EmailSort, Text: "My note"}, mail)
		}))
		if s = o.standing("dan open"); s.Stands("need") {
			t.Errorf("it stands without the mail that it needs: %+v", s.Evidence("need"))
		}
	})
}
