package people_test

import (
	"strings"
	"testing"
	"time"

	"milepost/calendar"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
)

// at records something at an instant of the test's own time.
func (w *world) at(o people.Organization, now calendar.Instant, work func(*ledger.Writer) error) error {
	return ledger.Record(w.Context(), w.DB.For(o.ID), ledger.By{Via: ledger.ViaCommand, At: now}, work)
}

func (w *world) manager(o people.Organization, person people.ID, at calendar.Instant) people.ID {
	w.Helper()
	chart, err := people.ChartAsOf(w.Context(), w.DB.For(o.ID), o.ID, at)
	w.must(err)
	return chart.Manager(person)
}

func TestReorganizationsDoNotRewriteTheLine(t *testing.T) {
	each(t, func(w *world) {
		acme := w.company("Acme")
		kim, ada, bo := w.person(acme.ID, "Kim", ""), w.person(acme.ID, "Ada", ""), w.person(acme.ID, "Bo", "")
		move := func(who, manager people.ID, from calendar.Instant) error {
			return w.at(acme, 1000, func(lw *ledger.Writer) error { return people.SetManager(t.Context(), lw, who, manager, from) })
		}
		w.must(move(kim.ID, ada.ID, 100))
		w.must(move(kim.ID, bo.ID, 200))
		w.must(move(kim.ID, ada.ID, 200)) // at the very instant at which the line to Bo began
		w.must(move(kim.ID, "", 300))
		w.must(move(kim.ID, "", 350)) // nobody again: nothing changes
		w.must(move(kim.ID, bo.ID, 300))
		for at, want := range map[calendar.Instant]people.ID{99: "", 100: ada.ID, 199: ada.ID, 200: ada.ID, 299: ada.ID, 300: bo.ID, 9999: bo.ID} {
			if got := w.manager(acme, kim.ID, at); got != want {
				t.Errorf("at %d Kim reports to %q, want %q", at, got, want)
			}
		}
		w.must(move(kim.ID, "", 400))
		for what, err := range map[string]error{
			"before a former line ended":   move(kim.ID, ada.ID, 250),
			"in the future":                move(kim.ID, ada.ID, 1001),
			"themselves":                   move(kim.ID, kim.ID, 500),
			"nobody there":                 move(kim.ID, "00000000-0000-7000-8000-000000000000", 500),
			"around a corner, at the time": move(bo.ID, kim.ID, 350),
		} {
			if !problem.Is(err, problem.KindInvalid) {
				t.Errorf("a line %s: %v", what, err)
			}
		}
		w.must(move(bo.ID, kim.ID, 400)) // Kim reports to nobody since then
		if err := move(kim.ID, bo.ID, 500); !problem.Is(err, problem.KindInvalid) {
			t.Errorf("a circle: %v", err)
		}
	})
}

func TestLeavingAndReturning(t *testing.T) {
	each(t, func(w *world) {
		acme := w.company("Acme")
		ada := w.person(acme.ID, "Ada Boss", "ada@acme.example", people.Manager, people.Administrator)
		kim := w.person(acme.ID, "Kim Park", "kim@acme.example", people.Rep)
		w.reportsTo(acme.ID, kim.ID, ada.ID)
		b := w.signedIn("kim@acme.example")
		leave := func(id people.ID) error {
			return w.record(acme.ID, func(lw *ledger.Writer) error { return people.Leave(t.Context(), lw, id, w.Clock()) })
		}
		if err := leave(ada.ID); !problem.Is(err, problem.KindConflict) || !strings.Contains(err.Error(), "1 person reports to Ada Boss") {
			t.Errorf("a manager with people left: %v", err)
		}
		w.pass(time.Minute)
		w.must(leave(kim.ID))
		b.get("/").leadsTo("/sign-in")
		b.post("/sign-in", "email", "kim@acme.example", "password", password).expect(422)
		if err := leave(kim.ID); !problem.Is(err, problem.KindConflict) {
			t.Errorf("leaving twice: %v", err)
		}
		if err := leave(ada.ID); !problem.Is(err, problem.KindConflict) || !strings.Contains(err.Error(), "last administrator") {
			t.Errorf("the last administrator left: %v", err)
		}
		v, err := people.LoadViewer(t.Context(), w.DB, acme.ID, ada.ID, w.Clock())
		w.must(err)
		if !v.Sees(kim.ID) {
			t.Error("after Kim left, Ada does not see the deals")
		}
		if err := w.record(acme.ID, func(lw *ledger.Writer) error {
			return people.SetManager(t.Context(), lw, ada.ID, kim.ID, w.Clock())
		}); !problem.Is(err, problem.KindInvalid) {
			t.Errorf("reporting to someone who left: %v", err)
		}
		w.pass(time.Minute)
		w.must(w.record(acme.ID, func(lw *ledger.Writer) error { return people.Return(t.Context(), lw, kim.ID, w.Clock()) }))
		back, err := people.LoadViewer(t.Context(), w.DB, acme.ID, kim.ID, w.Clock())
		w.must(err)
		if len(back.Roles) != 0 {
			t.Errorf("after the return the roles are %v; they are given anew", back.Roles)
		}
		w.agrees(acme)
	})
}

// agrees checks that the tables say what the ledger says.
func (w *world) agrees(o people.Organization) {
	w.Helper()
	differences, err := people.Slice(w.Program).Check(w.Context(), w.DB.For(o.ID), o.ID)
	w.must(err)
	for _, d := range differences {
		w.Error(d)
	}
}

func TestErasureTakesTheTracesAndKeepsTheChain(t *testing.T) {
	each(t, func(w *world) {
		acme := w.company("Acme")
		ada := w.person(acme.ID, "Ada Boss", "ada@acme.example", people.Administrator)
		kim := w.person(acme.ID, "Kimberly Park", "kimberly@acme.example", people.Rep)
		w.reportsTo(acme.ID, kim.ID, ada.ID)
		b := w.signedIn("kimberly@acme.example")
		b.post("/sign-out")
		w.must(w.record(acme.ID, func(lw *ledger.Writer) error { return people.NameTeam(t.Context(), lw, kim.ID, "Kimberly and friends") }))
		kim.Title = "Kimberly the Great"
		w.must(w.record(acme.ID, func(lw *ledger.Writer) error { _, err := people.Describe(t.Context(), lw, kim); return err }))
		admin := w.signedIn("ada@acme.example")
		admin.post("/people/"+string(kim.ID)+"/erase", "sure", "erase").expect(409, "still here")
		w.pass(time.Minute)
		w.must(w.record(acme.ID, func(lw *ledger.Writer) error { return people.Leave(t.Context(), lw, kim.ID, w.Clock()) }))
		admin.post("/people/"+string(kim.ID)+"/erase", "sure", "no").expect(422, "cannot be undone")
		admin.post("/people/"+string(kim.ID)+"/erase", "sure", "erase").leadsTo("/people/" + string(kim.ID))
		w.must(ledger.EachSince(t.Context(), w.DB.For(acme.ID), acme.ID, 0, func(e *ledger.Entry) error {
			if strings.Contains(strings.ToLower(e.Payload), "kimberly") {
				t.Errorf("entry %d still tells: %s", e.Sequence, e.Payload)
			}
			return nil
		}))
		admin.get("/people/"+string(kim.ID)).expect(200, "Erased person", "recorded something that has been erased since")
		if strings.Contains(strings.ToLower(admin.body), "kimberly") {
			t.Error("the page still tells who it was")
		}
		if _, err := ledger.Verify(t.Context(), w.DB.For(acme.ID), acme.ID); err != nil {
			t.Errorf("after the erasure the chain does not verify: %v", err)
		}
		if got := w.manager(acme, kim.ID, w.Clock()-1000); got != ada.ID {
			t.Errorf("who managed the erased person is lost: %q", got)
		}
		w.agrees(acme)
	})
}

func TestCheckNamesWhatDiffers(t *testing.T) {
	each(t, func(w *world) {
		acme := w.company("Acme")
		kim := w.person(acme.ID, "Kim Park", "", people.Rep)
		w.agrees(acme)
		_, err := w.DB.For(acme.ID).Exec(t.Context(), `update people set name = 'Someone else' where org_id = $1`, acme.ID)
		w.must(err)
		differences, err := people.Slice(w.Program).Check(t.Context(), w.DB.For(acme.ID), acme.ID)
		w.must(err)
		if len(differences) != 1 || !strings.Contains(differences[0], string(kim.ID)) || !strings.Contains(differences[0], "Someone else") {
			t.Errorf("the differences are %q", differences)
		}
	})
}
