package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"milepost/calendar"
	"milepost/imports"
	"milepost/internal/slice"
	"milepost/money"
	"milepost/people"
	"milepost/problem"
)

// importCommand brings in what an organization knows already.
type importCommand struct {
	History historyCommand `cmd:"" help:"Import the log of past deals (opportunity,at,kind,name,value), plain or packed with gzip."`
	Rates   ratesCommand   `cmd:"" help:"Import exchange rates as central banks publish them: a date and a column for each currency, or date, currency and rate."`
	Targets targetsCommand `cmd:"" help:"Import targets: a table with person, month and amount, or person and a column for each month."`
}

// historyCommand imports histories, one file after another.
type historyCommand struct {
	store
	Files        []string `arg:"" name:"file" help:"A CSV file, plain or gzip; - reads standard input."`
	Organization string   `help:"Name of the organization. In a new data folder it is made." placeholder:"NAME"`
	TimeZone     string   `help:"Time zone of an organization that is made." default:"UTC" placeholder:"ZONE"`
	Strict       bool     `help:"Take nothing of a file if one line of it is bad."`
}

// The exit codes beside 0, which says that every line was taken.
const (
	exitNothing = 1 // nothing was taken
	exitRejects = 3 // imported, but some lines were rejected
)

// Run imports the files and says what came of each.
func (c *historyCommand) Run(ctx context.Context, s *streams) error {
	if _, err := calendar.LoadPlace(c.TimeZone); err != nil {
		return &codedError{err, exitNothing}
	}
	p, err := c.open(ctx, slog.New(slog.NewTextHandler(s.Err, nil)))
	if err != nil {
		return err
	}
	defer p.DB.Close()
	code, taken := 0, false
	for _, file := range c.Files {
		sum, err := c.one(ctx, s, p, file)
		if err != nil {
			return &codedError{fmt.Errorf("%s: %w", file, plain(err)), exitNothing}
		}
		taken = taken || !sum.NothingTaken()
		if sum.Rejected > 0 {
			code = exitRejects
		}
	}
	if !taken {
		code = exitNothing
	}
	if code != 0 {
		return &codedError{nil, code}
	}
	return nil
}

// plain drops what only a program wants to know from a refusal.
func plain(err error) error {
	if p, ok := problem.Of(err); ok {
		return p
	}
	if errors.Is(err, context.Canceled) {
		return errors.New("stopped; what was written is whole, and the same command continues")
	}
	return err
}

func (c *historyCommand) one(ctx context.Context, s *streams, p slice.Program, path string) (imports.Summary, error) {
	in, size, err := openInput(path)
	if err != nil {
		return imports.Summary{}, err
	}
	defer in.Close()
	i := &imports.Import{Program: p, Name: inputName(path), Strict: c.Strict}
	if i.Org, i.Found, err = c.target(ctx, p, path); err != nil {
		return imports.Summary{}, err
	}
	bar := imports.NewBar(s.Err, p.Clock, i.Name)
	i.Progress = bar.Show
	sum, err := imports.Conduct(ctx, i, in, size)
	bar.End()
	if err == nil {
		fmt.Fprint(s.Out, sum.String())
	}
	return sum, err
}

// target is the organization to import into, or how it is made when there is none.
func (c *historyCommand) target(ctx context.Context, p slice.Program, path string) (people.Organization, func(context.Context, money.Currency) (people.Organization, error), error) {
	all, err := people.Organizations(ctx, p.DB.Everywhere())
	if err != nil {
		return people.Organization{}, nil, err
	}
	if len(all) > 0 {
		o, err := organization(ctx, p, c.Organization)
		return o, nil, err
	}
	o := people.Organization{Name: c.Organization, TimeZone: c.TimeZone, FiscalStart: 1, CreatedAt: p.Clock()}
	if o.Name == "" {
		o.Name = nameFromFile(path)
	}
	return people.Organization{}, func(ctx context.Context, in money.Currency) (people.Organization, error) {
		o.Currency = in
		return people.Found(ctx, p.DB, o)
	}, nil
}

func openInput(path string) (io.ReadCloser, int64, error) {
	if path == "-" {
		return os.Stdin, 0, nil
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	info, err := file.Stat()
	if err != nil {
		return nil, 0, err
	}
	if info.IsDir() {
		file.Close()
		return nil, 0, errors.New("this is a folder; name the files in it")
	}
	return file, info.Size(), nil
}

func inputName(path string) string {
	if path == "-" {
		return "standard input"
	}
	return filepath.Base(path)
}

// nameFromFile names an organization that nobody named: "bpic2012 history".
func nameFromFile(path string) string {
	name := strings.TrimSuffix(strings.TrimSuffix(inputName(path), ".gz"), ".csv")
	name = strings.TrimSpace(strings.NewReplacer("_", " ", "-", " ").Replace(name))
	if name == "" || path == "-" {
		return "My organization"
	}
	return name
}
