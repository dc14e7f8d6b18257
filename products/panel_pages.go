package products

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"

	"milepost/deals"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/money"
	"milepost/people"
)

// panelState is what is open in the panel, and what just happened in it.
type panelState struct {
	Adding  bool
	Open    LineID // the line that is being changed
	Version int64  // the one that the person saw
	Typed   Wish   // what was typed and refused
	Problem error
	Clash   *Overtaken
	ClashBy string
	Gone    *Line // what was just taken out
	Moved   bool  // the deal's amount changed by what was done
	Focus   bool  // the keyboard goes on from the button that adds
}

// panelView is the products of one deal.
type panelView struct {
	panelState
	k         desk
	Deal      deals.Opportunity
	Basket    Basket
	Total     money.Amount
	Catalogue []Product // what is sold, when a form is open
}

func (v *panelView) path() string { return "/products/deals/" + string(v.Deal.ID) + "/panel" }
func (v *panelView) linesPath() string {
	return "/products/deals/" + string(v.Deal.ID) + "/lines"
}

// currency is the one in which the products are priced.
func (v *panelView) currency() money.Currency {
	return v.Basket.currency(&v.Deal, v.k.v.Organization.Currency)
}

func (p pages) dealPanel(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	state := panelState{Adding: q.Has("add"), Open: LineID(q.Get("line")), Focus: q.Has("back")}
	return p.showPanel(w, r, state)
}

// showPanel answers with the panel, as a part of the deal's page or as a page of its
// own. After something that went well, a browser without a script is led back.
func (p pages) showPanel(w http.ResponseWriter, r *http.Request, state panelState) error {
	k := p.desk(r)
	if r.Method == http.MethodPost && !web.WantsPart(r) && state.Problem == nil {
		return web.Redirect(w, r, "/deals/"+r.PathValue("id"), "The products are saved.")
	}
	v, err := k.panel(deals.ID(r.PathValue("id")), state)
	if err != nil {
		return err
	}
	if web.WantsPart(r) {
		return fragment(w, r, web.FormStatus(state.Problem), dealProducts(v))
	}
	frame := ui.Frame{Title: "Products in this deal", Crumbs: []ui.Crumb{{Label: "Deals", Path: "/deals"}, {Label: v.Deal.Title, Path: v.Deal.ID.Path()}}}
	return web.PageWithStatus(w, r, web.FormStatus(state.Problem), frame, dealProducts(v))
}

func (k desk) panel(id deals.ID, state panelState) (*panelView, error) {
	v := &panelView{panelState: state, k: k}
	var err error
	if v.Deal, err = dealFor(k.ctx, k.d, k.v, id); err != nil {
		return nil, err
	}
	if v.Basket, err = BasketOf(k.ctx, k.d, id); err != nil {
		return nil, fmt.Errorf("reading the products of deal %s: %w", id, err)
	}
	if v.Total, err = Total(v.Basket.Lines); err != nil {
		return nil, err
	}
	if !v.Deal.IsOpen() {
		v.Adding, v.Open = false, ""
	}
	if v.Adding || v.Open != "" {
		if v.Catalogue, err = Catalogue(k.ctx, k.d); err != nil {
			return nil, err
		}
		v.Catalogue = slices.DeleteFunc(v.Catalogue, func(p Product) bool { return p.Retired })
	}
	return v, v.sayWho()
}

// sayWho finds the name of whoever was quicker.
func (v *panelView) sayWho() error {
	if v.Clash == nil {
		return nil
	}
	found, err := names(v.k.ctx, v.k.d, []people.ID{v.Clash.By})
	v.ClashBy = cmp.Or(found[v.Clash.By], "Someone")
	return err
}
