package forecasts

import (
	"testing"

	"milepost/calendar"
	. "milepost/forecasts/history"
	"milepost/forecasts/landmark"
	"milepost/internal/db"
	"milepost/people"
)

// oracleOf is a method that goes by a generation's name and says so much of deals that will
// be won, and of the others.
type oracleOf struct {
	name       string
	log        *Log
	good, poor float64
}

func (o oracleOf) Name() string                { return o.name }
func (o oracleOf) Fit(*Past, []Horizon) Fitted { return o }
func (o oracleOf) Odds(d *OpenDeal, _ int) Odds {
	if o.log.EndedBefore(d.Deal, o.log.Known()+1) == Won {
		return Odds{Won: o.good}
	}
	return Odds{Won: o.poor}
}

// The generation of record is the one that looks at most, until the kept forecasts of one
// that looks at less were better, and by more than chance.
func TestTheRecordChoosesTheGeneration(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		w := stream(o.Place(), 330)
		record(t, d, w.facts)
		log := readLog(t, d, o)
		k := newKeeper(d, o, log, 1, w.at(330))
		today := calendar.DateOf(k.now, o.Place())
		supported := func() landmark.Generation {
			t.Helper()
			is, err := k.supported(t.Context(), today)
			if err != nil {
				t.Fatal(err)
			}
			return is
		}
		keep := func(m Method, from, days int) {
			t.Helper()
			c := newCourse(log)
			for n := range days {
				if err := k.keep(t.Context(), c, today.AddDays(-from+15*n), m, 10); err != nil {
					t.Fatal(err)
				}
			}
		}
		if is := supported(); is != landmark.Milestones {
			t.Errorf("without a record it is %d", is)
		}
		keep(oracleOf{"generation-3", log, .2, .2}, 300, 16)
		keep(oracleOf{"generation-2", log, .2, .2}, 300, 16)
		keep(oracleOf{"generation-1", log, .3, .1}, 300, 6) // better, and for a few days only
		if is := supported(); is != landmark.Milestones {
			t.Errorf("with six days of a better one it is %d", is)
		}
		keep(oracleOf{"generation-1", log, .3, .1}, 210, 10)
		if is := supported(); is != landmark.Activities {
			t.Errorf("with sixteen days of a better one it is %d", is)
		}
	})
}
