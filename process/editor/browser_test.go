package editor_test

import (
	"net/http/httptest"
	"strconv"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"milepost/internal/db"
	"milepost/internal/testworld/browser"
	"milepost/internal/testworld/pagetest"
	"milepost/internal/testworld/testdb"
	"milepost/process"
)

func (o *desk) open() *browser.Window {
	server := httptest.NewServer(pagetest.At(o.t, o.site, o.Olga.ID))
	o.t.Cleanup(server.Close)
	return browser.Open(o.t, server.URL)
}

// until waits until something holds in the page.
func until(t *testing.T, w *browser.Window, script string) {
	t.Helper()
	for range 200 {
		if w.Holds(script) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("it never held: %s; the page says %s", script, w.Words())
}

// A process is designed and published with keys alone.
func TestDesignAndPublishByKeyboard(t *testing.T) {
	o := newDesk(t, testdb.Open(t, db.SQLite, schemas...))
	w := o.open()
	w.Go("/process/new")
	w.Do(chromedp.Focus(chromedp.CSS(`[aria-label="Begin from Short sale"]`)))
	w.Press(kb.Enter)
	w.See("The draft is yours to change.")
	library, err := process.ReadLibrary(t.Context(), o.DB)
	o.must(err)
	id := library[0].ID
	second := library[0].Draft.Phases[1]
	focused := func(script string) { t.Helper(); until(t, w, `(e => `+script+`)(document.activeElement)`) }

	w.Do(chromedp.Focus(chromedp.CSS(`#add-` + `\3` + string(second.ID[0]) + ` ` + string(second.ID[1:]))))
	w.Press("They showed it to their colleagues" + kb.Enter)
	w.See("Added “They showed it to their colleagues”.")
	focused(`e.id === "add-` + string(second.ID) + `"`) // ready for the next
	added := o.read(id).Draft.Phases[1].Milestones[3]
	w.Do(chromedp.Focus(chromedp.CSS(`[aria-label="Edit They showed it to their colleagues"]`)))
	w.Press(kb.Enter)
	focused(`e.name === "name" && e.value === "They showed it to their colleagues"`)
	w.Do(chromedp.Focus(chromedp.CSS(`[name="typical_days"]`)))
	w.Press("8" + kb.Tab + kb.Tab + "Who was there?")
	w.Do(chromedp.Focus(chromedp.CSS(`[name="m0.text"]`)))
	w.Press("A colleague speaks of it" + kb.Tab + kb.Tab + "By name")
	w.Do(chromedp.Focus(chromedp.CSS(`[name="typical_days"]`)))
	w.Press(kb.Enter)
	w.See("Changed “They showed it to their colleagues”.")
	focused(`e.getAttribute("aria-label") === "Edit They showed it to their colleagues"`)
	w.Do(chromedp.Focus(chromedp.CSS(`[aria-label="Move up They showed it to their colleagues"]`)))
	w.Press(kb.Enter)
	w.See("Moved “They showed it to their colleagues”.")
	focused(`e.getAttribute("aria-label") === "Move up They showed it to their colleagues"`)
	w.Press(kb.Enter)
	until(t, w, `document.querySelectorAll("[data-design-list]")[1].children[1].dataset.designItem === "`+string(added.ID)+`"`)
	focused(`e.getAttribute("aria-label") === "Move up They showed it to their colleagues"`)
	if got := o.read(id).Draft.Phases[1].Milestones[1]; got.TypicalDays != 8 || got.Coaching != "Who was there?" || got.Markers[0].Proof != "By name" {
		t.Errorf("the milestone is %+v", got)
	}
	w.Do(chromedp.Focus(chromedp.CSS(`a[href$="/publish"]`)))
	w.Press(kb.Enter)
	w.See("Publish version 1")
	w.Do(chromedp.Focus(chromedp.CSS(`main button.primary`)))
	w.Press(kb.Enter)
	w.See("Published: version 1 is in use.")
	if p := o.read(id); p.State != process.Active || len(p.Versions) != 1 {
		t.Errorf("the process is %q with %d versions", p.State, len(p.Versions))
	}
}

// A milestone is dragged to another phase.
func TestDragToAnotherPhase(t *testing.T) {
	o := newDesk(t, testdb.Open(t, db.SQLite, schemas...))
	id := o.begin("short", "")
	moved, after := o.read(id).Draft.Phases[0].Milestones[1], o.read(id).Draft.Phases[1].Milestones[0]
	w := o.open()
	w.Size(1360, 1400)
	w.Go("/process/" + string(id))
	until(t, w, `Boolean(window.Sortable)`)
	w.Settle()
	at := func(m process.Milestone) (x, y float64) {
		rect := browser.Ask[[]float64](w, `(r => [r.x + 8, r.y + 12])(document.querySelector('[data-design-item="`+string(m.ID)+`"] [data-design-grip]').getBoundingClientRect())`)
		return rect[0], rect[1]
	}
	drag(w, at, moved, after)
	w.See("Moved “" + moved.Name + "” to")
	if got := o.read(id).Draft.Phases[1].Milestones; len(got) != 4 || got[0].ID != moved.ID && got[1].ID != moved.ID {
		t.Errorf("the second phase holds %d milestones", len(got))
	}
}

func drag(w *browser.Window, at func(process.Milestone) (x, y float64), from, to process.Milestone) {
	x, y := at(from)
	toX, toY := at(to)
	w.Do(chromedp.MouseEvent("mouseMoved", x, y), chromedp.MouseEvent("mousePressed", x, y, chromedp.ButtonLeft))
	for i := 1; i <= 12; i++ {
		part := float64(i) / 12
		w.Do(chromedp.MouseEvent("mouseMoved", x+(toX-x)*part, y+(toY+8-y)*part, chromedp.ButtonLeft))
		time.Sleep(20 * time.Millisecond)
	}
	w.Do(chromedp.MouseEvent("mouseReleased", toX, toY+8, chromedp.ButtonLeft))
}

// Every page fits a desk and a phone, by day and by night, and can be read.
func TestPagesInABrowser(t *testing.T) {
	o := newDesk(t, testdb.Open(t, db.SQLite, schemas...))
	id, need, _, _ := o.inUse()
	o.do(o.Olga, id, "act", "remove", "at", string(need.ID))
	d := o.read(id).Draft
	o.do(o.Olga, id, "act", "add-milestone", "at", string(d.Phases[1].ID), "name", "They said what they want to buy")
	w := o.open()
	root := "/process/" + string(id)
	paths := []string{"/process", "/process/new", root, root + "?open=" + string(d.Phases[1].Milestones[1].ID), root + "/publish", root + "/choice", root + "/versions/1", root + "/preview", root + "/progress", root + "/history"}
	for _, size := range [][2]int64{{1360, 900}, {390, 844}} {
		for _, dark := range []bool{false, true} {
			w.Size(size[0], size[1])
			w.Dark(dark)
			for i, path := range paths {
				w.Go(path)
				w.Settle()
				w.Fits()
				w.Readable()
				w.Named()
				w.Picture("editor" + strconv.Itoa(i) + "-" + strconv.FormatInt(size[0], 10) + map[bool]string{true: "-dark"}[dark])
			}
		}
	}
}
