package accounts

import (
	"context"
	"errors"

	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
)

// Open records a new account, looked after by its owner, with what is known of it.
// A name that is taken, by whomever, is refused.
func Open(ctx context.Context, w *ledger.Writer, a Account) (Account, error) {
	values, err := cleaned(accountFields, a.at)
	if err != nil {
		return a, err
	}
	if err := mustBeFree(ctx, w.DB, values["name"], ""); err != nil {
		return a, err
	}
	id, err := deals.EnsureAccount(ctx, w, values["name"])
	if err != nil {
		return a, err
	}
	made := Account{ID: id, Name: values["name"], CreatedAt: w.By.At}
	for _, f := range accountFields {
		if f.Name == "name" || values[f.Name] == "" {
			continue
		}
		c := Change{Field: f.Name, To: values[f.Name]}
		if c.ToName, err = nameFor(ctx, w, f, c.To); err != nil {
			return made, err
		}
		e, err := w.Add(AccountChanged, string(id), "", w.By.At, c)
		if err != nil {
			return made, err
		}
		*made.at(f.Name), made.Version = c.To, e.Sequence
	}
	if err := mustNotCircle(ctx, w.DB, id, made.Parent); err != nil {
		return made, err
	}
	return made, updateAccount(ctx, w.DB, made)
}

// Set records a new value of one of an account's fields, from now on; undoes is the
// sequence of the change that it takes back, or 0. One change of an account goes
// into a transaction, since it builds on what the ledger shows.
func Set(ctx context.Context, w *ledger.Writer, id ID, name, value string, undoes int64) (Account, error) {
	a, entries, err := refold(ctx, w, id)
	if err != nil {
		return a, err
	}
	f, err := fieldNamed(accountFields, name)
	if err != nil {
		return a, err
	}
	c, err := f.change(ctx, w, *a.at(name), value)
	if err != nil || c == nil {
		return a, err
	}
	switch name {
	case "name":
		err = mustBeFree(ctx, w.DB, c.To, id)
	case "parent":
		err = mustNotCircle(ctx, w.DB, id, ID(c.To))
	}
	if err != nil {
		return a, err
	}
	c.Undoes = undoes
	_, err = a.add(ctx, w, entries, AccountChanged, c)
	return a, err
}

// add records an entry about the account, folds its row anew, and gives the entries
// with the new one among them: the ledger shows it only after the transaction.
func (a *Account) add(ctx context.Context, w *ledger.Writer, entries []ledger.Entry, kind ledger.Kind, payload any) ([]ledger.Entry, error) {
	e, err := w.Add(kind, string(a.ID), "", w.By.At, payload)
	if err != nil {
		return entries, err
	}
	entries = append(entries, e)
	if *a, _, err = FoldAccount(entries, deals.Ever); err != nil {
		return entries, err
	}
	return entries, updateAccount(ctx, w.DB, *a)
}

// refold reads an account from the ledger, with its entries.
func refold(ctx context.Context, w *ledger.Writer, id ID) (Account, []ledger.Entry, error) {
	entries, err := ledger.OfSubject(ctx, w.DB, w.DB.Org(), string(id))
	if err != nil {
		return Account{}, nil, err
	}
	a, exists, err := FoldAccount(entries, deals.Ever)
	switch {
	case err != nil:
		return a, nil, err
	case !exists:
		return a, nil, errNoAccount
	case a.MergedInto != "":
		return a, nil, problem.Conflict("", "This account went into another one meanwhile. Nothing of yours was saved; open the other one.")
	}
	return a, entries, nil
}

// change is what a typed value comes to; nil when it is so already.
func (f field) change(ctx context.Context, w *ledger.Writer, now, typed string) (*Change, error) {
	value, err := f.cleaned(typed)
	if err != nil || value == now {
		return nil, err
	}
	c := &Change{Field: f.Name, From: now, To: value}
	if c.ToName, err = nameFor(ctx, w, f, value); err != nil {
		return nil, err
	}
	c.FromName, err = nameFor(ctx, w, f, now)
	if problem.Is(err, problem.KindInvalid) {
		err = nil // who was there before need not be there any more
	}
	return c, err
}

func (f field) cleaned(typed string) (string, error) {
	if f.clean == nil {
		return typed, nil
	}
	return f.clean(f.Name, typed)
}

// nameFor is the name of the person or the account that a value stands for, and
// refuses one that is not there.
func nameFor(ctx context.Context, w *ledger.Writer, f field, value string) (string, error) {
	if value == "" || f.Type != "person" && f.Type != "account" {
		return "", nil
	}
	if f.Type == "person" {
		p, err := people.PersonOf(ctx, w.DB, w.DB.Org(), people.ID(value))
		if problem.Is(err, problem.KindNotFound) {
			err = problem.Invalid(f.Name, "There is no such person here.")
		}
		return p.Name, err
	}
	a, err := accountOf(ctx, w.DB, ID(value))
	if problem.Is(err, problem.KindNotFound) || err == nil && a.MergedInto != "" {
		err = problem.Invalid(f.Name, "There is no such account any more. Choose another one.")
	}
	return a.Name, err
}

// cleaned takes in what was typed into all fields, and says everything that is
// wrong with it at once.
func cleaned(fields []field, at func(string) *string) (map[string]string, error) {
	values := map[string]string{}
	var wrong []error
	for _, f := range fields {
		value, err := f.cleaned(*at(f.Name))
		if err != nil {
			wrong = append(wrong, err)
		}
		values[f.Name] = value
	}
	return values, errors.Join(wrong...)
}
