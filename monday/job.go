package monday

import (
	"context"
	"fmt"
	"slices"
	"time"

	"milepost/calendar"
	"milepost/deals"
	"milepost/forecasts"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
)

// muchMoved is how many new entries have what is usual reckoned at once; fewer wait
// until an hour has passed.
const muchMoved = 5000

// reckon brings up to date what is usual, hourly and when the ledger moved much, and
// once a day how far off the methods were.
func (p *pages) reckon(ctx context.Context, d *db.DB, now calendar.Instant) error {
	o, err := people.OrganizationOf(ctx, d, d.Org())
	if err != nil {
		return fmt.Errorf("reading the organization: %w", err)
	}
	head, err := ledger.Head(ctx, d, d.Org())
	if err != nil {
		return fmt.Errorf("finding the end of the ledger: %w", err)
	}
	if err := reckonUsual(ctx, d, o, now, head); err != nil {
		return err
	}
	return p.reckonBias(ctx, d, o, now, head)
}

func reckonUsual(ctx context.Context, d *db.DB, o people.Organization, now calendar.Instant, head int64) error {
	last, err := reckonedOf(ctx, d, "usual")
	if err != nil {
		return err
	}
	today := calendar.DateOf(now, o.Place())
	since := head - last.Sequence
	sameDay := last.At != 0 && calendar.DateOf(last.At, o.Place()) == today // quarters are compared by the day
	if sameDay && since >= 0 && since < max(muchMoved, last.Sequence/20) && (since == 0 || now.Sub(last.At) < time.Hour) {
		return nil
	}
	r, err := usualOfAll(ctx, d, o, today)
	if err != nil {
		return fmt.Errorf("reckoning what is usual: %w", err)
	}
	return d.InTx(ctx, func(tx *db.DB) error {
		if err := replaceUsual(ctx, tx, r.usual()); err != nil {
			return err
		}
		if err := replaceTempos(ctx, tx, r.counter.tempos()); err != nil {
			return err
		}
		return noteReckoned(ctx, tx, "usual", reckoned{now, head})
	})
}

// factKinds are the kinds of entry from which it is told what is usual.
var factKinds = []ledger.Kind{deals.Created, deals.OwnerSet, deals.AttributeSet, deals.StageSet, deals.ActivityLogged, deals.CloseDateSet,
	deals.AmountSet, deals.Closed, deals.Reopened}

// usualOfAll reads what an organization's deals and people did, and says what of it is
// usual: every deal that ever was, one after the other.
func usualOfAll(ctx context.Context, d *db.DB, o people.Organization, today calendar.Date) (*reckoning, error) {
	stages, err := deals.StagesInUse(ctx, d, o.ID)
	if err != nil {
		return nil, fmt.Errorf("reading the stages: %w", err)
	}
	r := newReckoning(stages)
	r.counter = newCounter(o, today)
	err = dealByDeal(func(visit func(*ledger.Entry) error) error { return eachFact(ctx, d, factKinds, visit) }, func(entries []ledger.Entry) error {
		return r.take(entries[0].Opportunity, entries)
	})
	if err != nil {
		return nil, fmt.Errorf("reading what deals did: %w", err)
	}
	if err := readHabits(ctx, d, o, r); err != nil {
		return nil, err
	}
	return r, readPlans(ctx, d, o, r)
}

// readHabits reads on which days people recorded anything.
func readHabits(ctx context.Context, d *db.DB, o people.Organization, r *reckoning) error {
	place := o.Place()
	var who people.ID
	var on []calendar.Date
	err := eachHeard(ctx, d, func(h *did) error {
		if h.Person != who {
			r.heard(who, on)
			who, on = h.Person, nil
		}
		if day := calendar.DateOf(h.At, place); len(on) == 0 || on[len(on)-1] != day {
			on = append(on, day)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("reading what people recorded: %w", err)
	}
	r.heard(who, on)
	return nil
}

// periodsBack is how many periods before the present one are gone back to.
const periodsBack = 8

func (p *pages) reckonBias(ctx context.Context, d *db.DB, o people.Organization, now calendar.Instant, head int64) error {
	today := calendar.DateOf(now, o.Place())
	last, err := reckonedOf(ctx, d, "bias")
	if err != nil || last.At != 0 && calendar.DateOf(last.At, o.Place()) == today {
		return err
	}
	starts, any, err := p.oracle.memory.Starts(ctx, d, o)
	if err != nil {
		return err
	}
	var list []bias
	for _, span := range spans {
		if !any {
			break
		}
		asOfs, left := sameDays(o, span.Value, today, starts)
		if len(asOfs) < 2 {
			continue // one period is an anecdote
		}
		report, err := p.oracle.memory.Backtest(ctx, d, o, asOfs, left)
		if err != nil {
			return err
		}
		list = append(list, biasesOn(report, span.Value, len(asOfs))...)
	}
	return d.InTx(ctx, func(tx *db.DB) error {
		if err := replaceBiases(ctx, tx, list); err != nil {
			return err
		}
		return noteReckoned(ctx, tx, "bias", reckoned{now, head})
	})
}

// sameDays are the days of the periods before on which as much of the period was left
// as is today, as far as there was history enough to forecast so long.
func sameDays(o people.Organization, span string, today calendar.Date, starts calendar.Instant) ([]calendar.Instant, forecasts.Horizon) {
	of := map[string]func(calendar.Date) calendar.Period{"month": o.Fiscal().Month, "quarter": o.Fiscal().Quarter, "year": o.Fiscal().Year}[span]
	period := of(today)
	left := today.DaysUntil(period.Until)
	first := calendar.DateOf(starts, o.Place()).AddDays(max(left, 30))
	var asOfs []calendar.Instant
	for range periodsBack {
		period = of(period.From.AddDays(-1))
		if day := period.Until.AddDays(-left); day >= first {
			asOfs = append(asOfs, day.Midnight(o.Place()))
		}
	}
	slices.Reverse(asOfs)
	return asOfs, forecasts.Horizon(left)
}

func biasesOn(r *forecasts.Report, span string, cases int) []bias {
	var list []bias
	for _, m := range r.Methods {
		if len(m.Horizons) > 0 && m.Horizons[0].BiasWins != nil {
			list = append(list, bias{span, m.Name, int64(cases), *m.Horizons[0].BiasWins})
		}
	}
	return list
}
