package accounts

import (
	"context"
	"fmt"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/problem"
)

// Add records a new contact of an account.
func Add(ctx context.Context, w *ledger.Writer, c Contact) (Contact, error) {
	values, err := cleaned(contactFields, c.at)
	if err != nil {
		return c, err
	}
	for name, value := range values {
		*c.at(name) = value
	}
	account, err := accountOf(ctx, w.DB, c.Account)
	if problem.Is(err, problem.KindNotFound) || err == nil && account.MergedInto != "" {
		return c, problem.Invalid("account", "Choose the account that this person works for.")
	}
	if err != nil {
		return c, err
	}
	made, err := AddContacts(ctx, w, c)
	if err != nil {
		return c, err
	}
	return made[0], nil
}

// AddContacts records many contacts as they are handed in, for an import or a
// demonstration: the accounts must be there, the fields are taken to be clean. What
// has an instant (CreatedAt, the Since of an involvement) is recorded, and true, as
// of then; otherwise as of now.
func AddContacts(ctx context.Context, w *ledger.Writer, list ...Contact) ([]Contact, error) {
	made := make([]Contact, 0, len(list))
	for _, c := range list {
		if c.CreatedAt == 0 {
			c.CreatedAt = w.By.At
		}
		if c.ID == "" {
			c.ID = ContactID(db.NewID(c.CreatedAt))
		}
		entries, err := c.entries(w)
		if err != nil {
			return nil, err
		}
		folded, _, err := FoldContact(entries, deals.Ever)
		if err != nil {
			return nil, err
		}
		made = append(made, folded)
	}
	return made, insertContacts(ctx, w.DB, made)
}

// entries are those by which a new contact comes to be.
func (c *Contact) entries(w *ledger.Writer) ([]ledger.Entry, error) {
	added, err := w.AddAs(c.entry(ContactAdded, c.CreatedAt), Person{Account: c.Account, Name: c.Name, Title: c.Title,
		Emails: c.Emails, Phones: c.Phones, Language: c.Language, Notes: c.Notes, LeftOn: c.LeftOn})
	if err != nil {
		return nil, err
	}
	list := []ledger.Entry{added}
	before := map[deals.ID]Standing{}
	for _, i := range c.Involved {
		if err := i.check(); err != nil {
			return nil, fmt.Errorf("%s: %w", c.Name, err)
		}
		if i.Since == 0 {
			i.Since = c.CreatedAt
		}
		e, err := w.AddAs(c.entry(RoleSet, i.Since), RoleChange{Deal: i.Deal, To: i.Standing, From: before[i.Deal]})
		if err != nil {
			return nil, err
		}
		before[i.Deal] = i.Standing
		list = append(list, e)
	}
	return list, nil
}

func (c *Contact) entry(kind ledger.Kind, at calendar.Instant) ledger.Entry {
	return ledger.Entry{ID: db.NewID(at), RecordedAt: at, EffectiveAt: at, Kind: kind, Subject: string(c.ID)}
}

// SetContact records a new value of one of a contact's fields, from now on.
func SetContact(ctx context.Context, w *ledger.Writer, id ContactID, name, value string, undoes int64) (Contact, error) {
	c, entries, err := refoldContact(ctx, w, id)
	if err != nil {
		return c, err
	}
	f, err := fieldNamed(contactFields, name)
	if err != nil {
		return c, err
	}
	change, err := f.change(ctx, w, *c.at(name), value)
	if err != nil || change == nil {
		return c, err
	}
	if name == "account" && change.To == "" {
		return c, problem.Invalid("account", "Choose the account that this person works for.")
	}
	change.Undoes = undoes
	return c, c.add(ctx, w, entries, ContactChanged, change)
}

// SetRole records where a contact stands in a deal, from now on; an empty role
// takes the contact out of the deal.
func SetRole(ctx context.Context, w *ledger.Writer, id ContactID, deal deals.ID, to Standing, undoes int64) (Contact, error) {
	if err := to.check(); err != nil {
		return Contact{}, err
	}
	c, entries, err := refoldContact(ctx, w, id)
	if err != nil {
		return c, err
	}
	from := c.standingIn(deal)
	if from == to {
		return c, nil
	}
	return c, c.add(ctx, w, entries, RoleSet, RoleChange{deal, to, from, undoes})
}

// add records an entry about the contact and folds its rows anew.
func (c *Contact) add(ctx context.Context, w *ledger.Writer, entries []ledger.Entry, kind ledger.Kind, payload any) error {
	e, err := w.Add(kind, string(c.ID), "", w.By.At, payload)
	if err != nil {
		return err
	}
	if *c, _, err = FoldContact(append(entries, e), deals.Ever); err != nil {
		return err
	}
	return updateContact(ctx, w.DB, *c)
}

func refoldContact(ctx context.Context, w *ledger.Writer, id ContactID) (Contact, []ledger.Entry, error) {
	entries, err := ledger.OfSubject(ctx, w.DB, w.DB.Org(), string(id))
	if err != nil {
		return Contact{}, nil, err
	}
	c, exists, err := FoldContact(entries, deals.Ever)
	switch {
	case err != nil:
		return c, nil, err
	case !exists:
		return c, nil, errNoContact
	case c.Erased:
		return c, nil, problem.Conflict("", "This contact's data were erased, so there is nothing to change.")
	}
	return c, entries, nil
}

// EraseContact empties everything that was ever recorded of a contact, for a
// person's right to be forgotten. That someone stood there stays, and so does the
// chain of the ledger.
func EraseContact(ctx context.Context, w *ledger.Writer, id ContactID, reason string) error {
	c, entries, err := refoldContact(ctx, w, id)
	if err != nil {
		return err
	}
	sequences := make([]int64, 0, len(entries))
	for i, e := range entries {
		if e.Kind != ledger.Erased {
			sequences = append(sequences, e.Sequence)
			entries[i].Payload = ""
		}
	}
	if err := ledger.Erase(ctx, w, string(id), sequences, reason); err != nil {
		return fmt.Errorf("erasing contact %s: %w", id, err)
	}
	return c.add(ctx, w, entries, ContactErased, Erasure{Account: c.Account})
}
