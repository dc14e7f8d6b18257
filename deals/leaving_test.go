package deals_test

import (
	"testing"

	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/internal/testworld"
	"milepost/internal/testworld/pagetest"
	"milepost/people"
)

func TestWhoLeavesHandsEverythingOver(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) pagetest.Desk) {
		path := "/people/" + string(o.Eve.ID) + "/leaving"
		adam := asOperationsToo(t, o, as, o.Adam)
		adam.Get(path).Is(200).Has("Eve Alpha is leaving", "EUR 20,000, GBP 3,000", "Belt for the harbour", "Belt for the island", "Near in the reporting line")
		adam.Post(path).Is(422).Has("Choose who takes the open deals over")
		adam.Post(path, "successor", string(o.Eve.ID)).Is(422).Has("Choose someone else")
		adam.Post(path, "successor", string(o.Vera.ID)).Is(422).Has("has no role in which to work on deals")
		mustOwn(t, o, "eve open", o.Eve)
		pounds := o.Deal("eve pounds").ID
		if to := adam.Post(path, "successor", string(o.Dan.ID), "to-"+string(pounds), string(o.Ben.ID)).Leads(); to != "/people" {
			t.Errorf("letting go leads to %s", to)
		}
		mustOwn(t, o, "eve open", o.Dan)
		mustOwn(t, o, "eve pounds", o.Ben)
		mustOwn(t, o, "eve no action", o.Eve) // what has ended stays
		if p, err := people.PersonOf(t.Context(), o.DB, o.ID, o.Eve.ID); err != nil || p.Active() {
			t.Errorf("Eve is still here: %+v %v", p, err)
		}
		adam.Get(path).Is(409).Has("has left already")
		as(o.Ben).Get("/deals?owner=" + string(o.Dan.ID)).Has("2 open deals, EUR 32,000")
		mustAgree(t, o)
	})
}

// An administrator who sees no deals learns how many there are, and hands them over
// as a whole.
func TestWhoSeesNoDealsHandsThemOverUnseen(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) pagetest.Desk) {
		path := "/people/" + string(o.Eve.ID) + "/leaving"
		as(o.Adam).Get(path).Is(200).Has("Open deals 2 EUR 20,000, GBP 3,000").Lacks("Belt for the")
		pounds := o.Deal("eve pounds").ID
		as(o.Adam).Post(path, "successor", string(o.Dan.ID), "to-"+string(pounds), string(o.Ben.ID)).Is(303)
		mustOwn(t, o, "eve pounds", o.Dan)
	})
}

// asOperationsToo lets an administrator see every deal.
func asOperationsToo(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) pagetest.Desk, p people.Person) pagetest.Desk {
	t.Helper()
	by := ledger.By{Via: ledger.ViaCommand, At: testworld.SmallNow.Add(-1)}
	if err := ledger.Record(t.Context(), o.DB, by, func(w *ledger.Writer) error {
		return people.Grant(t.Context(), w, p.ID, people.Operations)
	}); err != nil {
		t.Fatal(err)
	}
	return as(p)
}

// When the person cannot leave, the deals stay where they are: all or nothing.
func TestNobodyLeavesByHalves(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) pagetest.Desk) {
		answer := as(o.Adam).Post("/people/"+string(o.Ben.ID)+"/leaving", "successor", string(o.Ada.ID)) // people report to Ben
		if answer.Code == 303 {
			t.Error("a manager left while people report to him")
		}
		mustOwn(t, o, "ben own", o.Ben)
		as(o.Adam).Get("/people/" + string(deals.ID("nobody")) + "/leaving").Is(404).Has("There is no such person")
	})
}

func mustOwn(t *testing.T, o *testworld.SmallOrganization, key string, owner people.Person) {
	t.Helper()
	found, err := deals.Find(t.Context(), o.DB, o.ID, o.Deal(key).ID)
	if err != nil || found.Owner != owner.ID {
		t.Errorf("%s is owned by %s (%v), want %s", key, found.Owner, err, owner.Name)
	}
}
