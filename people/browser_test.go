package people_test

import (
	"fmt"
	"strings"
	"testing"

	"milepost/internal/db"
	"milepost/internal/jobs"
	"milepost/internal/ledger"
	chromium "milepost/internal/testworld/browser"
	"milepost/internal/testworld/testdb"
	"milepost/people"
)

// look shows the page that the browser is at on a desk and on phones, by day and by
// night.
func look(w *chromium.Window, name string) {
	for _, width := range []int64{1360, 390, 320} {
		w.Size(width, 900)
		w.Settle()
		w.Fits()
		if width == 320 {
			continue
		}
		for _, dark := range []bool{false, true} {
			w.Dark(dark)
			w.Picture(fmt.Sprintf("%s-%d-dark-%v", name, width, dark))
		}
		w.Dark(false)
	}
	w.Size(1360, 900)
}

// Someone sets up, adds people and looks around, by hand.
func TestPeopleInBrowser(t *testing.T) {
	o := newWorld(t, testdb.Open(t, db.SQLite, ledger.Schema, jobs.Schema, people.Schema))
	w := chromium.Open(t, o.site.URL)
	submit := func(values map[string]string) {
		for name, value := range values {
			chromium.Ask[bool](w, fmt.Sprintf(`(document.querySelector('main [name="%s"]').value = %q) !== null`, name, value))
		}
		w.Leave(`main .button.primary`)
	}
	w.Go("/")
	look(w, "set-up")
	submit(map[string]string{"organization": "Harbour & Vine", "name": "Ada Boss", "email": "ada@acme.example", "new": password, "again": "another"})
	look(w, "set-up-refused")
	submit(map[string]string{"new": password, "again": password})
	look(w, "first-steps")
	w.Go("/people/new")
	look(w, "new")
	submit(map[string]string{"name": "Kim Park", "email": "kim@acme.example", "title": "Account executive"})
	look(w, "invited")
	copiesTheLink(t, w)
	o.furnish(t)
	for name, path := range map[string]string{"tree": "/people", "list": "/people?view=table", "nobody": "/people?view=table&q=zzz", "sign-ins": "/sign-ins",
		"account": "/account", "organization": "/organization", "jobs": "/jobs"} {
		w.Go(path)
		look(w, name)
	}
	w.Go("/people")
	w.Leave(`main tbody a`)
	look(w, "person")
	w.Click(".side .person-menu summary")
	w.Leave(`.side form[action="/sign-out"] button`)
	look(w, "signed-out")
	submit(map[string]string{"email": "ada@acme.example", "password": "wrong wrong"})
	look(w, "sign-in-refused")
	w.Go("/new-password")
	look(w, "new-password")
	w.Go("/welcome/nonsense")
	look(w, "dead-link")
	w.Go("/sign-in")
	submit(map[string]string{"email": "ada@acme.example", "password": password})
	w.See("home of Ada Boss")
}

// copiesTheLink checks that the button does, with a clipboard and without.
func copiesTheLink(t *testing.T, w *chromium.Window) {
	t.Helper()
	link := chromium.Ask[string](w, `document.querySelector("#f-link").value`)
	for _, without := range []string{"", `Object.defineProperty(navigator, "clipboard", {value: undefined}), `} {
		chromium.Ask[string](w, `(`+without+`window.copied = "", navigator.clipboard &&
			(navigator.clipboard.writeText = async (text) => { window.copied = text }),
			document.addEventListener("copy", () => { window.copied = String(getSelection()) || document.activeElement.value }),
			document.getElementById("notices").replaceChildren(), "")`)
		w.Click("#f-link + .copy")
		w.See("Copied.")
		if copied := chromium.Ask[string](w, `window.copied`); copied != link || !strings.HasPrefix(link, "http") {
			t.Errorf("copied is %q, and the link is %q", copied, link)
		}
	}
	if spoken := chromium.Ask[string](w, `document.querySelector("#notices[aria-live] [role=status]").textContent + document.activeElement.textContent`); spoken != "Copied.Copy link" {
		t.Errorf("spoken, and where the focus is: %q", spoken)
	}
	chromium.Ask[bool](w, `(document.execCommand = () => false, true)`)
	w.Click("#f-link + .copy")
	w.See("press Ctrl and C")
	w.Named()
	w.Readable()
	w.Picture("copied")
}

// furnish adds what makes the pages look as they do in use.
func (w *world) furnish(t *testing.T) {
	all, err := people.Organizations(t.Context(), w.DB.Everywhere())
	w.must(err)
	org := all[0].ID
	ada, err := people.Named(t.Context(), w.DB.For(org), org, []string{"Ada Boss"})
	w.must(err)
	lead := w.person(org, "Ingrid Solheim-Brennan", "", people.Manager)
	w.reportsTo(org, lead.ID, ada[0].ID)
	for _, name := range []string{"Bartholomew Featherstonehaugh-Cholmondeley", "Mei Lin", "O'Neil, Pat", "Сергей Иванов"} {
		w.reportsTo(org, w.person(org, name, "", people.Rep).ID, lead.ID)
	}
	w.must(w.record(org, func(lw *ledger.Writer) error {
		_, err := people.Join(t.Context(), lw, people.Person{Name: "clerk-10862", Imported: true}, w.Clock())
		return err
	}))
	w.browser().post("/new-password", "email", "kim@acme.example")
}
