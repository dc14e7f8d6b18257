package editor_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/internal/testworld/pagetest"
	"milepost/people"
	"milepost/problem"
	"milepost/process"
	"milepost/process/editor"
	"milepost/process/evidence"
)

// inUse publishes the short sale for every deal, and gives the ids of a milestone of the
// first phase, and of two of the second.
func (o *desk) inUse() (id process.ID, need, seen, details process.Milestone) {
	o.t.Helper()
	id = o.begin("short", "")
	if w := o.post(o.Olga, "/process/"+string(id)+"/choice", o.read(id).Version, "by", "rule"); w.Code != http.StatusSeeOther {
		o.t.Fatalf("choosing: %d %s", w.Code, pagetest.Words(w.Body.String()))
	}
	o.publish(o.Olga, id)
	phases := o.read(id).Draft.Phases
	return id, phases[0].Milestones[0], phases[1].Milestones[0], phases[1].Milestones[1]
}

// A first version takes on the open deals that fit; a second one brings them along, and
// what they earned goes on where the manager said.
func TestPublishBringsDealsAlong(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		id, need, seen, details := o.inUse()
		if s := o.standing("dan open"); s.Process != id || s.Number != 1 {
			t.Fatalf("after the first version the deal is under %q, %d", s.Process, s.Number)
		}
		o.must(o.show("dan open", need.ID, need.Markers[0].ID, 0))
		o.must(o.show("dan open", seen.ID, seen.Markers[0].ID, 0))
		o.do(o.Olga, id, "act", "remove", "at", string(seen.ID))
		o.do(o.Olga, id, "act", "add-milestone", "at", string(o.read(id).Draft.Phases[1].ID), "name", "They saw that it does all they need")
		d := o.read(id).Draft.Phases[1]
		added := d.Milestones[len(d.Milestones)-1].ID
		o.do(o.Olga, id, "act", "edit-milestone", "at", string(added), "name", "They saw that it does all they need", "m0.kind", "confirmed", "m0.text", "They say so", "m0.proof", "By name")
		o.do(o.Olga, id, "act", "edit-milestone", "at", string(need.ID), "name", "They told us what they need", "required", "on", "m0.kind", "confirmed", "m0.text", "They say so", "m0.id", string(need.Markers[0].ID))
		page := o.get(o.Olga, "/process/"+string(id)+"/publish")
		sees(t, page, "What changes against version 1", "“They said what they want to buy, and for what” is now called “They told us what they need”", "it stands in 1 open deal", "come along", "Dan")
		if !strings.Contains(page, `<option value="`+string(added)+`" selected>`) {
			t.Error("the similar name is not proposed")
		}
		if page := o.get(o.Cleo, "/process/"+string(id)+"/publish"); strings.Contains(page, o.Deal("dan open").Title) || !strings.Contains(page, "which you do not see") {
			t.Error("Cleo is shown a deal that is not hers to see, or not told that there are others")
		}
		o.publish(o.Olga, id, "map."+string(seen.ID), string(added), "map."+string(seen.ID), string(details.ID), "map."+string(need.ID), string(need.ID), "note", "Said better")
		s := o.standing("dan open")
		if s.Number != 2 || !s.Stands(need.ID) || !s.Stands(added) || !s.Stands(details.ID) || s.Stands(seen.ID) {
			t.Errorf("under version 2: %+v", s.Shown)
		}
		sees(t, o.get(o.Ben, "/process/"+string(id)+"/versions/2"), "Olga Alpha published it", "Said better", "goes on in")
		sees(t, o.get(o.Ben, "/process/"+string(id)+"/versions/1"), "They saw that it does what they need")
		if w := o.post(o.Olga, "/process/"+string(id)+"/publish", o.read(id).Version); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("publishing nothing new: %d", w.Code)
		}
		o.whole(id)
	})
}

// whole fails unless every deal is where its entries say, and no open deal was left
// under another version.
func (o *desk) whole(id process.ID) {
	o.t.Helper()
	o.sound()
	differences, err := deals.Check(o.t.Context(), o.DB, o.ID)
	o.must(err)
	for _, d := range differences {
		o.t.Error(d)
	}
	newest := o.read(id).Newest()
	for _, deal := range o.Deals {
		found, err := deals.Find(o.t.Context(), o.DB, o.ID, deal.ID)
		o.must(err)
		s := o.standing(deal.Key)
		if found.IsOpen() && (s.Process != id || s.Number != newest.Number || found.Stage != s.Stage(newest)) {
			o.t.Errorf("%s is under version %d at %q, want %d at %q", deal.Key, s.Number, found.Stage, newest.Number, s.Stage(newest))
		}
	}
}

// Of two who publish at once one does; the other is told, and no deal is in between.
func TestTwoPublishAtOnce(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		id, need, _, _ := o.inUse()
		o.do(o.Olga, id, "act", "down", "at", string(need.ID))
		at := o.read(id).Version
		var answers [2]*httptest.ResponseRecorder
		var wait sync.WaitGroup
		for i, p := range []people.Person{o.Olga, o.Ben} {
			wait.Go(func() { answers[i] = o.post(p, "/process/"+string(id)+"/publish", at, "note", fmt.Sprint(i)) })
		}
		wait.Wait()
		codes := answers[0].Code + answers[1].Code
		if codes != http.StatusSeeOther+http.StatusConflict {
			t.Errorf("the answers are %d and %d", answers[0].Code, answers[1].Code)
		}
		if n := len(o.read(id).Versions); n != 2 {
			t.Errorf("there are %d versions", n)
		}
		o.whole(id)
	})
}

// A rep claims while a version is published that drops what is claimed: in either order,
// and at once, the deal is whole afterwards.
func TestPublishWhileSomebodyClaims(t *testing.T) {
	for _, order := range []string{"claim first", "publish first", "at once"} {
		t.Run(order, func(t *testing.T) {
			eachDesk(t, func(t *testing.T, o *desk) {
				id, need, seen, _ := o.inUse()
				o.must(o.show("dan open", need.ID, need.Markers[0].ID, 0))
				o.do(o.Olga, id, "act", "remove", "at", string(seen.ID))
				var claimed error
				claim := func() { claimed = o.show("dan open", seen.ID, seen.Markers[0].ID, 0) }
				publish := func() { o.publish(o.Olga, id, "map."+string(seen.ID), "") }
				switch order {
				case "claim first":
					claim()
					publish()
				case "publish first":
					publish()
					claim()
				default:
					var wait sync.WaitGroup
					wait.Go(claim)
					publish()
					wait.Wait()
				}
				s := o.standing("dan open")
				if _, is := problem.Of(claimed); claimed != nil && !is {
					t.Fatalf("claiming failed: %v", claimed)
				}
				kept := len(s.Earlier) == 1 && s.Earlier[0].ID == seen.ID
				if (claimed == nil) != kept || order == "claim first" && !kept || order == "publish first" && kept {
					t.Errorf("the claim: %v; kept as earned before: %v", claimed, s.Earlier)
				}
				if !s.Stands(need.ID) || s.Stands(seen.ID) {
					t.Errorf("what stands: %+v", s.Shown)
				}
				o.whole(id)
			})
		})
	}
}

// A process that fails in the middle leaves everything as it was.
func TestPublishIsAllOrNothing(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		id, need, _, _ := o.inUse()
		o.do(o.Olga, id, "act", "down", "at", string(need.ID))
		ctx, v := o.t.Context(), o.Viewer(o.Olga)
		err := ledger.Record(ctx, o.DB, people.ByViewer(v, now), func(w *ledger.Writer) error {
			if _, err := process.Publish(ctx, w, id, 0, nil, ""); err != nil {
				return err
			}
			if _, err := evidence.Migrate(ctx, w, id, nil); err != nil {
				return err
			}
			return context.DeadlineExceeded
		})
		if err == nil || len(o.read(id).Versions) != 1 {
			t.Errorf("after a failure: %v, %d versions", err, len(o.read(id).Versions))
		}
		o.whole(id)
	})
}

// A publication of many deals goes on behind a page that tells how far it is, and what
// came of it; one that is refused says so there, and changes nothing.
func TestPublishBehindAPage(t *testing.T) {
	editor.SetAtOnce(t, 2)
	eachDesk(t, func(t *testing.T, o *desk) {
		id := o.begin("short", "")
		path := "/process/" + string(id)
		sees(t, o.get(o.Olga, path+"/progress"), "Nothing is on its way")
		if w := o.post(o.Olga, path+"/choice", o.read(id).Version, "by", "rule"); w.Code != http.StatusSeeOther {
			t.Fatalf("choosing: %d", w.Code)
		}
		w := o.post(o.Olga, path+"/publish", o.read(id).Version)
		if w.Code != http.StatusSeeOther || w.Header().Get("Location") != path+"/progress" {
			t.Fatalf("publishing leads to %d %q", w.Code, w.Header().Get("Location"))
		}
		o.waits(path + "/progress")
		sees(t, o.get(o.Olga, path+"/progress"), "Done", "Version 1.", "deals came along")
		if w := o.post(o.Olga, path+"/publish", o.read(id).Version-1); w.Code != http.StatusConflict {
			t.Errorf("publishing what changed since: %d", w.Code)
		}
		o.whole(id)
	})
}

// waits until what is on its way is over.
func (o *desk) waits(path string) {
	o.t.Helper()
	for range 500 {
		if !strings.Contains(o.get(o.Olga, path), "Deals are coming along") {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	o.t.Fatal("it never ended")
}

// A process is chosen by rule, retired and brought back.
func TestChoiceAndRetirement(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		id := o.begin("short", "")
		path := "/process/" + string(id)
		w := o.post(o.Ben, path+"/choice", o.read(id).Version, "by", "rule", "from", "lots", "to", "5", "currency", "EUR")
		if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "is no amount") || !strings.Contains(w.Body.String(), `value="lots"`) {
			t.Errorf("a wrong amount: %d", w.Code)
		}
		o.publish(o.Ben, id)
		if w := o.post(o.Ben, path+"/choice", o.read(id).Version, "by", "rule", "segment", "Retail", "from", "1000", "to", "5000.50", "currency", "EUR", "place", "2", "take_on", "on"); w.Code != http.StatusSeeOther {
			t.Fatalf("choosing: %d %s", w.Code, pagetest.Words(w.Body.String()))
		}
		if c := o.read(id).Choice; !c.Active || c.Segment != "Retail" || c.From != 1000_00 || c.To != 5000_50 || c.Place != 2 {
			t.Errorf("the choice is %+v", c)
		}
		sees(t, o.get(o.Ben, "/process"), "Short sale", "in use", "version 1", "segment “Retail”")
		if w := o.post(o.Ben, path+"/retire", o.read(id).Version-1); w.Code != http.StatusConflict {
			t.Errorf("retiring what changed since: %d", w.Code)
		}
		for _, what := range []string{"retire", "revive"} {
			if w := o.post(o.Ben, path+"/"+what, o.read(id).Version); w.Code != http.StatusSeeOther {
				t.Errorf("%s: %d", what, w.Code)
			}
		}
		if o.read(id).State != process.Active {
			t.Errorf("brought back, it is %q", o.read(id).State)
		}
	})
}
