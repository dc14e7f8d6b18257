package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"milepost/calendar"
	"milepost/internal/archive"
	"milepost/internal/db"
	"milepost/people"
)

// restoreCommand puts a backup into a new data folder, or into an empty PostgreSQL
// database.
type restoreCommand struct {
	store
	File string `arg:"" help:"The backup to read." type:"existingfile"`
}

// Run unpacks the backup into a folder of its own, where it is checked and brought up
// to date; only what is sound is put in its place, the records last.
func (c *restoreCommand) Run(ctx context.Context, s *streams) error {
	into, err := c.roomFor(ctx, s)
	if err != nil {
		return err
	}
	defer into.Close()
	work := filepath.Join(c.Data, "restoring")
	if err := os.RemoveAll(work); err != nil { // of a restore that was cut off
		return err
	}
	if err := os.MkdirAll(work, 0o700); err != nil {
		return fmt.Errorf("making the data folder: %w", err)
	}
	defer os.RemoveAll(work)
	earlier, err := c.unpack(ctx, s, work)
	if err != nil {
		return fmt.Errorf("%w. Nothing was restored", err)
	}
	if err := c.place(ctx, work, into); err != nil {
		return err
	}
	into.Close()
	if earlier {
		fmt.Fprintf(s.Out, "This backup is of the earlier kind, without attached files: copy the folder files that was kept with it into %s.\n", c.Data)
	}
	fmt.Fprintf(s.Out, "Restored. Verifying:\n")
	return (&verifyCommand{store: c.store}).Run(ctx, s)
}

// roomFor makes sure that nothing would be overwritten, and opens the database to
// restore into when that is not a file.
func (c *restoreCommand) roomFor(ctx context.Context, s *streams) (target, error) {
	if c.Database == "" {
		if _, err := os.Stat(filepath.Join(c.Data, db.FileName)); err == nil {
			return target{}, fmt.Errorf("there is a database in %s already; restore into a new folder", c.Data)
		}
		return target{}, nil
	}
	p, err := c.open(ctx, newLog(s.Err, false))
	if err != nil {
		return target{}, err
	}
	held, err := people.Organizations(ctx, p.DB.Everywhere())
	if err == nil && len(held) > 0 {
		err = errors.New("the database holds organizations already; restore into an empty one")
	}
	if err != nil {
		p.DB.Close()
	}
	return target{p.DB}, err
}

// target is the PostgreSQL database to restore into; nil for a file.
type target struct{ *db.DB }

// Close closes it if it is there.
func (t target) Close() {
	if t.DB != nil {
		t.DB.Close()
	}
}

// unpack brings a sound, migrated database and its files into the folder work, or
// says what is wrong with the backup. It tells backups of the earlier kind, which
// were the database alone.
func (c *restoreCommand) unpack(ctx context.Context, s *streams, work string) (earlier bool, err error) {
	file, err := os.Open(c.File)
	if err != nil {
		return false, err
	}
	defer file.Close()
	var seal archive.Seal
	in := bufio.NewReader(file)
	if head, _ := in.Peek(16); bytes.HasPrefix(head, []byte("SQLite format 3\x00")) {
		earlier, err = true, db.Restore(ctx, c.File, work)
	} else {
		seal, err = c.read(ctx, s, file, in, work)
	}
	if err != nil {
		return earlier, err
	}
	p, err := store{Data: work}.open(ctx, newLog(s.Err, false))
	if err != nil {
		return earlier, fmt.Errorf("bringing the backup up to date: %w", err)
	}
	defer p.DB.Close()
	if err := fits(ctx, p); err != nil || earlier {
		return earlier, err
	}
	return false, complete(ctx, p, seal)
}

// read unpacks an archive and says how far it is.
func (c *restoreCommand) read(ctx context.Context, s *streams, file *os.File, in io.Reader, work string) (archive.Seal, error) {
	name := filepath.Base(c.File)
	info, err := file.Stat()
	if err != nil {
		return archive.Seal{}, err
	}
	meter := newMeter(s.Err, calendar.SystemClock(), name)
	seal, err := archive.Unpack(counted{ctx, in, meter.of(info.Size(), "unpacking")}, work)
	meter.end()
	if err != nil {
		return seal, fmt.Errorf("%s %w", name, err)
	}
	return seal, db.CheckFile(ctx, filepath.Join(work, db.FileName))
}

// counted passes on what it reads, says how far it is, and ends when it is told to.
type counted struct {
	context.Context
	io.Reader
	heard func(bytes int64)
}

func (c counted) Read(into []byte) (int, error) {
	n, err := c.Reader.Read(into)
	c.heard(int64(n))
	return n, cmp.Or(c.Err(), err)
}
