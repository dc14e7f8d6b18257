package forecasts

import (
	"encoding/json"
	"testing"
	"time"

	"milepost/calendar"
	. "milepost/forecasts/history"
	"milepost/internal/db"
	"milepost/people"
)

func TestMemoryReadsOnAndGivesTheSame(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		w := wild(8, o.Place(), true)
		var memory Memory
		for part := range 5 {
			n := len(w.facts)
			record(t, d, w.facts[n*part/5:n*(part+1)/5])
			for _, day := range []float64{20, 40, 40} {
				kept, err := memory.Ask(t.Context(), d, o, w.at(day), false, 7)
				if err != nil {
					t.Fatal(err)
				}
				got, err := json.Marshal(kept)
				if err != nil {
					t.Fatal(err)
				}
				same(t, "read on", bytesOf(t, readLog(t, d, o), w.at(day), 7), got)
			}
		}
		if n := len(memory.held[o.ID].forecasts); n != 2 {
			t.Errorf("%d forecasts kept, want 2", n)
		}
		o.TimeZone = "Asia/Tokyo"
		kept, err := memory.Ask(t.Context(), d, o, w.at(40), false, 7)
		if err != nil {
			t.Fatal(err)
		}
		got, err := json.Marshal(kept)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "another zone", bytesOf(t, readLog(t, d, o), w.at(40), 7), got)
	})
}

func TestNowLastsAWhileUnlessSomethingIsRecorded(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		w := wild(8, o.Place(), true)
		record(t, d, w.facts)
		var memory Memory
		ask := func(day float64) calendar.Instant {
			f, err := memory.Ask(t.Context(), d, o, w.at(day), true, 7)
			if err != nil {
				t.Fatal(err)
			}
			return f.AsOf
		}
		minute := 1.0 / 24 / 60
		first := ask(50)
		if ask(50+9*minute) != first {
			t.Error("the same was worked out twice")
		}
		if ask(50+11*minute) == first {
			t.Error("an old forecast passed for now")
		}
		late := &tiny{place: o.Place()}
		late.deal("Z", 50, "a", 0, Open)
		record(t, d, late.facts)
		if got := ask(50 + 2.5*minute); got != w.at(50+2.5*minute) {
			t.Errorf("as of %v though something was recorded", got)
		}
	})
}

// Whoever asks how much there is to read is answered while someone else reads it: a
// page would stand still for as long otherwise.
func TestBehindAnswersWhileTheLogIsRead(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		w := wild(8, o.Place(), true)
		record(t, d, w.facts)
		var memory Memory
		reading := &memory.of(o.ID).turn
		reading.Lock()
		answered := make(chan int64)
		go func() {
			behind, err := memory.Behind(t.Context(), d, o)
			if err != nil {
				behind = -1
			}
			answered <- behind
		}()
		select {
		case behind := <-answered:
			if behind <= 0 {
				t.Errorf("%d entries behind, want all of them", behind)
			}
		case <-time.After(10 * time.Second):
			t.Error("no answer while the log is read")
		}
		reading.Unlock()
		if _, err := memory.Ask(t.Context(), d, o, w.at(40), false, 7); err != nil {
			t.Fatal(err)
		}
		if behind, err := memory.Behind(t.Context(), d, o); err != nil || behind != 0 {
			t.Errorf("%d entries behind what was just read (%v)", behind, err)
		}
	})
}
