package activities

import (
	"errors"
	"net/http"
	"strings"

	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
)

// noteView is a note with its versions, or in a form.
type noteView struct {
	Note
	Deal     deals.Opportunity
	Versions []NoteVersion
	Typed    string // in the form
	Problem  error
	Theirs   *Note // what someone else saved meanwhile
	Now      deals.Now
	MayWrite bool
	mayGo    bool
	staff    staff
}

func (x *visit) writeNote() error {
	deal, text := deals.ID(x.r.PathValue("id")), x.r.PostFormValue("text")
	err := x.record(func(w *ledger.Writer) error {
		_, err := WriteNote(x.ctx, w, x.v, deal, text)
		return err
	})
	if err != nil {
		return x.showPanel(deal, panelState{Of: "note", Text: text, Problem: err})
	}
	return x.showPanel(deal, panelState{Said: "The note is kept."})
}

// previewNote shows how a note will look.
func (x *visit) previewNote() error {
	text, err := cleanNote(x.r.PostFormValue("text"))
	if err != nil {
		return x.part(http.StatusOK, ui.Quiet(firstSentence(err)))
	}
	return x.part(http.StatusOK, notePreview(text))
}

// loadNote reads a note of a deal that the person sees.
func (x *visit) loadNote() (noteView, error) {
	n, err := noteTable.one(x.ctx, x.d, x.id(), noNote)
	if err != nil {
		return noteView{}, err
	}
	view := noteView{Note: n, Typed: n.Text, Now: x.now, MayWrite: n.State == NoteKept, mayGo: n.mayRemove(x.v)}
	if view.Deal, err = deals.FindFor(x.ctx, x.d, x.v, n.Deal); err != nil {
		return view, hidden(err, noNote)
	}
	if view.staff, err = x.staff(); err != nil {
		return view, err
	}
	entries, err := ledger.OfOpportunity(x.ctx, x.d, x.v.Org, string(n.Deal))
	if err != nil {
		return view, err
	}
	view.Versions, err = versionsOf(entries, n.ID)
	return view, err
}

func (v noteView) frame(title string) ui.Frame {
	return ui.Frame{Title: title, Crumbs: []ui.Crumb{{Label: "Deals", Path: "/deals"}, {Label: v.Deal.Title, Path: v.Deal.ID.Path()}}}
}

func (x *visit) note() error {
	view, err := x.loadNote()
	if err != nil {
		return err
	}
	frame := view.frame("Note")
	frame.Lead = view.byline()
	if view.MayWrite {
		frame.Actions = noteActions(view)
	}
	return x.page(http.StatusOK, frame, notePage(view))
}

func (x *visit) editNote() error {
	view, err := x.loadNote()
	if err != nil {
		return err
	}
	if !view.MayWrite {
		return web.Redirect(x.w, x.r, "/activities/notes/"+string(view.ID), "This note was removed; it cannot be edited any more.")
	}
	return x.page(http.StatusOK, view.frame("Edit note"), noteForm(view))
}

// rewriteNote saves a further version. If someone saved one meanwhile, both texts are
// shown, and saving again, having seen theirs, is a decision.
func (x *visit) rewriteNote() error {
	text := x.r.PostFormValue("text")
	err := x.record(func(w *ledger.Writer) error {
		_, err := RewriteNote(x.ctx, w, x.v, x.id(), number(x.r.PostFormValue("versions")), text)
		return err
	})
	if err != nil && !web.InForm(err) {
		return err
	}
	view, missing := x.loadNote()
	if missing != nil {
		return missing
	}
	if err == nil {
		return web.Redirect(x.w, x.r, view.Deal.ID.Path(), "The note is saved. What it said before is kept.")
	}
	view.Typed, view.Problem = strings.ReplaceAll(text, "\r\n", "\n"), err
	var other *Rewritten
	if errors.As(err, &other) {
		view.Theirs = &other.Now
	} else {
		view.Versions = nil // the number in the form stays the one that was seen
		view.Note.Versions = number(x.r.PostFormValue("versions"))
	}
	return x.page(web.FormStatus(err), view.frame("Edit note"), noteForm(view))
}

func (x *visit) pinNote() error {
	up := x.r.PostFormValue("down") == ""
	return x.onNote(map[bool]string{true: "The note is on top.", false: "The note is among the others again."}[up], func(w *ledger.Writer) (Note, error) {
		return PinNote(x.ctx, w, x.v, x.id(), up)
	})
}

func (x *visit) removeNote() error {
	return x.onNote("The note was removed. Its history is kept.", func(w *ledger.Writer) (Note, error) {
		return RemoveNote(x.ctx, w, x.v, x.id())
	})
}

// onNote does something with a note and shows the panel of its deal.
func (x *visit) onNote(said string, work func(*ledger.Writer) (Note, error)) error {
	var n Note
	err := x.record(func(w *ledger.Writer) (err error) {
		n, err = work(w)
		return err
	})
	if err != nil {
		return err
	}
	return x.showPanel(n.Deal, panelState{Said: said})
}
