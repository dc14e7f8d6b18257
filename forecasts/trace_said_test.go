package forecasts

import (
	"strings"
	"testing"

	"milepost/calendar"
	"milepost/forecasts/landmark"
	"milepost/internal/db"
	"milepost/people"
)

// On a morning whose forecast was frozen the trace of a deal says what was said; on one that
// was only rehearsed, or not kept, what is worked out afterwards, and which is which.
func TestATraceSaysWhatWasSaid(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		w := stream(o.Place(), 120)
		record(t, d, w.facts)
		for _, day := range []float64{106.3, 113.3, 120.3} {
			if err := Freeze(t.Context(), d, o, w.at(day), "generation-3"); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := d.Exec(t.Context(), `update frozen_forecasts set rehearsed = 1 where org_id = $1 and day = $2`, o.ID, calendar.DateOf(w.at(106), o.Place())); err != nil {
			t.Fatal(err)
		}
		log, now := readLog(t, d, o), w.at(120.4)
		until := calendar.Date("2026-07-01")
		m := landmark.Train(log.Before(w.at(120)), landmark.Milestones, landmark.Options{})
		f := Say(log, now, []Horizon{Horizon(calendar.DateOf(now, o.Place()).DaysUntil(until))}, []Method{Served{m}})
		said := calendar.DateOf(w.at(113), o.Place()).Midnight(o.Place())
		on := func(at calendar.Instant) calendar.Date { return calendar.DateOf(at, o.Place()) }
		looked := 0
		for i := range f.Deals {
			trace := f.Trace(i)
			after := append([]Sighting(nil), trace...)
			if err := asSaid(t.Context(), d, trace, on, "generation-3", until, f.Deals[i].External, f.Deals[i].ID); err != nil {
				t.Fatal(err)
			}
			for n, s := range trace {
				want := s.At == said
				if s.Said != want || !want && s.Won != after[n].Won {
					t.Errorf("%s on %v: said %v, %v; worked out afterwards %v", f.Deals[i].ID, on(s.At), s.Said, s.Won, after[n].Won)
				}
				if want {
					looked++
					then := Say(log, said, []Horizon{Horizon(on(s.At).DaysUntil(until))}, []Method{Generation{landmark.Milestones}})
					for j := range then.Deals {
						if then.Deals[j].ID == f.Deals[i].ID && then.Odds[0][0][j].Won != s.Won {
							t.Errorf("%s: %v is said to have been said, and it was %v", f.Deals[i].ID, s.Won, then.Odds[0][0][j].Won)
						}
					}
				}
			}
			page := dealChances{trace: trace, asOf: now, place: o.Place(), until: until}
			if text := page.wayWords(); len(trace) > 3 && (!strings.Contains(text, "Where there is a *") || page.morning(&trace[0]) != on(trace[0].At).Time().Format("2 Jan")+" *") {
				t.Error(text)
			}
		}
		if looked == 0 {
			t.Error("no deal was open then and is open still")
		}
	})
}
