package products

import (
	"fmt"
	"net/http"
	"slices"

	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
)

// productView is a product as its page shows it.
type productView struct {
	Product
	k      desk
	Keeps  bool
	Events []ui.Event
}

func (p pages) product(w http.ResponseWriter, r *http.Request) error {
	k := p.desk(r)
	found, err := productOf(k.ctx, k.d, ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	v := &productView{Product: found, k: k, Keeps: k.keeps()}
	if v.Events, err = k.told(found.ID); err != nil {
		return fmt.Errorf("telling the history of product %s: %w", found.ID, err)
	}
	frame := ui.Frame{Title: found.Name, Crumbs: []ui.Crumb{{Label: "Products", Path: "/products"}}}
	if v.Keeps {
		frame.Actions = productActions(v)
	}
	return web.Page(w, r, frame, productPage(v))
}

// told puts what was recorded of a product into words, newest first.
func (k desk) told(id ID) ([]ui.Event, error) {
	entries, err := ledger.OfSubject(k.ctx, k.d, k.v.Org, string(id))
	if err != nil {
		return nil, err
	}
	slices.Reverse(entries)
	entries = entries[:min(len(entries), 50)]
	ids := make([]people.ID, len(entries))
	for i := range entries {
		ids[i] = people.ID(entries[i].Actor)
	}
	named, err := names(k.ctx, k.d, ids)
	events := make([]ui.Event, len(entries))
	for i := range entries {
		events[i] = eventOf(&entries[i], named)
	}
	return events, err
}
