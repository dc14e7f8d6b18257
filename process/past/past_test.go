package past_test

import (
	"context"
	"testing"

	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/process"
	"milepost/process/evidence"
	"milepost/process/past"
)

// What is found in a history becomes a process; published, open deals stand in it where
// their history says.
func TestProcessFromHistory(t *testing.T) {
	eachArchive(t, func(t *testing.T, o *archive) {
		o.machines()
		found, err := past.Discover(t.Context(), o.DB)
		o.must(err)
		if found.OnlyStages || found.Deals != 29 || len(found.Found) != 2 || found.Beginning != "asked" {
			t.Fatalf("found %+v", found)
		}
		trial, accepted := found.Found[0], found.Found[1]
		if trial.Label != "trial held" || !trial.Required || trial.Phase != 1 || trial.Days != 2 || accepted.Phase != 2 || !accepted.Required || accepted.Days != 10 {
			t.Errorf("found %+v", found.Found)
		}
		var p process.Process
		came := 0
		o.record(func(ctx context.Context, w *ledger.Writer) (err error) {
			p, came, err = found.Save(ctx, w, "Machines", true)
			return err
		})
		at, standing := map[string]int{}, 0
		library, err := process.ReadLibrary(t.Context(), o.DB)
		o.must(err)
		for _, id := range o.made {
			deal, err := deals.Find(t.Context(), o.DB, o.ID, id)
			o.must(err)
			if !deal.IsOpen() {
				continue
			}
			s, err := evidence.Read(t.Context(), o.DB, library, id)
			o.must(err)
			if s.Process == p.ID {
				at[deal.Stage]++
				if s.Of(p.Versions[0].Definition.Phases[1].Milestones[0].ID).State == evidence.Confirmed {
					standing++
				}
			}
		}
		if came < 4 || at["Trial held"] != 4 || standing != 4 {
			t.Errorf("%d deals came along, and stand at %v; the trial is confirmed in %d", came, at, standing)
		}
	})
}

// Stages show nothing of a milestone: a process of them takes no deal on by itself.
func TestProcessFromStages(t *testing.T) {
	eachArchive(t, func(t *testing.T, o *archive) {
		o.past(12, 100, o.Dan, stage(0, "asked"), stage(5, "offered"), stage(30, "agreed"), ended(31, "won"))
		found, err := past.Discover(t.Context(), o.DB)
		o.must(err)
		if !found.OnlyStages || len(found.Found) < 2 {
			t.Fatalf("found %+v", found)
		}
		o.record(func(ctx context.Context, w *ledger.Writer) error {
			p, came, err := found.Save(ctx, w, "Machines", true)
			if err == nil && (came != 0 || p.Choice.Active || len(p.Versions) != 1) {
				t.Errorf("%d deals came along under %+v", came, p.Choice)
			}
			return err
		})
	})
}
