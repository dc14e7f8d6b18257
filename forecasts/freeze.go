package forecasts

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"milepost/calendar"
	"milepost/forecasts/history"
	"milepost/forecasts/landmark"
	"milepost/internal/db"
	"milepost/people"
)

// steadyHorizons are frozen every day, beside those to the ends of the periods, so
// that days can be compared and ranges can learn.
var steadyHorizons = []Horizon{7, 14, 30, 60, 90, 180, 365}

// freezeHorizons lists the horizons that are frozen on a day, shortest first.
func freezeHorizons(day calendar.Date, year calendar.Fiscal) []Horizon {
	list := slices.Clone(steadyHorizons)
	for _, p := range []calendar.Period{year.Month(day), year.Quarter(day), year.Year(day)} {
		list = append(list, Horizon(day.DaysUntil(p.Until)))
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// keeper freezes forecasts of one organization.
type keeper struct {
	db       *db.DB
	org      people.Organization
	log      *history.Log
	sequence int64
	now      calendar.Instant
	edition  int64 // of the rehearsed forecasts to learn from
	told     func(landmark.Progress)
}

func newKeeper(d *db.DB, o people.Organization, log *history.Log, sequence int64, now calendar.Instant) *keeper {
	return &keeper{d, o, log, sequence, now, newestEdition, nil}
}

// Freeze keeps today's forecast of every method, as of the midnight with which the
// day began; or that of some methods only. A day that is frozen already stays as it is.
func Freeze(ctx context.Context, d *db.DB, o people.Organization, now calendar.Instant, only ...string) error {
	day := calendar.DateOf(now, o.Place())
	done, err := frozenMethods(ctx, d, o.ID, day)
	if err != nil {
		return fmt.Errorf("looking for today's frozen forecasts: %w", err)
	}
	if len(done) == len(Backtested()) {
		return nil
	}
	log, sequence, err := history.Read(ctx, d, o)
	if err != nil {
		return err
	}
	k := newKeeper(d, o, log, sequence, now)
	for _, method := range k.able(day) {
		if slices.Contains(done, method.Name()) || len(only) > 0 && !slices.Contains(only, method.Name()) {
			continue
		}
		c := newCourse(log)
		if err := k.recall(ctx, c, method.Name(), day); err != nil {
			return err
		}
		if err := k.keep(ctx, c, day, method, rangeDraws); err != nil {
			return err
		}
	}
	return nil
}

// able are the methods that have what sets them apart by the beginning of a day.
func (k *keeper) able(day calendar.Date) []Method {
	asOf := day.Midnight(k.org.Place())
	list, _ := able(k.log, []calendar.Instant{asOf}, Backtested())
	if k.log.Before(asOf).Ended() < fewestEnded {
		return list[:len(Methods())]
	}
	return list
}

// keep freezes what one method says as of the beginning of a day, with the ranges that the
// course has taught by then, and adds it to the course.
func (k *keeper) keep(ctx context.Context, c *course, day calendar.Date, method Method, draws uint32) error {
	settings := Settings{TimeZone: k.org.TimeZone, Horizons: freezeHorizons(day, k.org.Fiscal()), Lessons: c.days(), Draws: draws, Edition: c.edition}
	said, err := k.say(c, day.Midnight(k.org.Place()), method, settings)
	if err != nil {
		return err
	}
	document, err := pack(said)
	if err != nil {
		return err
	}
	if table, leans := said.Leans(); leans {
		settings.Table = &table
	}
	packed, err := json.Marshal(settings)
	if err != nil {
		return err
	}
	f := Frozen{Day: day, Method: method.Name(), AsOf: said.AsOf, FrozenAt: k.now, Sequence: k.sequence,
		Settings: string(packed), Open: len(said.Deals), Document: document}
	if day < calendar.DateOf(k.now, k.org.Place()) {
		f.Rehearsed = 1
	}
	if err := insertFrozen(ctx, k.db, f); err != nil {
		return fmt.Errorf("freezing the forecast of %s: %w", day, err)
	}
	if f.Rehearsed == 1 {
		if c.edition, err = replace(ctx, k.db, &f); err != nil {
			return fmt.Errorf("making the forecast of %s again: %w", day, err)
		}
	}
	if len(apart(c.days(), []calendar.Date{day})) > 0 { // as whoever reads them again does
		c.keep(said, 0, k.now)
	}
	return nil
}

// say asks a method, and adds up what it says.
func (k *keeper) say(c *course, asOf calendar.Instant, method Method, s Settings) (*Forecast, error) {
	said := Say(k.log, asOf, s.Horizons, []Method{method})
	said.ids = true
	if s.Draws == 0 {
		return said, nil
	}
	if err := c.hear(asOf); err != nil {
		return nil, err
	}
	coming, _ := NewArrivals(said.past)
	var err error
	said.Ranges, err = said.ranges(0, c, coming, s.Draws)
	return said, err
}
