package accounts

import (
	"cmp"
	"fmt"
	"slices"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
)

// ErasedName is what stands for a contact whose data were erased.
const ErasedName = "Erased contact"

// known lists the entries that were recorded and true before an instant, in the
// order in which they were true; those of one instant in the order of recording.
func known(entries []ledger.Entry, asOf calendar.Instant) []ledger.Entry {
	list := make([]ledger.Entry, 0, len(entries))
	for _, e := range entries {
		if e.RecordedAt < asOf && e.EffectiveAt < asOf {
			list = append(list, e)
		}
	}
	slices.SortStableFunc(list, func(a, b ledger.Entry) int {
		return cmp.Or(cmp.Compare(a.EffectiveAt, b.EffectiveAt), cmp.Compare(a.Sequence, b.Sequence))
	})
	return list
}

// FoldAccount makes an account from its entries: what was true before asOf, as far
// as was known before asOf. It tells whether the account existed.
func FoldAccount(entries []ledger.Entry, asOf calendar.Instant) (Account, bool, error) {
	var a Account
	exists := false
	for _, e := range known(entries, asOf) {
		var err error
		switch e.Kind {
		case deals.AccountCreated:
			var made deals.Fact
			if err := e.Read(&made); err != nil {
				return a, false, err
			}
			a.ID, a.CreatedAt, a.Name, exists = ID(e.Subject), e.EffectiveAt, made.Value, true
			continue // the row is made where deals are, which knows of no version
		case AccountChanged:
			var c Change
			err = e.Read(&c)
			if place := a.at(c.Field); place != nil {
				*place = c.To
			}
		case AccountMerged:
			var m Merger
			err = e.Read(&m)
			a.MergedInto = m.Other
		case AccountAbsorbed:
		default:
			continue
		}
		if err != nil {
			return a, false, fmt.Errorf("folding account %s: %w", e.Subject, err)
		}
		a.Version = max(a.Version, e.Sequence)
	}
	return a, exists, nil
}

// FoldContact makes a contact, and where it stands in deals, from its entries.
func FoldContact(entries []ledger.Entry, asOf calendar.Instant) (Contact, bool, error) {
	var c Contact
	exists := false
	for _, e := range known(entries, asOf) {
		if err := c.apply(&e); err != nil {
			return c, false, fmt.Errorf("folding contact %s: %w", e.Subject, err)
		}
		exists = exists || e.Kind == ContactAdded
	}
	slices.Sort(c.EverIn)
	slices.SortFunc(c.Involved, func(a, b Involvement) int { return cmp.Compare(a.Deal, b.Deal) })
	return c, exists, nil
}

func (c *Contact) apply(e *ledger.Entry) (err error) {
	switch e.Kind {
	case ContactAdded:
		var p Person
		err = e.Read(&p)
		c.ID, c.CreatedAt = ContactID(e.Subject), e.EffectiveAt
		c.Account, c.Name, c.Title, c.Emails, c.Phones = p.Account, p.Name, p.Title, p.Emails, p.Phones
		c.Language, c.Notes, c.LeftOn = p.Language, p.Notes, p.LeftOn
	case ContactChanged:
		var change Change
		err = e.Read(&change)
		if place := c.at(change.Field); place != nil {
			*place = change.To
		}
	case RoleSet:
		var change RoleChange
		err = e.Read(&change)
		c.stand(change.Deal, change.To, e.EffectiveAt)
	case ContactErased:
		var where Erasure
		err = e.Read(&where)
		*c = Contact{ID: c.ID, CreatedAt: c.CreatedAt, Account: where.Account, Name: ErasedName, Erased: true}
	default:
		return nil
	}
	c.Version = max(c.Version, e.Sequence)
	return err
}

// stand puts the contact where it stands in a deal from an instant on.
func (c *Contact) stand(deal deals.ID, to Standing, since calendar.Instant) {
	c.Involved = slices.DeleteFunc(c.Involved, func(i Involvement) bool { return i.Deal == deal })
	if deal != "" && !slices.Contains(c.EverIn, deal) {
		c.EverIn = append(c.EverIn, deal)
	}
	if deal != "" && to.Role != "" {
		c.Involved = append(c.Involved, Involvement{deal, to, since})
	}
}

// standingIn is where the contact stands in a deal.
func (c *Contact) standingIn(deal deals.ID) Standing {
	for _, i := range c.Involved {
		if i.Deal == deal {
			return i.Standing
		}
	}
	return Standing{}
}
