package triad

import (
	"context"
	"net/http"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/people"
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

// largestForm is more than any form of this room needs.
const largestForm = 64 << 10

// names are those of everyone who works here.
func (x *visit) names() (map[people.ID]string, error) {
	everyone, err := people.Everyone(x.ctx, x.d, x.v.Org)
	names := make(map[people.ID]string, len(everyone))
	for _, p := range everyone {
		names[p.ID] = p.Name
	}
	return names, err
}
