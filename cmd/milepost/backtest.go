package main

import (
	"context"
	"fmt"
	"text/tabwriter"

	"milepost/calendar"
	"milepost/forecasts"
	"milepost/forecasts/history"
	"milepost/people"
)

// backtestCommand tells how well the methods would have forecast in the past.
type backtestCommand struct {
	store
	Organization string   `help:"Name or id of the organization, where there are several." placeholder:"NAME"`
	AsOf         []string `help:"The instants to go back to: dates, or instants, parted by commas." placeholder:"T1,T2" xor:"when"`
	From         string   `help:"The first of a row of instants." placeholder:"T" xor:"when"`
	To           string   `help:"The last of them, at the latest; the end of the history, unless given." placeholder:"T"`
	Every        string   `help:"The days between them." default:"7d" placeholder:"7d"`
	Horizons     string   `help:"How many days ahead, as 7d,14d,30d." default:"7d,14d,30d"`
	JSON         bool     `name:"json" help:"Print JSON and nothing else."`
	Rows         string   `help:"Write what the figures rest on into this new folder, so that another program can work them out again." placeholder:"FOLDER"`
}

// mostAsOfs keeps a slip of the pen from becoming a day's work.
const mostAsOfs = 5000

// Run goes back in time and prints the scores.
func (c *backtestCommand) Run(ctx context.Context, s *streams) error {
	horizons, err := forecasts.ParseHorizons(c.Horizons)
	if err != nil {
		return err
	}
	p, err := c.existing(ctx, newLog(s.Err, false))
	if err != nil {
		return err
	}
	defer p.DB.Close()
	o, log, err := historyOf(ctx, p, c.Organization, s.Err)
	if err != nil {
		return err
	}
	asOfs, err := c.asOfs(log)
	if err != nil {
		return err
	}
	r, rows, err := forecasts.BacktestRows(ctx, log, asOfs, horizons, forecasts.Backtested(), func(done, of int) {
		fmt.Fprintf(s.Err, "\rGoing back in time: %d of %d", done, of)
	})
	fmt.Fprintln(s.Err)
	if err != nil {
		return err
	}
	if c.Rows != "" {
		if err := writeRows(c.Rows, rows, s.Err); err != nil {
			return err
		}
	}
	if c.JSON {
		return printJSON(s.Out, r)
	}
	return printReport(s.Out, o, r)
}

// asOfs lists the instants that were asked for.
func (c *backtestCommand) asOfs(log *history.Log) ([]calendar.Instant, error) {
	var list []calendar.Instant
	for _, text := range c.AsOf {
		at, err := moment("--as-of", text, log)
		if err != nil {
			return nil, err
		}
		list = append(list, at)
	}
	switch {
	case len(list) > 0:
		return list, nil
	case c.From == "":
		return nil, fmt.Errorf("say which instants to go back to: --as-of T1,T2 or --from T --to T --every 7d")
	}
	from, err := moment("--from", c.From, log)
	if err != nil {
		return nil, err
	}
	to := log.Known()
	if c.To != "" {
		if to, err = moment("--to", c.To, log); err != nil {
			return nil, err
		}
	}
	if to < from {
		return nil, fmt.Errorf("--to %s is before --from %s", to, from)
	}
	steps, err := forecasts.ParseHorizons(c.Every)
	if err != nil || len(steps) != 1 {
		return nil, fmt.Errorf("--every wants whole days like 7d, not %q", c.Every)
	}
	for at := from; at <= to; {
		list = append(list, at)
		if len(list) > mostAsOfs {
			return nil, fmt.Errorf("that is more than %d instants; choose a longer --every", mostAsOfs)
		}
		at = calendar.InstantOf(from.In(log.Place()).AddDate(0, 0, len(list)*int(steps[0])))
	}
	return list, nil
}

// printReport prints a line for each method and horizon.
func printReport(out writer, o people.Organization, r *forecasts.Report) error {
	fmt.Fprintf(out, "%s, %d times between %s and %s\n\n", o.Name, len(r.AsOf), dayText(r.AsOf[0], o), dayText(r.AsOf[len(r.AsOf)-1], o))
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	amount := "amount WAPE"
	if r.Currency != "" {
		amount = r.Currency + " WAPE"
	}
	fmt.Fprintf(table, "method\tdays\tn\tBrier\tlog loss\tskill\tAUC\tno action\tslope\toffset\twins WAPE\tby chance\twins bias\t%s\tby chance\t80%% held\tof owners\t\n", amount)
	for _, m := range r.Methods {
		for _, h := range m.Horizons {
			fmt.Fprintf(table, "%s\t%d\t%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t\n", m.Name, h.Days, h.N,
				scoreText("%.4f", h.Brier), scoreText("%.4f", h.LogLoss), scoreText("%+.3f", h.SkillPastYield), scoreText("%.3f", h.AUC), scoreText("%.3f", h.NoActionAUC),
				scoreText("%.2f", h.CalibrationSlope), scoreText("%+.2f", h.CalibrationOffset),
				percentText("%.1f%%", h.WAPEWins), percentText("%.1f%%", h.FloorWins), percentText("%+.1f%%", h.BiasWins), percentText("%.1f%%", h.WAPEAmount), percentText("%.1f%%", h.FloorAmount),
				heldText(&h.RangeScores), heldText(&h.Owners))
		}
	}
	if err := table.Flush(); err != nil {
		return err
	}
	for _, m := range r.Methods {
		if m.Note != "" {
			fmt.Fprintf(out, "\n%s: %s\n", m.Name, m.Note)
		}
		for _, warning := range m.Warnings {
			fmt.Fprintf(out, "\n%s: %s\n", m.Name, warning)
		}
	}
	_, err := fmt.Fprint(out, "\nOf deals open at each of these times, whether they were won within so many days; n counts them.\n"+
		"Brier and log loss: smaller is better. Skill is against past yield: above 0 is better than it.\n"+
		"AUC: how well it tells those that were won from the others; no action: those that ended in no action.\n"+
		"WAPE: the misses of the totals, added up, as a part of what came; by chance: as far off they are where every chance is right.\n"+
		"80% held: in how many of the times the 80% range of the wins held what came, for the company and for owners with a\n"+
		"handful of open deals; in brackets how often it should have, for a range of whole numbers holds more than its name says.\n"+
		"A time whose days reach beyond the end of the history is left out for those days.\n")
	return err
}

func dayText(at calendar.Instant, o people.Organization) string {
	return calendar.DateOf(at, o.Place()).Long()
}

// heldText is how often 80 % ranges held, and how often they said they would.
func heldText(r *forecasts.RangeScores) string {
	if r.Coverage80 == nil || r.Mass80 == nil {
		return "-"
	}
	return fmt.Sprintf("%.0f%% (%.0f%%) of %d", 100**r.Coverage80, 100**r.Mass80, r.Totals)
}

func scoreText(form string, value *float64) string {
	if value == nil {
		return "-"
	}
	return fmt.Sprintf(form, *value)
}

func percentText(form string, value *float64) string {
	if value == nil {
		return "-"
	}
	return fmt.Sprintf(form, 100**value)
}
