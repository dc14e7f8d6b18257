package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"milepost/internal/slice"
	"milepost/people"
	"milepost/targets"
)

// targetsCommand imports a table of targets.
type targetsCommand struct {
	store
	File         string `arg:"" help:"A CSV file, or cells parted by tabs; - reads standard input."`
	Organization string `help:"Name or id of the organization, where there are several." placeholder:"NAME"`
	In           string `help:"What the targets are counted in: a currency like EUR, or wins. The organization's currency, unless given." placeholder:"UNIT"`
	Team         bool   `help:"They are targets of managers' teams, not people's own."`
	Strict       bool   `help:"Set nothing if one line is bad."`
}

// Run imports the table and says what came of it.
func (c *targetsCommand) Run(ctx context.Context, s *streams) error {
	p, err := c.existing(ctx, slog.New(slog.NewTextHandler(s.Err, nil)))
	if err != nil {
		return err
	}
	defer p.DB.Close()
	o, err := organization(ctx, p, c.Organization)
	if err != nil {
		return err
	}
	sum, err := c.take(ctx, p, o)
	if err != nil {
		return &codedError{fmt.Errorf("%s: %w", c.File, plain(err)), exitNothing}
	}
	fmt.Fprint(s.Out, sum.String())
	switch {
	case sum.NothingTaken():
		return &codedError{nil, exitNothing}
	case sum.Rejected > 0:
		return &codedError{nil, exitRejects}
	}
	return nil
}

// enough is more than any table that is taken.
const enough = 4 << 20

func (c *targetsCommand) take(ctx context.Context, p slice.Program, o people.Organization) (sum targets.Summary, err error) {
	in, _, err := openInput(c.File)
	if err != nil {
		return sum, err
	}
	defer in.Close()
	text, err := io.ReadAll(io.LimitReader(in, enough))
	if err != nil {
		return sum, fmt.Errorf("reading: %w", err)
	}
	table := targets.Table{Program: p, Org: o, Name: inputName(c.File), Text: string(text),
		Measure: targets.Money(o.Currency), Scope: targets.Own, Strict: c.Strict}
	if c.Team {
		table.Scope = targets.Team
	}
	switch c.In {
	case "":
	case "wins":
		table.Measure = targets.Wins
	default:
		if table.Measure, err = targets.ParseMeasure(c.In); err != nil {
			return sum, errors.New("--in wants a currency like EUR, or wins")
		}
	}
	return table.Import(ctx)
}
