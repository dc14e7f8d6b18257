package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"milepost/internal/db"
	"milepost/internal/testworld/testdb"
)

// A file that is attached or removed while the backup is made does no harm: what the
// backed-up records name is in the backup.
func TestABackupHoldsTheFilesThatItsRecordsName(t *testing.T) {
	eachKept(t, func(s *keptSite) {
		s.attach("old.txt", "old")
		s.attach("removed.txt", "removed before")
		s.remove("removed.txt")
		file := filepath.Join(s.TempDir(), "new", "backup")
		code, said := s.command(s.store, func(line string) {
			switch {
			case strings.Contains(line, "copying the records"):
				s.attach("during.txt", "during")
			case strings.Contains(line, "packing"):
				s.remove("old.txt")
				s.attach("after.txt", "after")
			}
		}, "backup", file)
		if code != 0 || !strings.Contains(said, "with 2 attached files") {
			s.Fatalf("%d, %s", code, said)
		}
		if left, _ := os.ReadDir(filepath.Dir(file)); len(left) != 1 {
			s.Errorf("beside the backup lies %v", left)
		}
		for _, to := range []store{{Data: s.TempDir()}, {Data: s.TempDir(), Database: testdb.PostgresAddress(s.T)}} {
			code, said := s.command(to, nil, "restore", file)
			if code != 0 || strings.Count(said, "fit.") != 2 {
				s.Errorf("restore: %d, %s", code, said)
			}
			if got := contents(s.T, to.Data); got != "old during" && got != "during old" {
				s.Errorf("restored files: %q", got)
			}
			if code, said := s.command(to, nil, "restore", file); code != 1 || !strings.Contains(said, "already; restore into") {
				s.Errorf("restored over what is there: %d, %s", code, said)
			}
		}
		if code, said := s.command(s.store, nil, "backup", file); code != 1 || !strings.Contains(said, "never overwrites") {
			s.Errorf("a backup over another: %d, %s", code, said)
		}
	})
}

// A bad backup is refused in a sentence, and nothing of it stays.
func TestABadBackupIsRefusedWhole(t *testing.T) {
	eachKept(t, func(s *keptSite) {
		s.attach("plan.txt", "the plan, word for word")
		file := s.backup()
		text, err := os.ReadFile(file)
		if err != nil {
			s.Fatal(err)
		}
		page := bytes.Index(text, []byte("SQLite format 3")) + 20_000
		flipped := func(at int) []byte {
			bad := bytes.Clone(text)
			bad[at] ^= 1
			return bad
		}
		for says, bad := range map[string][]byte{
			"is cut off before its end":                text[:len(text)-3000],
			"is cut off":                               text[:len(text)/2],
			"the database is not what was put in":      flipped(page),
			" is not what was put in. Nothing was":     flipped(bytes.Index(text, []byte("word for word"))),
			"is not a Milepost backup":                 []byte("hello"),
			"not a Milepost backup, or it is damaged:": text[bytes.Index(text, []byte("SQLite format 3")):][:9000],
		} {
			name := filepath.Join(s.TempDir(), "bad")
			if err := os.WriteFile(name, bad, 0o600); err != nil {
				s.Fatal(err)
			}
			to := store{Data: s.TempDir()}
			if s.Database != "" {
				to.Database = testdb.PostgresAddress(s.T)
			}
			code, said := s.command(to, nil, "restore", name)
			if code != 1 || !strings.Contains(said, says) || !strings.Contains(said, "Nothing was restored") {
				s.Errorf("want %q: %d, %s", says, code, said)
			}
			if left, _ := os.ReadDir(to.Data); len(left) > 0 {
				s.Errorf("%s: %v stays behind", says, left)
			}
			if code, said := s.command(to, nil, "restore", file); code != 0 {
				s.Errorf("after a bad backup, a good one: %d, %s", code, said)
			}
		}
	})
}

// A backup in which someone changed what was recorded, and made the sums fit again,
// still does not get past the chain of the ledger.
func TestABackupThatDoesNotVerifyIsRefused(t *testing.T) {
	eachKept(t, func(s *keptSite) {
		if _, err := s.alpha.DB.Exec(s.Context(), `update entries set payload = '{"value":"x"}' where org_id = $1 and sequence = 5`, s.alpha.ID); err != nil {
			s.Skip(err) // the database itself refuses
		}
		to := store{Data: s.TempDir()}
		if code, said := s.command(to, nil, "restore", s.backup()); code != 1 || !strings.Contains(said, "do not verify: Small Alpha") {
			s.Errorf("%d, %s", code, said)
		}
		if left, _ := os.ReadDir(to.Data); len(left) > 0 {
			s.Errorf("%v stays behind", left)
		}
	})
}

// Backups of the earlier kind were the database alone.
func TestAnEarlierBackupIsRead(t *testing.T) {
	eachKept(t, func(s *keptSite) {
		s.attach("plan.txt", "the plan")
		file := filepath.Join(s.TempDir(), "earlier.db")
		if err := db.Backup(s.Context(), s.program.DB, file, everySchema()...); err != nil {
			s.Fatal(err)
		}
		to := store{Data: s.TempDir()}
		code, said := s.command(to, nil, "restore", file)
		if code != 0 || !strings.Contains(said, "copy the folder files") || strings.Count(said, "fit.") != 2 {
			s.Errorf("%d, %s", code, said)
		}
	})
}

// A file that went missing does not stand in the way of a backup of all else; it is
// said aloud.
func TestABackupSaysWhatIsMissing(t *testing.T) {
	eachKept(t, func(s *keptSite) {
		s.attach("lost.txt", "lost")
		s.attach("rotten.txt", "rotten")
		s.attach("kept.txt", "kept")
		for _, file := range s.files() {
			path := filepath.Join(s.Data, "files", string(s.alpha.ID), file.Hash[:2], file.Hash)
			switch file.Name {
			case "lost.txt":
				os.Remove(path)
			case "rotten.txt":
				os.WriteFile(path, []byte("r0tten"), 0o600)
			}
		}
		file := filepath.Join(s.TempDir(), "backup")
		code, said := s.command(s.store, nil, "backup", file)
		if code != exitRejects || !strings.Contains(said, "2 attached files could not be put in") {
			s.Errorf("%d, %s", code, said)
		}
		to := store{Data: s.TempDir()}
		if code, said := s.command(to, nil, "restore", file); code != 0 || contents(s.T, to.Data) != "kept" {
			s.Errorf("%d, %s", code, said)
		}
	})
}
