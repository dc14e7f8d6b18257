package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"milepost/calendar"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/testworld"
	"milepost/people"
)

// demoCommand makes the demonstration company once, and serves it.
type demoCommand struct {
	Data   string `help:"Folder that holds the demonstration." type:"path" default:"${demo}" env:"MILEPOST_DEMO"`
	Listen string `help:"Address to listen on." default:"127.0.0.1:8080" env:"MILEPOST_LISTEN"`
	Fresh  bool   `help:"Start over: what was changed in the demonstration is lost."`
	Deals  int    `help:"How many deals." default:"4000" hidden:""`
}

// Run makes the demonstration where it is not there yet, and serves it.
func (c *demoCommand) Run(ctx context.Context, s *streams) error {
	clock := calendar.SystemClock()
	demo, err := c.prepare(ctx, s, clock())
	if err != nil {
		return err
	}
	p, err := store{Data: c.Data}.open(ctx, newLog(s.Err, false))
	if err != nil {
		return err
	}
	defer p.DB.Close()
	return serve(ctx, p, c.Listen, func(address string) { c.announce(ctx, s.Out, p, demo, address) })
}

// age says how old the demonstration is, for its history ends where it was made.
func age(madeAt, now calendar.Instant) string {
	switch days := int(now.Sub(madeAt) / (24 * time.Hour)); {
	case days < 1:
		return "The history ends today."
	case days == 1:
		return "Made a day ago, with what was changed since; --fresh makes it end today."
	default:
		return fmt.Sprintf("Made %d days ago, with what was changed since; --fresh makes it end today.", days)
	}
}

// prepare finds the demonstration in its folder, or makes it there.
func (c *demoCommand) prepare(ctx context.Context, s *streams, now calendar.Instant) (demonstration, error) {
	demo, found, err := readDemo(c.Data)
	if err != nil || found && demo.finished() && !c.Fresh {
		return demo, err
	}
	fmt.Fprintln(s.Out, "Making a company with two years of deals; this takes some seconds ...")
	making := c.Data + ".making"
	if err := discard(making); err != nil {
		return demo, err
	}
	if demo, err = makeDemo(ctx, making, now, c.Deals); err != nil {
		return demo, errors.Join(err, discard(making))
	}
	if err := discard(c.Data); err != nil {
		return demo, err
	}
	if err := os.Rename(making, c.Data); err != nil {
		return demo, fmt.Errorf("putting the demonstration into its place: %w", err)
	}
	return demo, nil
}

// makeDemo makes the company in a folder of its own, which is put into its place
// when all is done: what was cut off is never taken for finished.
func makeDemo(ctx context.Context, folder string, now calendar.Instant, deals int) (demonstration, error) {
	demo := demonstration{MadeAt: now}
	if err := demo.mark(folder); err != nil {
		return demo, err
	}
	p, err := store{Data: folder}.open(ctx, newLog(os.Stderr, false))
	if err != nil {
		return demo, err
	}
	truth, err := testworld.Company(ctx, p.DB, testworld.Options{Now: now, Seed: demoSeed, Deals: deals, Furnished: true})
	if err == nil {
		demo.Organization = truth.Organization.ID
		demo.Guides, err = makeGuides(ctx, p, truth)
	}
	if err = errors.Join(err, p.DB.Close()); err != nil {
		return demo, err
	}
	return demo, demo.mark(folder)
}

// demoSeed draws the demonstration; tests draw the same company and compare.
const demoSeed = 1

// makeGuides makes a sign-in link for each person through whose eyes to look.
func makeGuides(ctx context.Context, p slice.Program, truth testworld.Truth) ([]guide, error) {
	guides := []guide{
		{Person: truth.Rep, Look: "Her own deals, their history, and what to expect of the quarter."},
		{Person: truth.Manager, Look: "Her team in Benelux. Bram Peeters begins many deals; look at where they stop."},
		{Person: truth.Head, Look: "Everyone. Nordics wins most, Central Europe stalled last quarter, and the largest deal keeps slipping."},
		{Person: truth.Operations, Look: "Every deal, and the import of histories."},
	}
	by := ledger.By{Via: ledger.ViaCommand, At: p.Clock()}
	err := ledger.Record(ctx, p.DB.For(truth.Organization.ID), by, func(w *ledger.Writer) (err error) {
		for i := range guides {
			if guides[i].Token, err = people.DemonstrationLink(ctx, w, guides[i].Person); err != nil {
				return fmt.Errorf("making the sign-in links: %w", err)
			}
		}
		return nil
	})
	return guides, err
}

// announce says where to go, and as whom.
func (c *demoCommand) announce(ctx context.Context, out writer, p slice.Program, demo demonstration, address string) {
	fmt.Fprintf(out, "\n%s is ready at http://%s\n", testworld.Name, address)
	fmt.Fprintln(out, "Nobody in it exists. Sign in by one of these links, as often as you like:")
	for _, g := range demo.Guides {
		person, err := people.PersonOf(ctx, p.DB.For(demo.Organization), demo.Organization, g.Person)
		if err != nil || !person.Active() {
			continue // has left since: someone tried that
		}
		fmt.Fprintf(out, "\n  %s, %s\n  http://%s%s\n  %s\n", person.Name, person.Title, address, people.WelcomePath(g.Token), g.Look)
	}
	fmt.Fprintf(out, "\n%s\nIts data are in %s. Stop with Ctrl+C.\n", age(demo.MadeAt, p.Clock()), c.Data)
}
