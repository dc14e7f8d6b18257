package main

import (
	"context"
	"errors"
	"fmt"

	"milepost/internal/ledger"
	"milepost/internal/slice"
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
		good, err := verifyOne(ctx, p, o, s.Out)
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

func verifyOne(ctx context.Context, p slice.Program, o people.Organization, out writer) (bool, error) {
	d := p.DB.For(o.ID)
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
	sound := true
	for _, capability := range capabilities(p) {
		if capability.Check == nil {
			continue
		}
		differences, err := capability.Check(ctx, d, o.ID)
		if err != nil {
			return false, fmt.Errorf("comparing %s with the ledger: %w", capability.Name, err)
		}
		for _, difference := range differences {
			fmt.Fprintf(out, "%s: %s: %s\n", o.Name, capability.Name, difference)
		}
		if len(differences) == 0 {
			fmt.Fprintf(out, "%s: %s agree with the ledger.\n", o.Name, capability.Name)
		}
		sound = sound && len(differences) == 0
	}
	return sound, nil
}
