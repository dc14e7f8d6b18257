package audits

import (
	"context"
	"fmt"
	"slices"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/process"
)

// DrawWeek draws the sample of the week of an instant, unless it was drawn. It is run
// often and works once a week: on Monday, or later when the program did not run then.
// Weeks in which it did not run at all are not drawn afterwards; their claims wait for
// the next draw.
func DrawWeek(ctx context.Context, d *db.DB, at calendar.Instant) error {
	o, err := people.OrganizationOf(ctx, d, d.Org())
	if err != nil {
		return fmt.Errorf("reading the organization: %w", err)
	}
	now := deals.Now{At: at, Place: o.Place()}
	week := Monday(at, now)
	if done, err := isDrawn(ctx, d, week); err != nil || done {
		return err
	}
	library, err := process.ReadLibrary(ctx, d)
	if err != nil || !slices.ContainsFunc(library, func(p process.Process) bool { return p.Newest() != nil }) {
		return err
	}
	return ledger.Record(ctx, d, ledger.By{Via: ledger.ViaJob, At: at}, func(w *ledger.Writer) error {
		if done, err := isDrawn(ctx, w.DB, week); err != nil || done {
			return err
		}
		return draw(ctx, w, week, now)
	})
}

// draw draws a week, in the writer's transaction.
func draw(ctx context.Context, w *ledger.Writer, week calendar.Date, now deals.Now) error {
	standing, err := claims(ctx, w.DB)
	if err != nil {
		return fmt.Errorf("reading the claims that stand: %w", err)
	}
	return DrawFrom(ctx, w, week, now, standing)
}

// DrawFrom draws a week from the claims that stand and that no audit is about yet, in
// the writer's transaction.
func DrawFrom(ctx context.Context, w *ledger.Writer, week calendar.Date, now deals.Now, standing []Claim) error {
	past, err := pasts(ctx, w.DB)
	if err != nil {
		return fmt.Errorf("reading how audits ended: %w", err)
	}
	chosen := Draw(w.DB.Org(), week, now, standing, past)
	e, err := w.Add(WeekDrawn, string(week), "", now.At, WeekFact{len(standing), len(chosen)})
	if err != nil {
		return err
	}
	if err := insertWeek(ctx, w.DB, Week{week, now.At, int64(len(standing)), int64(len(chosen)), e.Sequence}); err != nil {
		return fmt.Errorf("noting that a week was drawn: %w", err)
	}
	return record(ctx, w, week, chosen)
}

// atOnce is how many deals are held in memory while claims of many are drawn.
const atOnce = 500

// record writes what was drawn, and lets the rows of the deals count it.
func record(ctx context.Context, w *ledger.Writer, week calendar.Date, chosen []Choice) error {
	byDeal, place := map[deals.ID][]Fact{}, map[people.ID]int{}
	var order []deals.ID
	for _, c := range chosen {
		if len(byDeal[c.Deal]) == 0 {
			order = append(order, c.Deal)
		}
		place[c.Rep]++
		byDeal[c.Deal] = append(byDeal[c.Deal], Fact{Fact: deals.Fact{Name: string(c.Milestone), Value: c.Name, Reason: c.Why, Person: c.Rep},
			Week: week, Place: place[c.Rep], ClaimedAt: c.ClaimedAt})
	}
	for part := range slices.Chunk(order, atOnce) {
		entries, err := entriesOf(ctx, w.DB, part)
		if err != nil {
			return err
		}
		all := map[deals.ID][]Audit{}
		for _, id := range part {
			for _, fact := range byDeal[id] {
				name := w.DB.NewID(w.By.At)
				e, err := w.AddAs(ledger.Entry{ID: name, RecordedAt: w.By.At, EffectiveAt: w.By.At, Kind: Drawn, Subject: name, Opportunity: string(id)}, fact)
				if err != nil {
					return err
				}
				entries[id] = append(entries[id], e)
			}
			if all[id], err = Fold(entries[id]); err != nil {
				return err
			}
		}
		if err := deals.Rewrite(ctx, w.DB, entries, part, nil); err != nil {
			return fmt.Errorf("writing deals: %w", err)
		}
		if err := settle(ctx, w.DB, all); err != nil {
			return err
		}
	}
	return nil
}

func entriesOf(ctx context.Context, d *db.DB, list []deals.ID) (map[deals.ID][]ledger.Entry, error) {
	names := make([]string, len(list))
	for i, id := range list {
		names[i] = string(id)
	}
	entries, err := ledger.OfOpportunities(ctx, d, d.Org(), names)
	byDeal := make(map[deals.ID][]ledger.Entry, len(list))
	for _, e := range entries {
		byDeal[deals.ID(e.Opportunity)] = append(byDeal[deals.ID(e.Opportunity)], e)
	}
	return byDeal, err
}
