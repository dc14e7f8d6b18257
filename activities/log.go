package activities

import (
	"context"
	"regexp"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
)

// Log records what was done in a deal, or, when its time is still to come, what is
// planned: a plan is no contact with the prospect yet.
func Log(ctx context.Context, w *ledger.Writer, v *people.Viewer, deal deals.ID, said Said) (ID, error) {
	pen, err := takeUp(ctx, w, v, deal)
	if err != nil {
		return "", err
	}
	if said, err = said.cleaned(w.By.At); err != nil {
		return "", err
	}
	if known, err := findIn(pen.Activities, activityTable.id, ID(said.Key), ""); err == nil && known.Person == v.ID {
		return known.ID, nil
	}
	id, err := pen.report(said)
	if err != nil {
		return "", err
	}
	return id, pen.putDown(ctx)
}

func (p *pen) report(said Said) (ID, error) {
	r, e := said.report(), ledger.Entry{ID: said.Key, RecordedAt: p.w.By.At, EffectiveAt: said.At,
		Kind: deals.ActivityLogged, Subject: string(p.deal.ID), Opportunity: string(p.deal.ID)}
	if !uuid.MatchString(e.ID) {
		e.ID = db.NewID(p.w.By.At)
	}
	if isAhead(said.At, p.w.By.At) {
		r.At, e.Kind, e.EffectiveAt = &said.At, Planned, p.w.By.At
	}
	e, err := p.w.AddAs(e, r)
	p.entries = append(p.entries, e)
	return ID(e.ID), err
}

var uuid = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// CarryOut records that a planned activity took place, and what came of it.
func CarryOut(ctx context.Context, w *ledger.Writer, v *people.Viewer, id ID, said Said) error {
	pen, a, err := takeUpActivity(ctx, w, v, id)
	if err != nil {
		return err
	}
	if a.State != Ahead {
		return problem.Conflict("", "This activity is not planned any more: it was carried out or taken back meanwhile.")
	}
	if said, err = said.cleaned(w.By.At); err != nil {
		return err
	}
	if isAhead(said.At, w.By.At) {
		return problem.Invalid("when", "That is still to come. Leave it planned, or say when it was.")
	}
	r := said.report()
	r.Planned = id
	if _, err := pen.addAt(deals.ActivityLogged, "", said.At, r); err != nil {
		return err
	}
	return pen.putDown(ctx)
}

// Correct says what an activity really was. What was said before stays in the
// ledger. Version is what the person saw, or 0.
func Correct(ctx context.Context, w *ledger.Writer, v *people.Viewer, id ID, version int64, said Said) error {
	pen, a, err := takeUpActivity(ctx, w, v, id)
	if err != nil {
		return err
	}
	if version != 0 && version != a.Version {
		return problem.Conflict("", "This activity was changed while you were at it. Nothing of yours was saved yet: look at what it says now, then save again.")
	}
	if said, err = said.cleaned(w.By.At); err != nil {
		return err
	}
	if a.State == Done && isAhead(said.At, w.By.At) {
		return problem.Invalid("when", "That is still to come, but this activity has taken place. Plan another one instead.")
	}
	r := said.report()
	r.At = &said.At
	after := *a
	if after.tell(&r); after == *a {
		return nil
	}
	if _, err := pen.add(Corrected, id, r); err != nil {
		return err
	}
	return pen.putDown(ctx)
}

// Withdraw takes an activity back: it was logged by mistake. It is not counted any
// more, and stays in the ledger.
func Withdraw(ctx context.Context, w *ledger.Writer, v *people.Viewer, id ID) error {
	pen, _, err := takeUpActivity(ctx, w, v, id)
	if err != nil {
		return err
	}
	if _, err := pen.add(Withdrawn, id, struct{}{}); err != nil {
		return err
	}
	return pen.putDown(ctx)
}

const noActivity = "There is no such activity, or it is not yours to see."

// takeUpActivity readies a pen for an activity that the person may change.
func takeUpActivity(ctx context.Context, w *ledger.Writer, v *people.Viewer, id ID) (*pen, *Activity, error) {
	row, err := activityTable.one(ctx, w.DB, id, noActivity)
	if err != nil {
		return nil, nil, err
	}
	pen, err := takeUp(ctx, w, v, row.Deal)
	if err != nil {
		return nil, nil, hidden(err, noActivity)
	}
	a, err := findIn(pen.Activities, activityTable.id, id, noActivity)
	switch {
	case err != nil:
	case !a.mayChange(v):
		err = problem.Forbidden("Only the person who did this can change what it says.")
	case a.State == TakenBack:
		err = problem.Conflict("", "This activity was taken back already.")
	}
	return pen, a, err
}

// hidden says that something is not there when its deal is not.
func hidden(err error, sentence string) error {
	if problem.Is(err, problem.KindNotFound) {
		return problem.NotFound("%s", sentence)
	}
	return err
}
