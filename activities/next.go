package activities

import (
	"context"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
)

const noStep = "There is no such next step, or it is not yours to see."

// SetNext says what is next in a deal. An open step is replaced: there is one thing
// to do next, not a list.
func SetNext(ctx context.Context, w *ledger.Writer, v *people.Viewer, deal deals.ID, to Intention, today calendar.Date) (ID, error) {
	pen, err := takeUp(ctx, w, v, deal)
	if err != nil {
		return "", err
	}
	to, bad := to.cleaned(today)
	owner, err := stepOwner(ctx, w.DB, pen, to.Owner)
	if err := joined(bad, err); err != nil {
		return "", err
	}
	if !pen.deal.IsOpen() {
		return "", problem.Invalid("step", "This deal has ended (%s), so nothing comes next in it.", pen.deal.Outcome.Label())
	}
	if open := pen.openStep(); open != nil && open.Text == to.Text && open.Due == to.Due && open.Owner == owner {
		return open.ID, nil
	}
	id, err := pen.add(StepSet, "", deals.Fact{Value: to.Text, Person: owner, Date: to.Due})
	if err != nil {
		return "", err
	}
	return id, pen.putDown(ctx)
}

// stepOwner is who will do it: the deal's owner unless someone is named, who must be
// here.
func stepOwner(ctx context.Context, d *db.DB, p *pen, named people.ID) (people.ID, error) {
	if named == "" {
		named = p.deal.Owner
	}
	if named == "" {
		named = people.ID(p.w.By.Actor)
	}
	person, err := people.PersonOf(ctx, d, d.Org(), named)
	if problem.Is(err, problem.KindNotFound) {
		return "", problem.Invalid("owner", "Choose who will do it.")
	}
	if err == nil && !person.Active() && named != p.deal.Owner {
		return "", problem.Invalid("owner", "%s has left. Choose someone who is here.", person.Name)
	}
	return named, err
}

func (p *pen) openStep() *Step {
	for i := range p.Steps {
		if p.Steps[i].State == StepOpen {
			return &p.Steps[i]
		}
	}
	return nil
}

// FinishNext records that the next step was done, or is not needed any more, and
// what came of it.
func FinishNext(ctx context.Context, w *ledger.Writer, v *people.Viewer, id ID, dropped bool, result string) (Step, error) {
	row, err := stepTable.one(ctx, w.DB, id, noStep)
	if err != nil {
		return row, err
	}
	pen, err := takeUp(ctx, w, v, row.Deal)
	if err != nil {
		return row, hidden(err, noStep)
	}
	step, err := findIn(pen.Steps, stepTable.id, id, noStep)
	if err != nil {
		return row, err
	}
	if step.State != StepOpen {
		return *step, problem.Conflict("", "This step is not open any more: it was done, or replaced by another one.")
	}
	if result, err = cleanLine("result", "What came of it", result, longestOutcome); err != nil {
		return *step, err
	}
	state := StepFinished
	if dropped {
		state = StepDropped
	}
	found := *step
	if _, err := pen.add(StepDone, id, deals.Fact{Name: string(state), Value: result}); err != nil {
		return found, err
	}
	return found, pen.putDown(ctx)
}
