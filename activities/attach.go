package activities

import (
	"context"
	"os"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
)

const noFile = "There is no such file, or it is not yours to see."

// attach keeps what was received with a deal. The content takes its place while the
// place in the ledger is held, so that nobody who removes the last reference to the
// same content erases it under our hands.
func (v vault) attach(ctx context.Context, w *ledger.Writer, viewer *people.Viewer, deal deals.ID, name string, c *content) (ID, error) {
	pen, err := takeUp(ctx, w, viewer, deal)
	if err != nil {
		return "", err
	}
	name = cleanFileName(name)
	kind, err := sniff(name, c.head)
	if err != nil {
		return "", err
	}
	if err := v.keep(w.DB.Org(), c); err != nil {
		return "", err
	}
	id, err := pen.add(FileAttached, "", paper{Fact: deals.Fact{Name: name}, Hash: c.hash, Size: c.size, Type: kind})
	if err != nil {
		return "", err
	}
	return id, pen.putDown(ctx)
}

// RemoveFile takes a file from its deal. That it was there stays in the ledger; its
// content is erased by ForgetContent once nothing refers to it.
func RemoveFile(ctx context.Context, w *ledger.Writer, v *people.Viewer, id ID) (File, error) {
	row, err := fileTable.one(ctx, w.DB, id, noFile)
	if err != nil {
		return row, err
	}
	pen, err := takeUp(ctx, w, v, row.Deal)
	if err != nil {
		return row, hidden(err, noFile)
	}
	found, err := findIn(pen.Files, fileTable.id, id, noFile)
	if err != nil {
		return row, err
	}
	file := *found
	switch {
	case !file.maySee(v, pen.deal.Owner):
		return file, problem.NotFound(noFile)
	case file.RemovedAt != 0:
		return file, problem.NotFound("This file was removed already.")
	case !file.mayRemove(v):
		return file, problem.Forbidden("Only whoever attached the file, or answers for them, can remove it.")
	}
	if _, err := pen.add(FileRemoved, id, deals.Fact{Confidential: file.Confidential == 1}); err != nil {
		return file, err
	}
	return file, pen.putDown(ctx)
}

// forget erases a content if nothing refers to it any more, and no backup needs it
// for a moment. The place in the ledger is held meanwhile: nobody can attach the same
// content until it is gone.
func (v vault) forget(ctx context.Context, d *db.DB, hash string, now calendar.Instant) error {
	return ledger.Record(ctx, d, ledger.By{Via: ledger.ViaJob, At: now}, func(w *ledger.Writer) error {
		used, err := contentUsed(ctx, w.DB, hash)
		if err != nil || used || v.held(now) {
			return err
		}
		return v.erase(w.DB.Org(), hash)
	})
}

// sweep erases contents that nothing refers to: of uploads that were cut off, of
// removals after which the program was stopped, and of erased entries.
func (v vault) sweep(ctx context.Context, d *db.DB, now calendar.Instant) error {
	return v.strays(d.Org(), now, func(path, hash string) error {
		if hash == "" {
			return os.Remove(path)
		}
		return v.forget(ctx, d, hash, now)
	})
}
