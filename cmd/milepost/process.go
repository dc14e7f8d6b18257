package main

import (
	"context"
	"errors"
	"fmt"
	"text/tabwriter"

	"milepost/internal/ledger"
	"milepost/people"
	"milepost/process"
	"milepost/process/past"
)

// processCommand works on how the organization sells.
type processCommand struct {
	FromHistory fromHistoryCommand `cmd:"" help:"Find the process in the history of past deals, and keep it as a draft."`
}

// fromHistoryCommand makes a process of an imported history.
type fromHistoryCommand struct {
	store
	Organization string `help:"Name or id of the organization, where there are several." placeholder:"NAME"`
	Name         string `help:"What the process is called." default:"As the history has it" placeholder:"NAME"`
	Publish      bool   `help:"Publish it at once, and take on the open deals that follow no process."`
}

// Run finds the process, prints it and keeps it.
func (c *fromHistoryCommand) Run(ctx context.Context, s *streams) error {
	p, err := c.existing(ctx, newLog(s.Err, false))
	if err != nil {
		return err
	}
	defer p.DB.Close()
	o, err := organization(ctx, p, c.Organization)
	if err != nil {
		return err
	}
	d := p.DB.For(o.ID)
	found, err := past.Discover(ctx, d)
	if err != nil {
		return err
	}
	if len(found.Found) == 0 {
		return errors.New("the history here has no milestones, and no stages but the one in which deals begin, so there is nothing to find a process in")
	}
	if err := printDiscovery(s.Out, o, found); err != nil {
		return err
	}
	var made process.Process
	came := 0
	if err := ledger.Record(ctx, d, ledger.By{Via: ledger.ViaCommand, At: p.Clock()}, func(w *ledger.Writer) (err error) {
		made, came, err = found.Save(ctx, w, c.Name, c.Publish)
		return err
	}); err != nil {
		return plain(err)
	}
	printSaved(s.Out, found, &made, came)
	return nil
}

func printDiscovery(out writer, o people.Organization, f *past.Discovery) error {
	what := "milestones"
	if f.OnlyStages {
		what = "stages (it has no milestones)"
	}
	fmt.Fprintf(out, "%s: %d of %d deals have %s in their history.\n\n", o.Name, f.Deals, f.All, what)
	definition := f.Definition("-")
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprint(table, "phase\tmilestone\tdeals\tof won deals\tmedian days\t\n")
	fmt.Fprintf(table, "%s\t\t\t\t\t\n", definition.Phases[0].Name)
	for i := range f.Found {
		is := &f.Found[i]
		phase := ""
		if i == 0 || is.Phase != f.Found[i-1].Phase {
			phase = definition.Phases[is.Phase].Name
		}
		required := ""
		if is.Required {
			required = "required"
		}
		fmt.Fprintf(table, "%s\t%s\t%d\t%.0f%%\t%.1f\t%s\n", phase, is.Label, is.Deals, 100*is.Share, is.Days, required)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprint(out, "\nDays are from reaching the phase before, or from opening the deal. Required is what nine in ten won\n"+
		"deals have that went further.\n\n")
	return err
}

func printSaved(out writer, f *past.Discovery, p *process.Process, came int) {
	switch {
	case len(p.Versions) == 0:
		fmt.Fprintf(out, "Kept as the draft “%s”. Say what counts as proof of each milestone, then publish it, on the Process page.\n", p.Name())
	case f.OnlyStages:
		fmt.Fprintf(out, "Published “%s”. It is chosen by hand: stages show no milestones, so no open deal was taken on.\n", p.Name())
	default:
		fmt.Fprintf(out, "Published “%s” for every new deal; %d deals came along.\n", p.Name(), came)
	}
}
