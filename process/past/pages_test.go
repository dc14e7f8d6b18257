package past_test

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"milepost/internal/ledger"
	"milepost/process"
)

// What was found can be made a draft, by those who design processes.
func TestDraftFromHistory(t *testing.T) {
	eachArchive(t, func(t *testing.T, o *archive) {
		o.sees(o.Ben, "/process/from-history", "These are stages", "Deals begin in “Proposal”")
		o.machines()
		o.sees(o.Ben, "/process/from-history", "29 of", "trial held", "Deals begin in “Asked”", "required")
		if w := o.ask(o.Dan, http.MethodGet, "/process/from-history"); w.Code != http.StatusForbidden {
			t.Errorf("a rep gets %d", w.Code)
		}
		if w := o.ask(o.Ben, http.MethodPost, "/process/from-history", "name", " "); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("a process without a name: %d", w.Code)
		}
		w := o.ask(o.Ben, http.MethodPost, "/process/from-history", "name", "Machines")
		if w.Code != http.StatusSeeOther {
			t.Fatalf("making a draft: %d", w.Code)
		}
		p, err := process.Find(t.Context(), o.DB, process.ID(strings.TrimPrefix(w.Header().Get("Location"), "/process/")))
		o.must(err)
		if p.State != process.Drafted || p.Draft.Name != "Machines" || len(p.Draft.Milestones()) != 2 {
			t.Errorf("the draft is %+v", p)
		}
		o.sees(o.Ben, "/process/"+string(p.ID)+"/labels", "Nothing is left to say")
	})
}

// Labels that a process does not know are proposed by their words, and taught to a draft.
func TestTeachLabels(t *testing.T) {
	eachArchive(t, func(t *testing.T, o *archive) {
		o.machines()
		o.past(2, 40, o.Eve, reached(3, "Christmas card"))
		var p process.Process
		o.record(func(ctx context.Context, w *ledger.Writer) (err error) {
			p, err = process.Begin(ctx, w, process.Definition{Name: "Machines", Phases: []process.Phase{
				{Name: "Need"}, {Name: "Proof", Milestones: []process.Milestone{{ID: "trial", Name: "The trial was held"}, {ID: "offer", Name: "Our price is agreed"}}}}})
			return err
		})
		at := "/process/" + string(p.ID) + "/labels"
		page := o.ask(o.Ben, http.MethodGet, at).Body.String()
		if !strings.Contains(page, `<option value="trial" selected`) {
			t.Errorf("the trial is not proposed:\n%s", page)
		}
		o.sees(o.Ben, at, "3 labels", "In 29 deals; proposed", "In 15 deals", "“Christmas card”")
		seen := strconv.FormatInt(p.Version, 10)
		if w := o.ask(o.Ben, http.MethodPost, at, "seen", seen); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("nothing chosen: %d", w.Code)
		}
		if w := o.ask(o.Ben, http.MethodPost, at, "seen", "1", "label.trial held", "trial"); w.Code != http.StatusConflict {
			t.Errorf("a draft that changed: %d", w.Code)
		}
		if w := o.ask(o.Dan, http.MethodPost, at, "seen", seen, "label.trial held", "trial"); w.Code != http.StatusForbidden {
			t.Errorf("a rep: %d", w.Code)
		}
		if w := o.ask(o.Ben, http.MethodPost, at, "seen", seen, "label.trial held", "trial", "label.offer accepted", "offer", "label.nothing", "offer", "label.Christmas card", ""); w.Code != http.StatusSeeOther {
			t.Fatalf("teaching: %d", w.Code)
		}
		again, err := process.Find(t.Context(), o.DB, p.ID)
		o.must(err)
		for label, want := range map[string]process.MilestoneID{"trial held": "trial", "Offer accepted": "offer", "nothing": "", "Christmas card": ""} {
			if id, _ := again.Draft.Labelled(label); id != want {
				t.Errorf("%q means %q, want %q", label, id, want)
			}
		}
		o.sees(o.Ben, at, "1 label that")
	})
}

// Labels of criteria are asked for like those of milestones, and what means nothing here
// is remembered until somebody asks again.
func TestTeachCriteria(t *testing.T) {
	eachArchive(t, func(t *testing.T, o *archive) {
		o.machines()
		o.past(3, 40, o.Eve, answered(3, "budget is there"), answered(4, "Financial"), answered(5, "horoscope"))
		var p process.Process
		o.record(func(ctx context.Context, w *ledger.Writer) (err error) {
			p, err = process.Begin(ctx, w, process.Definition{Name: "Machines",
				Phases:   []process.Phase{{Name: "Need"}, {Name: "Proof", Milestones: []process.Milestone{{ID: "trial", Name: "Trial held"}, {ID: "offer", Name: "Offer accepted"}}}},
				Criteria: []process.Criterion{{ID: "money", Part: process.Financial, Question: "Is the budget there?", Level: 1}, {ID: "boss", Part: process.Political, Question: "Does the owner want it?", Level: 1}}})
			return err
		})
		at := "/process/" + string(p.ID) + "/labels"
		draft := func() process.Definition {
			again, err := process.Find(t.Context(), o.DB, p.ID)
			o.must(err)
			return again.Draft
		}
		said := func(fields ...string) {
			t.Helper()
			if w := o.ask(o.Ben, http.MethodPost, at, fields...); w.Code != http.StatusSeeOther {
				t.Fatalf("%v: %d %s", fields, w.Code, w.Body.String())
			}
		}
		page := o.sees(o.Ben, at, "2 labels of criteria", "“budget is there”", "“horoscope”", "In 3 deals; proposed")
		if strings.Contains(page, "“Financial”") {
			t.Error("the name of a part is asked for")
		}
		said("label.budget is there", "money", "criterion.horoscope", "-")
		d := draft()
		if id, _ := d.LabelledCriterion("budget is there"); id != "" || !d.MeansNothing("Horoscope") {
			t.Errorf("a criterion was taught as a milestone, or the horoscope means something: %+v", d)
		}
		o.sees(o.Ben, at, "1 label of criteria", "Mean nothing here", "“horoscope”")
		said("criterion.budget is there", "money")
		d = draft()
		if id, _ := d.LabelledCriterion("Budget is there"); id != "money" {
			t.Errorf("the budget means %q", id)
		}
		said("again.horoscope", "on")
		d = draft()
		if d.MeansNothing("horoscope") {
			t.Error("what was taken back is still silent")
		}
		o.sees(o.Ben, at, "1 label of criteria")
	})
}
