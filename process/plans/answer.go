package plans

import (
	"context"
	"slices"

	"milepost/accounts"
	"milepost/deals"
	"milepost/problem"
)

// Answer answers a wish of the buyer's: another date, or a colleague to be added. What
// is accepted happens at once; words, if any, stand in the plan where the buyer reads
// them.
func (p *Pen) Answer(ctx context.Context, id RemarkID, accept bool, words string) error {
	r, there := p.InForce().Remark(id)
	if !there || !r.Waits() {
		return problem.Conflict("", "This was answered already. Look at the plan as it is now.")
	}
	wish := *r
	words, err := line("words", "The answer", words, longestWords)
	if err != nil {
		return err
	}
	if !accept && words == "" && !wish.Colleague {
		return problem.Invalid("words", "Say why the date stays, or what would suit you. The buyer reads it in the plan.")
	}
	value := p.InForce().Title
	if s, there := p.InForce().Step(wish.Step); there {
		value = s.Text
	}
	if _, err := p.tell(Changed, "", Fact{Fact: deals.Fact{Value: value}, Did: Answered, Remark: id, Accepted: accept}); err != nil {
		return err
	}
	if words != "" {
		if _, err := p.tell(Commented, "", Fact{Fact: deals.Fact{Value: value, Reason: words}, StepID: wish.Step}); err != nil {
			return err
		}
	}
	if wish.Colleague {
		return p.answerColleague(ctx, wish, accept)
	}
	if !accept {
		return nil
	}
	s, err := p.about(wish.Step)
	if err != nil {
		return err
	}
	if s.Done() {
		return problem.Conflict("", "“%s” is done meanwhile, so its date stays.", s.Text)
	}
	to := *s
	to.Due = wish.Date
	if err := p.InForce().checkOrder(&to); err != nil {
		return err
	}
	return p.move(s.ID, Fact{Fact: deals.Fact{Reason: "The buyer asked for it.", Date: wish.Date}})
}

// answerColleague makes a contact of whom the buyer named, or forgets who it was.
func (p *Pen) answerColleague(ctx context.Context, wish Remark, accept bool) error {
	list, err := colleaguesOf(ctx, p.w.DB, p.InForce().ID)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(list, func(c colleague) bool { return c.ID == wish.ID })
	if i < 0 {
		return problem.Conflict("", "This was answered already. Look at the plan as it is now.")
	}
	if err := deleteColleague(ctx, p.w.DB, wish.ID); err != nil || !accept {
		return err
	}
	known, err := knownAt(ctx, p.w.DB, p.Deal.Account, list[i].Email)
	if err != nil || len(known) > 0 { // who is there already need not be added
		return err
	}
	if p.Deal.Account == "" {
		return problem.Invalid("", "Say first which account this deal belongs to; its contacts are kept there.")
	}
	_, err = accounts.AddContacts(ctx, p.w, accounts.Contact{Account: p.Deal.Account, Name: list[i].Name, Title: list[i].Title, Emails: list[i].Email,
		Involved: []accounts.Involvement{{Deal: p.Deal.ID, Standing: accounts.Standing{Role: accounts.OtherRole}}}})
	return err
}

// Say adds our own words to the plan, where the buyer reads them.
func (p *Pen) Say(step StepID, words string) error { return p.comment(nil, step, words) }
