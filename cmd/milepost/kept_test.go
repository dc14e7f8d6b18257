package main

import (
	"bytes"
	"io/fs"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/testworld/testdb"
)

// keptSite is the program over a data folder that commands can be pointed at.
type keptSite struct {
	*testing.T
	*building
	store
}

func eachKept(t *testing.T, test func(s *keptSite)) {
	for _, kind := range []db.Kind{db.SQLite, db.Postgres} {
		t.Run(string(kind), func(t *testing.T) {
			s := &keptSite{T: t, store: store{Data: t.TempDir()}}
			if kind == db.Postgres {
				s.Database = testdb.PostgresAddress(t)
			}
			p, err := s.open(t.Context(), slog.New(slog.DiscardHandler))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { p.DB.Close() })
			s.building = newBuildingIn(t, p.DB, s.Data)
			s.walker = s.alpha.Viewer(s.alpha.Dan)
			test(s)
		})
	}
}

func (s *keptSite) attach(name, content string) {
	s.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, _ := form.CreateFormFile("file", name)
	part.Write([]byte(content))
	form.Close()
	r := httptest.NewRequest(http.MethodPost, "/activities/deals/"+string(s.deal())+"/files", &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	w := httptest.NewRecorder()
	if s.handler.ServeHTTP(w, r); w.Code != http.StatusSeeOther {
		s.Fatalf("attaching %s: %d %s", name, w.Code, w.Body)
	}
}

func (s *keptSite) deal() deals.ID { return s.alpha.Deal("dan open").ID }

// keptFile is what the tests want to know of an attached file.
type keptFile struct {
	ID   string `db:"id"`
	Name string `db:"name"`
	Hash string `db:"hash"`
}

func (s *keptSite) files() []keptFile {
	s.Helper()
	list, err := db.All[keptFile](s.Context(), s.alpha.DB, `select id, name, hash from files where org_id = $1 and removed_at = 0`, s.alpha.ID)
	if err != nil {
		s.Fatal(err)
	}
	return list
}

func (s *keptSite) remove(name string) {
	s.Helper()
	for _, file := range s.files() {
		if file.Name == name {
			if w := s.ask(http.MethodPost, "/activities/files/"+file.ID+"/remove"); w.Code != http.StatusSeeOther {
				s.Fatalf("removing %s: %d", name, w.Code)
			}
			return
		}
	}
	s.Fatalf("there is no file %s", name)
}

// command runs a command on the store; when is called with each line of progress.
func (s *keptSite) command(at store, when func(line string), args ...string) (int, string) {
	s.Helper()
	args = append(args, "--data", at.Data)
	if at.Database != "" {
		args = append(args, "--database", at.Database)
	}
	var out bytes.Buffer
	return run(s.Context(), args, &out, heard{&out, when}), out.String()
}

type heard struct {
	out  *bytes.Buffer
	when func(string)
}

func (h heard) Write(line []byte) (int, error) {
	if h.when != nil {
		h.when(string(line))
	}
	return h.out.Write(line)
}

func (s *keptSite) backup() string {
	s.Helper()
	file := filepath.Join(s.TempDir(), "backup")
	if code, said := s.command(s.store, nil, "backup", file); code != 0 {
		s.Fatalf("backup: %d, %s", code, said)
	}
	return file
}

// contents reads the files that lie in a data folder.
func contents(t *testing.T, folder string) string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(filepath.Join(folder, "files"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		all = append(all, string(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(all, " ")
}
