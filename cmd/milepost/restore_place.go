package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"milepost/activities"
	"milepost/internal/archive"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/people"
)

// fits tells whether the ledger of every organization fits together.
func fits(ctx context.Context, p slice.Program) error {
	all, err := people.Organizations(ctx, p.DB.Everywhere())
	if err != nil {
		return err
	}
	for _, o := range all {
		if _, err := ledger.Verify(ctx, p.DB.For(o.ID), o.ID); err != nil {
			return fmt.Errorf("the records in the backup do not verify: %s: %w", o.Name, err)
		}
	}
	return nil
}

// complete tells whether every file that the records name was unpacked, but for those
// of which the backup says itself that they could not be found.
func complete(ctx context.Context, p slice.Program, seal archive.Seal) error {
	missing := -seal.Missing
	err := eachContent(ctx, p.DB, func(org db.Org, content activities.Content) error {
		_, err := os.Stat(filepath.Join(p.Folder, filepath.FromSlash(content.Name(org))))
		if errors.Is(err, fs.ErrNotExist) {
			missing++
			return nil
		}
		return err
	})
	if err == nil && missing > 0 {
		return fmt.Errorf("the backup is not whole: its records name %s that it does not hold", attached(missing))
	}
	return err
}

// place moves what was unpacked to where it belongs. The records go last: without
// them nothing else counts, and with them nothing is missing.
func (c *restoreCommand) place(ctx context.Context, work string, into target) (err error) {
	files := filepath.Join(c.Data, "files")
	_, was := os.Stat(files)
	defer func() {
		if err != nil && errors.Is(was, fs.ErrNotExist) {
			os.RemoveAll(files)
		}
	}()
	if err := moveFiles(filepath.Join(work, "files"), files); err != nil {
		return fmt.Errorf("putting the files into %s: %w", files, err)
	}
	if into.DB != nil {
		return db.RestoreInto(ctx, filepath.Join(work, db.FileName), into.DB)
	}
	if err := os.Rename(filepath.Join(work, db.FileName), filepath.Join(c.Data, db.FileName)); err != nil {
		return err
	}
	folder, err := os.Open(c.Data)
	if err != nil {
		return err
	}
	defer folder.Close()
	return folder.Sync()
}

// moveFiles moves files one by one, over what may be there of a restore that was cut
// off: a name is the sum of a content, so the same name is the same file.
func moveFiles(from, to string) error {
	return filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if path == from && errors.Is(err, fs.ErrNotExist) {
			return nil // a backup without files
		}
		if err != nil {
			return err
		}
		name, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return os.MkdirAll(filepath.Join(to, name), 0o700)
		}
		return os.Rename(path, filepath.Join(to, name))
	})
}
