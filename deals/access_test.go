package deals_test

import (
	"net/http"
	"strings"
	"testing"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/testworld"
	"milepost/internal/testworld/pagetest"
	"milepost/people"
)

var deedNames = []string{"stage", "amount", "close-date", "owner", "close", "reopen", "activity", "details"}

// Every route of a deal is open to its owner, to those above in the line, and to
// operations; for everyone else the deal is not there.
func TestADealIsNotThereForOthers(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) pagetest.Desk) {
		deal := o.Deal("dan open")
		sees := map[people.ID]bool{o.Dan.ID: true, o.Ben.ID: true, o.Ada.ID: true, o.Olga.ID: true}
		without := map[people.ID]bool{o.Vera.ID: true, o.Adam.ID: true, o.Rita.ID: true} // see no deals at all
		for _, p := range o.Everyone() {
			want, wantPost := http.StatusNotFound, http.StatusNotFound
			if sees[p.ID] {
				want, wantPost = http.StatusOK, http.StatusUnprocessableEntity
			}
			if without[p.ID] {
				want, wantPost = http.StatusForbidden, http.StatusForbidden
			}
			path := "/deals/" + string(deal.ID)
			as(p).Get(path).Is(want)
			as(p).Get(path + "?as-of=2026-05-01").Is(want)
			for _, name := range deedNames {
				if got := as(p).Get(path + "/" + name); name != "reopen" || !sees[p.ID] { // which leads back: it is open
					got.Is(want)
				}
				answer := as(p).Post(path+"/"+name, "stage", strings.Repeat("x", 100), "amount", "-1", "close_date", "x", "owner", "", "title", "")
				if !sees[p.ID] {
					answer.Lacks(deal.Title)
				}
				answer.Is(wantPost)
			}
			for _, list := range []string{"/deals", "/deals.csv", "/deals/new", "/deals/accounts?account=a"} {
				if without[p.ID] {
					as(p).Get(list).Is(http.StatusForbidden)
				} else {
					as(p).Get(list).Is(http.StatusOK)
				}
			}
			leaving := http.StatusForbidden
			if p.ID == o.Adam.ID {
				leaving = http.StatusOK
			}
			as(p).Get("/people/" + string(o.Dan.ID) + "/leaving").Is(leaving)
		}
		if o, _ := deals.Find(t.Context(), o.DB, o.ID, deal.ID); o.Stage != "Negotiation" {
			t.Errorf("the deal is at %q after refused changes", o.Stage)
		}
		as(o.Olga).Get("/deals/" + strings.Repeat("0", 36)).Is(http.StatusNotFound).Has("There is no such deal")
		as(o.Dan).Get("/deals/nonsense").Is(http.StatusNotFound)
	})
}

// Accounts that only others sell to are not suggested.
func TestSuggestionsTellNothingSideways(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) pagetest.Desk) {
		as(o.Dan).Get("/deals/accounts?account=har").Is(200).Has("harbour")
		as(o.Dan).Get("/deals/accounts?account=mill").Is(200).Lacks("mill")
		as(o.Olga).Get("/deals/accounts?account=mill").Is(200).Has("mill")
		as(o.Finn).Post("/deals/new", "title", "New scales", "account", accountOf(t, o, "dan open"), "owner", string(o.Finn.ID)).Is(http.StatusSeeOther)
	})
}

// A deal goes down the line, to oneself and to one's own manager; only operations
// hand it to anyone.
func TestWhoMayHandOverToWhom(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) pagetest.Desk) {
		for _, c := range []struct {
			by, to people.Person
			deal   string
			want   int
		}{
			{o.Dan, o.Eve, "dan open", 422}, {o.Dan, o.Ada, "dan open", 422}, {o.Dan, o.Vera, "dan open", 422},
			{o.Ben, o.Finn, "dan open", 422}, {o.Ben, o.Eve, "dan open", 303}, {o.Ben, o.Dan, "dan open", 303},
			{o.Dan, o.Ben, "dan open", 303}, {o.Ben, o.Ada, "dan open", 303}, {o.Ada, o.Gus, "dan open", 303},
			{o.Olga, o.Vera, "dan open", 422}, {o.Olga, o.Dan, "dan open", 303}, {o.Olga, o.Eve, "nobody", 303},
		} {
			path := "/deals/" + string(o.Deal(c.deal).ID)
			got := as(c.by).Post(path+"/owner", "owner", string(c.to.ID))
			got.Is(c.want)
			if c.by.ID == o.Dan.ID && c.want == 303 {
				as(c.by).Get(path).Is(404)
				if to := got.Header().Get("Location"); to != "/deals" {
					t.Errorf("having handed it over leads to %s", to)
				}
			}
		}
	})
}

func accountOf(t *testing.T, o *testworld.SmallOrganization, key string) string {
	t.Helper()
	name, err := db.One[string](t.Context(), o.DB, `
		select a.name
		from accounts a
		join opportunities p on p.org_id = a.org_id and p.account_id = a.id
		where a.org_id = $1 and p.id = $2`, o.ID, o.Deal(key).ID)
	if err != nil {
		t.Fatal(err)
	}
	return name
}
