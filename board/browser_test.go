package board_test

import (
	"fmt"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/testworld"
	"milepost/internal/testworld/browser"
	"milepost/internal/testworld/testdb"
)

var companyNow = calendar.InstantOf(time.Date(2026, time.November, 18, 13, 30, 0, 0, time.UTC))

// drag takes a card by its title's line to a column, as a hand does: with way between.
func drag(w *browser.Window, card, stage string) {
	from := browser.Ask[[2]float64](w, fmt.Sprintf(`(() => { const r = document.getElementById(%q).getBoundingClientRect(); return [r.right - 20, r.top + 12] })()`, card))
	to := browser.Ask[[2]float64](w, fmt.Sprintf(`(() => { const r = document.querySelector('[data-cards=%q]').getBoundingClientRect(); return [r.left + r.width / 2, r.top + 30] })()`, stage))
	w.Do(chromedp.MouseEvent(chromedp.MouseMoved, from[0], from[1]), chromedp.MouseEvent(chromedp.MousePressed, from[0], from[1], chromedp.ButtonLeft))
	for step := range 12 {
		share := float64(step+1) / 12
		w.Do(chromedp.MouseEvent(chromedp.MouseMoved, from[0]+share*(to[0]-from[0]), from[1]+share*(to[1]-from[1]), chromedp.ButtonLeft))
		time.Sleep(30 * time.Millisecond) // it looks where the card is every 50 ms
	}
	time.Sleep(120 * time.Millisecond)
	w.Do(chromedp.MouseEvent(chromedp.MouseReleased, to[0], to[1], chromedp.ButtonLeft))
}

// stands waits until a window shows a card in a column.
func stands(t *testing.T, w *browser.Window, card, stage string) {
	t.Helper()
	for range 100 {
		if browser.Ask[string](w, fmt.Sprintf(`document.getElementById(%q)?.closest("[data-stage]").dataset.stage ?? ""`, card)) == stage {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	w.Picture("failed")
	t.Errorf("%s does not show the card at %s; it shows:\n%s", w.Path(), stage, w.Words())
}

// Two people have the board open. Dan moves by the mouse, by the menu and by keys, and
// takes a move back; Ada, above him, sees each without a reload.
func TestTwoWindows(t *testing.T) {
	o := testworld.Small(t, testdb.Open(t, db.SQLite, schemas...))
	server := httptest.NewServer(site(o.DB, o.ID, calendar.Stopped(testworld.SmallNow)))
	t.Cleanup(server.Close)
	deal := o.Deal("dan open")
	card := "card-" + string(deal.ID)
	dan, ada := browser.Open(t, server.URL), browser.Open(t, server.URL)
	for w, who := range map[*browser.Window]string{dan: string(o.Dan.ID), ada: string(o.Ada.ID)} {
		w.Go("/as/" + who)
		w.Do(chromedp.WaitReady(chromedp.CSS("[data-live]")))
	}
	moved := func(how, stage string) {
		t.Helper()
		for range 100 {
			if versionOf(t, o, deal.ID).Stage == stage {
				break
			}
			time.Sleep(50 * time.Millisecond)
		}
		if got := versionOf(t, o, deal.ID).Stage; got != stage {
			dan.Picture("failed")
			t.Fatalf("%s: stored is %s, not %s; the page says:\n%s", how, got, stage, dan.Words())
		}
		stands(t, dan, card, stage)
		stands(t, ada, card, stage)
	}
	drag(dan, card, "Proposal")
	moved("by the mouse", "Proposal")
	dan.See("from Negotiation to Proposal")
	dan.Click("[data-says] button")
	moved("undone", "Negotiation")

	dan.Click("#" + card + " [data-move]")
	dan.See("It has ended: close the deal")
	dan.Picture("menu")
	browser.Ask[bool](dan, `[...document.querySelectorAll("[data-move-choices] button")].find((b) => b.textContent === "Discovery").click() || true`)
	moved("by the menu", "Discovery")

	browser.Ask[bool](dan, fmt.Sprintf(`document.querySelector("#%s .board-title").focus() || true`, card))
	dan.Press("m")
	dan.Press("\r") // the next stage is what is offered first
	next := browser.Ask[string](dan, `document.querySelector('[data-stage="Discovery"]').nextElementSibling.dataset.stage`)
	moved("by keys", next)
	if got := browser.Ask[string](dan, `document.activeElement.closest("[data-deal]")?.id ?? document.activeElement.outerHTML`); got != card {
		t.Errorf("the keyboard is at %s", got)
	}
	dan.Press("m")
	dan.Press("\x1b")
	if browser.Ask[bool](dan, `document.getElementById("board-move").open`) {
		t.Error("Esc does not close the menu")
	}
	if got := browser.Ask[string](ada, `document.querySelector("[data-heard]").textContent`); got != deal.Title+" is now at "+next+"." {
		t.Errorf("Ada's screen reader says %q", got)
	}

	// What one holds is not taken away; what came meanwhile is said, and nothing is lost.
	browser.Ask[bool](ada, `window.dispatchEvent(new Event("pagehide"))`) // Ada hears nothing for a while
	o.Record(testworld.SmallNow-1, o.Dan, deal.ID, deals.Change{Kind: deals.StageSet, Fact: deals.Fact{Value: "Negotiation"}})
	drag(ada, card, "Discovery")
	ada.See("Not moved: meanwhile Dan Alpha moved the stage")
	moved("overtaken", "Negotiation")
	browser.Ask[bool](ada, `(document.querySelector(".board-column summary").click(), true)`)
	for range 100 { // the browser tells of it a moment later
		if browser.Ask[bool](ada, `document.cookie.includes("board_collapsed=%5B%22")`) {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	ada.Go("/board")
	if !browser.Ask[bool](ada, `!document.querySelector(".board-column").open`) {
		t.Error("a folded column is not remembered")
	}
	ada.Picture("folded")
}

// The board of a real company fits a desk and a phone, by day and by night.
func TestBoardInBrowser(t *testing.T) {
	d := testdb.Open(t, db.SQLite, schemas...)
	truth, err := testworld.Company(t.Context(), d, testworld.Options{Now: companyNow, Seed: 7, Deals: 1500})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(site(d, truth.Organization.ID, calendar.Stopped(companyNow)))
	t.Cleanup(server.Close)
	w := browser.Open(t, server.URL)
	for name, path := range map[string]string{"head": "/as/" + string(truth.Head), "none": "/board?q=zzz", "rep": "/as/" + string(truth.Rep)} {
		for _, size := range [][2]int64{{1360, 900}, {390, 844}} {
			w.Size(size[0], size[1])
			for _, dark := range []bool{false, true} {
				w.Dark(dark)
				w.Go(path)
				w.Fits()
				w.Readable()
				w.Named()
				w.Picture(name + fmt.Sprint(size[0]) + map[bool]string{true: "-dark", false: ""}[dark])
			}
		}
	}
	small := browser.Ask[[]string](w, `[...document.querySelectorAll(".board-card .button, .board summary")]
		.filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 44).map((e) => e.outerHTML.slice(0, 80))`)
	if len(small) > 0 {
		t.Errorf("too small for a finger: %v", small[0])
	}
}
