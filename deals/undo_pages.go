package deals

import (
	"errors"
	"net/http"
	"slices"
	"strconv"

	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
	"milepost/problem"
)

// undoView is a change that someone wants to take back though it was overtaken.
type undoView struct {
	*dealView
	Event, Newest Event
}

func (v undoView) newestBy() people.ID { return people.ID(v.Newest.Actor) }

// undo takes a change of the deal back. When something newer was said of the same, the
// person sees both and chooses.
func (p *pages) undo(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(w, r, largestForm); err != nil {
		return err
	}
	ctx, v, id := r.Context(), people.ViewerFrom(r.Context()), ID(r.PathValue("id"))
	sequence, err := strconv.ParseInt(r.PostForm.Get("sequence"), 10, 64)
	if err != nil {
		return problem.Invalid("", "The form did not arrive whole. Open the deal again.")
	}
	over, _ := strconv.ParseInt(r.PostForm.Get("over"), 10, 64)
	now := p.now(v)
	var after Opportunity
	err = ledger.Record(ctx, p.DB.For(v.Org), by(v, now), func(w *ledger.Writer) (err error) {
		after, err = Undo(ctx, w, v, now, id, 0, sequence, over)
		return err
	})
	switch {
	case errors.Is(err, overtaken):
		return p.undoClash(w, r, sequence)
	case err != nil:
		return err
	case !v.Sees(after.Owner):
		return web.Redirect(w, r, "/deals", "The deal is handed back. It is no longer yours to see.")
	}
	return web.Redirect(w, r, id.Path(), "The change is taken back.")
}

func (p *pages) undoClash(w http.ResponseWriter, r *http.Request, sequence int64) error {
	view, entries, err := p.load(r.Context(), people.ViewerFrom(r.Context()), ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	events, err := Tell(entries, view.Names)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(events, func(e Event) bool { return e.Sequence == sequence })
	if i < 0 {
		return problem.NotFound("There is no such change that could be taken back.")
	}
	out := undoView{&view, events[i], *newestOf(events, events[i].About)}
	frame := ui.Frame{Title: "Take a change back", Crumbs: []ui.Crumb{{Label: "Deals", Path: "/deals"}, {Label: view.title(), Path: view.page()}}}
	return web.PageWithStatus(w, r, http.StatusConflict, frame, undoClash(out))
}
