package people_test

import (
	"net/http"
	"strings"
	"testing"

	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
)

// Two organizations in one database, one person with an address in both.
func TestOrganizationsNeverMeet(t *testing.T) {
	each(t, func(w *world) {
		acme, bolt := w.company("Acme"), w.company("Bolt")
		ada := w.person(acme.ID, "Ada Boss", "ada@acme.example", people.Administrator, people.Operations)
		eve := w.person(bolt.ID, "Eve Spy", "eve@bolt.example", people.Administrator, people.Operations)
		kim := w.person(acme.ID, "Kim Park", "", people.Rep)
		b := w.signedIn("eve@bolt.example")
		b.get("/people?view=table").expect(http.StatusOK, "Eve Spy")
		for _, secret := range []string{"Ada", "Kim", "Acme"} {
			if strings.Contains(b.body, secret) {
				t.Errorf("one organization reads of %s in the other", secret)
			}
		}
		for _, path := range []string{"/people/" + string(kim.ID), "/people/" + string(ada.ID), "/people.csv?view=table"} {
			if b.get(path); strings.Contains(b.body, "Kim") || strings.Contains(b.body, "Ada") {
				t.Errorf("%s of the other organization can be read", path)
			}
		}
		b.get("/people/"+string(kim.ID)).expect(http.StatusNotFound, "no such person")
		version := "1"
		for path, fields := range map[string][]string{
			"/people/" + string(kim.ID):              {"name", "Taken", "email", "kim@bolt.example", "version", version},
			"/people/" + string(kim.ID) + "/manager": {"manager", string(eve.ID), "from", "2026-03-02", "version", version},
			"/people/" + string(kim.ID) + "/link":    {"purpose", "invitation"},
			"/people/" + string(kim.ID) + "/team":    {"team", "Ours"},
			"/people/" + string(kim.ID) + "/return":  nil,
			"/people/" + string(kim.ID) + "/erase":   {"sure", "erase"},
		} {
			b.post(path, fields...).expect(http.StatusNotFound)
		}
		if err := w.record(bolt.ID, func(lw *ledger.Writer) error {
			return people.SetManager(t.Context(), lw, eve.ID, ada.ID, w.Clock())
		}); !problem.Is(err, problem.KindInvalid) {
			t.Errorf("a manager of the other organization: %v", err)
		}
		if _, err := people.LoadViewer(t.Context(), w.DB, bolt.ID, ada.ID, w.Clock()); !problem.Is(err, problem.KindNotFound) {
			t.Errorf("a person of one organization as viewer of the other: %v", err)
		}
	})
}

func TestOneAddressInTwoOrganizationsAsksWhich(t *testing.T) {
	each(t, func(w *world) {
		acme, bolt := w.company("Acme"), w.company("Bolt")
		w.person(acme.ID, "Kim of Acme", "kim@both.example", people.Rep)
		w.person(bolt.ID, "Kim of Bolt", "kim@both.example", people.Rep)
		b := w.browser().post("/sign-in", "email", "kim@both.example", "password", password, "next", "/people").expect(http.StatusOK, "Where to?", "Acme", "Bolt")
		tokens := tokensOf(b)
		if len(tokens) != 2 {
			t.Fatalf("the page offers %d organizations", len(tokens))
		}
		b.get("/").leadsTo("/sign-in") // nobody is signed in before the choice
		b.post("/sign-in/organization", "token", tokens["Bolt"], "next", "/people").leadsTo("/people")
		b.get("/").expect(http.StatusOK, "home of Kim of Bolt")
		w.browser().post("/sign-in/organization", "token", tokens["Bolt"]).leadsTo("/sign-in?next=%2F") // once
		w.browser().get("/welcome/"+tokens["Acme"]).expect(http.StatusNotFound, dead)
		w.browser().post("/welcome/"+tokens["Acme"], "new", password, "again", password).expect(http.StatusNotFound)
		acmes := w.person(acme.ID, "Lee", "lee@acme.example", people.Rep)
		w.browser().post("/sign-in/organization", "token", strings.TrimPrefix(w.link(acme.ID, acmes.ID, people.Reset), "/welcome/")).leadsTo("/sign-in?next=%2F")
	})
}

// tokensOf reads the buttons of the choice, by the name of the organization.
func tokensOf(b *browser) map[string]string {
	found := map[string]string{}
	for _, button := range strings.Split(b.body, "<button")[1:] {
		_, rest, _ := strings.Cut(button, `value="`)
		token, rest, _ := strings.Cut(rest, `"`)
		for _, name := range []string{"Acme", "Bolt"} {
			if strings.Contains(rest, name) {
				found[name] = token
			}
		}
	}
	return found
}
