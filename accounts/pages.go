package accounts

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
	"milepost/problem"
)

// pages serves the pages of this room.
type pages struct{ slice.Program }

func (p pages) routes() []web.Route {
	list := []web.Route{
		{Pattern: "GET /accounts", Handle: p.accountList},
		{Pattern: "GET /accounts.csv", Handle: p.accountsCSV},
		{Pattern: "GET /accounts/new", Handle: p.newAccount},
		{Pattern: "POST /accounts", Handle: p.openAccount},
		{Pattern: "GET /accounts/similar", Handle: p.similarAccounts},
		{Pattern: "GET /accounts/names", Handle: p.accountNames},
		{Pattern: "GET /accounts/{id}", Handle: p.account},
		{Pattern: "GET /accounts/{id}/edit", Handle: p.edit(p.accountSubject)},
		{Pattern: "POST /accounts/{id}/edit", Handle: p.save(p.accountSubject)},
		{Pattern: "GET /accounts/{id}/value", Handle: p.value(p.accountSubject)},
		{Pattern: "GET /accounts/{id}/history", Handle: p.history(p.accountSubject)},
		{Pattern: "POST /accounts/{id}/undo", Handle: p.undo(p.accountSubject)},
		{Pattern: "GET /accounts/{id}/merge", Handle: p.mergePage},
		{Pattern: "POST /accounts/{id}/merge", Handle: p.merge},
		{Pattern: "GET " + DealPanel, Handle: p.dealPanel},
		{Pattern: "POST /accounts/deals/{id}/roles", Handle: p.setRole},
		{Pattern: "GET /contacts", Handle: p.contactList},
		{Pattern: "GET /contacts.csv", Handle: p.contactsCSV},
		{Pattern: "GET /contacts/new", Handle: p.newContact},
		{Pattern: "POST /contacts", Handle: p.addContact},
		{Pattern: "GET /contacts/similar", Handle: p.similarContacts},
		{Pattern: "GET /contacts/{id}", Handle: p.contact},
		{Pattern: "GET /contacts/{id}/edit", Handle: p.edit(p.contactSubject)},
		{Pattern: "POST /contacts/{id}/edit", Handle: p.save(p.contactSubject)},
		{Pattern: "GET /contacts/{id}/value", Handle: p.value(p.contactSubject)},
		{Pattern: "GET /contacts/{id}/history", Handle: p.history(p.contactSubject)},
		{Pattern: "POST /contacts/{id}/undo", Handle: p.undo(p.contactSubject)},
		{Pattern: "GET /contacts/{id}/erase", Handle: p.erasePage},
		{Pattern: "POST /contacts/{id}/erase", Handle: p.erase},
	}
	for i := range list {
		list[i].Rule = people.SeesDeals
	}
	return list
}

// desk is what a handler works with: who asks, the organization's data, the moment.
type desk struct {
	ctx context.Context
	v   *people.Viewer
	d   *db.DB
	now calendar.Instant
}

func (p pages) desk(r *http.Request) desk {
	v := people.ViewerFrom(r.Context())
	return desk{r.Context(), v, p.DB.For(v.Org), p.Clock()}
}

// record writes what the person does, in one transaction.
func (k desk) record(work func(*ledger.Writer) error) error {
	return ledger.Record(k.ctx, k.d, people.ByViewer(k.v, k.now), work)
}

func (k desk) today() calendar.Date {
	return calendar.DateOf(k.now, k.v.Organization.Place())
}

// names are those of everyone, by id.
func (k desk) names() (map[people.ID]string, error) {
	list, err := peopleNamed(k.ctx, k.d)
	names := make(map[people.ID]string, len(list))
	for _, p := range list {
		names[p.ID] = p.Name
	}
	return names, err
}

// owners are those who may be chosen as an account's owner, in reach of the viewer.
func (k desk) owners(now people.ID) ([]ui.Option, error) {
	within, err := reach(k.ctx, k.d, k.v, k.now)
	if err != nil {
		return nil, err
	}
	list, err := peopleNamed(k.ctx, k.d)
	options := []ui.Option{{Label: "Nobody"}}
	for _, p := range list {
		if p.ID == now || p.Here == 1 && within.Includes(p.ID) {
			options = append(options, ui.Option{Value: string(p.ID), Label: p.Name})
		}
	}
	return options, err
}

// visibleOwners are those whose accounts the viewer can ask the list for.
func (k desk) visibleOwners() ([]ui.Option, error) {
	list, err := peopleNamed(k.ctx, k.d)
	options := []ui.Option{{Label: "Anyone"}, {Value: "me", Label: "Me"}, {Value: "none", Label: "Nobody"}}
	for _, p := range list {
		if p.ID != k.v.ID && k.v.Sees(p.ID) {
			options = append(options, ui.Option{Value: string(p.ID), Label: p.Name})
		}
	}
	return options, err
}

// named finds the account in sight that a typed name means.
func (k desk) named(field, name string) (Account, error) {
	missing := problem.Invalid(field, "There is no account “%s” that you see. Choose one of the names offered, or make the account first.", clip(name))
	if strings.TrimSpace(folded(name)) == "" || len(name) > 1000 {
		return Account{}, missing
	}
	id, err := accountNamed(k.ctx, k.d, name)
	if err == nil {
		var a Account
		if a, err = Find(k.ctx, k.d, k.v, id); err == nil {
			return a, nil
		}
	}
	if problem.Is(err, problem.KindNotFound) {
		err = missing
	}
	return Account{}, err
}

const largestForm = 256 << 10

func readForm(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, largestForm)
	if err := r.ParseForm(); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return problem.Invalid("", "That is more text than can be taken in at once: up to 250 kB. Nothing was changed.")
		}
		return problem.Invalid("", "The form did not arrive whole. Send it again.")
	}
	return nil
}

func isFragment(r *http.Request) bool { return r.Header.Get("HX-Request") == "true" }

// fragment answers htmx with a part of a page and a status, which says whether what
// was typed was taken in.
func fragment(w http.ResponseWriter, r *http.Request, status int, body templ.Component) error {
	var made bytes.Buffer
	if err := body.Render(r.Context(), &made); err != nil {
		return fmt.Errorf("rendering a part of %s: %w", r.URL.Path, err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	w.Write(made.Bytes()) // a reader that went away needs no answer
	return nil
}

// statusOf is the status of a form that is shown again.
func statusOf(err error) int {
	switch {
	case err == nil:
		return http.StatusOK
	case problem.Is(err, problem.KindConflict):
		return http.StatusConflict
	}
	return http.StatusUnprocessableEntity
}

// isRefusal tells whether an error is shown in its form, rather than on a page of
// its own.
func isRefusal(err error) bool {
	return problem.Is(err, problem.KindInvalid) || problem.Is(err, problem.KindConflict)
}
