package main

import (
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/slice"
	"milepost/internal/testworld/browser"
	"milepost/internal/testworld/testdb"
)

// emptySite is the program without any organization.
func emptySite(t *testing.T) string {
	t.Helper()
	p := slice.Program{DB: testdb.Open(t, db.SQLite, everySchema()...), Clock: calendar.SystemClock(),
		Log: slog.New(slog.DiscardHandler), Folder: t.TempDir()}
	house, routes, _ := assemble(p)
	server := httptest.NewServer(house.Handler(routes))
	t.Cleanup(server.Close)
	return server.URL
}

const smallHistory = `opportunity,at,kind,name,value
H-1,2026-02-02T09:00:00Z,created,Harbour scales,
H-1,2026-02-02T09:00:00Z,account,Harbour of Zandpolder,
H-1,2026-02-02T09:00:00Z,owner,Kim de Wit,
H-1,2026-02-02T09:00:00Z,amount,EUR,12000
H-1,2026-02-02T09:00:00Z,stage,Discovery,
H-1,2026-03-16T10:00:00Z,stage,Proposal,
H-1,2026-03-16T10:00:00Z,amount,EUR,15000
H-2,2026-02-10T09:00:00Z,created,Bakery scales,
H-2,2026-02-10T09:00:00Z,owner,Kim de Wit,
H-2,2026-02-10T09:00:00Z,stage,Discovery,
H-2,2026-04-01T09:00:00Z,outcome,won,
H-3,2026-02-11T09:00:00Z,stage,Discovery,
`

// The first day of an organization: set-up, import by upload, a deal as it stood on a
// date, the forecast, sign-out; and wrong things on the way.
func TestFirstDay(t *testing.T) {
	file := filepath.Join(t.TempDir(), "deals.csv")
	if err := os.WriteFile(file, []byte(smallHistory), 0o600); err != nil {
		t.Fatal(err)
	}
	w := browser.Open(t, emptySite(t))
	w.Go("/")
	if w.Path() != "/set-up" {
		t.Fatalf("a new program begins at %s, not with set-up", w.Path())
	}
	w.Fill(`[name=organization]`, "Zandpolder Scales")
	w.Fill("[name=time_zone]", "Europe/Nowhere")
	w.Fill("[name=name]", "Robin Bos")
	w.Fill("[name=email]", "robin@example.com")
	password := func() {
		w.Fill("[name=new]", "a long enough pass phrase")
		w.Fill("[name=again]", "a long enough pass phrase")
	}
	password()
	w.Click("main form button[type=submit]")
	w.See("not known") // there is no such time zone, and what was typed is still there
	w.Fill("[name=time_zone]", "Europe/Amsterdam")
	password()
	w.Click("main form button[type=submit]")
	w.See("Robin Bos")

	w.Go("/imports/new")
	w.Upload("[name=file]", file)
	w.Click("main form button[type=submit]")
	w.See("1 line") // H-3 is never created: its line comes back with the reason
	w.Picture("import")

	w.Go("/deals")
	w.See("Harbour scales")
	w.DoNotSee("Bakery scales") // won, and the list shows what is open
	w.Click(`a[href^="/deals/0"]`)
	w.Arrive("/deals/0")
	w.See("EUR 15,000")
	w.See("import")
	w.Set("[name=as-of]", "2026-03-01")
	w.Click("[name=as-of] ~ button, form:has([name=as-of]) button")
	w.Arrive(w.Path()[:len("/deals/")+36] + "?as-of=2026-03-01")
	w.See("EUR 12,000")
	w.See("Discovery")
	w.DoNotSee("EUR 15,000\nStage\nProposal")
	w.Picture("as-of")

	w.Go("/forecasts")
	w.See("Kim de Wit")
	w.Go("/sign-ins")
	browser.Ask[bool](w, `document.querySelector('form[action="/sign-out"]').submit() || true`)
	w.Arrive("/sign-in?")
	w.Go("/sign-in")
	w.Go("/deals")
	if !strings.HasPrefix(w.Path(), "/sign-in") {
		t.Errorf("after signing out, /deals leads to %s", w.Path())
	}
	w.Fill("[name=email]", "robin@example.com")
	w.Fill("[name=password]", "a wrong pass phrase")
	w.Press("\r")
	w.See("do not fit")
	w.Fill("[name=password]", "a long enough pass phrase")
	w.Press("\r")
	w.See("Harbour scales")
}

// A rep opens a deal that is not theirs, by its address, and learns nothing.
func TestARepCannotOpenAnothersDeal(t *testing.T) {
	s := newSite(t, 60)
	w := browser.Open(t, s.url)
	s.signIn(t, w, s.truth.Rep)
	for _, path := range []string{"", "?as-of=2026-01-15", "/close", "/stage"} {
		w.Go("/deals/" + string(s.truth.Whale) + path)
		w.See("There is no such deal, or it is not yours to see.")
		w.DoNotSee("2,400,000")
	}
	w.Go("/imports")
	w.See("not open to your role")
	w.Go("/deals?owner=" + string(s.truth.Struggling))
	w.DoNotSee("Bram Peeters")
}
