package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"

	"milepost/calendar"
	"milepost/money/rates"
)

// ratesCommand imports a table of exchange rates.
type ratesCommand struct {
	store
	File         string `arg:"" help:"A CSV file, or cells parted by tabs; - reads standard input."`
	Organization string `help:"Name or id of the organization, where there are several." placeholder:"NAME"`
	Per          string `help:"Of a table with a column for each currency: each column says what one of this is worth." default:"EUR" placeholder:"CODE"`
	Only         string `help:"Take only these currencies, as USD,GBP. All, unless given." placeholder:"CODES"`
	Strict       bool   `help:"Keep nothing if one line is bad."`
}

// Run imports the table and says what came of it.
func (c *ratesCommand) Run(ctx context.Context, s *streams) error {
	p, err := c.existing(ctx, slog.New(slog.NewTextHandler(s.Err, nil)))
	if err != nil {
		return err
	}
	defer p.DB.Close()
	o, err := organization(ctx, p, c.Organization)
	if err != nil {
		return err
	}
	now := p.Clock()
	table := rates.Table{DB: p.DB, Org: o, Name: inputName(c.File), Strict: c.Strict, Now: now, Terms: rates.Terms{In: o.Currency, Today: calendar.DateOf(now, o.Place())}}
	if err := c.read(&table); err != nil {
		return &codedError{fmt.Errorf("%s: %w", c.File, plain(err)), exitNothing}
	}
	sum, err := table.Import(ctx)
	if err != nil {
		return &codedError{fmt.Errorf("%s: %w", c.File, plain(err)), exitNothing}
	}
	fmt.Fprint(s.Out, sum.String())
	switch {
	case sum.Refused || sum.Taken+sum.AlreadyThere == 0:
		return &codedError{nil, exitNothing}
	case len(sum.Rejected) > 0:
		return &codedError{nil, exitRejects}
	}
	return nil
}

// read reads the file, and how it is meant.
func (c *ratesCommand) read(t *rates.Table) error {
	var err error
	if t.Terms.Per, err = rates.ParseCode("per", c.Per); err != nil {
		return err
	}
	if t.Terms.Only, err = rates.ParseCodes("only", c.Only); err != nil {
		return err
	}
	in, _, err := openInput(c.File)
	if err != nil {
		return err
	}
	defer in.Close()
	text, err := io.ReadAll(io.LimitReader(in, 2*enough))
	if err != nil {
		return fmt.Errorf("reading: %w", err)
	}
	t.Text = string(text)
	return nil
}
