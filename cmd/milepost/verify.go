package main

import (
	"context"
	"errors"
	"fmt"

	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
)

// verifyCommand recomputes the ledger of every organization and compares the tables
// with it.
type verifyCommand struct {
	store
}

// Run names the first entry that does not fit, and ends with 4 when one does not.
func (c *verifyCommand) Run(ctx context.Context, s *streams) error {
	p, err := c.existing(ctx, newLog(s.Err, false))
	if err != nil {
		return err
	}
	defer p.DB.Close()
	all, err := people.Organizations(ctx, p.DB.Everywhere())
	if err != nil {
		return err
	}
	sound := true
	for _, o := range all {
		good, err := verifyOne(ctx, p.DB.For(o.ID), o, s.Out)
		if err != nil {
			return err
		}
		sound = sound && good
	}
	if len(all) == 0 {
		fmt.Fprintln(s.Out, "There is no organization here yet; nothing to verify.")
	}
	if !sound {
		return &codedError{errors.New("the records do not verify"), 4}
	}
	return nil
}

func verifyOne(ctx context.Context, d *db.DB, o people.Organization, out writer) (bool, error) {
	entries, err := ledger.Verify(ctx, d, o.ID)
	var misfit *ledger.Misfit
	if errors.As(err, &misfit) {
		fmt.Fprintf(out, "%s: %v\n", o.Name, misfit)
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("verifying %s: %w", o.Name, err)
	}
	fmt.Fprintf(out, "%s: all %d entries of the ledger fit.\n", o.Name, entries)
	return true, nil
}
