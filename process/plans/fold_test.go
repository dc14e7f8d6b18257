package plans

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"milepost/accounts"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
)

// history draws what may come of a plan, whatever is in it.
func history(t *rapid.T) []ledger.Entry {
	steps := rapid.SampledFrom([]StepID{"1", "2", "3", "4"})
	dates := rapid.SampledFrom([]calendar.Date{"", "2026-06-01", "2026-06-05", "2026-07-01"})
	var list []ledger.Entry
	for i := range rapid.IntRange(1, 30).Draw(t, "length") {
		e := ledger.Entry{ID: fmt.Sprint("entry-", i), Sequence: int64(i + 1), EffectiveAt: calendar.Instant(i + 1), Opportunity: "deal", Actor: "dan"}
		fact := Fact{Plan: "plan", StepID: steps.Draw(t, "step"), Fact: deals.Fact{Date: dates.Draw(t, "date"), Reason: "so"}}
		e.Kind, e.Subject = Kinds[rapid.IntRange(0, len(Kinds)-1).Draw(t, "kind")], "plan"
		switch e.Kind {
		case Made:
			if i > 0 {
				e.Kind, fact.Did = Changed, Agreed
			}
		case Changed:
			fact.Did = rapid.SampledFrom([]Did{PutStep, DroppedStep, Reopened, Decided, Agreed, Answered}).Draw(t, "did")
			fact.Step = &Step{ID: fact.StepID, Text: "x", Side: Ours, Due: fact.Date, After: []StepID{steps.Draw(t, "after")}}
			fact.Content = &Content{Title: "t"}
			fact.Remark = RemarkID(fmt.Sprint("entry-", rapid.IntRange(0, 30).Draw(t, "remark")))
		case Shared:
			fact.Terms = &Terms{Expires: 100}
		case Revoked:
			fact.Link = LinkID(fmt.Sprint("entry-", rapid.IntRange(0, 30).Draw(t, "link")))
		case StepConfirmed, StepMoved:
			e.Subject = string(fact.StepID)
			if rapid.Bool().Draw(t, "by buyer") {
				e.Via, e.Actor, fact.Contact = ledger.ViaBuyerLink, "", accounts.ContactID("ana")
			}
		}
		if i == 0 {
			e.Kind, e.Subject, fact.Content = Made, "plan", &Content{Title: "t", Steps: []Step{{ID: "1", Text: "one", Due: "2026-06-01"}, {ID: "2", Text: "two"}}}
		}
		packed, _ := json.Marshal(fact)
		e.Payload = string(packed)
		list = append(list, e)
	}
	return list
}

// Whatever happens: folding twice gives the same and survives being packed; a first date
// once agreed does not change; moves are counted; no step is there twice.
func TestFoldHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := history(t)
		firsts := map[StepID]calendar.Date{}
		for i := range list {
			plans, err := Fold(list[:i+1])
			if err != nil {
				t.Fatal(err)
			}
			if len(plans) != 1 || plans[0].Version != int64(i+1) || !plans[0].InForce {
				t.Fatalf("after %d entries: %+v", i+1, plans)
			}
			p := plans[0]
			seen := map[StepID]bool{}
			for _, s := range p.Steps {
				if seen[s.ID] || s.Course == nil {
					t.Fatalf("step %s is there twice, or without its course", s.ID)
				}
				seen[s.ID] = true
				if was, known := firsts[s.ID]; known && was != "" && s.Course.First != was {
					t.Fatalf("the first date of step %s went from %s to %s", s.ID, was, s.Course.First)
				}
				firsts[s.ID] = s.Course.First
				if s.Course.First != "" && p.AgreedAt == 0 || s.Slipped() != 0 && s.Course.Moves == 0 {
					t.Fatalf("step %s slipped by %d without a move: %+v", s.ID, s.Slipped(), s.Course)
				}
			}
			for id := range firsts {
				if !seen[id] {
					delete(firsts, id) // dropped; it may come back as another
				}
			}
			r, err := rowOf(&p)
			if err != nil {
				t.Fatal(err)
			}
			again, err := r.plan()
			packed, _ := rowOf(&again)
			if err != nil || packed.Content != r.Content {
				t.Fatalf("packed and read again it is %s, was %s (%v)", packed.Content, r.Content, err)
			}
			twice, _ := Fold(list[:i+1])
			if !reflect.DeepEqual(twice, plans) {
				t.Fatal("folding twice gives two plans")
			}
		}
	})
}
