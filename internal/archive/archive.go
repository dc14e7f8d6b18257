// Package archive is one file that holds a database and the files that belong to it.
// It is a tar file: first a note that says what it is, then the database, then the
// files, and last a seal, by which a reader knows that all of it is there and that
// nothing of it has changed. It is written and read as a stream; only names and
// sums are ever in memory.
//
// A file's name ends in the SHA-256 of its content, so each vouches for itself. The
// seal vouches for the database, and for the list.
package archive

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"path"
	"regexp"
	"strings"

	"milepost/calendar"
)

// The names of what is in an archive beside the files.
const (
	noteName     = "milepost-backup.json"
	databaseName = "milepost.db"
	sealName     = "seal.json"
	filesFolder  = "files/"
)

// format is the one in which this program writes; it reads no later one.
const format = 1

// note is the first thing in an archive.
type note struct {
	Format int              `json:"milepost_backup"`
	MadeAt calendar.Instant `json:"made_at"`
}

// Seal is the last thing in an archive.
type Seal struct {
	Database string `json:"database_sha256"`
	Files    int64  `json:"files"`
	Bytes    int64  `json:"bytes"`   // of the files
	Missing  int64  `json:"missing"` // files that could not be found when the archive was made
	List     string `json:"list_sha256"`
}

// tally is what a seal is made of, on either side.
type tally struct {
	seal Seal
	list hash.Hash
}

func newTally() *tally { return &tally{list: sha256.New()} }

func (t *tally) count(name, sum string, size int64) {
	fmt.Fprintf(t.list, "%s  %s\n", sum, name)
	if name == databaseName {
		t.seal.Database = sum
		return
	}
	t.seal.Files++
	t.seal.Bytes += size
}

func (t *tally) sealed(missing int64) Seal {
	s := t.seal
	s.Missing, s.List = missing, hex.EncodeToString(t.list.Sum(nil))
	return s
}

// fileName is how a file is called: files/<organization>/<two letters>/<sha-256>.
// Nothing else is let out of an archive, so that none can write beside its folder.
var fileName = regexp.MustCompile(`^files/[0-9A-Za-z][0-9A-Za-z_-]*/[0-9a-f]{2}/[0-9a-f]{64}$`)

func sumOf(name string) (string, bool) {
	sum := path.Base(name)
	return sum, fileName.MatchString(name) && strings.HasSuffix(path.Dir(name), "/"+sum[:2])
}
