package bulk

import (
	"fmt"
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"milepost/internal/db"
	"milepost/internal/ui"
	"milepost/problem"
)

// Bar stands over the list: what is ticked, and what can be done with it. The list
// finds so many records, of which so many are on the page.
func (l *List) Bar(onPage int, found int64, filter url.Values) templ.Component {
	if onPage == 0 {
		return nil
	}
	bar := ui.Selection{Label: "Selected " + l.Many, Action: l.Changes, Filter: filter.Encode(), Earlier: l.Changes}
	switch {
	case found > Most:
		bar.Note = "Up to " + ui.Figure(Most) + " at once: narrow the list to change all that it finds."
	case found > int64(onPage):
		bar.All = "Change all " + ui.Figure(found) + " …"
	}
	return bar
}

// Pick is the cell that names a row of the list, with a tick before it.
func (l *List) Pick(id, name string, cell templ.Component) templ.Component {
	return ui.Pickable(l.Tick, id, name, cell)
}

// selected reads which records a form names: those that are ticked, or all that the
// list's filter finds.
func (l *List) selected(k Desk, form url.Values) ([]string, error) {
	if form.Get("all") == "" {
		return slices.DeleteFunc(slices.Clone(form[l.Tick]), func(id string) bool { return !IsID(id) }), nil
	}
	filter, err := url.ParseQuery(form.Get("filter"))
	if err != nil {
		return nil, NotWhole
	}
	ids, err := l.Matching(k, filter, Most+1)
	if _, refused := problem.Of(err); err != nil && !refused {
		return nil, fmt.Errorf("finding the %s of a list: %w", l.Many, err)
	}
	if err == nil && len(ids) > Most {
		err = problem.Invalid("", "More than %s %s match. Narrow the list, and change them part by part.", ui.Figure(Most), l.Many)
	}
	return ids, err
}

// NotWhole refuses a filter that is not understood as it was sent.
var NotWhole = problem.Invalid("", "The list did not arrive whole. Open it again, and choose again.")

// choose keeps which records a person wants to change. Those that the person does not
// see are left out without a word.
func (l *List) choose(k Desk, ids []string) (change, error) {
	c := change{ID: db.NewID(k.Now), Person: k.Viewer.ID, State: chosen, MadeAt: k.Now, TouchedAt: k.Now}
	var seen []Row
	for part := range slices.Chunk(ids, planBatch) {
		found, err := l.Read(k, part)
		if err != nil {
			return c, fmt.Errorf("reading what was selected: %w", err)
		}
		for _, id := range part {
			if r, ok := found[id]; ok && r.Path != "" && !r.Fixed {
				delete(found, id) // selected twice is selected once
				seen = append(seen, Row{ID: id, Place: int64(len(seen) + 1), State: rowChosen})
			}
		}
	}
	if len(seen) == 0 {
		return c, problem.Invalid(l.Tick, "No %s is selected. Tick the %s that shall change, then try again.", l.One, l.Many)
	}
	if len(seen) > Most {
		return c, problem.Invalid(l.Tick, "Up to %s %s can be changed at once. Change them part by part.", ui.Figure(Most), l.Many)
	}
	return c, k.DB.InTx(k.Ctx, func(tx *db.DB) error {
		if err := forgetUnused(k.Ctx, tx, l.Name, k.Viewer.ID); err != nil {
			return err
		}
		if err := insertChange(k.Ctx, tx, l.Name, c); err != nil {
			return err
		}
		return putRows(k.Ctx, tx, c.ID, seen)
	})
}
