package accounts

import (
	"errors"
	"net/http"
	"net/url"

	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
)

func (p pages) newContact(w http.ResponseWriter, r *http.Request) error {
	k, q := p.desk(r), r.URL.Query()
	v := newView{k: k, Typed: url.Values{}, Similar: similarView{Kind: "contacts"}}
	account := ID(q.Get("account"))
	if deal := q.Get("deal"); deal != "" {
		var err error
		if v.Deal, err = k.deal(deals.ID(deal)); err != nil {
			return err
		}
		v.Typed.Set("deal", deal)
		account = v.Deal.Account
	}
	if account != "" {
		a, err := Find(k.ctx, k.d, k.v, account)
		if err != nil {
			return err
		}
		v.Typed.Set("account", a.Name)
	}
	return v.showContact(w, r)
}

func (v newView) showContact(w http.ResponseWriter, r *http.Request) error {
	frame := ui.Frame{Title: "New contact", Crumbs: []ui.Crumb{{Label: "Contacts", Path: "/contacts"}},
		Lead: "A name and an account are enough."}
	return web.PageWithStatus(w, r, web.FormStatus(v.Problem), frame, newContactPage(v))
}

func (p pages) addContact(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(w, r, largestForm); err != nil {
		return err
	}
	k := p.desk(r)
	v := newView{k: k, Typed: r.PostForm, Similar: similarView{Kind: "contacts"}}
	c := Contact{Name: r.PostForm.Get("name"), Title: r.PostForm.Get("title"), Emails: r.PostForm.Get("emails"),
		Phones: r.PostForm.Get("phones"), Language: r.PostForm.Get("language"), Notes: r.PostForm.Get("notes")}
	if deal := r.PostForm.Get("deal"); deal != "" {
		var err error
		if v.Deal, err = k.deal(deals.ID(deal)); err != nil {
			return err
		}
	}
	a, badAccount := k.named("account", r.PostForm.Get("account"))
	c.Account = a.ID
	_, wrong := cleaned(contactFields, c.at)
	standing := standingFrom(r.PostForm)
	v.Problem = errors.Join(wrong, badAccount, standing.check())
	if v.Problem == nil {
		var err error
		if v.Similar.List, err = SimilarContacts(k.ctx, k.d, k.v, c.Name, c.Emails, c.Account); err != nil {
			return err
		}
	}
	if v.Problem == nil && (len(v.Similar.List) == 0 || r.PostForm.Get("noticed") != "") {
		if v.Deal.ID != "" && standing.Role != "" {
			c.Involved = []Involvement{{Deal: v.Deal.ID, Standing: standing}}
		}
		v.Problem = k.record(func(w *ledger.Writer) (err error) {
			c, err = Add(k.ctx, w, c)
			return err
		})
		if v.Problem == nil {
			return web.Redirect(w, r, v.after(c), c.Name+" is added.")
		}
	}
	if v.Problem != nil && !web.InForm(v.Problem) {
		return v.Problem
	}
	return v.showContact(w, r)
}

// after is where a new contact leads: back to where it was needed.
func (v newView) after(c Contact) string {
	if v.Deal.ID != "" {
		return v.Deal.ID.Path()
	}
	return c.ID.Path()
}

func (p pages) similarContacts(w http.ResponseWriter, r *http.Request) error {
	k, q := p.desk(r), r.URL.Query()
	var account ID
	if a, err := k.named("account", q.Get("account")); err == nil {
		account = a.ID
	}
	found, err := SimilarContacts(k.ctx, k.d, k.v, q.Get("name"), q.Get("emails"), account)
	if err != nil {
		return err
	}
	v := similarView{Kind: "contacts", List: found}
	if a, there, err := AtDomain(k.ctx, k.d, k.v, q.Get("emails")); err == nil && there && a.ID != account {
		v.Suggest = a.Name
	}
	return web.Fragment(w, r, similarNote(v))
}

func standingFrom(form url.Values) Standing {
	return Standing{Role: Role(form.Get("role")), Influence: form.Get("influence"), Attitude: form.Get("attitude")}
}
