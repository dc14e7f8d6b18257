package triad

import (
	"context"
	"errors"
	"slices"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
	"milepost/process"
	"milepost/process/evidence"
)

// Sorts are the sorts of evidence by which a criterion is verified.
var Sorts = []evidence.Sort{evidence.NoteSort, evidence.LinkSort, evidence.EmailSort, evidence.ContactSort}

// Answer is what a person says of a criterion.
type Answer struct {
	Criterion process.CriterionID
	State     State
	Proof     evidence.Proof // empty Sort: nothing is shown
	On        calendar.Date  // the day on which it was so; empty is today
	Seen      int64          // the criterion's Version that the person saw
}

// Assess records an answer in the writer's name. Who does not see the deal, or saw an
// older answer than the newest, is refused.
func Assess(ctx context.Context, w *ledger.Writer, v *people.Viewer, deal deals.ID, answer Answer) (Triad, error) {
	o, err := deals.FindFor(ctx, w.DB, v, deal)
	if err != nil {
		return Triad{}, err
	}
	library, err := process.ReadLibrary(ctx, w.DB)
	if err != nil {
		return Triad{}, err
	}
	entries, err := ledger.OfOpportunity(ctx, w.DB, w.DB.Org(), string(deal))
	if err != nil {
		return Triad{}, err
	}
	t, err := Fold(entries, library, deals.Ever)
	if err != nil {
		return t, err
	}
	fact, at, err := t.answer(&o, answer, deals.Now{At: w.By.At, Place: v.Organization.Place()})
	if err != nil {
		return t, err
	}
	e, err := w.Add(Assessed, string(deal), string(deal), at, fact)
	if err != nil {
		return t, err
	}
	entries = append(entries, e)
	if t, err = Fold(entries, library, deals.Ever); err != nil {
		return t, err
	}
	if err := deals.Rewrite(ctx, w.DB, map[deals.ID][]ledger.Entry{deal: entries}, []deals.ID{deal}, nil); err != nil {
		return t, err
	}
	return t, settle(ctx, w.DB, map[deals.ID]*Triad{deal: &t})
}

// answer is what is to be recorded, and from when on it is true; or what is wrong.
func (t *Triad) answer(o *deals.Opportunity, answer Answer, now deals.Now) (Fact, calendar.Instant, error) {
	asked, there := t.Criterion(answer.Criterion)
	switch {
	case t.Process == "":
		return Fact{}, 0, problem.Invalid("", "This deal follows no sales process, so there is nothing to assess.")
	case !o.IsOpen():
		return Fact{}, 0, problem.Invalid("", "This deal has ended (%s). Reopen it to assess it.", o.Outcome.Label())
	case !there:
		return Fact{}, 0, problem.Conflict("", "This criterion is not part of the process that the deal follows now. Reload the page.")
	case asked.Version() != answer.Seen:
		return Fact{}, 0, problem.Conflict("", "Somebody else assessed this while you were at it. Nothing of yours was saved yet: look at both, then decide.")
	}
	proof, badProof := answer.proof()
	at, badDay := asked.on(answer.On, o, now)
	if err := errors.Join(badProof, badDay); err != nil {
		return Fact{}, 0, err
	}
	fact := Fact{Fact: deals.Fact{Name: string(asked.ID), Value: asked.Question, Reason: stateLabels[answer.State]}, Process: t.Process, State: answer.State}
	if proof.Sort != "" {
		fact.Proof = &proof
	}
	return fact, at, nil
}

// proof is what is shown, cleaned. Verified is only what is shown.
func (a *Answer) proof() (evidence.Proof, error) {
	switch {
	case !slices.Contains(States, a.State):
		return a.Proof, problem.Invalid("state", "Choose an answer: not known, not met, met or verified.")
	case a.State == Verified && a.Proof.Sort == "":
		return a.Proof, problem.Invalid("text", "Verified needs something that others can see for themselves: what was said, a link, or who of theirs said so. Without it, it is “met”.")
	case a.Proof.Sort == "":
		return evidence.Proof{}, nil
	case !slices.Contains(Sorts, a.Proof.Sort):
		return a.Proof, problem.Invalid("text", "A criterion is not shown by this sort of evidence.")
	}
	if a.Proof.URL != "" { // also beside somebody's word: a page makes a link of it
		if _, err := (evidence.Proof{Sort: evidence.LinkSort, URL: a.Proof.URL}).Complete(); err != nil {
			return a.Proof, err
		}
	}
	return a.Proof.Complete()
}

// on is from when on an answer is true: now for today, the last moment of a day before.
func (a *Asked) on(day calendar.Date, o *deals.Opportunity, now deals.Now) (calendar.Instant, error) {
	today, at := now.Today(), now.At
	if day != "" && day != today {
		at = day.AddDays(1).Midnight(now.Place) - 1
	}
	latest := a.Latest()
	switch {
	case day > today:
		return 0, problem.Invalid("on", "This day is still to come.")
	case at < o.CreatedAt && day != "":
		return 0, problem.Invalid("on", "The deal was opened on %s; choose that day, or a later one.", calendar.DateOf(o.CreatedAt, now.Place).Long())
	case latest == nil || at >= latest.At:
		return at, nil
	case day != "" && day < calendar.DateOf(latest.At, now.Place):
		return 0, problem.Invalid("on", "It was last assessed on %s, so an older answer would change nothing.", calendar.DateOf(latest.At, now.Place).Long())
	}
	return latest.At, nil // the same day, or clocks that differ: never before what was said already
}
