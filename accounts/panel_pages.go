package accounts

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/problem"
)

// panelView is the people of one deal: who plays which part, and who is missing.
type panelView struct {
	k       desk
	Deal    deals.Opportunity
	In      []member
	Others  []Contact // at the account, without a part in this deal
	Hidden  int       // people in the deal who are at accounts out of sight
	Gaps    []Gap
	Open    ContactID // whose part is being changed
	Adding  bool
	Typed   Standing
	Problem error
}

// member is someone who plays a part in the deal.
type member struct {
	Contact
	Involvement
}

func (v *panelView) path() string { return "/accounts/deals/" + string(v.Deal.ID) + "/panel" }

// formPath is where the form that is open is found again.
func (v *panelView) formPath() string {
	if v.Adding {
		return v.path() + "?add"
	}
	return v.path() + "?contact=" + string(v.Open)
}

func (p pages) dealPanel(w http.ResponseWriter, r *http.Request) error {
	k := p.desk(r)
	v, err := k.panel(deals.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	v.Open, v.Adding = ContactID(r.URL.Query().Get("contact")), r.URL.Query().Has("add")
	return v.show(w, r, http.StatusOK)
}

func (v *panelView) show(w http.ResponseWriter, r *http.Request, status int) error {
	if web.WantsPart(r) {
		return web.FragmentWithStatus(w, r, status, dealPeople(v))
	}
	frame := ui.Frame{Title: "People in this deal", Crumbs: []ui.Crumb{{Label: "Deals", Path: "/deals"}, {Label: v.Deal.Title, Path: v.Deal.ID.Path()}}}
	return web.PageWithStatus(w, r, status, frame, dealPeople(v))
}

// panel reads the people of a deal that the viewer sees. Whoever sees the deal sees
// its account, and everyone there; who moved on to another account is counted only.
func (k desk) panel(id deals.ID) (*panelView, error) {
	o, err := k.deal(id)
	if err != nil {
		return nil, err
	}
	v := &panelView{k: k, Deal: o}
	rows, err := involvedIn(k.ctx, k.d, id)
	if err != nil {
		return nil, fmt.Errorf("reading who is in deal %s: %w", id, err)
	}
	var standings []Standing
	for _, row := range rows {
		c, _, err := FindContact(k.ctx, k.d, k.v, row.Contact)
		if problem.Is(err, problem.KindNotFound) {
			v.Hidden++
		} else if err != nil {
			return nil, err
		} else {
			v.In = append(v.In, member{c, row.Involvement})
		}
		standings = append(standings, row.Standing)
	}
	slices.SortStableFunc(v.In, func(a, b member) int {
		return slices.Index(Roles, a.Standing.Role) - slices.Index(Roles, b.Standing.Role)
	})
	if o.IsOpen() {
		v.Gaps = Gaps(standings)
	}
	if o.Account != "" {
		v.Others, err = contactsOf(k.ctx, k.d, o.Account, 500)
		v.Others = slices.DeleteFunc(v.Others, func(c Contact) bool {
			return c.Erased || c.LeftOn != "" || slices.ContainsFunc(v.In, func(m member) bool { return m.Contact.ID == c.ID })
		})
	}
	return v, err
}

// deal reads a deal that the viewer sees.
func (k desk) deal(id deals.ID) (deals.Opportunity, error) {
	if !plausible(id) {
		return deals.Opportunity{}, problem.NotFound("There is no such deal, or it is not yours to see.") // as deals say it
	}
	return deals.FindFor(k.ctx, k.d, k.v, id)
}

// setRole says where someone stands in a deal.
func (p pages) setRole(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(w, r, largestForm); err != nil {
		return err
	}
	k := p.desk(r)
	v, err := k.panel(deals.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	id, to := ContactID(r.PostForm.Get("contact")), standingFrom(r.PostForm)
	if to.Role == "" {
		to = Standing{}
	}
	if err = v.mayPlay(id, to); err == nil {
		err = k.record(func(w *ledger.Writer) error {
			_, err := SetRole(k.ctx, w, id, v.Deal.ID, to, 0)
			return err
		})
	}
	if web.InForm(err) {
		v.Problem, v.Open, v.Typed = err, id, standingFrom(r.PostForm)
		v.Adding = !v.has(id)
		return v.show(w, r, web.FormStatus(err))
	}
	if err != nil {
		return err
	}
	if !web.WantsPart(r) {
		return web.Redirect(w, r, v.Deal.ID.Path(), "It is noted.")
	}
	if v, err = k.panel(v.Deal.ID); err != nil {
		return err
	}
	return v.show(w, r, http.StatusOK)
}

func (v *panelView) has(id ContactID) bool {
	return slices.ContainsFunc(v.In, func(m member) bool { return m.Contact.ID == id })
}

// mayPlay refuses a part for someone who is neither in the deal nor at its account.
func (v *panelView) mayPlay(id ContactID, to Standing) error {
	if v.has(id) {
		return nil
	}
	if id == "" || !slices.ContainsFunc(v.Others, func(c Contact) bool { return c.ID == id }) {
		return problem.Invalid("contact", "Choose someone who works at this account.")
	}
	if to.Role == "" {
		return problem.Invalid("role", "Say which part this person plays in the deal.")
	}
	return nil
}

func (v *panelView) otherOptions() []ui.Option {
	options := []ui.Option{{Label: "Choose someone"}}
	for _, c := range v.Others {
		options = append(options, ui.Option{Value: string(c.ID), Label: joinWords(c.Name, c.Title)})
	}
	return options
}

func queryEscape(text string) string { return url.QueryEscape(text) }
