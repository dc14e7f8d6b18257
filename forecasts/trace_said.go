package forecasts

import (
	"context"
	"fmt"

	"milepost/calendar"
	"milepost/internal/db"
)

// mostUnpacked is how many open deals a kept forecast has at most for its chances of one deal
// to be read while somebody waits.
const mostUnpacked = 3000

// asSaid puts, into the trace of a deal, what was said of it on those mornings of which a
// frozen forecast was kept that looks to the same end. Rehearsed ones are none of these:
// nobody was told.
func asSaid(ctx context.Context, d *db.DB, trace []Sighting, place func(calendar.Instant) calendar.Date, method string, until calendar.Date, external, id string) error {
	at := map[calendar.Date]*Sighting{}
	var days []calendar.Date
	for i := range trace {
		day := place(trace[i].At)
		days = append(days, day)
		at[day] = &trace[i]
	}
	list, err := frozenThen(ctx, d, method, days, mostUnpacked)
	if err != nil {
		return fmt.Errorf("reading what was said on earlier mornings: %w", err)
	}
	for i := range list {
		s := at[list[i].Day]
		if s.At != list[i].AsOf { // the last one is of now, not of the morning
			continue
		}
		kept, err := list[i].Unpack()
		if err != nil {
			return err
		}
		if odds, said := kept.of(external, id)[method][Horizon(list[i].Day.DaysUntil(until)).String()]; said {
			s.Won, s.Said = odds.Won, true
		}
	}
	return nil
}

// of are the chances of a deal, by method and horizon; none where it is not there.
func (k *Kept) of(external, id string) map[string]map[string]Odds {
	for i := range k.Deals {
		if d := &k.Deals[i]; external != "" && d.External == external || external == "" && d.ID == id {
			return d.Methods
		}
	}
	return nil
}
