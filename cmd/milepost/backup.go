package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"milepost/internal/db"
)

// backupCommand writes everything that was recorded to one file while the program goes
// on serving. The contents of attached files stay in their folder, which is copied as
// it is: a file there never changes.
type backupCommand struct {
	store
	File string `arg:"" help:"The file to write; it must not be there yet." type:"path"`
}

// Run writes the backup.
func (c *backupCommand) Run(ctx context.Context, s *streams) error {
	p, err := c.existing(ctx, newLog(s.Err, false))
	if err != nil {
		return err
	}
	defer p.DB.Close()
	if err := os.MkdirAll(filepath.Dir(c.File), 0o700); err != nil {
		return fmt.Errorf("making the folder of the backup: %w", err)
	}
	if err := db.Backup(ctx, p.DB, c.File, schemas(p)...); err != nil {
		return err
	}
	fmt.Fprintf(s.Out, "Everything that was recorded is in %s. Put it back with: milepost restore %s --data NEW-FOLDER\n", c.File, c.File)
	if files := filepath.Join(p.Folder, "files"); isFolder(files) {
		fmt.Fprintf(s.Out, "Attached files are not in it: copy the folder %s too, now, and put it into NEW-FOLDER.\n", files)
	}
	return nil
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// restoreCommand puts a backup into a new data folder, or into an empty PostgreSQL
// database.
type restoreCommand struct {
	store
	File string `arg:"" help:"The backup to read." type:"existingfile"`
}

// Run restores, then verifies what was restored.
func (c *restoreCommand) Run(ctx context.Context, s *streams) error {
	if err := c.restore(ctx, s); err != nil {
		return err
	}
	fmt.Fprintf(s.Out, "Restored. Verifying:\n")
	return (&verifyCommand{store: c.store}).Run(ctx, s)
}

func (c *restoreCommand) restore(ctx context.Context, s *streams) error {
	if c.Database == "" {
		return db.Restore(ctx, c.File, c.Data)
	}
	// A backup may be older than this program: it is brought up to date in a folder
	// of its own before its rows are copied.
	folder, err := os.MkdirTemp("", "milepost-restore")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	if err := db.Restore(ctx, c.File, folder); err != nil {
		return err
	}
	file, err := store{Data: folder}.open(ctx, newLog(s.Err, false))
	if err != nil {
		return err
	}
	defer file.DB.Close()
	into, err := c.open(ctx, newLog(s.Err, false))
	if err != nil {
		return err
	}
	defer into.DB.Close()
	return db.RestoreInto(ctx, file.DB.Path(), into.DB)
}
