package evidence_test

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"milepost/accounts"
	"milepost/activities"
	"milepost/bulk"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld"
	chromium "milepost/internal/testworld/browser"
	"milepost/internal/testworld/pagetest"
	"milepost/internal/testworld/testdb"
	"milepost/people"
	"milepost/process"
	"milepost/process/evidence"
	"milepost/views"
)

// window opens a browser on the small organization, in which /as/{id} signs a person in.
func window(t *testing.T) (*chromium.Window, *desk) {
	t.Helper()
	d := testdb.Open(t, db.SQLite, ledger.Schema, people.Schema, views.Schema, bulk.Schema, deals.Schema, accounts.Schema, activities.Schema, process.Schema, evidence.Schema)
	o := &desk{SmallOrganization: testworld.Small(t, d), t: t}
	o.publish(threePhases())
	server := httptest.NewServer(pagetest.Door(site(d, o.Organization.ID, t.TempDir()), "/deals"))
	t.Cleanup(server.Close)
	return chromium.Open(t, server.URL), o
}

// until waits for something to become so on the page, however busy the machine is.
func until(t *testing.T, w *chromium.Window, so string) {
	t.Helper()
	w.Until("what was waited for", so)
}

// walk presses Tab until the element that has the focus fits.
func walk(t *testing.T, w *chromium.Window, so string) {
	t.Helper()
	for range 120 {
		w.Press(kb.Tab)
		if chromium.Ask[bool](w, `(() => { const at = document.activeElement, text = at.textContent.trim(); return Boolean(`+so+`); })()`) {
			return
		}
	}
	t.Fatalf("Tab never came to: %s", so)
}

// A rep gives the last piece of evidence on the deal's page, by keys alone, and sees
// the deal move.
func TestClaimingByKeyboard(t *testing.T) {
	w, o := window(t)
	buyer := o.contact("dan open", "Emil Economic", accounts.EconomicBuyer)
	o.contact("dan open", "Uma User", accounts.User)
	o.must(o.mail(o.Dan, "dan open", "need", "need-mail"))
	o.must(o.mail(o.Dan, "dan open", "fit", "fit-report"))
	w.Go("/as/" + string(o.Dan.ID))
	w.Go("/deals/" + string(o.Deal("dan open").ID))
	until(t, w, `!!document.querySelector("#milestones-next")`)
	looks(w, "deal")
	walk(t, w, `at.closest(".stone") && text.includes("The solution fits")`)
	w.Press(kb.Enter)
	until(t, w, `document.activeElement.id === "milestone-title"`)
	walk(t, w, `at.matches("summary") && text === "Someone of theirs confirmed it"`)
	w.Press(kb.Enter)
	looks(w, "open")
	walk(t, w, `at.matches("select")`)
	w.Press("Emil")
	walk(t, w, `at.matches("input[type=date]")`)
	w.Press("05192026")
	walk(t, w, `at.name === "how"`)
	w.Press("By telephone")
	walk(t, w, `at.matches("button[type=submit]")`)
	w.Press(kb.Enter)
	w.See("“The solution fits” is claimed. The deal is now at “Solution”.")
	until(t, w, `!!document.querySelector(".milemap-phase.here")?.textContent.includes("Solution")`)
	s := o.standing("dan open")
	last := s.Evidence("fit")
	if o.stage("dan open") != "Solution" || last[len(last)-1].Contact != buyer || strings.TrimSpace(last[len(last)-1].How) != "By telephone" {
		t.Errorf("at %q with %+v", o.stage("dan open"), last)
	}
	w.Go(o.path("dan open", "fit"))
	looks(w, "milestone")
	w.Go(o.path("dan open", "process"))
	looks(w, "process")
	w.Go("/board")
	looks(w, "board")
	walk(t, w, `at.closest(".board-card")`)
	w.Press("m")
	w.See("its stage comes from the milestones that are shown")
	if chromium.Ask[bool](w, `!!document.querySelector("dialog[open]")`) {
		t.Error("the board offers stages to a deal that follows a process")
	}
	w.Go("/board")
	drag(w, "Need")
	w.See("its stage comes from the milestones that are shown")
	until(t, w, `document.querySelector(".board-card").closest("[data-stage]").dataset.stage === "Solution"`)
	if got := o.stage("dan open"); got != "Solution" {
		t.Errorf("dragging moved the deal to %q", got)
	}
}

// drag takes the only card of the board to a column, as a hand does: with way between.
func drag(w *chromium.Window, stage string) {
	spot := func(script string) [2]float64 { return chromium.Ask[[2]float64](w, script) }
	chromium.Ask[bool](w, `(document.querySelector(".board-card").scrollIntoView({ inline: "end" }), true)`)
	from := spot(`(() => { const r = document.querySelector(".board-card").getBoundingClientRect(); return [r.right - 20, r.top + 12] })()`)
	to := spot(fmt.Sprintf(`(() => { const r = document.querySelector('[data-cards=%q]').getBoundingClientRect(); return [r.left + r.width / 2, r.top + 30] })()`, stage))
	w.Do(chromedp.MouseEvent(chromedp.MouseMoved, from[0], from[1]), chromedp.MouseEvent(chromedp.MousePressed, from[0], from[1], chromedp.ButtonLeft))
	for step := range 12 {
		share := float64(step+1) / 12
		w.Do(chromedp.MouseEvent(chromedp.MouseMoved, from[0]+share*(to[0]-from[0]), from[1]+share*(to[1]-from[1]), chromedp.ButtonLeft))
		time.Sleep(30 * time.Millisecond) // as a hand does; the board looks where the card is every 50 ms
	}
	for over := fmt.Sprintf(`document.querySelector('[data-cards=%q] .board-card')`, stage); !w.Holds(over); time.Sleep(30 * time.Millisecond) {
		to[0] = to[0] + 1
		w.Do(chromedp.MouseEvent(chromedp.MouseMoved, to[0], to[1], chromedp.ButtonLeft))
	}
	w.Do(chromedp.MouseEvent(chromedp.MouseReleased, to[0], to[1], chromedp.ButtonLeft))
}

// looks checks a page on a desk and on a phone, by day and by night, and takes pictures.
func looks(w *chromium.Window, name string) {
	for _, size := range [][2]int64{{390, 844}, {1360, 900}} {
		w.Size(size[0], size[1])
		for _, dark := range []bool{true, false} {
			w.Dark(dark)
			w.Settle()
			w.Readable()
			w.Picture(name + map[bool]string{true: "-phone", false: "-desk"}[size[0] < 500] + map[bool]string{true: "-dark", false: "-light"}[dark])
		}
		if name != "board" {
			w.Fits()
		}
		w.Named()
	}
}
