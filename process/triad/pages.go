package triad

import (
	"context"
	"errors"
	"net/http"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/people"
	"milepost/problem"
)

// pages serves the pages of this room.
type pages struct {
	slice.Program
	keeper *ledger.Keeper
}

// visit is one request of a signed-in person.
type visit struct {
	*pages
	w   http.ResponseWriter
	r   *http.Request
	ctx context.Context
	v   *people.Viewer
	d   *db.DB // confined to the person's organization
	now deals.Now
}

func (p *pages) on(handle func(*visit) error) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		v := people.ViewerFrom(r.Context())
		return handle(&visit{pages: p, w: w, r: r, ctx: r.Context(), v: v, d: p.DB.For(v.Org),
			now: deals.Now{At: p.Clock(), Place: v.Organization.Place()}})
	}
}

// wantsPart tells whether a script asks for a part of a page.
func (x *visit) wantsPart() bool { return x.r.Header.Get("HX-Request") == "true" }

// largestForm is more than any form of this room needs.
const largestForm = 64 << 10

func (x *visit) readForm() error {
	x.r.Body = http.MaxBytesReader(x.w, x.r.Body, largestForm)
	err := x.r.ParseForm()
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return problem.Invalid("", "This is more text than a form of this page takes.")
	case err != nil:
		return problem.Invalid("", "The form did not arrive whole. Send it once more.")
	}
	return nil
}

// names are those of everyone who works here.
func (x *visit) names() (map[people.ID]string, error) {
	everyone, err := people.Everyone(x.ctx, x.d, x.v.Org)
	names := make(map[people.ID]string, len(everyone))
	for _, p := range everyone {
		names[p.ID] = p.Name
	}
	return names, err
}

func statusOf(err error) int {
	switch {
	case err == nil:
		return http.StatusOK
	case problem.Is(err, problem.KindConflict):
		return http.StatusConflict
	}
	return http.StatusUnprocessableEntity
}

func isRefusal(err error) bool {
	return problem.Is(err, problem.KindInvalid) || problem.Is(err, problem.KindConflict)
}
