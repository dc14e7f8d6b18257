package plans

import (
	"context"
	"slices"

	"milepost/accounts"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/people"
)

// book is the names that a page of a plan shows.
type book struct {
	staff []people.Person
	names map[people.ID]string
	parts []part
}

func readBook(ctx context.Context, d *db.DB, o *deals.Opportunity) (book, error) {
	var b book
	var err error
	if b.staff, err = people.Everyone(ctx, d, d.Org()); err != nil {
		return b, err
	}
	b.names = make(map[people.ID]string, len(b.staff))
	for _, p := range b.staff {
		b.names[p.ID] = p.Name
	}
	b.parts, err = partsOf(ctx, d, o)
	return b, err
}

// person is the name of one of ours.
func (b *book) person(id people.ID) string {
	if name := b.names[id]; name != "" {
		return name
	}
	return "someone"
}

// contact is the name of one of theirs.
func (b *book) contact(id accounts.ContactID) string {
	if i := slices.IndexFunc(b.parts, func(c part) bool { return c.ID == id }); i >= 0 {
		return b.parts[i].Name
	}
	return "someone who is not at this account any more"
}

// whose names who sees to a step; seller is what our side is called there.
func (b *book) whose(s *Step, seller, buyer string) string {
	switch {
	case s.Side == Ours && s.Person != "":
		return b.person(s.Person)
	case s.Side == Ours:
		return seller
	case s.Contact != "":
		return b.contact(s.Contact)
	}
	return buyer
}

// events are the dates of a plan that are still to come about, and the decision.
func (p *Plan) events(b *book, seller, buyer string) []event {
	var list []event
	for i := range p.Steps {
		if s := &p.Steps[i]; !s.Done() && s.Due != "" {
			list = append(list, event{ID: string(s.ID), Text: s.Text + " (" + b.whose(s, seller, buyer) + ")", Detail: p.Title, On: s.Due, Moves: s.Course.Moves})
		}
	}
	if p.Decision.On != "" {
		list = append(list, event{ID: string(p.ID) + "-decision", Text: p.Decision.words(), Detail: p.Title, On: p.Decision.On, Moves: int(p.Decided)})
	}
	return list
}

func (d Decision) words() string {
	if d.What != "" {
		return d.What
	}
	return "Decision"
}

// whole is the decision in one sentence.
func (d Decision) whole(b *book) string {
	text := d.words()
	if d.On != "" {
		text += ", by " + d.On.Long()
	}
	if d.By != "" {
		text += ", by " + b.contact(d.By)
	}
	return text
}
