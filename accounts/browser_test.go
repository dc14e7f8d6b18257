package accounts_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"milepost/accounts"
	"milepost/bulk"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld"
	"milepost/internal/testworld/browser"
	"milepost/internal/testworld/pagetest"
	"milepost/internal/testworld/testdb"
	"milepost/internal/ui"
	"milepost/people"
	"milepost/views"
)

// door lets a test sign in by a link, and out.
func door(pages http.Handler) http.Handler {
	mux := pagetest.Door(pages, "/accounts")
	mux.HandleFunc("GET /sign-in", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, `<!DOCTYPE html><title>Sign in</title><h1>Sign in</h1><script src="%s"></script>`, ui.AssetPath("drafts.js"))
	})
	mux.HandleFunc("GET /lose", func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "person", Path: "/", MaxAge: -1})
	})
	return mux
}

func furnish(h *house) {
	harbour := h.account("dan open")
	desk := h.as(h.Dan)
	for field, value := range map[string]string{"website": "harbour.example", "industry": "Ports", "country": "Netherlands", "region": "Rotterdam",
		"size": "1,200 people", "phone": "+31 10 555 0101", "owner": string(h.Dan.ID), "about": "Two terminals and a rail yard.\nBuys in spring, decides in a committee of five."} {
		desk.Post("/accounts/"+string(harbour)+"/edit", "field", field, "version", "999999", "value", value).Leads()
	}
	for i, c := range []accounts.Contact{
		{Name: "Ana Silva", Title: "Harbour master", Emails: "ana.silva@harbour.example, harbourmaster@harbour.example", Phones: "+31 10 555 0102", Language: "Portuguese", Notes: "Likes figures before pictures."},
		{Name: "Wolfeschlegelsteinhausenbergerdorff Schmidt", Title: "Deputy head of weighing and measuring equipment", Emails: "w@harbour.example"},
		{Name: "ليلى الحسيني", Title: "مديرة المشتريات"}} {
		c.Account = harbour
		c = h.contact(h.Dan, c)
		h.record(h.Dan, func(w *ledger.Writer) error {
			_, err := accounts.SetRole(h.t.Context(), w, c.ID, h.Deal("dan open").ID,
				[]accounts.Standing{{Role: accounts.Champion, Influence: "high", Attitude: "for"}, {Role: accounts.Blocker, Attitude: "against"}, {Role: accounts.Legal}}[i], 0)
			return err
		})
	}
	h.record(h.Olga, func(w *ledger.Writer) error {
		_, err := accounts.Set(h.t.Context(), w, h.account("eve pounds"), "parent", string(harbour), 0)
		return err
	})
}

// The pages fit a desk and a phone, by day and by night, can be read and named. With
// MILEPOST_TEST_PICTURES it leaves pictures.
func TestPagesInBrowser(t *testing.T) {
	d := testdb.Open(t, db.SQLite, ledger.Schema, people.Schema, views.Schema, bulk.Schema, deals.Schema, accounts.Schema)
	h := &house{t: t, SmallOrganization: testworld.Small(t, d), now: testworld.SmallNow}
	h.site = site(d, h.ID, func() calendar.Instant { h.now++; return h.now })
	furnish(h)
	server := httptest.NewServer(door(h.site))
	defer server.Close()
	w := browser.Open(t, server.URL)
	w.Go("/as/" + string(h.Ben.ID))
	account, deal := "/accounts/"+string(h.account("dan open")), "/deals/"+string(h.Deal("dan open").ID)
	w.Go("/contacts?q=ana")
	ana := browser.Ask[string](w, `document.querySelector("tbody a").getAttribute("href")`)
	for _, page := range [][2]string{{"accounts", "/accounts"}, {"none", "/accounts?q=zzz"}, {"account", account}, {"bare-account", "/accounts/" + string(h.account("ben own"))},
		{"history", account + "/history"}, {"new", "/accounts/new?parent=" + string(h.account("dan open"))}, {"edit", account + "/edit?field=about"},
		{"merge", account + "/merge?other=island+Alpha"}, {"contacts", "/contacts"}, {"contact", ana}, {"new-contact", "/contacts/new?deal=" + string(h.Deal("dan open").ID)},
		{"deal", deal}, {"panel", "/accounts/deals/" + string(h.Deal("dan open").ID) + "/panel?add"}} {
		for _, size := range [][2]int64{{1360, 900}, {390, 844}} {
			w.Size(size[0], size[1])
			for _, dark := range []bool{false, true} {
				w.Dark(dark)
				w.Go(page[1])
				if page[0] == "deal" {
					w.See("Ana Silva")
				}
				w.Fits()
				w.Readable()
				w.Named()
				w.Picture(page[0] + map[bool]string{true: "-dark", false: ""}[dark] + map[bool]string{true: "-phone", false: ""}[size[0] < 400])
			}
		}
	}
}

// Inline edit by keyboard, Esc, a draft that survives a lost sign-in, duplicates
// while typing, a part in a deal: as a person does it.
func TestWorkingOnAnAccountInABrowser(t *testing.T) {
	d := testdb.Open(t, db.SQLite, ledger.Schema, people.Schema, views.Schema, bulk.Schema, deals.Schema, accounts.Schema)
	h := &house{t: t, SmallOrganization: testworld.Small(t, d), now: testworld.SmallNow}
	h.site = site(d, h.ID, func() calendar.Instant { h.now++; return h.now })
	furnish(h)
	server := httptest.NewServer(door(h.site))
	defer server.Close()
	w := browser.Open(t, server.URL)
	w.Go("/as/" + string(h.Dan.ID))
	path := "/accounts/" + string(h.account("dan open"))
	w.Go(path)
	// Enter opens, what is typed replaces, Enter saves, and the focus stays there.
	browser.Ask[bool](w, `document.querySelector("#value-industry a.button").focus() || true`)
	w.Press("\r")
	eventually(t, w, `document.querySelector("#value-industry input[name=value]") !== null`)
	eventually(t, w, `document.activeElement.name === "value"`)
	w.Fill("#value-industry input[name=value]", "Shipping")
	w.Press("\r")
	eventually(t, w, `document.querySelector("#value-industry").innerText.includes("Shipping")`)
	eventually(t, w, `document.activeElement.closest("#value-industry") !== null`)
	// Esc leaves it as it was, and forgets what was typed.
	w.Click("#value-industry a.button")
	w.Fill("#value-industry input[name=value]", "Nonsense")
	w.Press("\x1b")
	eventually(t, w, `document.querySelector("#value-industry").innerText.includes("Shipping")`)
	eventually(t, w, `Object.keys(localStorage).filter((k) => k.startsWith("draft:")).length === 0`)
	// A sign-in that runs out while a text is being written.
	w.Click("#value-about a.button")
	w.Fill("#value-about textarea", "A text that took an hour to write")
	browser.Ask[bool](w, `fetch("/lose").then(() => true)`)
	w.Click("#value-about button[type=submit], #value-about .button.primary")
	w.See("Sign in")
	w.Go("/as/" + string(h.Eve.ID)) // someone else at this machine sees nothing of it
	w.Go(path)
	w.DoNotSee("You had typed something")
	w.Go("/as/" + string(h.Dan.ID))
	w.See("You had typed something when your sign-in ran out")
	w.Click("#notices a")
	w.See("What you had typed here is back")
	eventually(t, w, `document.querySelector("textarea").value === "A text that took an hour to write"`)
	w.Click("form .button.primary")
	w.See("A text that took an hour to write")
	w.Go(path)
	eventually(t, w, `Object.keys(localStorage).filter((k) => k.startsWith("draft:")).length === 0`)
	// Lookalikes while typing.
	w.Go("/accounts/new")
	w.Fill("#f-name", "HARBOUR alpha ltd")
	w.See("Is it one of these?")
	// A part in a deal, from its page.
	w.Go("/deals/" + string(h.Deal("dan open").ID))
	w.See("Who decides on the money?")
	w.Click("#deal-people li a.button")
	w.Set("#f-role", "economic buyer")
	w.Click("#deal-people form .button.primary")
	eventually(t, w, `!document.querySelector("#deal-people form") && document.querySelector("#deal-people").innerText.includes("Economic buyer")`)
	w.DoNotSee("Who decides on the money?")
	h.sound()
}

func eventually(t *testing.T, w *browser.Window, script string) {
	t.Helper()
	for range 100 {
		if w.Holds(script) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	w.Picture("failed")
	t.Fatalf("never so: %s; the page shows:\n%s", script, w.Words())
}
