package forecasts

import (
	"slices"
	"testing"

	"milepost/calendar"
	. "milepost/forecasts/history"
	"milepost/internal/db"
	"milepost/internal/slice"
	"milepost/people"
)

func TestForecastsAreFrozenOnceADay(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		w := wild(4, o.Place(), true)
		record(t, d, w.facts)
		now := w.at(30.4)
		if err := Freeze(t.Context(), d, o, now); err != nil {
			t.Fatal(err)
		}
		day := calendar.DateOf(now, o.Place())
		first := frozen(t, d, o, day)
		if len(first) != len(Methods()) || first[0].AsOf != w.at(30) || first[0].FrozenAt != now || first[0].Open == 0 {
			t.Fatalf("frozen: %+v", first)
		}
		more := &tiny{place: o.Place()}
		more.deal("Z", 20, "a", 0, Open) // came late, dated before the day
		record(t, d, more.facts)
		if err := Freeze(t.Context(), d, o, w.at(30.9)); err != nil {
			t.Fatal(err)
		}
		if again := frozen(t, d, o, day); !slices.Equal(first, again) {
			t.Error("a frozen forecast was changed")
		}
		for _, f := range first {
			kept, err := f.JSON()
			if err != nil {
				t.Fatal(err)
			}
			made, err := f.Again(t.Context(), d, o)
			if err != nil {
				t.Fatal(err)
			}
			same(t, f.Method, kept, made)
		}
		if err := Freeze(t.Context(), d, o, w.at(31.1)); err != nil {
			t.Fatal(err)
		}
		if next := frozen(t, d, o, day.AddDays(1)); len(next) != len(Methods()) || next[0].Sequence <= first[0].Sequence {
			t.Errorf("the next day: %+v", next)
		}
	})
}

func TestTheJobFreezes(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		w := wild(4, o.Place(), true)
		record(t, d, w.facts)
		for _, job := range Slice(slice.Program{DB: d, Clock: func() calendar.Instant { return w.at(30.4) }}, &Memory{}).Jobs {
			if err := job.Run(t.Context(), d, w.at(30.4)); err != nil {
				t.Fatal(err)
			}
		}
		if list := frozen(t, d, o, calendar.DateOf(w.at(30.4), o.Place())); len(list) != len(Methods()) {
			t.Errorf("%d forecasts were frozen, want %d", len(list), len(Methods()))
		}
	})
}

func frozen(t *testing.T, d *db.DB, o people.Organization, day calendar.Date) []Frozen {
	t.Helper()
	list, err := db.All[Frozen](t.Context(), d, `
		select `+frozenFields+`
		from frozen_forecasts
		where org_id = $1 and day = $2
		order by method`, o.ID, day)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestFrozenHorizonsReachThePeriodsEnds(t *testing.T) {
	got := freezeHorizons("2026-11-21", calendar.Fiscal{Start: 4})
	// By hand: November ends in 10 days, the quarter with December in 41, the year with March in 131.
	if want := []Horizon{7, 10, 14, 30, 41, 60, 90, 131, 180, 365}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
