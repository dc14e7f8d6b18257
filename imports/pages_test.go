package imports

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"milepost/internal/ledger"
	"milepost/internal/testworld/pagetest"
	"milepost/people"
)

// site serves the pages of a world to one person.
type site struct {
	*world
	pages  *pages
	desk   pagetest.Desk
	person people.ID
}

func newSite(t testing.TB, w *world, roles ...people.Role) *site {
	t.Helper()
	s := &site{world: w, pages: &pages{Program: w.Program}}
	err := ledger.Record(t.Context(), w.d(), ledger.By{At: now}, func(wr *ledger.Writer) error {
		p, err := people.Join(t.Context(), wr, people.Person{Name: "Opal Ops"}, now)
		for _, role := range roles {
			if err == nil {
				err = people.Grant(t.Context(), wr, p.ID, role)
			}
		}
		s.person = p.ID
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	s.desk = pagetest.At(t, pagetest.Serve(w.Program, org, s.pages.slice()), s.person)
	t.Cleanup(s.pages.working.Wait)
	return s
}

func (s *site) do(method, path string, body io.Reader, kind string) *httptest.ResponseRecorder {
	return s.desk.Send(method, path, body, kind).ResponseRecorder
}

func (s *site) get(path string) *httptest.ResponseRecorder { return s.do("GET", path, nil, "") }

// send uploads a file by the form.
func (s *site) send(t testing.TB, name, text string, strict bool) *httptest.ResponseRecorder {
	t.Helper()
	var fields []string
	if strict {
		fields = []string{"strict", "on"}
	}
	return s.desk.Upload("/imports", name, []byte(text), fields...).ResponseRecorder
}

func wants(t testing.TB, what string, w *httptest.ResponseRecorder, status int, parts ...string) {
	t.Helper()
	if w.Code != status {
		t.Errorf("%s: status %d, want %d\n%.500s", what, w.Code, status, w.Body)
	}
	for _, part := range parts {
		if !strings.Contains(w.Body.String(), part) {
			t.Errorf("%s does not say %q", what, part)
		}
	}
}

func TestAFileComesInByThePage(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s := newSite(t, w, people.Operations)
		wants(t, "the empty list", s.get("/imports"), 200, "Nothing has been imported yet", "close_date", "/imports/example.csv")
		wants(t, "the form", s.get("/imports/new"), 200, `type="file"`, "multipart/form-data")
		sent := s.send(t, "log.csv", exampleText+"D-9,2026-01-01T00:00:00Z,stage,=1+1,\n", false)
		wants(t, "the upload", sent, http.StatusSeeOther)
		s.pages.working.Wait()
		page := sent.Header().Get("Location")
		wants(t, "the import", s.get(page), 200, "log.csv", "23 facts were taken, 1 line was rejected.", "Opal Ops", page+"/rejects.csv", `href="/deals"`, "Invite those who should")
		wants(t, "the list", s.get("/imports"), 200, "log.csv", "done, with rejects", "Opal Ops")
		down := s.get(page + "/rejects.csv")
		wants(t, "the rejects", down, 200, "Nothing creates this deal", "line,reason,as it was")
		if !strings.Contains(down.Header().Get("Content-Disposition"), "attachment") {
			t.Error("the rejects are not a download")
		}
		if left, _ := filepath.Glob(filepath.Join(w.Folder, "imports", "uploads", "*", "*")); len(left) != 0 {
			t.Errorf("the upload is kept: %v", left)
		}
		if o := w.deal(t, "D-1001"); o.Outcome != "won" {
			t.Errorf("the deal is %+v", o)
		}
		wants(t, "a page that is not there", s.get("/imports/nothing"), 404, "There is no such import.")
	})
}

func TestTheExampleIsWithoutFault(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		sum, err := w.try(t, w.fresh(), exampleText)
		if err != nil || sum.Rejected != 0 || sum.DealsNew != 3 {
			t.Errorf("%+v %v %v", sum, rejected(t, sum), err)
		}
	})
}

func TestBadUploadsAreAnsweredInSentences(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s := newSite(t, w, people.Administrator)
		wants(t, "no form", s.do("POST", "/imports", strings.NewReader("x"), "text/plain"), 422, "Choose a file first.")
		wants(t, "an empty file", s.send(t, "a.csv", "", false), 422, "The file is empty.")
		sent := s.send(t, "a.csv", "not,a,history\n1,2,3\n", false)
		s.pages.working.Wait()
		wants(t, "a wrong header", s.get(sent.Header().Get("Location")), 200, "did not go through", "The first line must be", "Import the file again")
		sent = s.send(t, "b.csv", exampleText+"nonsense\n", true)
		s.pages.working.Wait()
		wants(t, "strict", s.get(sent.Header().Get("Location")), 200, "nothing was taken, because 1 line is bad.", "Download the rejected lines")
		if n := len(w.deals(t)); n != 0 {
			t.Errorf("%d deals came of it", n)
		}
	})
}

func TestOnlyThoseWhoImportDataMay(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s := newSite(t, w, people.Rep, people.Manager, people.Observer)
		for _, path := range []string{"/imports", "/imports/new", "/imports/example.csv", "/imports/x", "/imports/x/progress", "/imports/x/rejects.csv"} {
			wants(t, path, s.get(path), http.StatusForbidden)
		}
		wants(t, "an upload", s.send(t, "a.csv", exampleText, false), http.StatusForbidden)
		wants(t, "continuing", s.do("POST", "/imports/x/continue", nil, ""), http.StatusForbidden)
	})
}

// An import whose program was killed is seen to be interrupted, and goes on.
func TestAnImportOfAKilledProgramGoesOn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s := newSite(t, w, people.Operations)
		run := &Run{ID: named("run", "killed", now), File: "log.csv", Size: int64(len(exampleText)), Actor: s.person, Via: viaWeb}
		path := s.pages.uploadPath(org, run.ID)
		os.MkdirAll(filepath.Dir(path), 0o700)
		if err := os.WriteFile(path, []byte(exampleText), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := claim(t.Context(), w.d(), run, now); err != nil {
			t.Fatal(err)
		}
		page := "/imports/" + run.ID
		wants(t, "while it runs", s.get(page), 200, "Importing", "every 1s")
		wants(t, "the form meanwhile", s.get("/imports/new"), 200, "Another import is under way")
		wants(t, "another upload", s.send(t, "b.csv", exampleText, false), http.StatusConflict, "Another import is under way")
		wants(t, "continuing what runs", s.do("POST", page+"/continue", nil, ""), http.StatusConflict)

		s.pages.Clock = func() instant { return now.Add(time.Minute) }
		wants(t, "after a minute of silence", s.get(page), 200, "was interrupted", "Start it again")
		wants(t, "starting it again", s.do("POST", page+"/continue", nil, ""), http.StatusSeeOther)
		s.pages.working.Wait()
		wants(t, "in the end", s.get(page), 200, "23 facts were taken.")
		if exists(path) {
			t.Error("the upload is kept")
		}
	})
}

func TestFormulasAreMadeHarmless(t *testing.T) {
	var out bytes.Buffer
	if err := neutral(strings.NewReader("line,reason,as it was\n3,why,\"=cmd()\"\n4,@why,-5\n"), &out); err != nil {
		t.Fatal(err)
	}
	if want := "line,reason,as it was\n3,why,'=cmd()\n4,'@why,'-5\n"; out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
}
