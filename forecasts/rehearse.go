package forecasts

import (
	"context"
	"fmt"
	"slices"
	"time"

	"milepost/calendar"
	"milepost/forecasts/history"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
)

// What would have been said on earlier days teaches ranges and fills the record, long
// before the first quarter with Milepost has ended. It is made from what was recorded
// before each of those days, and marked.
const (
	rehearsedQuarters = 8
	rehearsedWeeks    = 16
	rehearsedDraws    = 1000
)

// beforeEnds are how many days before a quarter's end forecasts are judged.
var beforeEnds = []int{90, 60, 30, 7}

// rehearsalDays lists the earlier days for which a forecast is made, oldest first: 90, 60,
// 30 and 7 days before the ends of the last quarters, and the last Mondays.
func rehearsalDays(today calendar.Date, year calendar.Fiscal) []calendar.Date {
	var list []calendar.Date
	add := func(day calendar.Date) {
		if day < today {
			list = append(list, day)
		}
	}
	quarter := year.Quarter(today)
	for range rehearsedQuarters + 1 {
		for _, days := range beforeEnds {
			add(quarter.Until.AddDays(-days))
		}
		quarter = year.Quarter(quarter.From.AddDays(-1))
	}
	monday := today.AddDays(-(int(today.Time().Weekday()) + 6) % 7)
	for n := range rehearsedWeeks {
		add(monday.AddDays(-7 * n))
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// Rehearse makes forecasts for earlier days that have none, oldest first, for as long as it
// has time: a job that is called again goes on. It tells whether all are there; without any
// deal nothing is.
func Rehearse(ctx context.Context, d *db.DB, o people.Organization, now calendar.Instant, enough func() bool) (done bool, err error) {
	today := calendar.DateOf(now, o.Place())
	wanted := rehearsalDays(today, o.Fiscal())
	log, sequence, err := history.Read(ctx, d, o)
	if err != nil {
		return false, err
	}
	starts, any := log.Starts()
	if !any {
		return false, nil
	}
	k := &keeper{d, o, log, sequence, now}
	for _, method := range recordFirst(k.able(today)) {
		kept, err := keptDays(ctx, d, o.ID, method.Name(), today)
		if err != nil {
			return false, fmt.Errorf("listing kept forecasts: %w", err)
		}
		missing := slices.DeleteFunc(slices.Clone(wanted), func(day calendar.Date) bool {
			return slices.Contains(kept, day) || day.Midnight(o.Place()) <= starts
		})
		if done, err := k.rehearse(ctx, method, missing, enough); err != nil || !done {
			return false, err
		}
	}
	return true, nil
}

// recordFirst puts the method of record before the others: the pages wait for its ranges.
func recordFirst(methods []Method) []Method {
	names := make([]string, len(methods))
	for i, m := range methods {
		names[i] = m.Name()
	}
	at := OfRecord(names)
	return append([]Method{methods[at]}, slices.Delete(slices.Clone(methods), at, at+1)...)
}

// rehearse makes one method's forecasts of some days, in their order.
func (k *keeper) rehearse(ctx context.Context, method Method, days []calendar.Date, enough func() bool) (done bool, err error) {
	var c *course
	name := method.Name()
	for _, day := range days {
		if enough() || ctx.Err() != nil {
			return false, ctx.Err()
		}
		if !slices.ContainsFunc(k.able(day), func(m Method) bool { return m.Name() == name }) {
			continue
		}
		if c == nil {
			c = newCourse(k.log)
			if err := k.recall(ctx, c, name, day); err != nil {
				return false, err
			}
		}
		if err := k.keep(ctx, c, day, method, rehearsedDraws); err != nil {
			return false, err
		}
	}
	return true, nil
}

// rehearsing is the job's: it works for a while in each organization, every minute until
// all is there, then once a day.
type rehearsing struct {
	clock  calendar.Clock
	memory *Memory
	done   map[db.Org]upTo
}

// upTo is when all was there, and up to which entry of the ledger.
type upTo struct {
	day  calendar.Date
	head int64
}

// stint is how long it works at a time: a fifth of the time, so that pages have the rest.
const stint = 12 * time.Second

func (r *rehearsing) run(ctx context.Context, d *db.DB, now calendar.Instant) error {
	o, err := people.OrganizationOf(ctx, d, d.Org())
	if err != nil {
		return fmt.Errorf("reading the organization: %w", err)
	}
	today := calendar.DateOf(now, o.Place())
	head, err := ledger.Head(ctx, d, o.ID)
	if err != nil {
		return fmt.Errorf("finding the end of the ledger: %w", err)
	}
	if last := r.done[o.ID]; last.day == today && head-last.head < muchNew {
		return nil
	}
	done, err := Rehearse(ctx, d, o, now, func() bool { return r.clock().Sub(now) > stint })
	if done {
		r.done[o.ID] = upTo{today, head}
		r.memory.Renew(o.ID)
	}
	return err
}
