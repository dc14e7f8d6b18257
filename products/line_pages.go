package products

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/internal/web"
	"milepost/problem"
)

func wishFrom(r *http.Request) Wish {
	return Wish{Product: r.PostForm.Get("product"), Quantity: r.PostForm.Get("quantity"), Price: r.PostForm.Get("price"), Discount: r.PostForm.Get("discount")}
}

// do applies what a form asks for, and shows the panel with what came of it.
func (p pages) do(w http.ResponseWriter, r *http.Request, state panelState, work func(desk, *ledger.Writer, deals.ID) error) error {
	k, id := p.desk(r), deals.ID(r.PathValue("id"))
	before, err := dealFor(k.ctx, k.d, k.v, id)
	if err != nil {
		return err
	}
	err = k.record(func(l *ledger.Writer) error { return work(k, l, id) })
	if web.InForm(err) {
		state.Problem = err
		errors.As(err, &state.Clash)
		return p.showPanel(w, r, state)
	}
	if err != nil {
		return fmt.Errorf("changing the products of deal %s: %w", id, err)
	}
	after, err := dealFor(k.ctx, k.d, k.v, id)
	if err != nil {
		return err
	}
	moved := (before.Amount == nil) != (after.Amount == nil) || before.Amount != nil && *before.Amount != *after.Amount
	return p.showPanel(w, r, panelState{Gone: state.Gone, Moved: moved, Focus: true})
}

func (p pages) addLine(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(w, r, largestForm); err != nil {
		return err
	}
	wish := wishFrom(r)
	return p.do(w, r, panelState{Adding: true, Typed: wish}, func(k desk, l *ledger.Writer, id deals.ID) error {
		_, err := AddLine(k.ctx, l, k.v, id, wish)
		return err
	})
}

// versionOf is the version that a form was made from.
func versionOf(r *http.Request) int64 {
	version, _ := strconv.ParseInt(r.PostForm.Get("version"), 10, 64) // none is none that there is
	return version
}

func (p pages) changeLine(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(w, r, largestForm); err != nil {
		return err
	}
	line, wish := LineID(r.PathValue("line")), wishFrom(r)
	return p.do(w, r, panelState{Open: line, Version: versionOf(r), Typed: wish}, func(k desk, l *ledger.Writer, id deals.ID) error {
		return ChangeLine(k.ctx, l, k.v, id, line, versionOf(r), wish)
	})
}

func (p pages) removeLine(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(w, r, largestForm); err != nil {
		return err
	}
	line, gone := LineID(r.PathValue("line")), &Line{}
	state := panelState{Gone: gone}
	return p.do(w, r, state, func(k desk, l *ledger.Writer, id deals.ID) (err error) {
		*gone, err = RemoveLine(k.ctx, l, k.v, id, line, versionOf(r))
		return err
	})
}

func (p pages) followAmount(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(w, r, largestForm); err != nil {
		return err
	}
	return p.do(w, r, panelState{}, func(k desk, l *ledger.Writer, id deals.ID) error {
		return FollowAmount(k.ctx, l, k.v, id, r.PostForm.Get("follow") == "on")
	})
}

func (p pages) reprice(w http.ResponseWriter, r *http.Request) error {
	return p.do(w, r, panelState{}, func(k desk, l *ledger.Writer, id deals.ID) error { return Reprice(k.ctx, l, k.v, id) })
}

// listPrice is the field for the price of a product that was just chosen.
func (p pages) listPrice(w http.ResponseWriter, r *http.Request) error {
	k := p.desk(r)
	v, err := k.panel(deals.ID(r.PathValue("id")), panelState{})
	if err != nil {
		return err
	}
	found, _, err := productCalled(k.ctx, k.d, r.URL.Query().Get("product"))
	if err != nil && !problem.Is(err, problem.KindNotFound) {
		return err
	}
	value := ""
	if price, has := found.PriceIn(v.currency()); has {
		value = typedPrice(price)
	}
	return fragment(w, r, http.StatusOK, v.priceField(value, ""))
}
