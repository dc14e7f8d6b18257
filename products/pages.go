package products

import (
	"bytes"
	"context"
	"fmt"
	"net/http"

	"github.com/a-h/templ"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/web"
	"milepost/people"
)

// pages serves the pages of this room.
type pages struct{ slice.Program }

func (p pages) routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /products", Rule: people.SignedIn, Handle: p.catalogue},
		{Pattern: "GET /products/new", Rule: people.Catalogues, Handle: p.newProduct},
		{Pattern: "POST /products", Rule: people.Catalogues, Handle: p.addProduct},
		{Pattern: "GET /products/import", Rule: people.Catalogues, Handle: p.pastePage},
		{Pattern: "POST /products/import", Rule: people.Catalogues, Handle: p.paste},
		{Pattern: "GET /products/{id}", Rule: people.SignedIn, Handle: p.product},
		{Pattern: "GET /products/{id}/edit", Rule: people.Catalogues, Handle: p.edit},
		{Pattern: "POST /products/{id}/edit", Rule: people.Catalogues, Handle: p.save},
		{Pattern: "GET /products/{id}/value", Rule: people.SignedIn, Handle: p.value},
		{Pattern: "GET " + DealPanel, Rule: people.SeesDeals, Handle: p.dealPanel},
		{Pattern: "GET /products/deals/{id}/price", Rule: people.SeesDeals, Handle: p.listPrice},
		{Pattern: "POST /products/deals/{id}/lines", Rule: people.SeesDeals, Handle: p.addLine},
		{Pattern: "POST /products/deals/{id}/lines/{line}", Rule: people.SeesDeals, Handle: p.changeLine},
		{Pattern: "POST /products/deals/{id}/lines/{line}/remove", Rule: people.SeesDeals, Handle: p.removeLine},
		{Pattern: "POST /products/deals/{id}/follow", Rule: people.SeesDeals, Handle: p.followAmount},
		{Pattern: "POST /products/deals/{id}/reprice", Rule: people.SeesDeals, Handle: p.reprice},
	}
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

const largestForm = 512 << 10

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

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
