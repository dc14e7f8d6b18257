package forecasts

import (
	"encoding/json"
	"testing"

	"milepost/calendar"
	"milepost/deals"
	. "milepost/forecasts/history"
	"milepost/forecasts/landmark"
	"milepost/internal/db"
	"milepost/people"
)

// everythingSaid is what the simple methods and the generations say of a ledger as of an
// instant, and what deals are expected to bring that do not exist yet.
func everythingSaid(t *testing.T, d *db.DB, o people.Organization, asOf calendar.Instant) []byte {
	t.Helper()
	log := readLog(t, d, o)
	out, err := json.Marshal(Say(log, asOf, []Horizon{7, 30}, append(Methods(), generations...)))
	if err != nil {
		t.Fatal(err)
	}
	model := landmark.Train(log.Before(asOf), landmark.Milestones, landmark.Options{})
	rest := []any{model.Reference.Number, model.Landmarks, model.Ended}
	if a, ok := NewArrivals(log.Before(asOf)); ok {
		rest = append(rest, a.PerDay, a.Wins(30))
	}
	more, err := json.Marshal(rest)
	if err != nil {
		t.Fatal(err)
	}
	return append(out, more...)
}

// Every entry of the ledger that was recorded at or after the as-of, scrambled or deleted
// in the database, leaves all bytes as they were: of the simple methods, of the
// generations, of what they assume.
func TestFutureErasureInTheLedger(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		w := lively(2)
		w.place = o.Place()
		w.tell("C", 12, Plan, "", 0)
		record(t, d, w.facts)
		assume(t, d, w.at(42.5), gloomy(), 0)
		var asOfs []calendar.Instant
		var want [][]byte
		for _, day := range []float64{75, 60, 50, 45, 40, 33, 30.5, 20, 10, 5} {
			asOfs = append(asOfs, w.at(day))
			want = append(want, everythingSaid(t, d, o, w.at(day)))
		}
		for i, asOf := range asOfs {
			if i > 0 && string(want[i]) == string(want[i-1]) {
				t.Errorf("as of %s the same is said as of %s: nothing is tested", asOf, asOfs[i-1])
			}
			if n := change(t, d, `update entries set kind = case when kind = $3 then $4 else $3 end, payload = '{"name":"won","value":"a"}',
				effective_at = effective_at - $5 where org_id = $1 and recorded_at >= $2`, o.ID, asOf, deals.Closed, deals.StageSet, 20*DayMillis); n == 0 {
				t.Errorf("as of %s there is no future", asOf)
			}
			same(t, asOf.String()+", scrambled", want[i], everythingSaid(t, d, o, asOf))
			change(t, d, `delete from entries where org_id = $1 and recorded_at >= $2`, o.ID, asOf)
			same(t, asOf.String()+", deleted", want[i], everythingSaid(t, d, o, asOf))
		}
	})
}

func change(t *testing.T, d *db.DB, sql string, values ...any) int64 {
	t.Helper()
	n, err := d.Exec(t.Context(), sql, values...)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
