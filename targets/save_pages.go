package targets

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
	"milepost/problem"
)

// largestForm bounds what a grid may send: some four hundred lines of it.
const largestForm = 2 << 20

// sent is a grid as it was sent in.
type sent struct {
	*desk
	question
	form   url.Values
	seen   int64
	months []calendar.Date
}

func (p *pages) sent(w http.ResponseWriter, r *http.Request) (*sent, error) {
	r.Body = http.MaxBytesReader(w, r.Body, largestForm)
	if err := r.ParseForm(); err != nil {
		return nil, problem.Invalid("", "That was more than a grid can hold, and nothing was saved. Import large tables instead.")
	}
	k, err := p.desk(r)
	if err != nil {
		return nil, err
	}
	s := &sent{desk: k, form: r.PostForm}
	if s.question, err = k.question(r.PostForm); err != nil {
		return nil, err
	}
	if err := k.access.mustSee(s.Of); err != nil {
		return nil, err
	}
	if _, s.months, err = typedRows(r.PostForm); err != nil {
		return nil, err
	}
	s.seen, _ = strconv.ParseInt(r.PostForm.Get("seen"), 10, 64) // nothing seen: everything is news
	return s, nil
}

// plan works out what the form comes to, as things stand in d.
func (s *sent) plan(ctx context.Context, d *db.DB) (*sheet, plan, error) {
	sheet, err := s.sheet(ctx, d, s.question, max(s.seen, 1), spreadOf(s.form), s.months)
	if err != nil {
		return nil, plan{}, err
	}
	worked, err := sheet.work(s.form, s.access)
	return sheet, worked, err
}

// edit shows the grid again with what was typed, nothing saved.
func (p *pages) edit(w http.ResponseWriter, r *http.Request) error {
	s, err := p.sent(w, r)
	if err != nil {
		return err
	}
	sheet, worked, err := s.plan(r.Context(), s.db)
	if err != nil {
		return err
	}
	return p.showGrid(w, r, http.StatusOK, s.desk, s.grid(s.question, sheet, s.form, worked))
}

// preview shows what would change, before anything does.
func (p *pages) preview(w http.ResponseWriter, r *http.Request) error {
	s, err := p.sent(w, r)
	if err != nil {
		return err
	}
	sheet, worked, err := s.plan(r.Context(), s.db)
	if err != nil {
		return err
	}
	return p.showPlan(w, r, s, sheet, worked, nil)
}

// showPlan shows the grid again when something cannot be read, and otherwise what
// would change. The preview is of things as they stand now: who saves it has seen
// what others did.
func (p *pages) showPlan(w http.ResponseWriter, r *http.Request, s *sent, sheet *sheet, worked plan, t *taken) error {
	if len(worked.Wrong) > 0 {
		return p.showGrid(w, r, http.StatusUnprocessableEntity, s.desk, s.grid(s.question, sheet, s.form, worked))
	}
	if len(worked.Changes)+len(worked.Conflicts) == 0 && t == nil {
		return web.Redirect(w, r, s.path("/targets"), "Nothing differs from what stands, so nothing was saved.")
	}
	head, err := ledger.Head(r.Context(), s.db, s.viewer.Org)
	if err != nil {
		return err
	}
	v := s.previewOf(sheet, worked, t, head)
	status := http.StatusOK
	if len(worked.Conflicts) > 0 {
		status = http.StatusConflict
	}
	frame := ui.Frame{Title: "What would change", Lead: v.lead(), Crumbs: []ui.Crumb{{Label: "Targets", Path: s.path("/targets")}}}
	return web.PageWithStatus(w, r, status, frame, previewPage(v))
}

var errNotYet = errors.New("the plan has to be looked at first")

// save records what the form comes to, all of it or nothing. What someone else
// changed meanwhile is shown first.
func (p *pages) save(w http.ResponseWriter, r *http.Request) error {
	s, err := p.sent(w, r)
	if err != nil {
		return err
	}
	var sheet *sheet
	var worked plan
	err = ledger.Record(r.Context(), s.db, people.ByViewer(s.viewer, s.now), func(w *ledger.Writer) error {
		var err error
		if sheet, worked, err = s.plan(r.Context(), w.DB); err != nil {
			return err
		}
		if len(worked.Wrong)+len(worked.Conflicts) > 0 {
			return errNotYet
		}
		_, err = save(r.Context(), w, settingsIn(worked.Changes), "saved")
		return err
	})
	if errors.Is(err, errNotYet) {
		return p.showPlan(w, r, s, sheet, worked, nil)
	}
	if err != nil {
		return err
	}
	return web.Redirect(w, r, s.path("/targets"), savedSentence(worked.Changes))
}

func settingsIn(changes []changed) []Setting {
	list := make([]Setting, len(changes))
	for i, c := range changes {
		list[i] = Setting{Cell: c.Cell, Value: c.To}
	}
	return list
}

func savedSentence(changes []changed) string {
	if len(changes) == 0 {
		return "Nothing differs from what stands, so nothing was saved."
	}
	who := map[people.ID]bool{}
	for _, c := range changes {
		who[c.Person] = true
	}
	persons := "1 person"
	if len(who) > 1 {
		persons = fmt.Sprintf("%d people", len(who))
	}
	return fmt.Sprintf("Saved: %s of %s changed.", plural(len(changes), "month"), persons)
}

// undo sets the viewer's last save back where it still stands.
func (p *pages) undo(w http.ResponseWriter, r *http.Request) error {
	s, err := p.sent(w, r)
	if err != nil {
		return err
	}
	var back, kept int
	err = ledger.Record(r.Context(), s.db, people.ByViewer(s.viewer, s.now), func(w *ledger.Writer) error {
		var err error
		back, kept, err = undo(r.Context(), w, s.access, s.form.Get("save"))
		return err
	})
	if err != nil {
		return err
	}
	notice := fmt.Sprintf("Undone: %s set back.", plural(back, "month"))
	if kept > 0 {
		notice += fmt.Sprintf(" %s stayed, because they were changed again since.", plural(kept, "month"))
	}
	return web.Redirect(w, r, s.path("/targets"), notice)
}
