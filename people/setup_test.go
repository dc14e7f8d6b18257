package people_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"milepost/internal/ledger"
	"milepost/people"
)

// answers are what someone types on the set-up page, with some of it changed.
func answers(changed ...string) []string {
	fields := map[string]string{"organization": "Acme", "time_zone": "Europe/Oslo", "fiscal_start": "2", "currency": "nok",
		"name": "Ada Boss", "email": "Ada@acme.example", "new": password, "again": password}
	for i := 0; i+1 < len(changed); i += 2 {
		fields[changed[i]] = changed[i+1]
	}
	var list []string
	for name, value := range fields {
		list = append(list, name, value)
	}
	return list
}

func TestSetUpMakesTheOrganizationAndSignsIn(t *testing.T) {
	each(t, func(w *world) {
		b := w.browser()
		b.get("/deals").leadsTo("/set-up")
		b.get("/sign-in").leadsTo("/set-up")
		b.get("/set-up").expect(http.StatusOK, "Organization", "Time zone", "Your e-mail")
		if strings.Contains(b.text(), "Set-up code") {
			t.Error("the set-up asks for the code on the machine itself")
		}
		b.post("/set-up", answers("organization", "", "time_zone", "Mars/Olympus", "fiscal_start", "13", "currency", "??", "name", " ", "email", "ada",
			"new", "short")...).expect(http.StatusUnprocessableEntity, "Give the organization a name", "not a time zone", "January to December",
			"currency is not known", "A name is needed", "not an e-mail address", "at least 10")
		if got := b.field("time_zone"); got != "Mars/Olympus" {
			t.Errorf("what was typed is lost: %q", got)
		}
		b.post("/set-up", answers()...).leadsTo("/first-steps")
		b.get("/first-steps").expect(http.StatusOK, "Import a history", "Invite people")
		all, err := people.Organizations(t.Context(), w.DB.Everywhere())
		w.must(err)
		if len(all) != 1 || all[0].Name != "Acme" || all[0].TimeZone != "Europe/Oslo" || all[0].FiscalStart != 2 || all[0].Currency != "NOK" {
			t.Errorf("the organization is %+v", all)
		}
		b.get("/people/new").expect(http.StatusOK)
		w.signedIn("ada@acme.example")
		b.get("/set-up").leadsTo("/sign-in")
		b.post("/set-up", answers("email", "eve@acme.example")...).expect(http.StatusConflict, "was set up a moment ago")
		if n, err := ledger.Verify(t.Context(), w.DB.For(all[0].ID), all[0].ID); err != nil || n != 7 {
			t.Errorf("the ledger has %d entries, %v", n, err)
		}
	})
}

func TestOfTwoWhoSetUpAtOnceOneIsToldSo(t *testing.T) {
	each(t, func(w *world) {
		var mu sync.Mutex
		statuses := map[int]int{}
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				b := w.browser().post("/set-up", answers()...)
				mu.Lock()
				defer mu.Unlock()
				statuses[b.status]++
			})
		}
		all.Wait()
		if statuses[http.StatusSeeOther] != 1 || statuses[http.StatusConflict] != 3 {
			t.Errorf("four set-ups at once were answered %v, want one 303 and three 409", statuses)
		}
		made, err := people.Organizations(t.Context(), w.DB.Everywhere())
		w.must(err)
		if len(made) != 1 {
			t.Errorf("%d organizations were made", len(made))
		}
	})
}

func TestSetUpTakesOverWhatAnImportMade(t *testing.T) {
	each(t, func(w *world) {
		acme := w.company("Acme")
		ada := w.person(acme.ID, "Ada Boss", "", people.Rep)
		b := w.browser().get("/").leadsTo("/set-up")
		b.get("/set-up").expect(http.StatusOK, "A history was imported", "Organization: Acme", "If the history names you")
		if strings.Contains(b.text(), "Time zone") {
			t.Error("the set-up asks again for what the import knows")
		}
		b.post("/set-up", answers("chosen", b.field("chosen"), "name", "ada  boss")...).leadsTo("/first-steps")
		all, err := people.Everyone(t.Context(), w.DB.For(acme.ID), acme.ID)
		w.must(err)
		if len(all) != 1 || all[0].ID != ada.ID || all[0].Email != "ada@acme.example" {
			t.Errorf("the people are %+v, want the imported one, who signs in", all)
		}
		b.get("/people/new").expect(http.StatusOK)
	})
}

func TestSetUpOverANetworkNeedsTheCode(t *testing.T) {
	each(t, func(w *world) {
		b := w.browser()
		b.header.Set("X-Forwarded-For", "203.0.113.9")
		b.get("/set-up").expect(http.StatusOK, "Set-up code")
		b.post("/set-up", answers()...).expect(http.StatusUnprocessableEntity, "This is not the code")
		b.post("/set-up", answers("code", "AAAA-BBBB-CCCC-DDDD")...).expect(http.StatusUnprocessableEntity)
		b.post("/set-up", answers("code", strings.ToLower(people.SetUpCode()))...).leadsTo("/first-steps")
	})
	each(t, func(w *world) {
		b := w.browser()
		b.header.Set("X-Forwarded-For", "203.0.113.9")
		for range 5 {
			b.post("/set-up", answers("code", "AAAA-BBBB-CCCC-DDDD")...)
		}
		b.post("/set-up", answers("code", people.SetUpCode())...).expect(http.StatusTooManyRequests)
	})
}

func TestEveryZoneOnOfferIsKnown(t *testing.T) {
	for _, name := range people.Zones() {
		if _, err := people.CheckOrganization(people.Organization{Name: "X", TimeZone: name, FiscalStart: 1, Currency: "EUR"}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
