package plans

import (
	"context"
	"errors"
	"slices"

	"milepost/accounts"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
	"milepost/process"
	"milepost/process/evidence"
)

// errNoLink is for every link that opens nothing, whatever is wrong with it.
var errNoLink = errors.New("this link opens nothing")

// errPasscode is for a link whose passcode was not given yet.
var errPasscode = errors.New("this link asks for its passcode")

// guest is who came by a link, and what it opens.
type guest struct {
	Org   people.Organization
	Plan  Plan
	Deal  deals.Opportunity
	Link  Link
	Who   part
	Parts []part // everyone at the account, of whom the page names those in the plan only
	key   keyRow
	token string
}

// enter finds what a link opens. Proof is what the browser kept of the passcode.
func enter(ctx context.Context, d *db.DB, token, proof string, now calendar.Instant) (*guest, error) {
	keys, err := keyOf(ctx, d, token)
	if err != nil {
		return nil, err
	}
	if len(keys) != 1 {
		return nil, errNoLink
	}
	g := &guest{key: keys[0], token: token}
	confined := d.For(g.key.Org)
	if g.Plan, err = find(ctx, confined, g.key.Plan); problem.Is(err, problem.KindNotFound) {
		return nil, errNoLink
	} else if err != nil {
		return nil, err
	}
	if g.Deal, err = deals.Find(ctx, confined, g.key.Org, g.key.Deal); err != nil {
		return nil, err
	}
	if g.Parts, err = partsOf(ctx, confined, &g.Deal); err != nil {
		return nil, err
	}
	if g.Org, err = people.OrganizationOf(ctx, confined, g.key.Org); err != nil {
		return nil, err
	}
	return g, g.admit(&g.Plan, proof, now)
}

// admit refuses a link that is not good any more for the plan as it is.
func (g *guest) admit(p *Plan, proof string, now calendar.Instant) error {
	l, there := p.Link(g.key.Link)
	if !there {
		return errNoLink
	}
	i := slices.IndexFunc(g.Parts, func(c part) bool { return c.ID == l.Contact })
	if i < 0 {
		return errNoLink
	}
	if _, ok := p.serves(g.key.Link, g.Parts[i], now); !ok {
		return errNoLink
	}
	g.Link, g.Who = *l, g.Parts[i]
	if g.key.Passcode != "" && !proves(proof, g.token, g.key.Passcode) {
		return errPasscode
	}
	return nil
}

// actAsGuest is one act of a buyer through a link. The link is looked at again while the
// place in the ledger is held: whoever ends it a moment before is first.
func actAsGuest(ctx context.Context, d *db.DB, token, proof string, now calendar.Instant, act func(context.Context, *guest, *Pen) error) error {
	g, err := enter(ctx, d, token, proof, now)
	if err != nil {
		return err
	}
	return ledger.Record(ctx, d.For(g.key.Org), ledger.By{Via: ledger.ViaBuyerLink, At: now}, func(w *ledger.Writer) error {
		g, err := enter(ctx, w.DB, token, proof, now)
		if err != nil {
			return err
		}
		held, err := evidence.PenFor(ctx, w, g.Deal)
		if err != nil {
			return err
		}
		p := &Pen{Pen: held, w: w, Today: calendar.DateOf(now, g.Org.Place())}
		if err := p.fold(); err != nil {
			return err
		}
		if p.InForce() == nil || p.InForce().ID != g.Plan.ID {
			return errNoLink
		}
		if len(p.InForce().Remarks) >= mostRemarks {
			return problem.Invalid("", "So much was said here that it had better be talked over. Call us.")
		}
		if err := act(ctx, g, p); err != nil {
			return err
		}
		return p.putDown(ctx)
	})
}

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
