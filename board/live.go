package board

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/web"
	"milepost/people"
	"milepost/problem"
)

// live tells a window what others change, as long as it is open.
func (p *pages) live(w http.ResponseWriter, r *http.Request) error {
	if err := web.WantsLive(r); err != nil {
		return err
	}
	ctx, v := r.Context(), people.ViewerFrom(r.Context())
	f, wake, leave, err := p.hub.listen(ctx, v.Org, v.ID)
	if err != nil {
		return err
	}
	defer leave()
	e := &ear{pages: p, v: v, follower: f, heard: web.Since(r)}
	e.filter, _ = deals.ReadFilter(r.URL.Query())
	if e.heard == 0 { // whoever does not say begins now
		e.heard = f.newest()
	}
	return web.Live{Wake: wake, Next: e.next}.Serve(w, r)
}

func (f *follower) newest() int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.head
}

// ear is one window that listens, and how far it has heard.
type ear struct {
	*pages
	v        *people.Viewer
	filter   deals.Filter
	follower *follower
	heard    int64
}

// ended is what a window is told when it may hear no more.
var ended = []web.LiveEvent{{Name: "end", Data: "Your sign-in has ended. Sign in again to go on."}}

// next gives what changed of the deals that the person may see now: roles and the
// reporting line are read anew each time.
func (e *ear) next(ctx context.Context) ([]web.LiveEvent, bool, error) {
	v, here, err := e.stillHere(ctx, e.Clock())
	if err != nil || !here {
		return ended, true, err
	}
	list, head, whole, err := e.follower.since(ctx, e.heard)
	if err != nil {
		return nil, false, err
	}
	e.heard = head
	if !whole {
		return []web.LiveEvent{{ID: head, Name: "stale", Data: "Much has changed at once."}}, false, nil
	}
	html, err := e.changed(ctx, v, list)
	if err != nil || html == "" {
		return nil, false, err
	}
	return []web.LiveEvent{{ID: head, Name: "cards", Data: html}}, false, nil
}

// stillHere tells whether the person is still signed in, and may see deals.
func (e *ear) stillHere(ctx context.Context, now calendar.Instant) (*people.Viewer, bool, error) {
	d := e.DB.For(e.v.Org)
	v, err := people.LoadViewer(ctx, d, e.v.Org, e.v.ID, now)
	if problem.Is(err, problem.KindForbidden) || problem.Is(err, problem.KindNotFound) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("finding out who listens: %w", err)
	}
	here := !v.SeesNoDeals()
	if v.SignInID = e.v.SignInID; here && v.SignInID != "" {
		here, err = signedIn(ctx, d, v, now)
	}
	return v, here, err
}

// changed draws the deals among some changes that belong on the window's board, and
// names those that the person saw and that are there no more; "" when there are none.
func (e *ear) changed(ctx context.Context, v *people.Viewer, list []change) (string, error) {
	var ids, known []deals.ID
	for _, c := range list {
		if !slices.Contains(ids, c.Deal) {
			ids = append(ids, c.Deal)
		}
		if c.Before != "" && v.Sees(c.Before) {
			known = append(known, c.Deal)
		}
	}
	for _, id := range ids {
		_, err := deals.FindFor(ctx, e.DB.For(v.Org), v, id)
		switch {
		case err == nil:
			known = append(known, id)
		case !problem.Is(err, problem.KindNotFound):
			return "", err
		}
	}
	slices.Sort(known)
	known = slices.Compact(known)
	if len(known) == 0 {
		return "", nil
	}
	k, err := e.desk(ctx, v, e.filter)
	if err != nil {
		return "", err
	}
	return k.changed(ctx, known)
}

// changed draws some deals as the board now has them, with the figures of all columns;
// those that are not on it are named as gone.
func (k *desk) changed(ctx context.Context, ids []deals.ID) (string, error) {
	cards, err := k.board.Among(ctx, ids)
	if err != nil {
		return "", fmt.Errorf("reading what changed: %w", err)
	}
	tallies, err := k.tallies(ctx)
	if err != nil {
		return "", err
	}
	columns, err := k.columns(ctx, tallies, cards)
	if err != nil {
		return "", err
	}
	gone := slices.DeleteFunc(slices.Clone(ids), func(id deals.ID) bool {
		return slices.ContainsFunc(cards, func(c deals.BoardCard) bool { return c.ID == id })
	})
	var out strings.Builder
	if err := changes(*k, columns, gone).Render(ctx, &out); err != nil {
		return "", fmt.Errorf("drawing what changed: %w", err)
	}
	return out.String(), nil
}
