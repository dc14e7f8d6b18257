package search

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
)

// pages serves the pages of this room.
type pages struct {
	slice.Program
	keeper *ledger.Keeper
}

const (
	onPage  = 25 // answers of one kind on its page
	inGroup = 5  // of each kind where all are shown
	window  = 50 // of these the latest are put in order
)

// group is what was found of one kind.
type group struct {
	Kind  Kind
	Found []Found
	More  string // where the rest is; "" when this is all
}

// view is what the page shows.
type view struct {
	Query  Query
	Kind   Kind // "" for all
	Kinds  []Kind
	Groups []group
	Ways   []waysOf // only suggested
	Behind int64    // entries that are not in the index yet
	Place  *time.Location
	Begun  bool // this is the first page of the answers
}

func (p *pages) search(w http.ResponseWriter, r *http.Request) error {
	v := people.ViewerFrom(r.Context())
	q := r.URL.Query()
	page := view{Query: Read(q.Get("q")), Kinds: sightOf(v).kinds, Place: v.Organization.Place(), Begun: true}
	if k := Kind(q.Get("kind")); slices.Contains(page.Kinds, k) && len(page.Kinds) > 1 {
		page.Kind = k
	}
	if !page.Query.IsEmpty() {
		if err := p.fill(r.Context(), v, &page, q.Get("after")); err != nil {
			return err
		}
	}
	return web.Page(w, r, ui.Frame{Title: page.title()}, searchPage(page))
}

func (p *pages) fill(ctx context.Context, v *people.Viewer, page *view, after string) (err error) {
	if page.Behind, err = p.keeper.Freshen(ctx, v.Org); err != nil {
		return err
	}
	d, s := p.DB.For(v.Org), sightOf(v)
	if page.Kind == "" {
		for _, k := range s.kinds {
			list, next, err := find(ctx, d, s, k, page.Query, start, inGroup, window)
			if err != nil {
				return err
			}
			g := group{Kind: k}
			if g.Found, err = dress(ctx, d, s, list[:min(inGroup, len(list))]); err != nil {
				return err
			}
			if len(list) > inGroup || next != nil {
				g.More = page.path(k, "")
			}
			page.Groups = append(page.Groups, groupsOf(g)...)
		}
		return nil
	}
	from, ok := readCursor(after)
	page.Begun = !ok
	list, next, err := find(ctx, d, s, page.Kind, page.Query, from, onPage, window)
	if err == nil && next != nil {
		next, err = further(ctx, d, s, page.Kind, page.Query, *next)
	}
	if err == nil {
		list, err = dress(ctx, d, s, list)
	}
	g := group{Kind: page.Kind, Found: list}
	if next != nil {
		g.More = page.path(page.Kind, next.text())
	}
	page.Groups = []group{g}
	return err
}

// further finds the place at or after a cursor where the answers go on, if they do.
func further(ctx context.Context, d *db.DB, s sight, k Kind, q Query, from cursor) (*cursor, error) {
	for at := from.stage; at < noStage; at++ {
		if at > from.stage {
			from = cursor{at, unbounded}
		}
		list, err := look(ctx, d, s, k, q.match(k, at), from.below, 1)
		if err != nil || len(list) > 0 {
			return &from, err
		}
	}
	return nil, nil
}

func (c cursor) text() string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%d.%d", c.stage, c.below))
}

// readCursor reads a place back; whatever is none is the start.
func readCursor(text string) (cursor, bool) {
	packed, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return start, false
	}
	at, below, _ := strings.Cut(string(packed), ".")
	s, bad := strconv.Atoi(at)
	n, worse := strconv.ParseInt(below, 10, 64)
	if bad != nil || worse != nil || s < 0 || stage(s) >= noStage || n < 0 {
		return start, false
	}
	return cursor{stage(s), n}, true
}

func (v view) path(k Kind, after string) string {
	q := url.Values{"q": {v.Query.Text}}
	if k != "" {
		q.Set("kind", string(k))
	}
	if after != "" {
		q.Set("after", after)
	}
	return Path + "?" + q.Encode()
}
