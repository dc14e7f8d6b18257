package deals_test

import (
	"testing"

	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/internal/testworld"
	"milepost/people"
)

func TestWhoLeavesHandsEverythingOver(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) desk) {
		path := "/people/" + string(o.Eve.ID) + "/leaving"
		adam := asOperationsToo(t, o, as, o.Adam)
		adam.get(path).is(200).has("Eve Alpha is leaving", "EUR 20,000, GBP 3,000", "Belt for the harbour", "Belt for the island", "Near in the reporting line")
		adam.post(path).is(422).has("Choose who takes the open deals over")
		adam.post(path, "successor", string(o.Eve.ID)).is(422).has("Choose someone else")
		adam.post(path, "successor", string(o.Vera.ID)).is(422).has("has no role in which to work on deals")
		mustOwn(t, o, "eve open", o.Eve)
		pounds := o.Deal("eve pounds").ID
		if to := adam.post(path, "successor", string(o.Dan.ID), "to-"+string(pounds), string(o.Ben.ID)).is(303).Header().Get("Location"); to != "/people" {
			t.Errorf("letting go leads to %s", to)
		}
		mustOwn(t, o, "eve open", o.Dan)
		mustOwn(t, o, "eve pounds", o.Ben)
		mustOwn(t, o, "eve no action", o.Eve) // what has ended stays
		if p, err := people.PersonOf(t.Context(), o.DB, o.ID, o.Eve.ID); err != nil || p.Active() {
			t.Errorf("Eve is still here: %+v %v", p, err)
		}
		adam.get(path).is(409).has("has left already")
		as(o.Ben).get("/deals?owner=" + string(o.Dan.ID)).has("2 open deals, EUR 32,000")
		mustAgree(t, o)
	})
}

// An administrator who sees no deals learns how many there are, and hands them over
// as a whole.
func TestWhoSeesNoDealsHandsThemOverUnseen(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) desk) {
		path := "/people/" + string(o.Eve.ID) + "/leaving"
		as(o.Adam).get(path).is(200).has("Open deals 2 EUR 20,000, GBP 3,000").lacks("Belt for the")
		pounds := o.Deal("eve pounds").ID
		as(o.Adam).post(path, "successor", string(o.Dan.ID), "to-"+string(pounds), string(o.Ben.ID)).is(303)
		mustOwn(t, o, "eve pounds", o.Dan)
	})
}

// asOperationsToo lets an administrator see every deal.
func asOperationsToo(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) desk, p people.Person) desk {
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
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) desk) {
		answer := as(o.Adam).post("/people/"+string(o.Ben.ID)+"/leaving", "successor", string(o.Ada.ID)) // people report to Ben
		if answer.Code == 303 {
			t.Error("a manager left while people report to him")
		}
		mustOwn(t, o, "ben own", o.Ben)
		as(o.Adam).get("/people/" + string(deals.ID("nobody")) + "/leaving").is(404).has("There is no such person")
	})
}

func mustOwn(t *testing.T, o *testworld.SmallOrganization, key string, owner people.Person) {
	t.Helper()
	found, err := deals.Find(t.Context(), o.DB, o.ID, o.Deal(key).ID)
	if err != nil || found.Owner != owner.ID {
		t.Errorf("%s is owned by %s (%v), want %s", key, found.Owner, err, owner.Name)
	}
}
