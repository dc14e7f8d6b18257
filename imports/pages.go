package imports

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
	"milepost/problem"
)

const runsOnPage = 50

// list shows what was imported: who, when, which file, what came of it.
func (p *pages) list(w http.ResponseWriter, r *http.Request) error {
	v := people.ViewerFrom(r.Context())
	before := deals.Ever
	if text := r.URL.Query().Get("before"); text != "" {
		at, err := calendar.ParseInstant(text)
		if err != nil {
			return problem.Invalid("before", "There is no such page of the list.")
		}
		before = at
	}
	runs, err := latestRuns(r.Context(), p.DB.For(v.Org), before, runsOnPage+1)
	if err != nil {
		return err
	}
	now := p.Clock()
	for n := range runs {
		runs[n] = runs[n].as(now)
	}
	l := listing{runs: runs, now: now, place: v.Organization.Place()}
	if len(runs) > runsOnPage {
		l.runs = runs[:runsOnPage]
		l.older = "/imports?before=" + l.runs[runsOnPage-1].BeganAt.String()
	}
	frame := ui.Frame{Title: "Import", Lead: "Bring in what you know already: the log of your past deals."}
	if len(runs) > 0 {
		frame.Actions = ui.LinkButton{Label: "Import a file", Path: "/imports/new", Icon: "upload", Kind: ui.Primary}
	}
	return web.Page(w, r, frame, listPage(l))
}

// form asks for a file, or says which import is under way.
func (p *pages) form(w http.ResponseWriter, r *http.Request) error {
	return p.askAgain(w, r, http.StatusOK, nil)
}

func (p *pages) askAgain(w http.ResponseWriter, r *http.Request, status int, refused error) error {
	running, err := p.running(r)
	if err != nil {
		return err
	}
	frame := ui.Frame{Title: "Import a file", Crumbs: []ui.Crumb{{Label: "Import", Path: "/imports"}}}
	return web.PageWithStatus(w, r, status, frame, formPage(running, refused))
}

// running is the import that is under way in the viewer's organization, if any.
func (p *pages) running(r *http.Request) (*Run, error) {
	runs, err := runningNow(r.Context(), p.DB.For(people.ViewerFrom(r.Context()).Org))
	for n := range runs {
		if run := runs[n].as(p.Clock()); run.State == Running {
			return &run, err
		}
	}
	return nil, err
}

// run reads the import that a path names.
func (p *pages) run(r *http.Request) (*shown, error) {
	v := people.ViewerFrom(r.Context())
	run, err := runOf(r.Context(), p.DB.For(v.Org), r.PathValue("id"))
	if problem.Is(err, problem.KindNotFound) {
		return nil, problem.NotFound("There is no such import.")
	}
	if err != nil {
		return nil, err
	}
	s := &shown{Run: run.as(p.Clock()), now: p.Clock(), place: v.Organization.Place()}
	s.kept = exists(p.uploadPath(v.Org, run.ID))
	s.seesDeals = !v.SeesNoDeals()
	if s.Rejects != "" {
		s.hasRejects = exists(filepath.Join(p.folder(), filepath.Base(s.Rejects)))
	}
	return s, nil
}

// one shows an import: its progress while it runs, then what came of it.
func (p *pages) one(w http.ResponseWriter, r *http.Request) error {
	s, err := p.run(r)
	if err != nil {
		return err
	}
	return web.Page(w, r, ui.Frame{Title: s.File, Lead: s.lead(), Crumbs: []ui.Crumb{{Label: "Import", Path: "/imports"}}}, runPage(s))
}

// progress is the part of that page that renews itself.
func (p *pages) progress(w http.ResponseWriter, r *http.Request) error {
	s, err := p.run(r)
	if err != nil {
		return err
	}
	return web.Fragment(w, r, runPage(s))
}

// rejects hands out the rejected lines, made harmless for a spreadsheet.
func (p *pages) rejects(w http.ResponseWriter, r *http.Request) error {
	s, err := p.run(r)
	if err != nil {
		return err
	}
	if !s.hasRejects {
		return problem.NotFound("This import has no file of rejected lines, or the file was removed.")
	}
	file, err := os.Open(filepath.Join(p.folder(), filepath.Base(s.Rejects)))
	if err != nil {
		return err
	}
	defer file.Close()
	asDownload(w, filepath.Base(s.Rejects))
	return neutral(file, w)
}

// example hands out a small history to look at.
func (p *pages) example(w http.ResponseWriter, r *http.Request) error {
	asDownload(w, "history-example.csv")
	_, err := w.Write([]byte(exampleText))
	return err
}

func asDownload(w http.ResponseWriter, name string) {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="`+strings.ReplaceAll(name, `"`, "")+`"`)
	w.Header().Set("Cache-Control", "no-store")
}

func (p *pages) folder() string { return filepath.Join(p.Folder, "imports") }

// uploadPath is where an uploaded file waits until its import is done.
func (p *pages) uploadPath(org db.Org, id string) string {
	return filepath.Join(p.folder(), "uploads", plainName(string(org)), plainName(id))
}
