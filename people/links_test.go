package people_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"milepost/internal/ledger"
	"milepost/people"
)

const dead = "This link is no longer good"

func TestInvitationIsUsedOnceAndOnlyByItsForm(t *testing.T) {
	each(t, func(w *world) {
		acme := w.company("Acme")
		w.person(acme.ID, "Ada Boss", "ada@acme.example", people.Administrator)
		kim := w.person(acme.ID, "Kim Park", "", people.Rep)
		w.must(w.record(acme.ID, func(lw *ledger.Writer) error {
			kim.Email = "kim@acme.example"
			_, err := people.Describe(t.Context(), lw, kim)
			return err
		}))
		path := w.link(acme.ID, kim.ID, people.Invitation)
		for range 3 { // mail programs look at every link
			w.browser().get(path).expect(http.StatusOK, "Kim Park, you are invited to work with Acme")
		}
		b := w.browser()
		b.post(path, "new", "short", "again", "short").expect(http.StatusUnprocessableEntity, "at least 10")
		b.post(path, "new", "kim@acme.example", "again", "kim@acme.example").expect(http.StatusUnprocessableEntity, "too close to your name")
		b.post(path, "new", "password1234", "again", "password1234").expect(http.StatusUnprocessableEntity, "first passwords")
		b.post(path, "new", password, "again", password).leadsTo("/")
		b.get("/").expect(http.StatusOK, "home of Kim Park")
		w.browser().get(path).expect(http.StatusNotFound, dead)
		w.browser().post(path, "new", password, "again", password).expect(http.StatusNotFound, dead)
		w.browser().get("/welcome/nonsense").expect(http.StatusNotFound, dead)
	})
}

func TestOfTwoWhoUseALinkAtOnceOneGetsIn(t *testing.T) {
	each(t, func(w *world) {
		acme := w.company("Acme")
		kim := w.person(acme.ID, "Kim Park", "kim@acme.example", people.Rep)
		path := w.link(acme.ID, kim.ID, people.Reset)
		var in sync.Map
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() {
				if b := w.browser().post(path, "new", password, "again", password); b.status == http.StatusSeeOther {
					in.Store(i, true)
				}
			})
		}
		all.Wait()
		count := 0
		in.Range(func(any, any) bool { count++; return true })
		if count != 1 {
			t.Errorf("%d got in by one link, want 1", count)
		}
	})
}

func TestLinksExpireAndNewerOnesVoidThem(t *testing.T) {
	each(t, func(w *world) {
		acme := w.company("Acme")
		kim := w.person(acme.ID, "Kim Park", "kim@acme.example", people.Rep)
		for purpose, life := range map[people.Purpose]time.Duration{people.Reset: time.Hour, people.Invitation: 7 * 24 * time.Hour} {
			path := w.link(acme.ID, kim.ID, purpose)
			w.pass(life - time.Minute)
			w.browser().get(path).expect(http.StatusOK)
			w.pass(2 * time.Minute)
			w.browser().get(path).expect(http.StatusNotFound, dead)
			w.browser().post(path, "new", password, "again", password).expect(http.StatusNotFound, dead)
		}
		first, second := w.link(acme.ID, kim.ID, people.Reset), w.link(acme.ID, kim.ID, people.Reset)
		w.browser().get(first).expect(http.StatusNotFound, dead)
		w.browser().get(second).expect(http.StatusOK, "choose a new password")
	})
}

func TestResetEndsSignInsAndLockOut(t *testing.T) {
	each(t, func(w *world) {
		acme := w.company("Acme")
		kim := w.person(acme.ID, "Kim Park", "kim@acme.example", people.Rep)
		before := w.signedIn("kim@acme.example")
		for range 6 {
			w.browser().post("/sign-in", "email", "kim@acme.example", "password", "wrong wrong wrong")
		}
		const fresh = "other little words"
		w.browser().post(w.link(acme.ID, kim.ID, people.Reset), "new", fresh, "again", fresh).leadsTo("/")
		before.get("/").leadsTo("/sign-in")
		w.browser().post("/sign-in", "email", "kim@acme.example", "password", fresh).leadsTo("/")
	})
}

func TestAskingForANewPasswordDoesNotTellWhoIsThere(t *testing.T) {
	each(t, func(w *world) {
		acme := w.company("Acme")
		w.person(acme.ID, "Ada Boss", "ada@acme.example", people.Administrator)
		kim := w.person(acme.ID, "Kim Park", "kim@acme.example", people.Rep)
		ask := func(email string) string {
			return strings.ReplaceAll(w.browser().post("/new-password", "email", email).expect(http.StatusOK, "Noted").text(), email, "X")
		}
		if there, not := ask("kim@acme.example"), ask("nobody@acme.example"); there != not {
			t.Errorf("the page tells who is there:\n%s\n%s", there, not)
		}
		ada := w.signedIn("ada@acme.example")
		ada.get("/people").expect(http.StatusOK, "Waiting for a new password", "Kim Park asked")
		w.signedIn("kim@acme.example").get("/people").expect(http.StatusOK)
		ada.post("/people/"+string(kim.ID)+"/link", "purpose", "reset").expect(http.StatusOK, "A link for a new password", "an hour")
		link := ada.field("link")
		if !strings.HasPrefix(link, w.site.URL+"/welcome/") {
			t.Fatalf("the link is %s", link)
		}
		ada.get("/people")
		if strings.Contains(ada.body, "Waiting for a new password") {
			t.Error("the request is still shown after the link was made")
		}
		w.browser().post(strings.TrimPrefix(link, w.site.URL), "new", password, "again", password).leadsTo("/")
		for range 5 {
			w.browser().post("/new-password", "email", "kim@acme.example")
		}
		w.browser().post("/new-password", "email", "kim@acme.example").expect(http.StatusTooManyRequests)
	})
}

func TestDemonstrationLinksSignInAgainAndAgain(t *testing.T) {
	each(t, func(w *world) {
		real := w.company("Acme")
		kim := w.person(real.ID, "Kim Park", "kim@acme.example", people.Rep)
		err := w.record(real.ID, func(lw *ledger.Writer) error {
			_, err := people.DemonstrationLink(t.Context(), lw, kim.ID)
			return err
		})
		if err == nil {
			t.Error("a real company got a demonstration link")
		}
		demo, err := people.Found(t.Context(), w.DB.Everywhere(), people.Organization{Name: "Harbour & Vine", TimeZone: "UTC", FiscalStart: 1,
			Currency: "EUR", CreatedAt: w.Clock(), Demonstration: true})
		w.must(err)
		ida := w.person(demo.ID, "Ida Holm", "", people.Rep)
		var path string
		w.must(w.record(demo.ID, func(lw *ledger.Writer) error {
			token, err := people.DemonstrationLink(t.Context(), lw, ida.ID)
			path = people.WelcomePath(token)
			return err
		}))
		for range 2 {
			w.browser().get(path).leadsTo("/")
			w.pass(300 * 24 * time.Hour)
		}
		b := w.browser().get(path)
		b.get("/").expect(http.StatusOK, "home of Ida Holm")
		b.get(path).leadsTo("/")
		b.get("/account").expect(http.StatusOK, "You have no password")
		b.post("/account", "present", "", "new", password, "again", password).expect(http.StatusConflict)
		w.browser().post(path, "new", password, "again", password).expect(http.StatusNotFound, dead)
	})
}
