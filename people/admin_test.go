package people_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"milepost/internal/ledger"
	"milepost/people"
)

const hostile = `<img src=x onerror=alert(1)> "Bobby' & Co`

func TestAdministratorsDescribeInviteAndAssign(t *testing.T) {
	each(t, func(w *world) {
		acme := w.company("Acme")
		ada := w.person(acme.ID, "Ada Boss", "ada@acme.example", people.Administrator)
		b := w.signedIn("ada@acme.example")
		b.post("/people", "name", "", "email", "x").expect(http.StatusUnprocessableEntity, "A name is needed", "not an e-mail address")
		b.post("/people", "name", "Kim Park", "email", "ada@acme.example").expect(http.StatusConflict, "Ada Boss has this e-mail address already")
		b.post("/people", "name", "Kim Park", "email", "kim@acme.example", "title", "Account executive", "roles", "rep", "manager", string(ada.ID)).
			expect(http.StatusOK, "An invitation", "seven days", "Account executive")
		invitation := strings.TrimPrefix(b.field("link"), w.site.URL)
		kim := w.browser()
		kim.post(invitation, "new", password, "again", password).leadsTo("/")
		all, err := people.Named(t.Context(), w.DB.For(acme.ID), acme.ID, []string{"kim park"})
		w.must(err)
		page := "/people/" + string(all[0].ID)
		b.get(page).expect(http.StatusOK, "Has a password, and is signed in here", "made Ada Boss the manager", "made an invitation", "set a new password")
		b.post(page, "version", b.field("version"), "name", "Kim Park", "email", "kim@acme.example", "title", "Head", "roles", "observer", "roles", "manager").leadsTo(page)
		v, err := people.LoadViewer(t.Context(), w.DB, acme.ID, all[0].ID, w.Clock())
		w.must(err)
		if v.Has(people.Rep) || !v.Has(people.Observer) || !v.Has(people.Manager) {
			t.Errorf("the roles are %v", v.Roles)
		}
		b.get(page)
		b.post("/people/"+string(ada.ID)+"/team", "team", strings.Repeat("x", 130)).expect(http.StatusUnprocessableEntity, "too long")
		w.pass(24 * time.Hour)
		b.get(page)
		b.post(page+"/manager", "version", b.field("version"), "manager", "", "from", "2026-03-03").leadsTo(page)
		b.get(page).expect(http.StatusOK, "2 Mar 2026 to 3 Mar 2026")
		b.post(page+"/manager", "version", b.field("version"), "manager", string(ada.ID), "from", "2026-03-04").expect(http.StatusUnprocessableEntity, "today, or on an earlier day")
		w.agrees(acme)
	})
}

func TestImportedPeopleBecomeAbleToSignIn(t *testing.T) {
	each(t, func(w *world) {
		acme := w.company("Acme")
		w.person(acme.ID, "Ada Boss", "ada@acme.example", people.Administrator)
		b := w.signedIn("ada@acme.example")
		var kim people.Person
		w.must(w.record(acme.ID, func(lw *ledger.Writer) (err error) {
			kim, err = people.Join(t.Context(), lw, people.Person{Name: "Kim Park", Imported: true}, 1000)
			return err
		}))
		page := "/people/" + string(kim.ID)
		b.get("/people?view=table&state=from+history").expect(http.StatusOK, "Kim Park", "from history", "1 person")
		b.get(page).expect(http.StatusOK, "An import named this person")
		b.post(page+"/link", "purpose", "invitation").expect(http.StatusUnprocessableEntity, "needs an e-mail address first")
		b.get(page)
		b.post(page, "version", b.field("version"), "name", "Kim Park", "email", "kim@acme.example", "roles", "rep").leadsTo(page)
		b.post(page+"/link", "purpose", "invitation").expect(http.StatusOK, "An invitation")
		w.browser().post(strings.TrimPrefix(b.field("link"), w.site.URL), "new", password, "again", password).leadsTo("/")
		w.signedIn("kim@acme.example")
	})
}

func TestTheLastAdministratorStays(t *testing.T) {
	each(t, func(w *world) {
		acme := w.company("Acme")
		ada := w.person(acme.ID, "Ada Boss", "ada@acme.example", people.Administrator)
		b := w.signedIn("ada@acme.example")
		page := "/people/" + string(ada.ID)
		b.get(page)
		b.post(page, "version", b.field("version"), "name", "Ada Boss", "email", "ada@acme.example", "roles", "rep").expect(http.StatusConflict, "last administrator")
		b.get("/jobs").expect(http.StatusOK, "No job has run yet")
	})
}

func TestConcurrentEditsAreNoticed(t *testing.T) {
	each(t, func(w *world) {
		acme := w.company("Acme")
		w.person(acme.ID, "Ada Boss", "ada@acme.example", people.Administrator)
		w.person(acme.ID, "Bo Chief", "bo@acme.example", people.Administrator)
		kim := w.person(acme.ID, "Kim Park", "kim@acme.example", people.Rep)
		ada, bo, page := w.signedIn("ada@acme.example"), w.signedIn("bo@acme.example"), "/people/"+string(kim.ID)
		ada.get(page)
		bo.get(page)
		w.signedIn("kim@acme.example") // signing in is no edit
		ada.post(page, "version", ada.field("version"), "name", "Kim Park-Lee", "email", "kim@acme.example", "roles", "rep").leadsTo(page)
		bo.post(page, "version", bo.field("version"), "name", "Kim Park", "email", "kim@acme.example", "title", "Typed by Bo", "roles", "rep").
			expect(http.StatusConflict, "nothing of yours was saved yet", "changed the name to Kim Park-Lee")
		if got := bo.field("title"); got != "Typed by Bo" {
			t.Errorf("what was typed is lost: %q", got)
		}
		bo.post(page, "version", bo.field("version"), "name", "Kim Park", "email", "kim@acme.example", "title", "Typed by Bo", "roles", "rep").leadsTo(page)
		bo.get(page).expect(http.StatusOK, "Typed by Bo")
		ada.get("/organization")
		bo.get("/organization")
		ada.post("/organization", "version", ada.field("version"), "name", "Acme & Sons", "time_zone", "Europe/Oslo", "fiscal_start", "4", "currency", "nok").leadsTo("/organization")
		bo.post("/organization", "version", bo.field("version"), "name", "Acme", "time_zone", "UTC", "fiscal_start", "1", "currency", "EUR").
			expect(http.StatusConflict, "Someone changed these settings", "Acme & Sons")
		ada.get("/organization")
		ada.post("/organization", "version", ada.field("version"), "name", "", "time_zone", "Nowhere", "fiscal_start", "4", "currency", "nok").
			expect(http.StatusUnprocessableEntity, "Give the organization a name", "not a time zone")
	})
}

func TestHostileNamesAreShownAsTheyAre(t *testing.T) {
	each(t, func(w *world) {
		acme := w.company("Acme " + hostile)
		w.person(acme.ID, "Ada Boss", "ada@acme.example", people.Administrator)
		kim := w.person(acme.ID, hostile, "", people.Rep)
		lee := w.person(acme.ID, "=cmd()", "", people.Rep)
		w.reportsTo(acme.ID, kim.ID, lee.ID)
		w.must(w.record(acme.ID, func(lw *ledger.Writer) error { return people.NameTeam(t.Context(), lw, lee.ID, hostile) }))
		b := w.signedIn("ada@acme.example")
		for _, path := range []string{"/people", "/people?view=table", "/people?q=%3Cimg", "/people/" + string(kim.ID), "/people/" + string(lee.ID), "/organization", "/people/new"} {
			b.get(path).expect(http.StatusOK)
			if strings.Contains(b.body, "<img src=x") {
				t.Errorf("%s does not escape a name", path)
			}
		}
		b.get("/people.csv?view=table").expect(http.StatusOK, "'=cmd()")
	})
}

func TestOthersSeeTheDirectoryWithoutControls(t *testing.T) {
	each(t, func(w *world) {
		acme := w.company("Acme")
		ada := w.person(acme.ID, "Ada Boss", "ada@acme.example", people.Administrator)
		kim := w.person(acme.ID, "Kim Park", "kim@acme.example", people.Rep)
		w.reportsTo(acme.ID, kim.ID, ada.ID)
		b := w.signedIn("kim@acme.example")
		b.get("/people").expect(http.StatusOK, "Ada's team", "Kim Park")
		b.get("/people?view=table&q=ada").expect(http.StatusOK, "Ada Boss", "1 person")
		b.get("/people/"+string(ada.ID)).expect(http.StatusOK, "Ada's team", "Kim Park")
		for _, secret := range []string{"ada@acme.example", "Make a link", "<form class=\"form\"", "History"} {
			if strings.Contains(b.body, secret) {
				t.Errorf("a rep sees %q of someone else", secret)
			}
		}
		b.get("/people/"+string(kim.ID)).expect(http.StatusOK, "kim@acme.example")
		for _, path := range []string{"/people/new", "/organization", "/jobs", "/first-steps"} {
			b.get(path).expect(http.StatusForbidden, "not open to your role")
		}
		for _, path := range []string{"/people", "/people/" + string(kim.ID), "/people/" + string(kim.ID) + "/manager", "/people/" + string(ada.ID) + "/link", "/organization"} {
			b.post(path, "name", "x", "purpose", "reset").expect(http.StatusForbidden)
		}
		b.post("/sign-ins/not-mine/end").leadsTo("/sign-ins")
		b.get("/ui").expect(http.StatusOK)
	})
}

func TestTheDirectoryPagesSortsAndGoesBackInTime(t *testing.T) {
	each(t, func(w *world) {
		acme := w.company("Acme")
		ada := w.person(acme.ID, "Ada Boss", "ada@acme.example", people.Administrator)
		w.must(w.record(acme.ID, func(lw *ledger.Writer) error {
			for i := range 60 {
				name := "Rep " + string(rune('A'+i/10)) + string(rune('0'+i%10))
				p, err := people.Join(t.Context(), lw, people.Person{Name: name}, w.Clock())
				if err != nil {
					return err
				}
				if err := people.SetManager(t.Context(), lw, p.ID, ada.ID, w.Clock()); err != nil {
					return err
				}
			}
			return nil
		}))
		b := w.signedIn("ada@acme.example")
		b.get("/people?view=table").expect(http.StatusOK, "61 people", "Next")
		if strings.Contains(b.text(), "Rep F9") {
			t.Error("the first page holds more than fifty")
		}
		b.get("/people?view=table&sort=-name").expect(http.StatusOK, "Rep F9")
		b.get("/people?at=2026-03-01").expect(http.StatusOK)
		if strings.Contains(b.text(), "Rep A0") {
			t.Error("the line of yesterday shows who came today")
		}
		b.get("/people?at=2026-03-02").expect(http.StatusOK, "Rep A0")
	})
}
