package imports

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"milepost/internal/db"
	"milepost/internal/testworld/browser"
	"milepost/internal/testworld/testdb"
	"milepost/people"
)

// look opens a path on a desk and on a phone, by day and by night.
func look(w *browser.Window, name, path string) {
	for _, size := range [][2]int64{{1360, 900}, {390, 844}} {
		w.Size(size[0], size[1])
		for _, dark := range []bool{false, true} {
			w.Dark(dark)
			w.Go(path)
			w.Fits()
			w.Readable()
			w.Named()
			w.Picture(name + map[bool]string{true: "-dark"}[dark] + map[bool]string{true: "-phone"}[size[0] < 400])
		}
	}
}

// A person brings in a file by the page, sees it come in, and what came of it.
func TestImportInBrowser(t *testing.T) {
	s := newSite(t, newWorld(t, testdb.Open(t, db.SQLite, schemas...)), people.Operations)
	server := httptest.NewServer(s.desk)
	defer server.Close()
	w := browser.Open(t, server.URL)
	look(w, "empty", "/imports")
	look(w, "form", "/imports/new")
	log := filepath.Join(t.TempDir(), "our-deals.csv")
	text := exampleText + "D-1001,2026-13-01T00:00:00Z,stage,won,\nD-9,2026-01-01T00:00:00Z,stage,proposal,\n"
	if err := os.WriteFile(log, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	w.Size(1360, 900)
	w.Go("/imports/new")
	w.Upload("#f-file", log)
	w.Click("main form button[type=submit]")
	w.See("23 facts were taken, 2 lines were rejected.")
	look(w, "done", w.Path())
	if err := os.WriteFile(log, []byte("a,b\n1,2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.Go("/imports/new")
	w.Upload("#f-file", log)
	w.Click("main form button[type=submit]")
	w.See("The first line must be")
	look(w, "failed", w.Path())
	s.pages.working.Wait()
	seesProgress(t, s, w)
	look(w, "list", "/imports")
}

// seesProgress stands in for a long import: the page renews itself until it is over.
func seesProgress(t *testing.T, s *site, w *browser.Window) {
	run := &Run{ID: named("run", "long", now), File: "bpic2012_history.csv.gz", Size: 1_333_384, Actor: s.person, Via: viaWeb}
	if err := claim(t.Context(), s.d(), run, now); err != nil {
		t.Fatal(err)
	}
	at := Progress{Writing: true, Read: run.Size, Size: run.Size, Facts: 224_782, Done: 60_126, Total: 224_782}
	if err := updateProgress(t.Context(), s.d(), run.ID, at, now); err != nil {
		t.Fatal(err)
	}
	look(w, "running", "/imports/"+run.ID)
	w.See("60,126 of 224,782 facts")
	look(w, "waiting", "/imports/new")
	w.Go("/imports/" + run.ID)
	at.Done = 130_296
	if err := updateProgress(t.Context(), s.d(), run.ID, at, now); err != nil {
		t.Fatal(err)
	}
	w.See("130,296 of 224,782 facts")
	run.State, run.EndedAt, run.Problem = Interrupted, now, sayInterrupted
	path := s.pages.uploadPath(org, run.ID)
	if err := os.WriteFile(path, []byte(exampleText), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := finishRun(t.Context(), s.d(), run); err != nil {
		t.Fatal(err)
	}
	w.See("was interrupted")
	look(w, "interrupted", w.Path())
	w.Click("main form button.primary")
	w.See("The import goes on where it stopped")
	w.See("all 23 facts were there already")
}
