package evidence

import (
	"milepost/accounts"
	"milepost/problem"
	"milepost/process"
)

// Pass confirms a claim in an audit, in the name of whoever writes. A rejected one may
// pass once the rep answered the rejection.
func (p *Pen) Pass(id process.MilestoneID) error {
	if err := p.auditable(id); err != nil {
		return err
	}
	return p.add(Confirm, string(p.Deal.ID), p.about(id, ""))
}

// Reject says, with a reason, that a claim does not hold. It falls, and the stage with
// it.
func (p *Pen) Reject(id process.MilestoneID, reason string) error {
	if err := p.auditable(id); err != nil {
		return err
	}
	reason, err := line("reason", "The reason", reason, longestReason)
	if err == nil && reason == "" {
		err = problem.Invalid("reason", "Say what is missing or wrong, so that it can be put right.")
	}
	if err != nil {
		return err
	}
	return p.add(Reject, string(p.Deal.ID), p.about(id, reason))
}

// auditable refuses what there is nothing to judge of: what does not stand, unless it was
// rejected and the rep answered. A deal that has ended may still be audited.
func (p *Pen) auditable(id process.MilestoneID) error {
	m := p.Of(id)
	switch {
	case !m.Stands() && (m.State != Rejected || m.Reply == ""):
		return problem.Conflict("", "“%s” does not stand any more, so there is nothing to judge.", m.Name)
	case len(p.Evidence(id)) == 0:
		return problem.Conflict("", "“%s” has no evidence any more.", m.Name)
	}
	return nil
}

// Answer is what the rep says to a rejection.
func (p *Pen) Answer(id process.MilestoneID, text string) error {
	m := p.Of(id)
	text, err := line("answer", "The answer", text, longestText)
	switch {
	case err != nil:
		return err
	case m.State != Rejected:
		return problem.Invalid("", "“%s” is not rejected, so there is nothing to answer.", m.Name)
	case text == "":
		return problem.Invalid("answer", "Say what you see otherwise.")
	}
	return p.add(Answer, string(p.Deal.ID), p.about(id, text))
}

// ConfirmByBuyer takes in that a contact of the buyer confirmed what a milestone says,
// in a step of the evaluation plan. Their word is evidence of its own: it confirms the
// milestone whether or not somebody claimed it. What cannot be confirmed (the deal has
// ended, or the milestone is no more) is left, and told by false.
func (p *Pen) ConfirmByBuyer(id process.MilestoneID, step string, contact accounts.ContactID, words string) (bool, error) {
	if p.Version == nil || !p.Deal.IsOpen() {
		return false, nil
	}
	if _, _, there := p.Version.Definition.Milestone(id); !there || p.Of(id).State == Confirmed {
		return false, nil
	}
	fact := p.about(id, "")
	fact.Proof = &Proof{Sort: PlanSort, Ref: step, Contact: contact, Text: words}
	if err := p.begin(Given, p.w.DB.NewID(p.w.By.At), fact); err != nil {
		return false, err
	}
	fact = p.about(id, "")
	fact.Contact = contact
	return true, p.add(Confirm, string(p.Deal.ID), fact)
}
