package activities

import (
	"milepost/bulk"
	"milepost/calendar"
	"milepost/internal/ledger"
	"milepost/problem"
)

var (
	notTheirs   = problem.Forbidden("Only the person who did this can change what it says.")
	isTakenBack = problem.Invalid("", "It was taken back.")
)

// value is what an activity has of what a change of many changes.
func (a *Activity) value(what string, k bulk.Desk) string {
	switch what {
	case manyType:
		return a.Type
	case manyDay:
		return string(calendar.DateOf(a.At, k.Viewer.Organization.Place()))
	case manyPerson:
		return string(a.Person)
	}
	return string(a.State)
}

// same tells whether two versions of an activity agree in what a change of many changes.
func (a *Activity) same(b *Activity, what string, k bulk.Desk) bool {
	return a.value(what, k) == b.value(what, k) && (what != manyDay || a.At == b.At)
}

// readyMany makes a change of activities ready for a value.
func readyMany(what string, guards []Guard) func(bulk.Desk, string) (bulk.Ready, error) {
	return func(k bulk.Desk, typed string) (bulk.Ready, error) {
		kept, to, err := amendmentTo(k, what, typed)
		m := many{what, to, guards}
		return bulk.Ready{Value: kept, Look: m.look, Change: m.change}, err
	}
}

// many is a change of many activities, ready for a value.
type many struct {
	what   string
	to     amendment
	guards []Guard
}

// amended is what becomes of an activity, or why it stays: the rules by which one
// alone is corrected or taken back.
func (m many) amended(k bulk.Desk, a Activity) (Activity, error) {
	switch {
	case a.State == TakenBack:
		return a, isTakenBack
	case !a.mayChange(k.Viewer):
		return a, notTheirs
	}
	after, err := m.to(a)
	if err == nil && after.State == TakenBack {
		err = mayGo(k.Ctx, k.DB, m.guards, a.ID)
	}
	return after, err
}

// look says what would become of activities in sight.
func (m many) look(k bulk.Desk, ids []string) (map[string]bulk.Glance, error) {
	found, err := several(k.Ctx, k.DB, ids)
	glances := make(map[string]bulk.Glance, len(found))
	for id, a := range found {
		if !k.Viewer.Sees(a.Owner) {
			continue
		}
		after, refusal := m.amended(k, a.Activity)
		if _, refused := problem.Of(refusal); refusal != nil && !refused {
			return nil, refusal
		}
		glances[id] = bulk.Glance{Version: a.Version, Before: a.value(m.what, k), After: after.value(m.what, k), Refusal: refusal}
	}
	return glances, err
}

// change changes one activity, as the ledger has it.
func (m many) change(k bulk.Desk, w *ledger.Writer, r bulk.Row, _ bulk.Glance) (int64, error) {
	pen, a, err := takeUpActivity(k.Ctx, w, k.Viewer, ID(r.ID))
	if err != nil {
		return 0, err
	}
	if a.Version != r.Version {
		return 0, bulk.Overtaken
	}
	after, err := m.amended(k, *a)
	if err != nil {
		return 0, err
	}
	if after.State == TakenBack {
		_, err = pen.add(Withdrawn, a.ID, struct{}{})
	} else {
		err = pen.correct(*a, after)
	}
	if err != nil {
		return 0, err
	}
	return pen.entries[len(pen.entries)-1].Sequence, pen.putDown(k.Ctx)
}

// correct adds an entry by which an activity becomes another version of itself.
func (p *pen) correct(from, to Activity) error {
	r := to.report()
	if to.Person != from.Person {
		r.Person, r.Nobody = to.Person, to.Person == ""
	}
	_, err := p.add(Corrected, from.ID, r)
	return err
}
