package archive_test

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"milepost/calendar"
	"milepost/internal/archive"
)

func nameOf(content string) string {
	sum := sha256.Sum256([]byte(content))
	name := hex.EncodeToString(sum[:])
	return "files/org-1/" + name[:2] + "/" + name
}

// packed is an archive of a database and some files; what a name promises and the
// content does not keep is missing.
func packed(t *testing.T, contents ...string) ([]byte, archive.Seal) {
	t.Helper()
	var out bytes.Buffer
	w, err := archive.NewWriter(&out, calendar.Instant(1_800_000_000_000))
	if err != nil {
		t.Fatal(err)
	}
	put := func(text string) string {
		path := filepath.Join(t.TempDir(), "content")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	if err := w.Database(put("the records")); err != nil {
		t.Fatal(err)
	}
	for _, content := range contents {
		if in, err := w.File(put(content), nameOf(content)); err != nil || !in {
			t.Fatalf("%q: %v, %v", content, in, err)
		}
	}
	for _, path := range []string{put("rotten"), filepath.Join(t.TempDir(), "none")} {
		if in, err := w.File(path, nameOf("sound")); err != nil || in {
			t.Fatalf("a file that is not what its name says was put in (%v)", err)
		}
	}
	seal, err := w.Close()
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), seal
}

func contentsOf(t *testing.T, folder string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := fs.WalkDir(os.DirFS(folder), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(filepath.Join(folder, path))
		found[path] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestWhatIsPutInComesOut(t *testing.T) {
	long := strings.Repeat("long ", 10_000)
	text, seal := packed(t, "one", long)
	if seal.Files != 2 || seal.Bytes != int64(3+len(long)) || seal.Missing != 2 {
		t.Errorf("the seal says %+v", seal)
	}
	folder := t.TempDir()
	read, err := archive.Unpack(bytes.NewReader(text), folder)
	if err != nil || read != seal {
		t.Fatalf("%+v, %v", read, err)
	}
	want := map[string]string{"milepost.db": "the records", nameOf("one"): "one", nameOf(long): long}
	if got := contentsOf(t, folder); !maps.Equal(got, want) {
		t.Errorf("unpacked: %d files, want %d", len(got), len(want))
	}
}

// Wherever an archive is cut, or has another byte, it is refused, unless all that was
// put in comes out as it was.
func TestDamageIsNoticed(t *testing.T) {
	text, _ := packed(t, "one", "two")
	whole := t.TempDir()
	if _, err := archive.Unpack(bytes.NewReader(text), whole); err != nil {
		t.Fatal(err)
	}
	want := contentsOf(t, whole)
	end := bytes.LastIndexByte(text, '}') // of the seal; only padding follows
	for cut := 0; cut <= end; cut += 101 {
		_, err := archive.Unpack(bytes.NewReader(text[:cut]), t.TempDir())
		if !errors.Is(err, archive.ErrCutOff) && !errors.Is(err, archive.ErrNotOurs) {
			t.Errorf("cut after %d of %d bytes: %v", cut, len(text), err)
		}
	}
	tried, unnoticed := 0, 0
	for at := 0; at < len(text); at += 37 {
		bad := bytes.Clone(text)
		bad[at] ^= 1
		tried++
		folder := t.TempDir()
		if _, err := archive.Unpack(bytes.NewReader(bad), folder); err == nil {
			unnoticed++
			if !maps.Equal(contentsOf(t, folder), want) {
				t.Errorf("with byte %d changed, something else comes out", at)
			}
		}
	}
	if unnoticed > tried*9/10 { // padding is much of so small an archive
		t.Errorf("%d of %d changes went unnoticed", unnoticed, tried)
	}
}

// An archive that someone made to write elsewhere writes nothing.
func TestNothingIsWrittenBesideTheFolder(t *testing.T) {
	for _, name := range []string{"../evil", "files/../../evil", "/evil", "files/org/ab/../../../../evil", "files/org/aa/" + strings.Repeat("b", 64), "other"} {
		var out bytes.Buffer
		w := tar.NewWriter(&out)
		for _, member := range [][2]string{{"milepost-backup.json", `{"milepost_backup":1,"made_at":"2026-01-01T00:00:00Z"}`}, {name, "evil"}} {
			if err := w.WriteHeader(&tar.Header{Name: member[0], Size: int64(len(member[1])), Mode: 0o600}); err != nil {
				t.Fatal(err)
			}
			w.Write([]byte(member[1]))
		}
		w.Close()
		folder := filepath.Join(t.TempDir(), "in")
		if _, err := archive.Unpack(&out, folder); !errors.Is(err, archive.ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
		if got := contentsOf(t, filepath.Dir(folder)); len(got) > 0 {
			t.Errorf("%s wrote %v", name, got)
		}
	}
}

func TestALaterFormatIsLeftToALaterProgram(t *testing.T) {
	text, _ := packed(t)
	later := bytes.Replace(text, []byte(`"milepost_backup": 1`), []byte(`"milepost_backup": 2`), 1)
	if _, err := archive.Unpack(bytes.NewReader(later), t.TempDir()); !errors.Is(err, archive.ErrLater) {
		t.Error(err)
	}
	if _, err := archive.Unpack(strings.NewReader("hello"), t.TempDir()); !errors.Is(err, archive.ErrNotOurs) {
		t.Error(err)
	}
}
