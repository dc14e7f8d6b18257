package activities

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/problem"
)

// FileLimit is the size of the largest file that is taken, in bytes.
const FileLimit = 25 << 20

// vault keeps the contents of files in the data folder: files/<organization>/<the
// first two of the hash>/<hash>. What is being received lies in files/<organization>
// /incoming, and has the name of a content only when all of it is on the disk.
type vault struct {
	folder string
	limit  int64
}

// content is what was received, and not yet kept.
type content struct {
	path string
	head []byte
	hash string
	size int64
}

func (v vault) home(org db.Org) string { return filepath.Join(v.folder, "files", string(org)) }

func (v vault) place(org db.Org, hash string) string {
	return filepath.Join(v.home(org), hash[:2], hash)
}

// receive writes a stream to the disk while its hash is computed; no more of it is
// in memory than a buffer.
func (v vault) receive(org db.Org, from io.Reader) (*content, error) {
	incoming := filepath.Join(v.home(org), "incoming")
	if err := os.MkdirAll(incoming, 0o700); err != nil {
		return nil, fmt.Errorf("making the folder for files: %w", err)
	}
	file, err := os.CreateTemp(incoming, "part-")
	if err != nil {
		return nil, fmt.Errorf("beginning to receive a file: %w", err)
	}
	c := &content{path: file.Name()}
	if err := c.fill(file, from, v.limit); err != nil {
		file.Close()
		c.drop()
		return nil, err
	}
	if err := file.Close(); err != nil {
		c.drop()
		return nil, err
	}
	return c, nil
}

func (c *content) fill(file *os.File, from io.Reader, limit int64) error {
	sum := sha256.New()
	var head bytes.Buffer
	size, err := io.Copy(io.MultiWriter(file, sum, &firstBytes{&head}), io.LimitReader(from, limit+1))
	var tooLarge *os.PathError
	switch {
	case errors.As(err, &tooLarge):
		return fmt.Errorf("writing a file: %w", err)
	case err != nil:
		return problem.Invalid("file", "The file did not arrive whole. Nothing was kept; try again.")
	case size > limit:
		return problem.Invalid("file", "The file is larger than %s, the most that is kept with a deal. Put it where your company keeps large files, and write the link into a note.", sizeText(limit))
	case size == 0:
		return problem.Invalid("file", "The file is empty. Perhaps it is still being written, or the wrong one was chosen.")
	}
	c.size, c.head, c.hash = size, head.Bytes(), hex.EncodeToString(sum.Sum(nil))
	return file.Sync()
}

// firstBytes keeps what is needed to tell what a content is.
type firstBytes struct{ *bytes.Buffer }

func (f *firstBytes) Write(p []byte) (int, error) {
	if room := 512 - f.Len(); room > 0 {
		f.Buffer.Write(p[:min(room, len(p))])
	}
	return len(p), nil
}

// drop forgets what was received.
func (c *content) drop() { os.Remove(c.path) }

// keep gives what was received its place. It may be done twice; a content that is
// there already is left as it is.
func (v vault) keep(org db.Org, c *content) error {
	place := v.place(org, c.hash)
	if _, err := os.Stat(place); err == nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(place), 0o700); err != nil {
		return fmt.Errorf("making the folder of a file: %w", err)
	}
	if err := os.Link(c.path, place); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("keeping a file: %w", err)
	}
	return syncFolder(filepath.Dir(place))
}

// syncFolder makes sure that a name survives a loss of power.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	defer folder.Close()
	return folder.Sync()
}

func (v vault) open(org db.Org, hash string) (*os.File, error) {
	if len(hash) != 64 {
		return nil, fs.ErrNotExist
	}
	return os.Open(v.place(org, hash))
}

func (v vault) erase(org db.Org, hash string) error {
	err := os.Remove(v.place(org, hash))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// stale is after how long something that nobody refers to is swept away: nothing
// takes that long to be received and recorded.
const stale = 24 * time.Hour

// strays lists contents that lie in the vault, or are left of what was received, and
// are older than they would be if somebody were about to refer to them.
func (v vault) strays(org db.Org, now calendar.Instant, visit func(path, hash string) error) error {
	return filepath.WalkDir(v.home(org), func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || now.Sub(calendar.InstantOf(info.ModTime())) < stale {
			return err
		}
		hash := entry.Name()
		if filepath.Base(filepath.Dir(path)) == "incoming" {
			hash = ""
		}
		return visit(path, hash)
	})
}

func sizeText(size int64) string {
	switch {
	case size >= 1<<20:
		return fmt.Sprintf("%.3g MB", float64(size)/(1<<20))
	case size >= 1<<10:
		return fmt.Sprintf("%.3g kB", float64(size)/(1<<10))
	case size == 1:
		return "1 byte"
	}
	return fmt.Sprintf("%d bytes", size)
}
