package record

import (
	"math"
	"os"
	"testing"

	"milepost/calendar"
	"milepost/forecasts"
	"milepost/forecasts/history"
	"milepost/forecasts/landmark"
	"milepost/internal/db"
	"milepost/internal/testworld"
	"milepost/internal/testworld/testdb"
)

// In a small demonstration company, too, what the generations look at beyond the stage must
// not lead them further from the truth than counting does.
func TestFullSmallDemonstrations(t *testing.T) {
	sizes, seeds := []int{130, 330, 950, 2100, 4200}, []int{4, 3, 2, 1, 1}
	days := []calendar.Date{"2026-07-20", "2026-10-05"}
	if os.Getenv("MILEPOST_TEST_FULL") == "" {
		sizes, seeds, days = []int{330}, []int{1}, days[1:]
	}
	methods := []forecasts.Method{forecasts.PastYield{}, forecasts.Generation{Of: landmark.Activities}, forecasts.Generation{Of: landmark.Triad}, forecasts.Generation{Of: landmark.Milestones}}
	for n, size := range sizes {
		offs, ended := make([]distance, len(methods)), 0
		squares := make([]float64, len(methods))
		for seed := range seeds[n] {
			f, log := demonstration(t, size, uint64(11+seed))
			for _, day := range days {
				past := log.Before(day.Midnight(f.o.Place()))
				ended += past.Ended()
				truth := f.outlooks(day)
				open := past.Open()
				for m, method := range methods {
					fit := method.Fit(past, []forecasts.Horizon{365})
					for i := range open {
						if win, has := truth[open[i].ID]; has {
							d := fit.Odds(&open[i], 0).Won - win
							offs[m].n, offs[m].mean, offs[m].bias = offs[m].n+1, offs[m].mean+math.Abs(d), offs[m].bias+d
							squares[m] += d * d
						}
					}
				}
			}
		}
		for m, d := range offs {
			of := float64(d.n)
			t.Logf("%4d deals, %4d ended, %-14s off by %.4f, Brier above the truth's by %.5f, together %+.4f, of %d",
				size, ended/seeds[n]/len(days), methods[m].Name(), d.mean/of, squares[m]/of, d.bias/of, d.n)
		}
		if third, yield := offs[3].mean/float64(offs[3].n), offs[0].mean/float64(offs[0].n); third > yield+.02 || size > 900 && third > yield {
			t.Errorf("%d deals: the third generation is off by %.4f, past yield by %.4f", size, third, yield)
		}
	}
}

// demonstration is a company with its history; no forecasts are kept.
func demonstration(t *testing.T, size int, seed uint64) (*firm, *history.Log) {
	t.Helper()
	d := testdb.Open(t, db.SQLite, schemas...)
	truth, err := testworld.Company(t.Context(), d, testworld.Options{Now: noon, Seed: seed, Deals: size})
	if err != nil {
		t.Fatal(err)
	}
	f := &firm{t: t, d: d.For(truth.Organization.ID), o: truth.Organization, truth: truth}
	log, _, err := history.Read(t.Context(), f.d, f.o)
	if err != nil {
		t.Fatal(err)
	}
	return f, log
}

// outlooks are the true chances of the deals that are open on a day, by id.
func (f *firm) outlooks(day calendar.Date) map[string]float64 {
	told, at, wins := f.told(), day.Midnight(f.o.Place()), map[string]float64{}
	for i := range f.truth.Deals {
		deal := &f.truth.Deals[i]
		win, open := f.truth.Outlook(deal, day, func(n int) bool {
			when, is := told[deal.ID].milestones[testworld.Milestones[n].Name]
			return is && when < at
		})
		if open {
			wins[string(deal.ID)] = win
		}
	}
	return wins
}
