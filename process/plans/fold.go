package plans

import (
	"cmp"
	"fmt"
	"slices"

	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
)

// Fold makes the plans of a deal from its entries, the oldest first. Only the newest can
// be in force: making a plan replaces the one before.
func Fold(entries []ledger.Entry) ([]Plan, error) {
	var f folding
	for i := range entries {
		if e := &entries[i]; slices.Contains(Kinds, e.Kind) {
			if err := f.take(e); err != nil {
				return nil, fmt.Errorf("folding the plans of deal %s: %w", e.Opportunity, err)
			}
		}
	}
	for i := range f.plans {
		inOrder(f.plans[i].Steps)
	}
	return f.plans, nil
}

// inOrder puts steps in the order of their dates; those without a date come last.
func inOrder(steps []Step) {
	slices.SortStableFunc(steps, func(a, b Step) int {
		return cmp.Or(cmp.Compare(cmp.Or(a.Due, "9999"), cmp.Or(b.Due, "9999")))
	})
}

type folding struct{ plans []Plan }

func (f *folding) take(e *ledger.Entry) error {
	var fact Fact
	if err := e.Read(&fact); err != nil {
		return err
	}
	if e.Kind == Made {
		f.made(e, &fact)
		return nil
	}
	i := slices.IndexFunc(f.plans, func(p Plan) bool { return p.ID == fact.Plan })
	if i < 0 {
		return nil // erased, or of a plan that is
	}
	p := &f.plans[i]
	p.Version = e.Sequence
	if e.Via == ledger.ViaBuyerLink {
		p.Heard = max(p.Heard, e.EffectiveAt)
	}
	switch e.Kind {
	case Changed:
		p.change(e, &fact)
	case Shared:
		p.share(e, &fact)
	case Revoked:
		if l, there := p.Link(fact.Link); there && l.EndedAt == 0 {
			l.EndedAt = e.EffectiveAt
		}
	case StepConfirmed:
		p.confirm(e, &fact)
	case StepMoved:
		p.move(e, &fact)
	case Commented:
		p.Remarks = append(p.Remarks, Remark{ID: RemarkID(e.ID), At: e.EffectiveAt, Person: people.ID(e.Actor), Contact: fact.Contact,
			Step: fact.StepID, Words: fact.Reason, Date: fact.Date, Colleague: fact.Colleague})
	}
	return nil
}

func (f *folding) made(e *ledger.Entry, fact *Fact) {
	for i := range f.plans {
		f.plans[i].InForce = false
	}
	p := Plan{ID: ID(e.Subject), Deal: deals.ID(e.Opportunity), InForce: true, MadeAt: e.EffectiveAt, MadeBy: people.ID(e.Actor), Decided: e.Sequence, Version: e.Sequence}
	if fact.Content != nil {
		p.Content = *fact.Content
	}
	p.Steps = slices.Clone(p.Steps)
	for i := range p.Steps {
		p.Steps[i].Course = &Course{Version: e.Sequence}
	}
	f.plans = append(f.plans, p)
}

func (p *Plan) change(e *ledger.Entry, fact *Fact) {
	switch fact.Did {
	case PutStep:
		if fact.Step != nil {
			p.put(e, *fact.Step)
		}
	case DroppedStep:
		p.Steps = slices.DeleteFunc(p.Steps, func(s Step) bool { return s.ID == fact.StepID })
		for i := range p.Steps {
			p.Steps[i].After = slices.DeleteFunc(slices.Clone(p.Steps[i].After), func(id StepID) bool { return id == fact.StepID })
		}
	case Reopened:
		if s, there := p.Step(fact.StepID); there {
			s.Course = &Course{First: s.Course.First, Moves: s.Course.Moves, Version: e.Sequence}
		}
	case Decided:
		if c := fact.Content; c != nil {
			p.Title, p.Words, p.Decision, p.Decided = c.Title, c.Words, c.Decision, e.Sequence
		}
	case Agreed:
		p.agree(e)
	case Answered:
		if r, there := p.Remark(fact.Remark); there {
			r.SeenTo, r.Accepted = e.EffectiveAt, fact.Accepted
		}
	}
}
