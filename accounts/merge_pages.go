package accounts

import (
	"fmt"
	"net/http"

	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
)

// mergeView asks which account goes into this one, and shows what will move.
type mergeView struct {
	Stays   *subject
	Typed   string
	Goes    *Account // chosen, to be confirmed
	Moves   Merger
	Similar []Similar
	Problem error
}

func (p pages) mergePage(w http.ResponseWriter, r *http.Request) error {
	s, k, err := p.accountSubject(r)
	if err != nil {
		return err
	}
	v := mergeView{Stays: s, Typed: r.URL.Query().Get("other")}
	if v.Typed != "" {
		v.Problem = v.choose(k)
	} else if all, err := SimilarAccounts(k.ctx, k.d, k.v, s.Name, *s.at("website")); err != nil {
		return err
	} else {
		for _, like := range all {
			if like.ID != s.ID && like.Seen {
				v.Similar = append(v.Similar, like)
			}
		}
	}
	return v.show(w, r)
}

func (v mergeView) show(w http.ResponseWriter, r *http.Request) error {
	if v.Problem != nil && !web.InForm(v.Problem) {
		return v.Problem
	}
	frame := ui.Frame{Title: "Merge into " + v.Stays.Name, Crumbs: v.Stays.crumbs(),
		Lead: "When one company is here twice: everything of the other account moves to this one."}
	return web.PageWithStatus(w, r, web.FormStatus(v.Problem), frame, mergeForm(v))
}

// choose finds the account that is to go, and counts what will move.
func (v *mergeView) choose(k desk) error {
	a, err := k.named("other", v.Typed)
	if err != nil {
		return err
	}
	if err := mayMerge(k.ctx, k.d, k.v, a.ID); err != nil {
		return err
	}
	moved, err := dealsOf(k.ctx, k.d, a.ID)
	if err != nil {
		return err
	}
	contacts, err := contactIDsOf(k.ctx, k.d, a.ID)
	if err != nil {
		return err
	}
	children, err := childrenOf(k.ctx, k.d, a.ID)
	v.Goes, v.Moves = &a, Merger{Other: a.ID, Name: a.Name, Deals: len(moved), Contacts: len(contacts), Children: len(children)}
	return err
}

func (p pages) merge(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(w, r, largestForm); err != nil {
		return err
	}
	s, k, err := p.accountSubject(r)
	if err != nil {
		return err
	}
	goes, err := Find(k.ctx, k.d, k.v, ID(r.PostForm.Get("goes")))
	if err != nil {
		return err
	}
	var moved Merger
	err = k.record(func(lw *ledger.Writer) error {
		if err := mayMerge(k.ctx, lw.DB, k.v, goes.ID); err != nil {
			return err
		}
		moved, err = Merge(k.ctx, lw, ID(s.ID), goes.ID)
		return err
	})
	if web.InForm(err) {
		return mergeView{Stays: s, Typed: goes.Name, Problem: err}.show(w, r)
	}
	if err != nil {
		return err
	}
	return web.Redirect(w, r, s.Path, fmt.Sprintf("“%s” is part of this account now, with %s and %s.", moved.Name,
		count(moved.Deals, "deal", "deals"), count(moved.Contacts, "contact", "contacts")))
}
