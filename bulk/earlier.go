package bulk

import (
	"fmt"
	"net/http"

	"github.com/a-h/templ"

	"milepost/internal/ui"
	"milepost/internal/web"
)

// shownEarlier is how many changes the page of a person's own changes goes back.
const shownEarlier = 50

// earlier lists the changes that a person ran, to look at or to undo one of them.
func (p pages) earlier(w http.ResponseWriter, r *http.Request) error {
	k := p.desk(r)
	list, err := earlierOf(k.Ctx, k.DB, p.list.Name, k.Viewer.ID, shownEarlier)
	if err != nil {
		return fmt.Errorf("listing the changes of a person: %w", err)
	}
	table := ui.Table{Caption: "Your changes of many " + p.list.Many,
		Columns: []ui.Column{{Label: "Change"}, {Label: "When"}, {Label: "How it stands"}},
		Empty: ui.EmptyState{Icon: "history", Title: "No change yet", Sentence: "Tick " + p.list.Many + " in the list, and change them together. You find the change here afterwards, to look at or to undo.",
			Action: ui.LinkButton{Label: "To the " + p.list.Many, Path: p.list.Path}}}
	for _, e := range list {
		row, err := p.row(k, e)
		if err != nil {
			return err
		}
		table.Rows = append(table.Rows, row)
	}
	frame := ui.Frame{Title: "Earlier changes", Lead: "What you changed of many " + p.list.Many + " at once. For a week it can be undone.", Crumbs: p.list.crumbs()}
	return web.Page(w, r, frame, earlierPage(table))
}

func (p pages) row(k Desk, e earlier) (ui.Row, error) {
	choice, err := p.list.choice(e.What)
	if err != nil {
		return ui.Row{}, err
	}
	v := view{change: e.change, list: p.list, choice: choice, k: k}
	if choice.Names != nil {
		if v.Names, err = choice.Names(k, []string{e.Value}); err != nil {
			return ui.Row{}, err
		}
	}
	named := ui.TwoLines(ui.Link(p.list.path(e.ID), v.does()), p.list.count(e.Records))
	return ui.Row{Cells: []templ.Component{named, ui.Instant(e.MadeAt, k.Viewer.Organization.Place()), ui.Text(v.stands())}}, nil
}

// stands says how a change stands.
func (v view) stands() string {
	switch {
	case v.goesOn():
		return "Under way"
	case v.State == undone:
		return "Undone"
	case v.mayUndo(v.k.Now):
		return "Done; it can be undone"
	}
	return "Done"
}
