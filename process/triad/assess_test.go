package triad_test

import (
	"context"
	"strings"
	"testing"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
	"milepost/process"
	"milepost/process/evidence"
	"milepost/process/triad"
)

const aDay = calendar.Instant(24 * 60 * 60 * 1000)

func TestAnswersQualifyADeal(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		note := evidence.Proof{Sort: evidence.NoteSort, Text: " Their mail of 12 May "}
		if got := o.level("dan open"); got != 0 {
			t.Fatalf("a deal of which nothing is known is at level %d", got)
		}
		o.must(o.answer(o.Dan, "dan open", triad.Answer{Criterion: "f1", State: triad.Verified, Proof: note}))
		o.must(o.answer(o.Ben, "dan open", triad.Answer{Criterion: "m1", State: triad.Met}))
		o.must(o.answer(o.Dan, "dan open", triad.Answer{Criterion: "p1x", State: triad.Met, On: "2026-05-10"}))
		if got := o.level("dan open"); got != 1 {
			t.Errorf("level %d, want 1: whose money it is is not known", got)
		}
		o.must(o.answer(o.Dan, "dan open", triad.Answer{Criterion: "m2", State: triad.Met}))
		if got := o.level("dan open"); got != process.HighestLevel {
			t.Errorf("level %d, want the highest", got)
		}
		now := o.triad("dan open")
		if a, _ := now.Criterion("f1"); a.Latest().Text != "Their mail of 12 May" || a.Latest().By != o.Dan.ID {
			t.Errorf("the evidence is %+v", a.Latest())
		}
		o.sound()
		o.now += 21 * aDay // 30 days after 10 May
		if got := o.level("dan open"); got != 0 {
			t.Errorf("level %d after somebody's support grew old, want 0", got)
		}
	})
}

func TestAnswersThatAreRefused(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		o.must(o.answer(o.Dan, "dan open", triad.Answer{Criterion: "m1", State: triad.Unmet, On: "2026-05-18"}))
		for name, c := range map[string]struct {
			by     people.Person
			deal   string
			answer triad.Answer
			kind   problem.Kind
			says   string
		}{
			"verified without evidence": {o.Dan, "dan open", triad.Answer{Criterion: "f1", State: triad.Verified}, problem.KindInvalid, "others can see for themselves"},
			"no answer":                 {o.Dan, "dan open", triad.Answer{Criterion: "f1"}, problem.KindInvalid, "Choose an answer"},
			"a link that is none":       {o.Dan, "dan open", triad.Answer{Criterion: "f1", State: triad.Met, Proof: evidence.Proof{Sort: evidence.LinkSort, URL: "javascript:alert(1)"}}, problem.KindInvalid, "no link"},
			"a link beside a word":      {o.Dan, "dan open", triad.Answer{Criterion: "f1", State: triad.Met, Proof: evidence.Proof{Sort: evidence.ContactSort, Contact: "c", On: "2026-05-01", How: "in writing", URL: "javascript:alert(1)"}}, problem.KindInvalid, "no link"},
			"a word without a way":      {o.Dan, "dan open", triad.Answer{Criterion: "f1", State: triad.Met, Proof: evidence.Proof{Sort: evidence.ContactSort, Contact: "c", On: "2026-05-01"}}, problem.KindInvalid, "How did they"},
			"a file":                    {o.Dan, "dan open", triad.Answer{Criterion: "f1", State: triad.Met, Proof: evidence.Proof{Sort: evidence.FileSort, Ref: "x"}}, problem.KindInvalid, "sort of evidence"},
			"tomorrow":                  {o.Dan, "dan open", triad.Answer{Criterion: "f1", State: triad.Met, On: "2026-05-21"}, problem.KindInvalid, "still to come"},
			"before the deal":           {o.Dan, "dan open", triad.Answer{Criterion: "f1", State: triad.Met, On: "2026-02-09"}, problem.KindInvalid, "10 February 2026"},
			"before the last answer":    {o.Dan, "dan open", triad.Answer{Criterion: "m1", State: triad.Met, On: "2026-05-17"}, problem.KindInvalid, "18 May 2026"},
			"no such criterion":         {o.Dan, "dan open", triad.Answer{Criterion: "zz", State: triad.Met}, problem.KindConflict, "not part of the process"},
			"an ended deal":             {o.Dan, "dan won", triad.Answer{Criterion: "f1", State: triad.Met}, problem.KindInvalid, "follows no sales process"},
			"somebody else's deal":      {o.Eve, "dan open", triad.Answer{Criterion: "f1", State: triad.Met}, problem.KindNotFound, "not yours to see"},
			"seen before it changed":    {o.Dan, "dan open", triad.Answer{Criterion: "m1", State: triad.Met, Seen: 1}, problem.KindConflict, "Somebody else assessed"},
		} {
			before, err := ledger.Head(t.Context(), o.DB, o.ID)
			o.must(err)
			err = o.answer(c.by, c.deal, c.answer)
			if !problem.Is(err, c.kind) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%s: %v", name, err)
			}
			if after, _ := ledger.Head(t.Context(), o.DB, o.ID); after != before {
				t.Errorf("%s: something was written", name)
			}
		}
		o.must(o.answer(o.Dan, "dan open", triad.Answer{Criterion: "m1", State: triad.Met, On: "2026-05-18"})) // the same day again
		if got := o.state("dan open", "m1"); got != triad.Met {
			t.Errorf("the second answer of a day does not count: %s", got)
		}
	})
}

// A history is taken in, answers stay with their criteria when the process changes, and
// a deal that follows another version has other rows.
func TestHistoriesAndVersions(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		assessed := func(label, state string) deals.Change {
			return deals.Change{Kind: deals.CriterionAssessed, Fact: deals.Fact{Name: label, Value: state}}
		}
		o.Record(o.now-5*aDay, o.Eve, o.Deal("eve open").ID, assessed("functional need", "verified"), assessed("Is there money?", "met"), assessed("political support", "met"))
		o.must(triad.CatchUp(t.Context(), o.DB))
		if got := o.level("eve open"); got != 1 {
			t.Errorf("from its history the deal is at level %d, want 1", got)
		}
		o.sound()
		changed := criteria()
		changed.Criteria = append(changed.Criteria[:2:2], changed.Criteria[3])
		changed.Criteria[1].Question = "Is the money there?"
		o.must(o.answer(o.Eve, "eve open", triad.Answer{Criterion: "m1", State: triad.Met}))
		o.must(o.answer(o.Eve, "eve open", triad.Answer{Criterion: "m2", State: triad.Unmet}))
		o.publish(changed)
		o.must(triad.CatchUp(t.Context(), o.DB))
		now := o.triad("eve open")
		if q := now.At(o.now); q.Level != process.HighestLevel || len(now.Earlier) != 2 {
			t.Errorf("under the new version: level %d, %d answers left over; want 3 and 2 (the history's label, and the criterion that is no more)", q.Level, len(now.Earlier))
		}
		o.sound()
		if _, err := o.DB.Exec(t.Context(), `update triad_spans set level = 0 where org_id = $1 and level = 3`, o.ID); err != nil {
			t.Fatal(err)
		}
		if found, err := triad.Check(t.Context(), o.DB, o.ID); err != nil || len(found) != 1 {
			t.Errorf("verify finds %v, %v; want the deal whose row was bent", found, err)
		}
	})
}

// What is erased is taken out of the rows.
func TestErasedAnswers(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		o.qualify(o.Dan, "dan open")
		now := o.triad("dan open")
		a, _ := now.Criterion("f1")
		o.must(o.record(o.Adam, func(ctx context.Context, w *ledger.Writer, _ *people.Viewer) error {
			return ledger.Erase(ctx, w, "x", []int64{a.Version()}, "asked to")
		}))
		if got := o.level("dan open"); got != 0 {
			t.Errorf("level %d after the need was erased", got)
		}
		o.sound()
	})
}
