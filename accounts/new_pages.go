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

// newView is the form for a new account or contact.
type newView struct {
	k       desk
	Typed   url.Values
	Problem error
	Similar similarView
	Deal    deals.Opportunity // to which a new contact is added; empty id when to none
}

// similarView is what a form has in common with what is there already.
type similarView struct {
	Kind    string // "accounts" or "contacts"
	List    []Similar
	Suggest string // the account whose people have such an address
}

func (p pages) newAccount(w http.ResponseWriter, r *http.Request) error {
	k := p.desk(r)
	v := newView{k: k, Typed: url.Values{"name": {clip(r.URL.Query().Get("name"))}}, Similar: similarView{Kind: "accounts"}}
	if parent := r.URL.Query().Get("parent"); parent != "" {
		a, err := Find(k.ctx, k.d, k.v, ID(parent))
		if err != nil {
			return err
		}
		v.Typed.Set("parent", a.Name)
	}
	return v.showAccount(w, r)
}

func (v newView) showAccount(w http.ResponseWriter, r *http.Request) error {
	frame := ui.Frame{Title: "New account", Crumbs: []ui.Crumb{{Label: "Accounts", Path: "/accounts"}},
		Lead: "A name is enough. You look after it until you give it to someone else."}
	return web.PageWithStatus(w, r, web.FormStatus(v.Problem), frame, newAccountPage(v))
}

// openAccount takes in the form. An account of the same name under another spelling
// is pointed out once; sending the form again makes the new one beside it.
func (p pages) openAccount(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(w, r, largestForm); err != nil {
		return err
	}
	k := p.desk(r)
	v := newView{k: k, Typed: r.PostForm, Similar: similarView{Kind: "accounts"}}
	a := Account{Owner: k.v.ID, Name: r.PostForm.Get("name"), Website: r.PostForm.Get("website"), Industry: r.PostForm.Get("industry"),
		Size: r.PostForm.Get("size"), Country: r.PostForm.Get("country"), Region: r.PostForm.Get("region"),
		Phone: r.PostForm.Get("phone"), About: r.PostForm.Get("about")}
	var badParent error
	if folded(r.PostForm.Get("parent")) != "" {
		var parent Account
		parent, badParent = k.named("parent", r.PostForm.Get("parent"))
		a.Parent = parent.ID
	}
	_, wrong := cleaned(accountFields, a.at)
	v.Problem = errors.Join(wrong, badParent)
	if v.Problem == nil {
		var err error
		if v.Similar.List, err = SimilarAccounts(k.ctx, k.d, k.v, a.Name, a.Website); err != nil {
			return err
		}
	}
	if v.Problem == nil && (len(v.Similar.List) == 0 || r.PostForm.Get("noticed") != "") {
		v.Problem = k.record(func(w *ledger.Writer) (err error) {
			a, err = Open(k.ctx, w, a)
			return err
		})
		if v.Problem == nil {
			return web.Redirect(w, r, a.ID.Path(), "The account is there. Who do you know?")
		}
	}
	if v.Problem != nil && !web.InForm(v.Problem) {
		return v.Problem
	}
	return v.showAccount(w, r)
}

func (p pages) similarAccounts(w http.ResponseWriter, r *http.Request) error {
	k, q := p.desk(r), r.URL.Query()
	found, err := SimilarAccounts(k.ctx, k.d, k.v, q.Get("name"), q.Get("website"))
	if err != nil {
		return err
	}
	return web.Fragment(w, r, similarNote(similarView{Kind: "accounts", List: found}))
}

// accountNames are the names that a field for an account offers.
func (p pages) accountNames(w http.ResponseWriter, r *http.Request) error {
	k, text := p.desk(r), ""
	for _, name := range []string{"value", "parent", "account", "other"} {
		if text = r.URL.Query().Get(name); text != "" {
			break
		}
	}
	names, err := namesLike(k.ctx, k.d, sightOf(k.v), clip(text), 20)
	if err != nil {
		return err
	}
	return web.Fragment(w, r, accountOptions(names))
}

// in is a field of the form with what was typed into it.
func (v newView) in(fields []field, name string) ui.FormField {
	f, _ := fieldNamed(fields, name)
	return f.input(v.Typed.Get(name), wrongWith(v.Problem, name))
}

func ownerNote(s Similar) string {
	if s.Owner == "" {
		return "exists already; nobody looks after it"
	}
	return "exists already; owned by " + s.Owner
}
