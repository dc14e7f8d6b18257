package search_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"milepost/accounts"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld"
	chromium "milepost/internal/testworld/browser"
	"milepost/internal/testworld/pagetest"
	"milepost/internal/testworld/testdb"
	"milepost/people"
	"milepost/views"
)

// window opens a browser on the small organization, in which /as/{id} signs a person
// in.
func window(t *testing.T) (*chromium.Window, desk) {
	t.Helper()
	d := testdb.Open(t, db.SQLite, allSchemas...)
	o := desk{testworld.Small(t, d), t}
	o.note(o.Dan, "dan open", "Iris asks for a trial in June, with two scales at the *north gate* and a person who knows them.")
	o.contact("dan open", accounts.Contact{Name: "Iris van der Meer-Oosterhuis", Title: "Harbour master", Emails: "iris@harbour.example", Phones: "+31 20 123 4567"})
	o.catchUp() // so that no answer waits for it
	server := httptest.NewServer(pagetest.Door(site(d, o.ID, t.TempDir()), "/search"))
	t.Cleanup(server.Close)
	return chromium.Open(t, server.URL), o
}

const controlK = `window.dispatchEvent(new KeyboardEvent("keydown", {key: "k", ctrlKey: true, bubbles: true, cancelable: true}))`

func until(t *testing.T, w *chromium.Window, what, script string) {
	t.Helper()
	w.Until(what, script)
}

// arrives waits until the page at a path is there, with everything that belongs to it.
func arrives(t *testing.T, w *chromium.Window, path string) {
	t.Helper()
	w.Until("being at "+path, fmt.Sprintf(`document.readyState === "complete" && (location.pathname + location.search).startsWith(%q)`, path))
}

const marked = `(document.querySelector("#palette [role=option][aria-selected=true]")?.innerText ?? "")`

func TestThePaletteByKeys(t *testing.T) {
	w, o := window(t)
	w.Go("/as/" + string(o.Dan.ID))
	w.Go("/accounts")
	chromium.Ask[bool](w, `(document.querySelector("main a.button") || document.querySelector("main a")).focus() === undefined`)
	before := chromium.Ask[string](w, `document.activeElement.outerHTML`)
	chromium.Ask[bool](w, controlK)
	w.See("Your latest deals")
	w.Readable()
	w.Named()
	w.Picture("palette-empty")
	if at := chromium.Ask[string](w, `document.activeElement.id`); at != "palette-input" {
		t.Errorf("the focus is on %q", at)
	}
	w.Press(kb.Escape)
	until(t, w, "Esc closes it, the focus is back", `!document.getElementById("palette").open && document.activeElement.outerHTML === `+fmt.Sprintf("%q", before))

	chromium.Ask[bool](w, controlK)
	w.Press("scales harb")
	w.See("harbour Alpha")
	w.Picture("palette-found")
	until(t, w, "the count is said", `document.getElementById("palette-said").textContent.includes("1 found")`)
	w.Press(kb.Enter)
	arrives(t, w, "/deals/"+string(o.Deal("dan open").ID))

	chromium.Ask[bool](w, controlK)
	w.Press("mvstg") // letters of "Move this deal to another stage"
	until(t, w, "a command is marked", marked+`.includes("Move this deal to another stage")`)
	w.Press(kb.Enter)
	arrives(t, w, "/deals/"+string(o.Deal("dan open").ID)+"/stage")

	w.Go("/accounts")
	chromium.Ask[bool](w, controlK)
	w.See("Go to")
	w.DoNotSee("Move this deal to another stage")
	w.Press("newacc")
	until(t, w, "a command is marked", marked+`.includes("New account")`)
	w.Press(kb.Enter)
	arrives(t, w, "/accounts/new")
	chromium.Ask[bool](w, controlK)
	until(t, w, "what was used comes first", `document.querySelector("#palette [role=option]")?.innerText.includes("New account")`)
	w.Press(kb.ArrowDown)
	w.Press(kb.ArrowDown)
	until(t, w, "the third is marked", `document.getElementById("palette-input").getAttribute("aria-activedescendant") === "palette-list-2"`)
	w.Press(kb.ArrowUp)
	until(t, w, "the second is marked", `document.getElementById("palette-input").getAttribute("aria-activedescendant") === "palette-list-1"`)
}

// What no page of its own is made for: the deal one is on, the colours, a colleague's
// forecast, a saved view, leaving.
func TestThePaletteDoes(t *testing.T) {
	w, o := window(t)
	o.do(o.Ben, func(ctx context.Context, lw *ledger.Writer, v *people.Viewer) error {
		_, err := views.Save(ctx, lw, v, "deals", "Harbours this year", "stage=Offer", true)
		return err
	})
	w.Size(390, 844)
	w.Go("/as/" + string(o.Ben.ID))
	open := func(typed, marks string) {
		t.Helper()
		chromium.Ask[bool](w, controlK)
		w.Press(typed)
		until(t, w, typed+" marks "+marks, marked+`.includes(`+fmt.Sprintf("%q", marks)+`)`)
	}
	w.Go("/deals/" + string(o.Deal("dan open").ID))
	open("hand", "Hand this deal over")
	w.Press(kb.Enter)
	arrives(t, w, "/deals/"+string(o.Deal("dan open").ID)+"/owner")
	open("colours dark", "Colours: dark")
	w.Readable()
	w.Fits()
	w.Press(kb.Enter)
	until(t, w, "the page is dark", `document.documentElement.dataset.bsTheme === "dark"`)
	open("forecast dan", "Forecast of Dan Alpha")
	w.Named()
	w.Fits()
	w.Readable()
	w.Picture("palette-forecast")
	w.Press(kb.Escape)
	open("colours light", "Colours: light")
	w.Press(kb.Enter)
	chromium.Ask[bool](w, controlK)
	w.Press("harbour")
	w.See("Harbours this year")
	w.Picture("palette-views")
	w.Press(kb.Escape)
	open("this year", "Harbours this year")
	w.Press(kb.Enter)
	arrives(t, w, "/deals?")
	open("signout", "Sign out")
	w.Press(kb.Enter)
	arrives(t, w, "/monday") // by way of the sign-in page, which finds this test's cookie
}

func TestSuggestionsUnderTheSearchBox(t *testing.T) {
	w, o := window(t)
	w.Go("/as/" + string(o.Dan.ID))
	w.Go("/accounts")
	w.Press("/")
	until(t, w, "the search box has the focus", `document.activeElement.matches("[data-search]")`)
	w.Fill("[data-search]", "iris") // the driver types the "/" although the page has taken it
	w.See("Iris van der Meer-Oosterhuis")
	w.See("asks for a trial")
	w.Readable()
	w.Named()
	w.Fits()
	w.Picture("suggestions")
	box := `document.querySelector("[data-search]")`
	if chromium.Ask[string](w, box+`.getAttribute("aria-expanded")`) != "true" || chromium.Ask[bool](w, box+`.hasAttribute("aria-activedescendant")`) {
		t.Error("the list is not told, or something is chosen already")
	}
	covered := chromium.Ask[string](w, `(() => { const r = [...document.querySelectorAll("#suggest-list [role=option]")].at(-1).getBoundingClientRect();
		const e = document.elementFromPoint(r.right - 12, r.top + r.height / 2); return e.closest("#suggest-list") ? "" : e.outerHTML.slice(0, 200) })()`)
	if covered != "" {
		t.Errorf("the list is covered by %s", covered)
	}
	w.Press(kb.Escape)
	until(t, w, "Esc closes the list", `document.getElementById("suggest-list").hidden && `+box+`.value === "iris"`)
	w.Press(kb.ArrowDown)
	until(t, w, "an arrow opens it", `!document.getElementById("suggest-list").hidden`)
	// By hand: the driver submits the form although the page has taken the key.
	chromium.Ask[bool](w, box+`.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true, cancelable: true})) || true`)
	arrives(t, w, "/contacts/")
	w.Fill("[data-search]", "trial")
	w.Press(kb.Enter)
	arrives(t, w, "/search?q=trial")
	w.See("north gate")
}

func TestKeys(t *testing.T) {
	w, o := window(t)
	w.Go("/as/" + string(o.Dan.ID))
	w.Go("/accounts")
	w.Press("?")
	w.See("New deal")
	w.See("Use keys of one letter")
	w.Readable()
	w.Named()
	w.Picture("keys")
	w.Press("n")
	time.Sleep(200 * time.Millisecond)
	if w.Path() != "/accounts" {
		t.Error("a key works behind the list of keys")
	}
	w.Press(kb.Escape)
	for keys, path := range map[string]string{"ga": "/accounts", "gp": "/people", "gd": "/deals", "n": "/deals/new"} {
		w.Go("/contacts")
		w.Press(keys)
		arrives(t, w, path)
	}
	w.Go("/contacts")
	w.Press("a")
	w.See("Enter logs it") // the dialog that logs an activity
	w.Press(kb.Escape)

	// Off while somebody types.
	w.Go("/search?q=harbour")
	w.Click(".search-page input[name=q]")
	w.Press("gd?n/")
	time.Sleep(300 * time.Millisecond)
	if w.Path() != "/search?q=harbour" || chromium.Ask[bool](w, `!!document.querySelector("dialog[open]")`) ||
		!strings.Contains(chromium.Ask[string](w, `document.querySelector(".search-page input[name=q]").value`), "gd?n/") {
		t.Error("keys work while somebody types")
	}

	// Off altogether, and remembered.
	w.Go("/accounts")
	w.Press("?")
	w.Click("#single-keys")
	w.Press(kb.Escape)
	for _, path := range []string{"/people", "/accounts"} {
		w.Go(path)
		for _, key := range []string{"?", "n", "a", "/", "g", "p"} {
			w.Press(key)
		}
		time.Sleep(300 * time.Millisecond)
		if w.Path() != path || chromium.Ask[bool](w, `!!document.querySelector("dialog[open]") || document.activeElement.matches("input")`) {
			t.Errorf("keys that are off work on %s", path)
		}
	}
	chromium.Ask[bool](w, controlK)
	w.See("Go to")
	w.Press("keys of")
	w.Press(kb.Enter)
	w.See("Use keys of one letter")
	w.Click("#single-keys")
	w.Press(kb.Escape)
	w.Press("n")
	arrives(t, w, "/deals/new")
}

// The page and the palette on a desk and a phone, by day and by night, for a rep and
// for an observer.
func TestSearchInABrowser(t *testing.T) {
	w, o := window(t)
	for _, p := range []people.Person{o.Dan, o.Vera} {
		w.Go("/as/" + string(p.ID))
		for _, size := range [][2]int64{{1360, 900}, {390, 844}} {
			w.Size(size[0], size[1])
			for _, dark := range []bool{false, true} {
				w.Dark(dark)
				look := p.Name[:3] + map[bool]string{true: "-phone", false: ""}[size[0] < 400] + map[bool]string{true: "-dark", false: ""}[dark]
				for name, path := range map[string]string{"found": "/search?q=harbour", "none": "/search?q=zzzz", "empty": "/search", "kind": "/search?q=scales&kind=deal", "note": "/search?q=trial"} {
					w.Go(path)
					w.Settle()
					w.Fits()
					w.Readable()
					w.Named()
					w.Picture(name + "-" + look)
				}
				if size[0] < 400 {
					w.Click(".top [data-palette]")
				} else {
					w.Click(".side [data-palette]")
				}
				w.See("Go to")
				w.Press("iris")
				until(t, w, "the answer is there", `document.querySelectorAll("#palette [role=option]").length > 0 && document.getElementById("palette-said").textContent !== ""`)
				w.Fits()
				w.Readable()
				w.Named()
				w.Picture("palette-" + look)
				w.Press(kb.Escape)
			}
		}
	}
}
