package main

import (
	"context"
	"encoding/json"
	"fmt"
	"text/tabwriter"

	"milepost/calendar"
	"milepost/forecasts"
	"milepost/forecasts/history"
	"milepost/internal/slice"
	"milepost/people"
)

// forecastCommand prints what every method says about every open deal.
type forecastCommand struct {
	store
	Organization string `help:"Name or id of the organization, where there are several." placeholder:"NAME"`
	AsOf         string `help:"The instant to forecast from: a date, which means its first moment in the organization's time zone, or 2026-01-31T09:30:00Z. Now, unless given." placeholder:"T"`
	Horizons     string `help:"How many days ahead, as 7d,14d,30d." default:"7d,14d,30d"`
	ID           string `name:"id" help:"Work the figures of a forecast page out again: the id at its foot. Prints JSON." placeholder:"ID"`
	JSON         bool   `name:"json" help:"Print JSON and nothing else."`
}

// Run reads the ledger, asks the methods, and prints.
func (c *forecastCommand) Run(ctx context.Context, s *streams) error {
	if c.ID != "" {
		return c.again(ctx, s)
	}
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
	asOf := p.Clock()
	if c.AsOf != "" {
		if asOf, err = moment("--as-of", c.AsOf, log); err != nil {
			return err
		}
	}
	f := forecasts.Say(log, asOf, horizons, forecasts.Methods())
	if c.JSON {
		return printJSON(s.Out, f)
	}
	return printForecast(s.Out, o, f)
}

// again works the figures of a page out again.
func (c *forecastCommand) again(ctx context.Context, s *streams) error {
	mark, err := forecasts.ParseMark(c.ID)
	if err != nil {
		return err
	}
	p, err := c.existing(ctx, newLog(s.Err, false))
	if err != nil {
		return err
	}
	defer p.DB.Close()
	o, err := organization(ctx, p, c.Organization)
	if err != nil {
		return err
	}
	text, err := forecasts.Reproduce(ctx, p.DB.For(o.ID), o, mark)
	if err != nil {
		return err
	}
	_, err = s.Out.Write(append(text, '\n'))
	return err
}

// historyOf chooses the organization and reads its log, saying so while it lasts.
func historyOf(ctx context.Context, p slice.Program, named string, errOut writer) (people.Organization, *history.Log, error) {
	o, err := organization(ctx, p, named)
	if err != nil {
		return o, nil, err
	}
	fmt.Fprintf(errOut, "Reading the history of %s ...\n", o.Name)
	log, _, err := history.Read(ctx, p.DB.For(o.ID), o)
	if err != nil {
		return o, nil, err
	}
	fmt.Fprintf(errOut, "%d deals, %d facts.\n", log.Deals(), log.Facts())
	return o, log, nil
}

// moment reads an as-of and refuses one at which nothing was known yet.
func moment(flag, text string, log *history.Log) (calendar.Instant, error) {
	at, err := calendar.ParseMoment(text, log.Place())
	if err != nil {
		return 0, fmt.Errorf("%s: %w", flag, err)
	}
	first, any := log.Starts()
	if !any {
		return 0, fmt.Errorf("there are no deals here yet, so there is nothing to forecast; import a history, or create the first deal")
	}
	if at <= first {
		return 0, fmt.Errorf("%s: the history begins at %s; as of %s nothing was known yet", flag, first, text)
	}
	return at, nil
}

func printJSON(out writer, value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("packing the answer: %w", err)
	}
	_, err = out.Write(append(text, '\n'))
	return err
}

// printForecast prints what is expected, then every open deal.
func printForecast(out writer, o people.Organization, f *forecasts.Forecast) error {
	fmt.Fprintf(out, "%s, as of %s: %d open deals\n\n", o.Name, f.AsOf.In(o.Place()).Format("2 January 2006 15:04 MST"), len(f.Deals))
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	totals := f.Totals()
	fmt.Fprint(table, "EXPECTED WINS\tMETHOD")
	for _, h := range f.Horizons {
		fmt.Fprintf(table, "\t%s", h)
	}
	fmt.Fprintln(table)
	printSums(table, "company", totals.Company)
	for _, owner := range totals.Owners {
		name := owner.Name
		if name == "" {
			name = "(no owner)"
		}
		printSums(table, name, owner.Value)
	}
	fmt.Fprint(table, "\t\nDEAL\tOWNER\tSTAGE\tAMOUNT")
	for _, m := range f.Methods {
		for _, h := range f.Horizons {
			fmt.Fprintf(table, "\t%s %s", m, h)
		}
	}
	fmt.Fprintln(table)
	for i := range f.Deals {
		printDeal(table, f, i)
	}
	return table.Flush()
}

func printSums(table writer, who string, byMethod forecasts.Ordered[forecasts.Ordered[forecasts.Sum]]) {
	for _, method := range byMethod {
		fmt.Fprintf(table, "%s\t%s", who, method.Name)
		for _, sum := range method.Value {
			fmt.Fprintf(table, "\t%.1f", sum.Value.Wins)
			for _, part := range sum.Value.ByCurrency {
				fmt.Fprintf(table, ", %s %.0f", part.Name, part.Value.Amount)
			}
		}
		fmt.Fprintln(table)
	}
}

func printDeal(table writer, f *forecasts.Forecast, i int) {
	d := &f.Deals[i]
	name, amount := d.External, "-"
	if name == "" {
		name = d.ID
	}
	if known, has := f.Money(d); has {
		amount = known.String()
	}
	fmt.Fprintf(table, "%s\t%s\t%s\t%s", name, orDash(f.Name(d.Owner)), orDash(f.Name(d.Stage)), amount)
	for m := range f.Methods {
		for j := range f.Horizons {
			fmt.Fprintf(table, "\t%.1f%%", 100*f.Odds[m][j][i].Won)
		}
	}
	fmt.Fprintln(table)
}

func orDash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}
