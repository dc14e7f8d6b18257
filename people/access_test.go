package people_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/jobs"
	"milepost/internal/ledger"
	"milepost/internal/testworld/testdb"
	"milepost/internal/web"
	"milepost/people"
	"milepost/problem"
)

func TestRulesByRole(t *testing.T) {
	rules := []web.Rule{people.Anyone, people.SignedIn, people.SeesDeals, people.SeesTotals, people.ImportsData, people.Administers, people.ReadsAssumptions, people.SetsAssumptions, people.SetsRates}
	for role, open := range map[people.Role]string{
		"":                      "yynnnnnnn",
		people.Rep:              "yyyynnnnn",
		people.Manager:          "yyyynnnnn",
		people.Operations:       "yyyyynyyy",
		people.ResourceProvider: "yynnnnnnn",
		people.Observer:         "yynynnynn",
		people.Administrator:    "yynnyynny",
	} {
		v := people.NewViewer(people.Organization{}, people.Person{ID: "1"}, []people.Role{role}, people.Chart{})
		for i, rule := range rules {
			err := people.Decide(people.WithViewer(t.Context(), v), rule)
			if got := err == nil; got != (open[i] == 'y') {
				t.Errorf("the role %q and the rule %q: open is %v", role, rule, got)
			}
			if err != nil && !problem.Is(err, problem.KindForbidden) {
				t.Errorf("the refusal of %q is %v", rule, err)
			}
		}
	}
	for _, rule := range rules[1:] {
		if err := people.Decide(t.Context(), rule); !errors.Is(err, web.ErrSignInFirst) {
			t.Errorf("nobody and the rule %q: %v", rule, err)
		}
	}
	stranger := people.NewViewer(people.Organization{}, people.Person{ID: "1"}, people.Roles, people.Chart{})
	if err := people.Decide(people.WithViewer(t.Context(), stranger), "a rule that nobody wrote"); err == nil {
		t.Error("a rule that there is not lets people in")
	}
}

// history is an organization drawn at random: what happened, in order, kept apart
// from the product's tables so that its own definition can be asked.
type history struct {
	org    db.Org
	ids    []people.ID
	roles  map[people.ID][]people.Role
	leftAt map[people.ID]calendar.Instant // of those who are not here
	moves  []move
}

// move says that someone reported to someone (or to nobody) from then on; of two at
// one instant the later in the list counts.
type move struct {
	person, manager people.ID
	from            calendar.Instant
}

// managerAt is the naive definition: the last move up to then.
func (h *history) managerAt(person people.ID, at calendar.Instant) people.ID {
	var manager people.ID
	for _, m := range h.moves {
		if m.person == person && m.from <= at {
			manager = m.manager
		}
	}
	return manager
}

// lastManager is to whom someone reports, or reported until they left.
func (h *history) lastManager(person people.ID, at calendar.Instant) people.ID {
	if left := h.leftAt[person]; left != 0 {
		at = left - 1
	}
	return h.managerAt(person, at)
}

// seenBy is the naive definition of access.
func (h *history) seenBy(viewer, owner people.ID, at calendar.Instant) bool {
	has := func(role people.Role) bool { return slices.Contains(h.roles[viewer], role) }
	switch {
	case has(people.Operations):
		return true
	case !has(people.Rep) && !has(people.Manager):
		return false
	}
	for up, steps := owner, 0; up != "" && steps <= len(h.ids); up, steps = h.lastManager(up, at), steps+1 {
		if up == viewer {
			return true
		}
	}
	return false
}

func (h *history) isAbove(manager, person people.ID, at calendar.Instant) bool {
	for up := person; up != ""; up = h.managerAt(up, at) {
		if up == manager {
			return true
		}
	}
	return false
}

// drawHistory lets things happen, in the product and in the model alike.
func drawHistory(ctx context.Context, t *rapid.T, d *db.DB, name string) *history {
	h := &history{roles: map[people.ID][]people.Role{}, leftAt: map[people.ID]calendar.Instant{}}
	o, err := people.Found(ctx, d.Everywhere(), people.Organization{Name: name, TimeZone: "UTC", FiscalStart: 1, Currency: "EUR", CreatedAt: 1})
	if err != nil {
		t.Fatal(err)
	}
	h.org = o.ID
	happenings := rapid.IntRange(1, 45).Draw(t, "happenings")
	err = d.For(h.org).InTx(ctx, func(tx *db.DB) error {
		now := calendar.Instant(1000)
		for range happenings {
			now += calendar.Instant(rapid.IntRange(0, 2).Draw(t, "passes")) // several things may happen at one instant
			by := ledger.By{Via: ledger.ViaCommand, At: now}
			if err := ledger.Record(ctx, tx, by, func(w *ledger.Writer) error { return h.happen(ctx, t, w) }); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func (h *history) happen(ctx context.Context, t *rapid.T, w *ledger.Writer) error {
	what := rapid.SampledFrom([]string{"join", "join", "join", "role", "role", "move", "move", "move", "leave", "return"}).Draw(t, "what")
	if what == "join" || len(h.ids) == 0 {
		p, err := people.Join(ctx, w, people.Person{Name: fmt.Sprint("Person ", len(h.ids))}, w.By.At)
		h.ids = append(h.ids, p.ID)
		return err
	}
	who := rapid.SampledFrom(h.ids).Draw(t, "who")
	switch what {
	case "role":
		role := rapid.SampledFrom(people.Roles[:5]).Draw(t, "role")
		if h.leftAt[who] == 0 && !slices.Contains(h.roles[who], role) {
			h.roles[who] = append(h.roles[who], role)
			return people.Grant(ctx, w, who, role)
		}
	case "move":
		return h.move(ctx, t, w, who)
	case "leave":
		return h.leave(ctx, w, who)
	case "return":
		if h.leftAt[who] != 0 {
			delete(h.leftAt, who)
			return people.Return(ctx, w, who, w.By.At)
		}
	}
	return nil
}

func (h *history) move(ctx context.Context, t *rapid.T, w *ledger.Writer, who people.ID) error {
	manager := rapid.SampledFrom(append([]people.ID{""}, h.ids...)).Draw(t, "manager")
	if h.leftAt[who] != 0 {
		return nil
	}
	err := people.SetManager(ctx, w, who, manager, w.By.At)
	refused := manager != "" && (h.isAbove(who, manager, w.By.At) || h.leftAt[manager] != 0)
	if same := h.managerAt(who, w.By.At) == manager; same && err == nil {
		return nil
	}
	if refused != problem.Is(err, problem.KindInvalid) {
		return fmt.Errorf("the move of %s to %s: %v, and it is wrong: %v", who, manager, err, refused)
	}
	if !refused {
		h.moves = append(h.moves, move{person: who, manager: manager, from: w.By.At})
		return err
	}
	return nil
}

func (h *history) leave(ctx context.Context, w *ledger.Writer, who people.ID) error {
	has := slices.ContainsFunc(h.ids, func(id people.ID) bool { return id != who && h.managerAt(id, w.By.At) == who })
	err := people.Leave(ctx, w, who, w.By.At)
	refused := has || h.leftAt[who] != 0
	if refused != problem.Is(err, problem.KindConflict) {
		return fmt.Errorf("the leaving of %s: %v, and it is wrong: %v", who, err, refused)
	}
	if refused {
		return nil
	}
	h.moves = append(h.moves, move{person: who, from: w.By.At})
	h.leftAt[who], h.roles[who] = w.By.At, nil
	return err
}

// Whatever happened, nobody sees sideways or up, everyone sees their own and what is
// below, observers nothing, operations all; and the line as of any instant is what
// it was.
func TestNobodySeesBeyondTheirLine(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		drawn := 0
		rapid.Check(t, func(rt *rapid.T) {
			drawn++
			h := drawHistory(t.Context(), rt, d, fmt.Sprint("Drawn ", drawn))
			const now = calendar.Instant(5000)
			for _, viewer := range h.ids {
				h.checkViewer(t.Context(), rt, d, viewer, now)
			}
			for at := calendar.Instant(999); at < 1100; at += 7 {
				chart, err := people.ChartAsOf(t.Context(), d.For(h.org), h.org, at)
				if err != nil {
					rt.Fatal(err)
				}
				for _, id := range h.ids {
					if got, want := chart.Manager(id), h.managerAt(id, at); got != want {
						rt.Fatalf("at %d %s reported to %q, want %q", at, id, got, want)
					}
				}
			}
		})
	}, ledger.Schema, jobs.Schema, people.Schema)
}

func (h *history) checkViewer(ctx context.Context, t *rapid.T, d *db.DB, viewer people.ID, now calendar.Instant) {
	v, err := people.LoadViewer(ctx, d, h.org, viewer, now)
	if h.leftAt[viewer] != 0 {
		if !problem.Is(err, problem.KindForbidden) {
			t.Fatalf("someone who left comes in: %v", err)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	visible, all := v.Visible()
	if v.Sees("") != all {
		t.Fatalf("a deal without an owner is seen: %v, and all deals are: %v", v.Sees(""), all)
	}
	for _, owner := range append([]people.ID{"of another organization"}, h.ids...) {
		want := h.seenBy(viewer, owner, now)
		if v.Sees(owner) != want || (all || slices.Contains(visible, owner)) != want {
			t.Fatalf("%s sees the deals of %s: Sees %v, Visible %v, want %v (roles %v, moves %v, left %v)", viewer, owner,
				v.Sees(owner), all || slices.Contains(visible, owner), want, h.roles, h.moves, h.leftAt)
		}
	}
}
