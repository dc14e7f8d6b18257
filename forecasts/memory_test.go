package forecasts

import (
	"encoding/json"
	"testing"

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
				kept, _, err := memory.Ask(t.Context(), d, o, w.at(day), 7)
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
		kept, _, err := memory.Ask(t.Context(), d, o, w.at(40), 7)
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
