package forecasts

import (
	"context"
	"fmt"
	"strconv"

	"milepost/calendar"
	"milepost/forecasts/history"
	"milepost/internal/db"
)

const (
	// lessonsApart is how many days lie between kept forecasts that are read again at
	// least: neighbouring days tell the same.
	lessonsApart = 7
	// mostLessons is how many of them are read, the newest.
	mostLessons = 60
)

// recall adds what was kept of a method before a day to a course.
func (k *keeper) recall(ctx context.Context, c *course, method string, before calendar.Date) error {
	days, err := k.lessons(ctx, method, before)
	if err != nil {
		return err
	}
	return k.recallDays(ctx, c, method, days)
}

// lessons lists the days before one whose forecasts by a method are read again.
func (k *keeper) lessons(ctx context.Context, method string, before calendar.Date) ([]calendar.Date, error) {
	days, err := keptDays(ctx, k.db, k.org.ID, method, before)
	if err != nil {
		return nil, fmt.Errorf("listing kept forecasts: %w", err)
	}
	return apart(nil, days), nil
}

// apart chooses of days the newest of those that lie far enough from one another, and from
// the last of those before them.
func apart(before, days []calendar.Date) (chosen []calendar.Date) {
	for _, day := range days {
		last := calendar.Date("")
		if all := len(before) + len(chosen); len(chosen) > 0 {
			last = chosen[len(chosen)-1]
		} else if all > 0 {
			last = before[all-1]
		}
		if last == "" || last.DaysUntil(day) >= lessonsApart {
			chosen = append(chosen, day)
		}
	}
	return chosen[max(0, len(chosen)-mostLessons):]
}

// recallDays adds what was kept of a method on some days to a course: as it is now, or as
// it was at an edition.
func (k *keeper) recallDays(ctx context.Context, c *course, method string, days []calendar.Date) error {
	if len(days) == 0 {
		return nil
	}
	finder := k.log.Finder()
	return k.db.Snapshot(ctx, func(d *db.DB) error { // so that nothing is replaced meanwhile
		now, err := editionOf(ctx, d)
		if err != nil {
			return fmt.Errorf("counting what was replaced: %w", err)
		}
		c.edition = min(k.edition, now)
		replaced, err := replacedSince(ctx, d, method, c.edition)
		if err != nil {
			return fmt.Errorf("looking for what was replaced: %w", err)
		}
		for _, day := range days {
			var kept Frozen
			if edition, was := replaced[day]; was {
				kept, err = replacedAt(ctx, d, edition)
			} else {
				kept, err = FrozenOne(ctx, d, k.org.ID, day, method)
			}
			if err != nil {
				return fmt.Errorf("reading the kept forecast of %s: %w", day, err)
			}
			if err := c.recall(&kept, finder, k.now); err != nil {
				return err
			}
		}
		return nil
	})
}

// recall adds a kept forecast to the course; a deal that is no longer there is left out.
func (c *course) recall(frozen *Frozen, finder *history.Finder, known calendar.Instant) error {
	kept, err := frozen.Unpack()
	if err != nil {
		return err
	}
	t := &trial{said: [][][]Odds{make([][]Odds, len(steadyHorizons))}}
	var deals []int32
	parts := t.staff.employ(kept.Deals)
	for i := range kept.Deals {
		d := &kept.Deals[i]
		at, is := finder.Deal(d.External, d.ID)
		if !is {
			continue
		}
		deals = append(deals, at)
		t.staff.part = append(t.staff.part, parts[d.Owner])
		t.price(d)
		for j, h := range steadyHorizons {
			if odds, has := d.Methods[frozen.Method][h.String()]; has {
				t.said[0][j] = append(t.said[0][j], odds)
			}
		}
	}
	c.add(frozen.AsOf, t, deals, known)
	return nil
}

// employ makes the parts of the owners, as staffing does when a forecast is made.
func (s *staffing) employ(deals []KeptDeal) map[string]int {
	parts := map[string]int{"": 0}
	for i := range deals {
		parts[deals[i].Owner] = 0
	}
	s.build(parts)
	return parts
}

func (t *trial) price(d *KeptDeal) {
	currency, amount := "", 0.0
	if d.Amount != "" && d.Currency != "" {
		currency = d.Currency
		amount, _ = strconv.ParseFloat(d.Amount, 64) // written by us
	}
	t.currency, t.amount = append(t.currency, currency), append(t.amount, amount)
}

// days are the days of the course's forecasts.
func (c *course) days() (list []calendar.Date) {
	for _, l := range c.lessons {
		list = append(list, calendar.DateOf(l.at, c.log.Place()))
	}
	return list
}
