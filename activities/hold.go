package activities

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"milepost/calendar"
	"milepost/internal/db"
)

// holdFolder is the folder in which backups that are being made leave a mark. While one
// is there no content is erased, so that a backup finds every file that its records
// name, even one that somebody removes meanwhile. What was left is swept later.
func holdFolder(folder string) string { return filepath.Join(folder, "files", ".holds") }

// HoldContents keeps the contents of all files in a data folder from being erased,
// in this program and in others that share the folder, until it is let go. A hold
// that is never let go, because its program was killed, ends after a day.
func HoldContents(folder string) (letGo func() error, err error) {
	if err := os.MkdirAll(holdFolder(folder), 0o700); err != nil {
		return nil, fmt.Errorf("holding the files still: %w", err)
	}
	mark, err := os.CreateTemp(holdFolder(folder), "hold-")
	if err != nil {
		return nil, fmt.Errorf("holding the files still: %w", err)
	}
	return func() error { return os.Remove(mark.Name()) }, mark.Close()
}

// held tells whether a backup is being made.
func (v vault) held(now calendar.Instant) bool {
	marks, _ := os.ReadDir(holdFolder(v.folder)) // no such folder: no hold
	for _, mark := range marks {
		info, err := mark.Info()
		if err == nil && now.Sub(calendar.InstantOf(info.ModTime())) < stale {
			return true
		}
	}
	return false
}

// Content is what files with the same content share.
type Content struct {
	Hash string `db:"hash"`
	Size int64  `db:"size"`
}

// Name is where a content lies in the data folder, written with slashes.
func (c Content) Name(org db.Org) string {
	return "files/" + string(org) + "/" + c.Hash[:2] + "/" + c.Hash
}

// EachContent visits what the files that are there hold, each content once.
func EachContent(ctx context.Context, d *db.DB, visit func(Content) error) error {
	return eachContent(ctx, d, func(c *Content) error {
		if len(c.Hash) != 64 {
			return fmt.Errorf("a file is recorded with the sum %q, which is none", c.Hash)
		}
		return visit(*c)
	})
}
