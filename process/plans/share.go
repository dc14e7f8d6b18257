package plans

import (
	"context"
	"slices"
	"time"

	"milepost/accounts"
	"milepost/calendar"
	"milepost/problem"
)

// lives are how long a link may be good, in days, the usual first.
var lives = []int{90, 30, 180, 365}

// Invitation is a link that was just made: its secrets are shown once, and kept nowhere.
type Invitation struct {
	Link     Link
	Token    string
	Passcode string // empty where none is asked for
}

// Share makes a private link for a contact. A contact has one; one that was made before
// ends. The first link is taken to mean that the dates are agreed.
func (p *Pen) Share(ctx context.Context, contact accounts.ContactID, days int, passcode, amount bool) (Invitation, error) {
	var made Invitation
	parts, err := partsOf(ctx, p.w.DB, &p.Deal)
	if err != nil {
		return made, err
	}
	switch i := slices.IndexFunc(parts, func(c part) bool { return c.ID == contact }); {
	case i < 0 || parts[i].Erased == 1:
		return made, problem.Invalid("contact", "Choose for whom the link is: somebody at this account, or with a part in this deal.")
	case parts[i].LeftOn != "":
		return made, problem.Invalid("contact", "%s has left the company. Choose somebody who is there.", parts[i].Name)
	case !slices.Contains(lives, days):
		return made, problem.Invalid("days", "Choose from the list how long the link is good.")
	case len(p.InForce().Steps) == 0:
		return made, problem.Invalid("", "This plan has no steps yet. Add the first ones, then share it.")
	}
	for _, l := range p.InForce().Links {
		if l.Contact == contact {
			if err := p.end(ctx, l.ID); err != nil {
				return made, err
			}
		}
	}
	terms := Terms{Expires: p.w.By.At.Add(time.Duration(days) * 24 * time.Hour), Passcode: passcode, Amount: amount}
	e, err := p.tell(Shared, "", Fact{Contact: contact, Terms: &terms})
	if err != nil {
		return made, err
	}
	made.Token = newToken()
	key := keyRow{Plan: p.InForce().ID, Deal: p.Deal.ID, Link: LinkID(e.ID)}
	if passcode {
		made.Passcode = newPasscode()
		key.Passcode = hashPasscode(made.Passcode)
	}
	l, _ := p.InForce().Link(LinkID(e.ID))
	made.Link = *l
	return made, insertKey(ctx, p.w.DB, key, made.Token)
}

// End ends a link before its time.
func (p *Pen) End(ctx context.Context, id LinkID) error {
	l, there := p.InForce().Link(id)
	if !there || l.EndedAt != 0 {
		return problem.Conflict("", "This link was ended already.")
	}
	return p.end(ctx, id)
}

func (p *Pen) end(ctx context.Context, id LinkID) error {
	l, there := p.InForce().Link(id)
	if !there || l.EndedAt != 0 {
		return nil
	}
	if _, err := p.tell(Revoked, "", Fact{Link: id, Contact: l.Contact}); err != nil {
		return err
	}
	return deleteKey(ctx, p.w.DB, id)
}

// serves tells whether the plan can be read through a link at an instant, by a contact
// as they are now.
func (p *Plan) serves(id LinkID, who part, now calendar.Instant) (*Link, bool) {
	l, there := p.Link(id)
	if !there || !p.InForce || !l.Good(now) || who.ID != l.Contact || who.Erased == 1 || who.LeftOn != "" {
		return nil, false
	}
	return l, true
}
