package plans

import (
	"context"
	"slices"

	"milepost/accounts"
	"milepost/calendar"
	"milepost/deals"
	"milepost/problem"
	"milepost/process"
)

// about finds a step by what the buyer's page names.
func (p *Pen) about(id StepID) (*Step, error) {
	s, there := p.InForce().Step(id)
	if !there {
		return nil, problem.Conflict("", "This step is not in the plan any more. Please look at the plan as it is now.")
	}
	return s, nil
}

// confirm takes in that the buyer says a step is done. When it was the last of those
// that prove a milestone, the milestone is confirmed with it.
func (p *Pen) confirm(g *guest, id StepID, words string) error {
	s, err := p.about(id)
	if err != nil {
		return err
	}
	if words, err = line("words", "The text", words, longestWords); err != nil {
		return err
	}
	if s.Course.ConfirmedAt != 0 {
		return nil // pressed twice
	}
	milestone := s.Milestone
	if _, err := p.tell(StepConfirmed, string(id), Fact{Fact: deals.Fact{Value: s.Text, Reason: words}, Contact: g.Who.ID, Link: g.Link.ID}); err != nil {
		return err
	}
	if milestone == "" || p.open(milestone) || !p.mayProve(milestone, g.Who.Role) {
		return nil
	}
	_, err = p.ConfirmByBuyer(milestone, string(id), g.Who.ID, words)
	return err
}

// open tells whether a step that proves a milestone is still to be done.
func (p *Pen) open(milestone process.MilestoneID) bool {
	return slices.ContainsFunc(p.InForce().Steps, func(s Step) bool { return s.Milestone == milestone && !s.Done() })
}

// mayProve tells whether a contact's word confirms a milestone: where its markers say
// who may confirm, only theirs does.
func (p *Pen) mayProve(id process.MilestoneID, role accounts.Role) bool {
	if p.Version == nil {
		return false
	}
	m, _, there := p.Version.Definition.Milestone(id)
	if !there {
		return false
	}
	asked := false
	for _, k := range m.Markers {
		if k.Kind != process.Confirmed {
			continue
		}
		if len(k.Roles) == 0 || slices.Contains(k.Roles, role) {
			return true
		}
		asked = true
	}
	return !asked
}

// propose takes in that the buyer wishes another date for a step.
func (p *Pen) propose(g *guest, id StepID, on calendar.Date, words string) error {
	s, err := p.about(id)
	if err != nil {
		return err
	}
	if words, err = line("words", "The text", words, longestWords); err != nil {
		return err
	}
	switch {
	case s.Done():
		return problem.Invalid("", "“%s” is done, so its date stays.", s.Text)
	case on == "":
		return problem.Invalid("date", "Choose the date that would suit you.")
	case on < p.Today:
		return problem.Invalid("date", "This date is past. Choose one that is still to come.")
	case on == s.Due:
		return problem.Invalid("date", "This is the date that it has already.")
	}
	if err := checkDay("date", on, p.Today); err != nil {
		return err
	}
	_, err = p.tell(Commented, "", Fact{Fact: deals.Fact{Value: s.Text, Reason: words, Date: on}, StepID: id, Contact: g.Who.ID, Link: g.Link.ID})
	return err
}

// comment takes in what somebody says of the plan; a step may be named.
func (p *Pen) comment(g *guest, id StepID, words string) error {
	fact := Fact{StepID: id}
	fact.Value = p.InForce().Title
	if id != "" {
		s, err := p.about(id)
		if err != nil {
			return err
		}
		fact.Value = s.Text
	}
	if g != nil {
		fact.Contact, fact.Link = g.Who.ID, g.Link.ID
	}
	var err error
	if fact.Reason, err = line("words", "The text", words, longestWords); err != nil {
		return err
	}
	if fact.Reason == "" {
		return problem.Invalid("words", "Write what you would like to say.")
	}
	_, err = p.tell(Commented, "", fact)
	return err
}

// bring takes in that the buyer would like a colleague to be in the plan.
func (p *Pen) bring(ctx context.Context, g *guest, c colleague) error {
	var err error
	if c.Name, err = line("name", "The name", c.Name, longestText); err != nil {
		return err
	}
	if c.Title, err = line("title", "The title", c.Title, longestText); err != nil {
		return err
	}
	if c.Name == "" {
		return problem.Invalid("name", "What is your colleague's name?")
	}
	addresses, err := accounts.ParseEmails("email", c.Email)
	if err != nil {
		return err
	}
	if len(addresses) != 1 {
		return problem.Invalid("email", "Type one e-mail address, so that we can reach your colleague.")
	}
	c.Email = addresses[0]
	e, err := p.tell(Commented, "", Fact{Fact: deals.Fact{Value: p.InForce().Title}, Colleague: true, Contact: g.Who.ID, Link: g.Link.ID})
	if err != nil {
		return err
	}
	c.ID = RemarkID(e.ID)
	return insertColleague(ctx, p.w.DB, p.InForce().ID, c)
}
