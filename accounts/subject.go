package accounts

import (
	"fmt"
	"net/http"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/people"
	"milepost/problem"
)

// subject is an account or a contact as far as editing and history go, which are
// the same for both.
type subject struct {
	Kind, ID, Name, Path string
	Version              int64
	Frozen               bool // nothing can be changed any more
	fields               []field
	changed              ledger.Kind
	at                   func(string) *string
	set                  func(w *ledger.Writer, field, value string, undoes int64) error
	setRole              func(w *ledger.Writer, deal deals.ID, to Standing, undoes int64) error // contacts only
	accountName          string                                                                 // the contact's account, the account's parent
}

// finding reads the subject of a request, if the person may see it.
type finding func(*http.Request) (*subject, desk, error)

func (p pages) accountSubject(r *http.Request) (*subject, desk, error) {
	k := p.desk(r)
	a, err := Find(k.ctx, k.d, k.v, ID(r.PathValue("id")))
	if err != nil {
		return nil, k, err
	}
	s := k.aboutAccount(&a)
	if a.Parent != "" {
		above, err := accountOf(k.ctx, k.d, a.Parent)
		if err != nil {
			return nil, k, fmt.Errorf("reading the parent of account %s: %w", a.ID, err)
		}
		s.accountName = above.Name
	}
	return s, k, nil
}

func (k desk) aboutAccount(a *Account) *subject {
	return &subject{Kind: "account", ID: string(a.ID), Name: a.Name, Path: a.ID.Path(), Version: a.Version,
		Frozen: a.MergedInto != "", fields: accountFields, changed: AccountChanged, at: a.at,
		set: func(w *ledger.Writer, field, value string, undoes int64) error {
			if err := k.mayBecome(field, value); err != nil {
				return err
			}
			after, err := Set(k.ctx, w, a.ID, field, value, undoes)
			if err == nil {
				*a = after
			}
			return err
		}}
}

func (p pages) contactSubject(r *http.Request) (*subject, desk, error) {
	k := p.desk(r)
	c, a, err := FindContact(k.ctx, k.d, k.v, ContactID(r.PathValue("id")))
	if err != nil {
		return nil, k, err
	}
	s := k.aboutContact(&c)
	s.accountName = a.Name
	return s, k, nil
}

func (k desk) aboutContact(c *Contact) *subject {
	return &subject{Kind: "contact", ID: string(c.ID), Name: c.Name, Path: c.ID.Path(), Version: c.Version,
		Frozen: c.Erased, fields: contactFields, changed: ContactChanged, at: c.at,
		set: func(w *ledger.Writer, field, value string, undoes int64) error {
			if err := k.mayBecome(field, value); err != nil {
				return err
			}
			after, err := SetContact(k.ctx, w, c.ID, field, value, undoes)
			if err == nil {
				*c = after
			}
			return err
		},
		setRole: func(w *ledger.Writer, deal deals.ID, to Standing, undoes int64) error {
			if _, err := deals.FindFor(k.ctx, w.DB, k.v, deal); err != nil {
				return err
			}
			_, err := SetRole(k.ctx, w, c.ID, deal, to, undoes)
			return err
		}}
}

// mayBecome refuses an owner out of reach, and an account out of sight.
func (k desk) mayBecome(field, value string) error {
	switch {
	case value == "":
		return nil
	case field == "owner":
		if !plausible(value) {
			return problem.Invalid("owner", "There is no such person here.")
		}
		within, err := reach(k.ctx, k.d, k.v, k.now)
		if err == nil && !within.Includes(people.ID(value)) {
			err = problem.Invalid("owner", "You can give an account to the people in your line and to your own manager. For anyone else, ask your manager or operations.")
		}
		return err
	case field == "parent" || field == "account":
		_, err := Find(k.ctx, k.d, k.v, ID(value))
		if problem.Is(err, problem.KindNotFound) {
			err = problem.Invalid(field, "There is no such account that you see.")
		}
		return err
	}
	return nil
}

// typed is what a form sends for a field as the value to keep: a typed account name
// becomes its id.
func (k desk) typed(f field, text string) (string, error) {
	if f.Type != "account" {
		return text, nil
	}
	if folded(text) == "" {
		return "", nil
	}
	a, err := k.named(f.Name, text)
	return string(a.ID), err
}

// clash is what someone else did to a field while it was being edited.
type clash struct {
	By          string
	At          calendar.Instant
	Before, Now string
}

// clashIn looks for changes of a field after the version that a form was made from.
func (k desk) clashIn(s *subject, f field, version int64, mine string) (*clash, error) {
	entries, err := ledger.OfSubject(k.ctx, k.d, k.v.Org, s.ID)
	if err != nil {
		return nil, err
	}
	var found *clash
	for _, e := range entries {
		var c Change
		if e.Sequence <= version || e.Kind != s.changed || e.Read(&c) != nil || c.Field != f.Name {
			continue
		}
		if found == nil {
			found = &clash{Before: c.shown(c.From, c.FromName)}
		}
		found.By, found.At, found.Now = e.Actor, e.RecordedAt, c.shown(c.To, c.ToName)
	}
	if found == nil || *s.at(f.Name) == mine || found.Before == found.Now {
		return nil, nil
	}
	names, err := k.names()
	found.By = names[people.ID(found.By)]
	if found.By == "" {
		found.By = "Someone"
	}
	return found, err
}

// shown is a value as a person reads it: the name that an id stood for.
func (c Change) shown(value, name string) string {
	if name != "" {
		return name
	}
	return value
}

// input is the field of a form for an account or a contact.
func (f field) input(value, wrong string) ui.FormField {
	in := ui.FormField{Name: f.Name, Label: f.Label, Hint: f.Hint, Value: value, Type: f.Type, Error: wrong, Autocomplete: "off"}
	if f.Type == "account" || f.Type == "person" {
		in.Type = ""
	}
	return in
}
