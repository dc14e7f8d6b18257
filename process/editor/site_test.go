package editor_test

import (
	"net/http"
	"strings"
	"testing"

	"milepost/internal/testworld/pagetest"
	"milepost/process"
)

// A process is designed act by act, and every act can be undone.
func TestDesignAndUndo(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		id := o.begin("", "Machines")
		o.do(o.Ben, id, "act", "add-phase", "name", "Need")
		o.do(o.Ben, id, "act", "add-phase", "name", "Decision")
		phases := o.read(id).Draft.Phases
		o.do(o.Ben, id, "act", "add-milestone", "at", string(phases[1].ID), "name", "They have the money")
		o.do(o.Ben, id, "act", "add-milestone", "at", string(phases[1].ID), "name", "They decided")
		d := o.read(id).Draft
		money, decided := d.Phases[1].Milestones[0].ID, d.Phases[1].Milestones[1].ID
		o.do(o.Ben, id, "act", "edit-milestone", "at", string(decided), "name", "They decided for it", "required", "on", "typical_days", "30",
			"coaching", "Who said so?", "after", string(money), "m0.kind", "confirmed", "m0.text", "They say so", "m0.proof", "By name", "m0.roles", "economic buyer", "m0.required", "on",
			"m1.kind", "deliverable", "m1.text", "The order", "m1.seller_only", "on", "m2.kind", "confirmed", "m2.text", "")
		m := o.read(id).Draft.Phases[1].Milestones[1]
		if m.Name != "They decided for it" || m.TypicalDays != 30 || len(m.After) != 1 || len(m.Markers) != 2 || m.Markers[0].Roles[0] != "economic buyer" || !m.Markers[0].Required || !m.Markers[1].SellerOnly {
			t.Fatalf("the milestone is %+v", m)
		}
		page := o.get(o.Ben, "/process/"+string(id))
		sees(t, page, "They decided for it", "typically 30 days", "after “They have the money”", "has no marker", "Ben Alpha changed “They decided for it”")
		o.do(o.Ben, id, "act", "up", "at", string(decided))
		o.do(o.Ben, id, "act", "up", "at", string(decided))
		if d := o.read(id).Draft; len(d.Phases[0].Milestones) != 1 || d.Phases[0].Milestones[0].ID != decided {
			t.Errorf("moving up past the phase: %+v", d.Phases)
		}
		o.do(o.Ben, id, "act", "place", "at", string(decided), "phase", string(phases[1].ID), "place", "1")
		o.do(o.Ben, id, "act", "remove", "at", string(money))
		if d := o.read(id).Draft; len(d.Phases[1].Milestones) != 1 || len(d.Phases[1].Milestones[0].After) != 0 {
			t.Errorf("after the removal: %+v", d.Phases[1])
		}
		o.do(o.Ben, id, "act", "add-criterion", "at", "financial", "part", "financial", "question", "Is there money?", "level", "2")
		for range 2 {
			if w := o.post(o.Ben, "/process/"+string(id)+"/undo", o.read(id).Version); w.Code != http.StatusSeeOther {
				t.Fatalf("undoing: %d %s", w.Code, pagetest.Words(w.Body.String()))
			}
		}
		if d := o.read(id).Draft; len(d.Criteria) != 0 || len(d.Phases[1].Milestones) != 2 || d.Phases[1].Milestones[1].After[0] != money {
			t.Errorf("after undoing two acts: %+v", d)
		}
		o.sound()
	})
}

// Whoever is late sees what the other did, keeps what was typed, and nothing is lost.
func TestTwoEditAtOnce(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		id := o.begin("short", "")
		seen := o.read(id).Version
		m := o.read(id).Draft.Phases[0].Milestones[0]
		edit := []string{"act", "edit-milestone", "at", string(m.ID), "name", "What Cleo calls it", "coaching", "Hm?", "m0.kind", "confirmed", "m0.text", "They say so"}
		o.do(o.Ben, id, "act", "edit-milestone", "at", string(m.ID), "name", "What Ben calls it", "m0.kind", "confirmed", "m0.text", "They tell Ben")
		w := o.post(o.Cleo, "/process/"+string(id), seen, edit...)
		if w.Code != http.StatusConflict {
			t.Fatalf("the later one: %d", w.Code)
		}
		sees(t, w.Body.String(), "Nothing was saved", "Somebody changed this process", "What Ben calls it", "They tell Ben")
		if !strings.Contains(w.Body.String(), `value="What Cleo calls it"`) || !strings.Contains(w.Body.String(), `value="Hm?"`) {
			t.Error("what the later one typed is lost")
		}
		if got := o.read(id).Draft.Phases[0].Milestones[0].Name; got != "What Ben calls it" {
			t.Errorf("the draft says %q", got)
		}
		o.do(o.Cleo, id, edit...)
		if got := o.read(id).Draft.Phases[0].Milestones[0].Name; got != "What Cleo calls it" {
			t.Errorf("saved again, the draft says %q", got)
		}
		if w := o.post(o.Ben, "/process/"+string(id), seen, "act", "down", "at", string(m.ID)); w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "Do it all the same") {
			t.Errorf("a late move: %d", w.Code)
		}
		if w := o.post(o.Ben, "/process/"+string(id), o.read(id).Version, "act", "edit-milestone", "at", string(m.ID), "name", "x", "typical_days", "soon"); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("a wrong number: %d", w.Code)
		}
	})
}

// Only who manages designs processes.
func TestWhoDesigns(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		id := o.begin("renewal", "")
		for _, p := range []string{"", "/preview", "/choice", "/publish", "/progress", "/history"} {
			if w := o.ask(o.Dan, http.MethodGet, "/process/"+string(id)+p, nil); w.Code != http.StatusForbidden {
				t.Errorf("a rep gets %d at %q", w.Code, p)
			}
			o.get(o.Olga, "/process/"+string(id)+p)
		}
		if w := o.ask(o.Olga, http.MethodGet, "/process/none", nil); w.Code != http.StatusNotFound {
			t.Errorf("a process that there is not: %d", w.Code)
		}
		if w := o.ask(o.Olga, http.MethodGet, "/process/"+string(id)+"/versions/1", nil); w.Code != http.StatusNotFound {
			t.Errorf("a version that there is not: %d", w.Code)
		}
	})
}

// sound fails unless the tables agree with the ledger.
func (o *desk) sound() {
	o.t.Helper()
	differences, err := process.Check(o.t.Context(), o.DB, o.ID)
	o.must(err)
	for _, d := range differences {
		o.t.Error(d)
	}
}
