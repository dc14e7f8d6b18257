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
	"milepost/internal/slice"
	"milepost/people"
)

// backupCommand writes everything that was recorded, and every file that is attached
// to a deal, to one file while the program goes on serving.
type backupCommand struct {
	store
	File string `arg:"" help:"The file to write; it must not be there yet." type:"path"`
}

// Run writes the backup beside its place and moves it there when it is whole. The
// files are held still before the records are copied, so that whatever the records
// name can be found.
func (c *backupCommand) Run(ctx context.Context, s *streams) error {
	if _, err := os.Stat(c.File); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s is there already; a backup never overwrites a file", c.File)
	}
	p, err := c.existing(ctx, newLog(s.Err, false))
	if err != nil {
		return err
	}
	defer p.DB.Close()
	work := c.File + ".partial"
	if err := os.RemoveAll(work); err != nil { // of a backup that was cut off
		return err
	}
	if err := os.MkdirAll(work, 0o700); err != nil {
		return fmt.Errorf("making the folder of the backup: %w", err)
	}
	defer os.RemoveAll(work)
	letGo, err := activities.HoldContents(p.Folder)
	if err != nil {
		return err
	}
	defer letGo()
	meter := newMeter(s.Err, p.Clock, filepath.Base(c.File))
	meter.say("copying the records")
	if err := db.Backup(ctx, p.DB, filepath.Join(work, db.FileName), schemas(p)...); err != nil {
		return err
	}
	seal, err := pack(ctx, p, work, meter)
	meter.end()
	if err != nil {
		return fmt.Errorf("writing the backup: %w", err)
	}
	if err := os.Rename(filepath.Join(work, "packed"), c.File); err != nil {
		return err
	}
	return c.tell(s, p.Folder, seal)
}

func (c *backupCommand) tell(s *streams, folder string, seal archive.Seal) error {
	fmt.Fprintf(s.Out, "Everything that was recorded is in %s, with %s. Put it back with: milepost restore %s --data NEW-FOLDER\n",
		c.File, attached(seal.Files), c.File)
	if seal.Missing == 0 {
		return nil
	}
	return &codedError{fmt.Errorf("%s could not be put in: not in %s, or damaged there. All else is in the backup", attached(seal.Missing), filepath.Join(folder, "files")), exitRejects}
}

func attached(n int64) string {
	if n == 1 {
		return "1 attached file"
	}
	return fmt.Sprintf("%d attached files", n)
}

// pack puts a copy of the database, and the files that it names, into one file.
func pack(ctx context.Context, p slice.Program, work string, meter *meter) (archive.Seal, error) {
	records, err := db.OpenSQLite(ctx, work)
	if err != nil {
		return archive.Seal{}, err
	}
	defer records.Close()
	named, total, err := sizeOf(ctx, records)
	if err != nil {
		return archive.Seal{}, err
	}
	info, err := os.Stat(records.Path())
	if err != nil {
		return archive.Seal{}, err
	}
	out, err := os.OpenFile(filepath.Join(work, "packed"), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return archive.Seal{}, err
	}
	defer out.Close()
	w, err := archive.NewWriter(out, p.Clock())
	if err != nil {
		return archive.Seal{}, err
	}
	what := "the records and " + attached(named)
	meter.say("packing " + what)
	w.Progress = meter.of(info.Size()+total, what)
	if err := w.Database(records.Path()); err != nil {
		return archive.Seal{}, err
	}
	err = eachContent(ctx, records, func(org db.Org, content activities.Content) error {
		name := content.Name(org)
		_, err := w.File(filepath.Join(p.Folder, filepath.FromSlash(name)), name)
		return errors.Join(err, ctx.Err())
	})
	if err != nil {
		return archive.Seal{}, err
	}
	seal, err := w.Close()
	return seal, errors.Join(err, out.Sync())
}

// eachContent visits the contents of files of every organization.
func eachContent(ctx context.Context, d *db.DB, visit func(db.Org, activities.Content) error) error {
	all, err := people.Organizations(ctx, d.Everywhere())
	if err != nil {
		return err
	}
	for _, o := range all {
		err := activities.EachContent(ctx, d.For(o.ID), func(c activities.Content) error { return visit(o.ID, c) })
		if err != nil {
			return err
		}
	}
	return nil
}

func sizeOf(ctx context.Context, d *db.DB) (files, bytes int64, err error) {
	err = eachContent(ctx, d, func(_ db.Org, c activities.Content) error {
		files, bytes = files+1, bytes+c.Size
		return nil
	})
	return files, bytes, err
}
