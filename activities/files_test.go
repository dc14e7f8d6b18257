package activities_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"milepost/activities"
	"milepost/calendar"
	"milepost/internal/testworld"
	"milepost/internal/testworld/pagetest"
	"milepost/people"
)

func TestFileNames(t *testing.T) {
	for name, want := range map[string]string{
		"offer.pdf": "offer.pdf", "../../etc/passwd": "passwd", `..\..\boot.ini`: "boot.ini", "/": "file", "": "file", "..": "file",
		".htaccess": "htaccess", "offer\u202efdp.exe": "offerfdp.exe", "a\x00b\nc.txt": "a b c.txt", "  many   blanks .txt ": "many blanks .txt",
		"CON<>:\"|?*.txt": "CON_______.txt", "été 😀.pdf": "été 😀.pdf", "\xff\xfe.txt": "txt", "name.": "name",
		strings.Repeat("é", 300) + ".docx": strings.Repeat("é", 115) + ".docx", "zero\u200bwidth.txt": "zerowidth.txt",
	} {
		if got := activities.CleanFileName(name); got != want {
			t.Errorf("%q becomes %q, want %q", name, got, want)
		}
	}
}

func FuzzFileName(f *testing.F) {
	for _, name := range []string{"a.txt", "../x", "\u202e", strings.Repeat(".", 300), "a/b\\c"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		got := activities.CleanFileName(name)
		if got == "" || strings.ContainsAny(got, "/\\\x00\n\"") || strings.HasPrefix(got, ".") || len([]rune(got)) > 120 || got != activities.CleanFileName(got) {
			t.Errorf("%q becomes %q, then %q", name, got, activities.CleanFileName(got))
		}
	})
}

var png = []byte("\x89PNG\r\n\x1a\n0000000000000000")

func TestTypesAreSniffed(t *testing.T) {
	for _, c := range []struct {
		name, head, kind string
		refused          bool
	}{
		{"a.png", string(png), "image/png", false},
		{"a.png", "<!DOCTYPE html><html>", "text/html", true},
		{"a.jpg", "  \n<script>alert(1)</script>", "text/html", true},
		{"a.html", "<html>", "text/html", false},
		{"a.svg", "<svg xmlns='x'>", "image/svg+xml", false},
		{"a.png", "<?xml version='1.0'?><svg onload='x'>", "image/svg+xml", true},
		{"noextension", "<html>", "text/html", true},
		{"a.pdf", "%PDF-1.7", "application/pdf", false},
	} {
		kind, err := activities.Sniff(c.name, []byte(c.head))
		if kind != c.kind || (err != nil) != c.refused {
			t.Errorf("%s with %q: %s, %v", c.name, c.head, kind, err)
		}
	}
}

func TestWhatIsReceived(t *testing.T) {
	folder := t.TempDir()
	v := activities.NewVault(folder, 1000)
	sum := sha256.Sum256(png)
	if hash, size, err := v.Receive("o", bytes.NewReader(png)); err != nil || hash != hex.EncodeToString(sum[:]) || size != int64(len(png)) {
		t.Errorf("%s, %d, %v", hash, size, err)
	}
	for name, c := range map[string]struct {
		from io.Reader
		says string
	}{
		"empty":    {strings.NewReader(""), "The file is empty."},
		"exact":    {strings.NewReader(strings.Repeat("a", 1000)), ""},
		"over":     {strings.NewReader(strings.Repeat("a", 1001)), "larger than 1000 bytes"},
		"cut off":  {iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader("abc"))), "did not arrive whole"},
		"endless":  {endless{}, "larger than"},
		"one byte": {strings.NewReader("a"), ""},
	} {
		if _, _, err := v.Receive("o", c.from); (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if left := filesIn(t, folder); len(left) != 0 {
		t.Errorf("what was not kept lies about: %v", left)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

func filesIn(t *testing.T, folder string) []string {
	t.Helper()
	var found []string
	filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			found = append(found, path)
		}
		return err
	})
	return found
}

func TestFilesOfADeal(t *testing.T) {
	eachDesk(t, func(t *testing.T, o desk) {
		folder := t.TempDir()
		pages := site(o.DB, o.Organization.ID, folder, calendar.Stopped(now))
		as := func(p people.Person) pagetest.Desk { return pagetest.At(t, pages, p.ID) }
		deal, other := o.Deal("dan open").ID, o.Deal("eve open").ID
		dan := as(o.Dan)
		attach(t, dan, deal, "../../\u202egnp.exe", png).Is(303)
		attach(t, dan, deal, "empty.txt", nil).Is(422).Has("The file is empty.")
		attach(t, dan, deal, "photo.png", []byte("<html><script>alert(1)</script>")).Is(422).Has("inside is a web page")
		attach(t, dan, deal, "big.bin", make([]byte, activities.FileLimit+1)).Is(422).Has("larger than 25 MB")
		attach(t, dan, deal, "", png).Is(422).Has("Choose a file first")
		dan.Post("/activities/deals/" + string(deal) + "/files").Is(422).Has("No file came")
		attach(t, dan, deal, "page.html", []byte("<html><script>alert(1)</script>")).Is(303)
		attach(t, as(o.Eve), other, "same.png", png).Is(303)
		files, err := activities.FilesOf(t.Context(), o.DB, deal)
		if err != nil || len(files) != 2 || files[0].Name != "page.html" || files[1].Name != "gnp.exe" {
			t.Fatalf("%+v, %v", files, err)
		}
		if n := len(filesIn(t, folder)); n != 2 {
			t.Errorf("%d contents are kept, want 2: the same one once", n)
		}
		page := dan.Get("/activities/files/" + string(files[0].ID)).Is(200)
		for name, want := range map[string]string{"Content-Type": "application/octet-stream", "X-Content-Type-Options": "nosniff",
			"Content-Security-Policy": "default-src 'none'; sandbox", "Content-Disposition": `attachment; filename="page.html"; filename*=UTF-8''page.html`} {
			if got := page.Header().Get(name); got != want {
				t.Errorf("%s: %s, want %s", name, got, want)
			}
		}
		image := "/activities/files/" + string(files[1].ID)
		if got := dan.Get(image).Is(200); !bytes.Equal(got.Body.Bytes(), png) || got.Header().Get("Content-Type") != "image/png" {
			t.Errorf("the file comes back as %q, %s", got.Body.Bytes(), got.Header().Get("Content-Type"))
		}
		as(o.Ben).Post(image + "/remove").Is(303) // Dan reports to Ben
		dan.Get(image).Is(404).Has("was removed")
		dan.Post(image + "/remove").Is(404)
		if n := len(filesIn(t, folder)); n != 2 {
			t.Errorf("a content that another deal has was erased: %d left", n)
		}
		same, _ := activities.FilesOf(t.Context(), o.DB, other)
		as(o.Dan).Post("/activities/files/" + string(same[0].ID) + "/remove").Is(404)
		as(o.Eve).Post("/activities/files/" + string(same[0].ID) + "/remove").Is(303)
		if n := len(filesIn(t, folder)); n != 1 {
			t.Errorf("%d contents are left, want 1", n)
		}
		o.sweeps(t, folder, files[0])
		o.sound()
	})
}

// sweeps checks that what nobody refers to is swept away, when it is old enough.
func (o desk) sweeps(t *testing.T, folder string, kept activities.File) {
	t.Helper()
	v := activities.NewVault(folder, 1000)
	org := o.Organization.ID
	stray := v.Place(org, strings.Repeat("ab", 32))
	part := filepath.Join(folder, "files", string(org), "incoming", "part-1")
	young := filepath.Join(folder, "files", string(org), "incoming", "part-2")
	for _, path := range []string{stray, part, young} {
		os.MkdirAll(filepath.Dir(path), 0o700)
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	old := testworld.SmallNow.Time().Add(-48 * time.Hour)
	for _, path := range []string{stray, part, v.Place(org, kept.Hash)} {
		os.Chtimes(path, old, old)
	}
	os.Chtimes(young, testworld.SmallNow.Time(), testworld.SmallNow.Time())
	if err := v.Sweep(t.Context(), o.DB, now); err != nil {
		t.Fatal(err)
	}
	if left := filesIn(t, folder); len(left) != 2 || !v.Has(org, kept.Hash) {
		t.Errorf("after sweeping: %v", left)
	}
}

func TestDownloadNames(t *testing.T) {
	if got := activities.Disposition("été \"x\".pdf"); got != `attachment; filename="_t_ _x_.pdf"; filename*=UTF-8''%C3%A9t%C3%A9%20%22x%22.pdf` {
		t.Error(got)
	}
}
