package past_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"milepost/internal/ledger"
	"milepost/process"
	"milepost/process/past"
)

// A milestone's own page says what deals that follow the process and the history say of
// it: by team for whose deals the viewer sees, and of all others only together.
func TestMilestonePage(t *testing.T) {
	eachArchive(t, func(t *testing.T, o *archive) {
		o.machines()
		var p process.Process
		o.record(func(ctx context.Context, w *ledger.Writer) error {
			found, err := past.Discover(ctx, w.DB)
			o.must(err)
			p, _, err = found.Save(ctx, w, "Machines", true)
			return err
		})
		at := "/process/" + string(p.ID) + "/milestones/"
		trial, accepted := p.Draft.Phases[1].Milestones[0].ID, p.Draft.Phases[2].Milestones[0].ID
		// Of the small organization's own deals, none has a trial.
		all := o.sees(o.Ada, at+string(trial), "Ben's team", "Cleo's team", "Everyone", "How often it is reached", "10 of 25 deals")
		o.sees(o.Ada, at+string(accepted), "from reaching “Trial held”", "Median of 15 deals", "10.0 days")
		if !strings.Contains(all, "2.0") {
			t.Errorf("the median of the trial is not there:\n%s", all)
		}
		ben := o.sees(o.Ben, at+string(trial), "Ben's team", "Everyone")
		if strings.Contains(ben, "Cleo's team") {
			t.Error("Ben sees Cleo's team")
		}
		dan := o.sees(o.Dan, at+string(trial), "Your own deals", "Everyone")
		if strings.Contains(dan, "Ben's team") || strings.Contains(dan, "Machine 1") {
			t.Error("Dan sees a team")
		}
		for who, want := range map[string]int{string(o.Vera.ID): http.StatusForbidden, string(o.Dan.ID): http.StatusNotFound} {
			person := o.Vera
			if who == string(o.Dan.ID) {
				person = o.Dan
			}
			if w := o.ask(person, http.MethodGet, at+"none"); w.Code != want {
				t.Errorf("%s: %d, want %d", person.Name, w.Code, want)
			}
		}
		// A draft is for those who design.
		var draft process.Process
		o.record(func(ctx context.Context, w *ledger.Writer) (err error) {
			draft, err = process.Begin(ctx, w, process.Definition{Name: "Draft", Phases: []process.Phase{{Name: "One", Milestones: []process.Milestone{{ID: "trial", Name: "Trial held"}}}}})
			return err
		})
		o.sees(o.Ben, "/process/"+string(draft.ID)+"/milestones/trial", "10 of 25 deals")
		if w := o.ask(o.Dan, http.MethodGet, "/process/"+string(draft.ID)+"/milestones/trial"); w.Code != http.StatusNotFound {
			t.Errorf("a rep sees a draft: %d", w.Code)
		}
	})
}
