package forecasts

import (
	"context"
	"fmt"
	"slices"

	"milepost/calendar"
	"milepost/forecasts/history"
	"milepost/internal/db"
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

// Rehearse makes forecasts for earlier days that have none, or an outdated one, oldest first,
// for as long as it has time: a job that is called again goes on. It tells whether all are
// there; without any deal nothing is.
func Rehearse(ctx context.Context, d *db.DB, o people.Organization, now calendar.Instant, enough func() bool) (done bool, err error) {
	today := calendar.DateOf(now, o.Place())
	log, sequence, err := history.Read(ctx, d, o)
	if err != nil {
		return false, err
	}
	starts, any := log.Starts()
	if !any {
		return false, nil
	}
	if _, err := outdate(ctx, d, sequence); err != nil {
		return false, err
	}
	k := newKeeper(d, o, log, sequence, now)
	wanted := slices.DeleteFunc(rehearsalDays(today, o.Fiscal()), func(day calendar.Date) bool { return day.Midnight(o.Place()) <= starts })
	for _, method := range inTurn(k.able(today)) {
		if done, err := k.rehearse(ctx, method, wanted, today, enough); err != nil || !done {
			return false, err
		}
	}
	return true, nil
}

// inTurn puts the simple methods first, which take no time and are what all others are held
// against, and then the method of record: the pages wait for its ranges.
func inTurn(methods []Method) []Method {
	names := make([]string, len(methods))
	for i, m := range methods {
		names[i] = m.Name()
	}
	simple := len(Methods())
	if at := OfRecord(names); at > simple {
		of := methods[at]
		methods = slices.Insert(slices.Delete(slices.Clone(methods), at, at+1), simple, of)
	}
	return methods
}

// rehearse makes one method's forecasts of the days that have none, and those that are
// outdated, in their order: each learns from those before it.
func (k *keeper) rehearse(ctx context.Context, method Method, wanted []calendar.Date, today calendar.Date, enough func() bool) (done bool, err error) {
	name := method.Name()
	kept, err := keptDays(ctx, k.db, k.org.ID, name, today)
	if err != nil {
		return false, fmt.Errorf("listing kept forecasts: %w", err)
	}
	days, err := outdatedDays(ctx, k.db, name)
	if err != nil {
		return false, fmt.Errorf("listing outdated forecasts: %w", err)
	}
	fresh := without(kept, days)
	days = append(days, without(wanted, kept)...)
	slices.Sort(days)
	c := newCourse(k.log)
	for _, day := range days {
		if enough() || ctx.Err() != nil {
			return false, ctx.Err()
		}
		if !slices.ContainsFunc(k.able(day), func(m Method) bool { return m.Name() == name }) {
			continue
		}
		at, _ := slices.BinarySearch(fresh, day)
		if err := k.recallDays(ctx, c, name, apart(c.days(), fresh[:at])); err != nil {
			return false, err
		}
		fresh = fresh[at:]
		if err := k.keep(ctx, c, day, method, rehearsedDraws); err != nil {
			return false, err
		}
	}
	return true, nil
}

// without are the days of a list that are not in another.
func without(list, other []calendar.Date) (left []calendar.Date) {
	for _, day := range list {
		if !slices.Contains(other, day) {
			left = append(left, day)
		}
	}
	return left
}
