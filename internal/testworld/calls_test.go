package testworld

import (
	"testing"

	"milepost/calendar"
	"milepost/calls"
	"milepost/money"
	"milepost/people"
	"milepost/targets"
)

// Who was right tells a story: one promises little and brings more, one the other way
// round, one calls late and wide; the rest and those above them are not far off.
func TestCallsTellTheirHabits(t *testing.T) {
	m := furnished(t)
	if err := targets.CatchUp(t.Context(), m.d); err != nil {
		t.Fatal(err)
	}
	o := m.truth.Organization
	quarter := o.Fiscal().Quarter(calendar.DateOf(noon, o.Place()))
	everyone, err := people.Everyone(t.Context(), m.d, o.ID)
	if err != nil {
		t.Fatal(err)
	}
	names := map[people.ID]string{}
	for _, p := range everyone {
		names[p.ID] = p.Name
	}
	standing := func(in money.Currency, name string, scope calls.Scope, lead int) calls.Standing {
		list, err := calls.Pasts(t.Context(), m.d, o, quarter, in, calls.Leads, noon)
		if err != nil {
			t.Fatal(err)
		}
		var own []calls.Past
		for _, p := range list {
			if p.Scope == scope && people.Key(name) == people.Key(names[p.Person]) {
				own = append(own, p)
			}
		}
		return calls.StandingOf(own, lead)
	}
	for _, name := range []string{sandbaggerName, optimistName, strugglingName} {
		t.Logf("%s: %+v", name, standing(euro, name, calls.Own, 30))
	}
	t.Logf("%s: %+v", headName, standing(euro, headName, calls.Team, 30))
	if s := standing(euro, sandbaggerName, calls.Own, 30); s.TooFew() || s.Bias > -.15 {
		t.Errorf("the one who promises little: %+v", s)
	}
	if s := standing(euro, optimistName, calls.Own, 30); s.TooFew() || s.Bias < .2 {
		t.Errorf("the one who promises much: %+v", s)
	}
	struggling, head := standing(euro, strugglingName, calls.Own, 30), standing(euro, headName, calls.Team, 30)
	if struggling.Off < 2*head.Off || head.TooFew() || head.Off > .25 {
		t.Errorf("the one who struggles is off by %v, the head of sales by %v", struggling.Off, head.Off)
	}
	if late := standing(euro, strugglingName, calls.Own, 90); late.Periods > 0 {
		t.Errorf("the one who struggles called %d quarters 90 days before their end", late.Periods)
	}
}
