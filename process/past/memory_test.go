package past_test

import (
	"context"
	"testing"

	"milepost/internal/ledger"
	"milepost/process"
	"milepost/process/evidence"
	"milepost/process/past"
)

// What is kept of deals keeps up with the ledger: the page says the same as one that
// reads everything anew, whatever happened in between.
func TestPageKeepsUp(t *testing.T) {
	eachArchive(t, func(t *testing.T, o *archive) {
		o.machines()
		var p process.Process
		o.record(func(ctx context.Context, w *ledger.Writer) error {
			found, err := past.Discover(ctx, w.DB)
			o.must(err)
			p, _, err = found.Save(ctx, w, "Machines", true)
			return err
		})
		at := "/process/" + string(p.ID) + "/milestones/" + string(p.Draft.Phases[1].Milestones[0].ID)
		kept := o.site
		same := func(when string) string {
			t.Helper()
			o.site = kept
			has := o.sees(o.Ada, at)
			o.open(o.DB)
			if anew := o.sees(o.Ada, at); has != anew {
				t.Errorf("%s the page says\n%s\nand anew\n%s", when, has, anew)
			}
			return has
		}
		follow := func() { o.must(evidence.CatchUp(t.Context(), o.DB, now)) }
		first := same("at first")
		o.past(3, 12, o.Dan, reached(1, "trial held"))
		o.past(2, 300, o.Finn, reached(1, "trial held"), ended(9, "won"))
		second := same("after more deals, which nobody followed yet,")
		follow()
		if same("after they were followed"); first == second {
			t.Error("two more deals that ended change nothing")
		}
		o.record(func(ctx context.Context, w *ledger.Writer) error {
			_, err := evidence.TakeOnEnded(ctx, w, p.ID, nil)
			return err
		})
		same("after ended deals came under it")
		o.record(func(ctx context.Context, w *ledger.Writer) error {
			d := p.Draft.Copy()
			d.Phases[1].Milestones[0].Name = "They tried it"
			if _, err := process.SaveDraft(ctx, w, p.ID, 0, d); err != nil {
				return err
			}
			if _, err := process.Publish(ctx, w, p.ID, 0, nil, ""); err != nil {
				return err
			}
			_, err := evidence.Migrate(ctx, w, p.ID, nil)
			return err
		})
		follow()
		if third := same("after another version"); len(third) == 0 {
			t.Error("nothing is left of it")
		}
	})
}
