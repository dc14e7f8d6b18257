package plans

import (
	"milepost/accounts"
	"milepost/internal/ledger"
	"milepost/people"
)

// put takes in what a step says. When it is to be done changes by a move only.
func (p *Plan) put(e *ledger.Entry, to Step) {
	if s, there := p.Step(to.ID); there {
		course, due := *s.Course, s.Due
		course.Version = e.Sequence
		*s = to
		s.Due, s.Course = due, &course
		return
	}
	to.Course = &Course{Version: e.Sequence}
	if p.AgreedAt != 0 {
		to.Course.First = to.Due
	}
	p.Steps = append(p.Steps, to)
}

// agree takes the dates down that were agreed first; later moves count against them.
func (p *Plan) agree(e *ledger.Entry) {
	if p.AgreedAt != 0 {
		return
	}
	p.AgreedAt = e.EffectiveAt
	for i := range p.Steps {
		p.Steps[i].Course.First, p.Steps[i].Course.Moves = p.Steps[i].Due, 0
	}
}

func (p *Plan) share(e *ledger.Entry, fact *Fact) {
	l := Link{ID: LinkID(e.ID), Contact: fact.Contact, MadeAt: e.EffectiveAt, MadeBy: people.ID(e.Actor)}
	if fact.Terms != nil {
		l.Terms = *fact.Terms
	}
	p.Links = append(p.Links, l)
	p.agree(e)
}

func (p *Plan) confirm(e *ledger.Entry, fact *Fact) {
	s, there := p.Step(StepID(e.Subject))
	if !there {
		return
	}
	s.Course.Version = e.Sequence
	if s.Course.DoneAt == 0 {
		s.Course.DoneAt = e.EffectiveAt
	}
	if fact.Contact != "" {
		s.Course.ConfirmedAt, s.Course.Contact = e.EffectiveAt, accounts.ContactID(fact.Contact)
	} else {
		s.Course.DoneBy = people.ID(e.Actor)
	}
}

func (p *Plan) move(e *ledger.Entry, fact *Fact) {
	s, there := p.Step(StepID(e.Subject))
	if !there {
		return
	}
	s.Course.Version = e.Sequence
	switch {
	case p.AgreedAt == 0 || fact.Date == s.Due:
	case s.Course.First == "": // it had no date when it was agreed
		s.Course.First = fact.Date
	default:
		s.Course.Moves++
	}
	s.Due = fact.Date
}
