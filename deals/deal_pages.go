package deals

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"milepost/calendar"
	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
)

// dealView is a deal as a page shows it: now, or as it stood at a moment.
type dealView struct {
	Opportunity             // as shown
	Today       Opportunity // as it is now
	AccountName string
	Names       map[people.ID]string
	Events      []Event // newest first, as far as was known
	Now         Now
	Viewer      *people.Viewer
	Stages      []string
	Panels      []string
	AsOf        calendar.Instant // 0 for now
	AsOfText    string           // as typed
	Existed     bool
	Changed     []difference
	Problem     error          // of the moment asked for
	Usual       usual          // what the organization usually says when deals end
	edited      string         // the field that was just changed
	undoable    map[int64]bool // the events that may be undone, by sequence
	skip        int            // how many events the page leaves out at the top
}

func (p *pages) deal(w http.ResponseWriter, r *http.Request) error {
	ctx, v := r.Context(), people.ViewerFrom(r.Context())
	view, entries, err := p.load(ctx, v, ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	view.edited = r.URL.Query().Get("edited")
	view.skip, _ = strconv.Atoi(r.URL.Query().Get("skip"))
	if view.AsOfText = strings.TrimSpace(r.URL.Query().Get("as-of")); view.AsOfText != "" {
		if err := view.goBack(entries); err != nil {
			return fmt.Errorf("going back in deal %s: %w", view.ID, err)
		}
	}
	if err := view.tell(entries); err != nil {
		return err
	}
	if err := p.asides(ctx, &view); err != nil {
		return err
	}
	frame := ui.Frame{Title: view.title(), Crumbs: []ui.Crumb{{Label: "Deals", Path: "/deals"}}, Lead: view.lead()}
	status := http.StatusOK
	if view.Problem != nil {
		status = http.StatusUnprocessableEntity
	}
	if view.AsOf == 0 {
		frame.Actions = dealActions(view)
		if view.Stages, err = p.stagesOf(ctx, v.Org, view.Now); err != nil {
			return err
		}
		if view.Usual, err = p.usualOf(ctx, v.Org, view.Now); err != nil {
			return err
		}
	}
	for _, panel := range p.panels {
		view.Panels = append(view.Panels, strings.ReplaceAll(panel, "{id}", string(view.ID)))
	}
	return web.PageWithStatus(w, r, status, frame, dealPage(view))
}

// load reads a deal that the viewer may see, with its entries and the names of
// everyone who occurs in them.
func (p *pages) load(ctx context.Context, v *people.Viewer, id ID) (dealView, []ledger.Entry, error) {
	d := p.DB.For(v.Org)
	view := dealView{Viewer: v, Now: p.now(v), Existed: true}
	o, err := FindFor(ctx, d, v, id)
	if err != nil {
		return view, nil, err
	}
	view.Opportunity, view.Today = o, o
	entries, err := ledger.OfOpportunity(ctx, d, v.Org, string(id))
	if err != nil {
		return view, nil, fmt.Errorf("reading the entries of deal %s: %w", id, err)
	}
	if view.Names, err = namesOf(ctx, d, v.Org, everyoneIn(entries, o.Owner)); err != nil {
		return view, nil, fmt.Errorf("reading names: %w", err)
	}
	view.AccountName, err = accountName(ctx, d, v.Org, o.Account)
	return view, entries, err
}

// everyoneIn lists the people whom entries are by or about.
func everyoneIn(entries []ledger.Entry, owner people.ID) []people.ID {
	ids := []people.ID{owner}
	for i := range entries {
		ids = append(ids, people.ID(entries[i].Actor))
		var fact Fact
		if entries[i].Kind == OwnerSet && entries[i].Read(&fact) == nil {
			ids = append(ids, fact.Person)
		}
	}
	slices.Sort(ids)
	return slices.DeleteFunc(slices.Compact(ids), func(id people.ID) bool { return id == "" })
}

// tell makes the timeline: what was known at the moment shown, newest first.
func (v *dealView) tell(entries []ledger.Entry) error {
	if v.AsOf != 0 {
		entries = slices.DeleteFunc(slices.Clone(entries), func(e ledger.Entry) bool {
			return e.RecordedAt >= v.AsOf || e.EffectiveAt >= v.AsOf
		})
	}
	events, err := Tell(entries, v.Names)
	v.undoable = map[int64]bool{}
	for i := range events {
		e := &events[i]
		if v.AsOf == 0 && e.back != nil && newestOf(events, e.About) == e && e.mayBeUndone(&v.Opportunity, v.Viewer) {
			v.undoable[e.Sequence] = true
		}
	}
	events = slices.DeleteFunc(events, func(e Event) bool { return e.Confidential && !v.trusted(people.ID(e.Actor)) })
	slices.Reverse(events)
	v.Events = gathered(events)
	return err
}

// trusted tells whether the viewer may read what somebody recorded as confidential.
func (v *dealView) trusted(by people.ID) bool {
	return v.Viewer.ID == v.Today.Owner || v.Viewer.IsAbove(v.Today.Owner) || v.Viewer.ID == by
}

// eventsShown is how many entries a page of the timeline holds.
const eventsShown = 60

// timeline is the part of the story that the page shows.
func (v *dealView) timeline() ui.Timeline {
	t := ui.Timeline{Place: v.Now.Place, Today: v.Now.Today()}
	skip := max(0, min(v.skip, len(v.Events)))
	end := min(skip+eventsShown, len(v.Events))
	for _, e := range v.Events[skip:end] {
		shown := e.shown(v.Names, v.Now)
		if v.undoable[e.Sequence] {
			shown.Detail = ui.Undo(v.page()+"/undo", e.Sequence, shown)
		}
		t.Events = append(t.Events, shown)
	}
	if end < len(v.Events) {
		t.Pages.Older = v.path("skip", strconv.Itoa(end))
	}
	if skip > 0 {
		t.Pages.Newer = v.path("skip", strconv.Itoa(max(0, skip-eventsShown)))
	}
	if t.Pages.Older != "" || t.Pages.Newer != "" {
		t.Pages.Count = fmt.Sprintf("%d to %d of %d", skip+1, end, len(v.Events))
	}
	return t
}
