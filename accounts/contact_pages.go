package accounts

import (
	"fmt"
	"net/http"
	"strings"

	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/problem"
)

// contactView is a contact as its page shows it.
type contactView struct {
	Contact
	k       desk
	Company Account
	Fields  []fieldView
	Parts   []PartRow // in all deals in sight
	Events  []ui.Event
}

func (p pages) contact(w http.ResponseWriter, r *http.Request) error {
	k := p.desk(r)
	c, a, err := FindContact(k.ctx, k.d, k.v, ContactID(r.PathValue("id")))
	if err != nil {
		return err
	}
	v := &contactView{Contact: c, k: k, Company: a}
	s := k.aboutContact(&v.Contact)
	s.accountName = a.Name
	for _, f := range contactFields {
		field, err := k.fieldOf(s, f.Name)
		if err != nil {
			return err
		}
		v.Fields = append(v.Fields, field)
	}
	if v.Parts, err = partsOf(k.ctx, k.d, []ContactID{c.ID}, sightOf(k.v)); err != nil {
		return fmt.Errorf("reading the parts of contact %s: %w", c.ID, err)
	}
	if v.Events, err = k.told(s, 8, false); err != nil {
		return fmt.Errorf("reading what happened with contact %s: %w", c.ID, err)
	}
	frame := ui.Frame{Title: c.Name, Lead: v.lead(), Actions: contactActions(v),
		Crumbs: []ui.Crumb{{Label: "Contacts", Path: "/contacts"}, {Label: a.Name, Path: a.ID.Path()}}}
	return web.Page(w, r, frame, contactPage(v))
}

func (v *contactView) lead() string {
	lead := joinWords(v.Title, v.Company.Name)
	if v.LeftOn != "" {
		lead += ", left on " + v.LeftOn.Short()
	}
	return lead
}

func (v *contactView) facts() []ui.Term {
	var terms []ui.Term
	for _, f := range v.Fields {
		if f.field.Name != "name" && f.field.Name != "notes" {
			terms = append(terms, ui.Term{Term: f.field.Label, Detail: fieldValue(f)})
		}
	}
	return terms
}

func (v *contactView) notes() fieldView { return v.Fields[len(v.Fields)-1] }

// erasePage says what an erasure does before it is done.
func (p pages) erasePage(w http.ResponseWriter, r *http.Request) error {
	s, _, err := p.eraseSubject(r)
	if err != nil {
		return err
	}
	return web.Page(w, r, ui.Frame{Title: "Erase a contact's data", Crumbs: s.crumbs()}, eraseForm(s, "", nil))
}

func (p pages) eraseSubject(r *http.Request) (*subject, desk, error) {
	s, k, err := p.contactSubject(r)
	if err == nil && !mayErase(k.v) {
		err = problem.Forbidden("Operations erase personal data. Tell them who asked for it, and when.")
	}
	return s, k, err
}

func (p pages) erase(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(w, r, largestForm); err != nil {
		return err
	}
	s, k, err := p.eraseSubject(r)
	if err != nil {
		return err
	}
	reason, err := line("reason", "The reason", r.PostForm.Get("reason"), longestName)
	if err == nil && strings.TrimSpace(reason) == "" {
		err = problem.Invalid("reason", "Say why, without the person's name: “asked for by letter”.")
	}
	if err == nil {
		err = k.record(func(w *ledger.Writer) error { return EraseContact(k.ctx, w, ContactID(s.ID), reason) })
	}
	if web.InForm(err) {
		return web.PageWithStatus(w, r, web.FormStatus(err), ui.Frame{Title: "Erase a contact's data", Crumbs: s.crumbs()}, eraseForm(s, r.PostForm.Get("reason"), err))
	}
	if err != nil {
		return err
	}
	return web.Redirect(w, r, s.Path, "The data are erased. That someone stood here stays on record.")
}
