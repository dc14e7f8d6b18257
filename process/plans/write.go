package plans

import (
	"fmt"
	"slices"

	"milepost/deals"
	"milepost/problem"
)

// Put adds a step, or changes what one says. A new date of a step that is there is a
// move, with a reason if there is one; open steps that wait for it move along.
func (p *Pen) Put(s Step, seen int64, reason string) error {
	var was *Step
	if s.ID == "" {
		s.ID = StepID(p.w.DB.NewID(p.w.By.At))
	} else {
		found, err := p.step(s.ID, seen)
		if err != nil {
			return err
		}
		before := *found
		was = &before
	}
	s.Course = nil
	s, err := s.checked(p.InForce(), p.Today)
	if err != nil {
		return err
	}
	if reason, err = line("reason", "The reason", reason, longestText); err != nil {
		return err
	}
	if was == nil || !sameWords(was, &s) {
		kept := s
		if _, err := p.tell(Changed, "", Fact{Fact: deals.Fact{Value: s.Text}, Did: PutStep, Step: &kept, StepID: s.ID}); err != nil {
			return err
		}
	}
	if was == nil || was.Due == s.Due {
		return nil
	}
	if was.Done() {
		return problem.Invalid("due", "“%s” is done, so its date stays.", s.Text)
	}
	return p.move(s.ID, Fact{Fact: deals.Fact{Reason: reason, Date: s.Due}})
}

func sameWords(a, b *Step) bool {
	return a.Text == b.Text && a.Side == b.Side && a.Person == b.Person && a.Contact == b.Contact && a.Milestone == b.Milestone && slices.Equal(a.After, b.After)
}

// move gives a step a new date, and the steps behind it that it passes.
func (p *Pen) move(id StepID, fact Fact) error {
	s, _ := p.InForce().Step(id)
	fact.Value = s.Text
	behind := p.InForce().Behind(id, fact.Date)
	if _, err := p.tell(StepMoved, string(id), fact); err != nil {
		return err
	}
	for _, b := range behind {
		along := Fact{Fact: deals.Fact{Value: b.Text, Reason: fmt.Sprintf("It waits for “%s”.", fact.Value), Date: fact.Date}}
		if _, err := p.tell(StepMoved, string(b.ID), along); err != nil {
			return err
		}
	}
	return nil
}

// Drop takes a step out.
func (p *Pen) Drop(id StepID, seen int64) error {
	s, err := p.step(id, seen)
	if err != nil {
		return err
	}
	if s.Course.ConfirmedAt != 0 {
		return problem.Invalid("", "The buyer confirmed “%s”, so it stays in the plan.", s.Text)
	}
	_, err = p.tell(Changed, "", Fact{Fact: deals.Fact{Value: s.Text}, Did: DroppedStep, StepID: id})
	return err
}

// Finish says, from our side, that a step is done. It proves nothing: evidence is given
// where the milestone is.
func (p *Pen) Finish(id StepID, seen int64) error {
	s, err := p.step(id, seen)
	if err != nil {
		return err
	}
	if s.Done() {
		return problem.Invalid("", "“%s” is done already.", s.Text)
	}
	_, err = p.tell(StepConfirmed, string(id), Fact{Fact: deals.Fact{Value: s.Text}})
	return err
}

// Reopen says that a step is not done after all.
func (p *Pen) Reopen(id StepID, seen int64) error {
	s, err := p.step(id, seen)
	switch {
	case err != nil:
		return err
	case !s.Done():
		return problem.Invalid("", "“%s” is open already.", s.Text)
	case s.Course.ConfirmedAt != 0:
		return problem.Invalid("", "The buyer confirmed “%s”, so it stays done. If that was a slip, add a step for what is left, and withdraw the evidence at the milestone.", s.Text)
	}
	_, err = p.tell(Changed, "", Fact{Fact: deals.Fact{Value: s.Text}, Did: Reopened, StepID: id})
	return err
}

// Decide says what the buyer will decide, and what stands above the steps.
func (p *Pen) Decide(to Content, seen int64) error {
	now := p.InForce()
	if now.Decided != seen {
		return problem.Conflict("", "Somebody changed the heading of this plan or its decision while you were at it. Nothing of yours was saved yet; look again, then decide.")
	}
	var err error
	to.Steps = nil
	if to.Title, err = line("title", "The title", to.Title, longestText); err != nil {
		return err
	}
	if to.Title == "" {
		return problem.Invalid("title", "Give the plan a title that the prospect understands too.")
	}
	if to.Words, err = line("words", "The text", to.Words, longestWords); err != nil {
		return err
	}
	if to.Decision, err = to.Decision.checked(p.Today); err != nil {
		return err
	}
	if to.Title == now.Title && to.Words == now.Words && to.Decision == now.Decision {
		return nil
	}
	_, err = p.tell(Changed, "", Fact{Fact: deals.Fact{Value: to.Title}, Did: Decided, Content: &to})
	return err
}

// Agree says that the prospect agreed to the plan: its dates of now are the first ones.
func (p *Pen) Agree() error {
	if p.InForce().AgreedAt != 0 {
		return problem.Invalid("", "This plan is agreed already.")
	}
	_, err := p.tell(Changed, "", Fact{Did: Agreed})
	return err
}
