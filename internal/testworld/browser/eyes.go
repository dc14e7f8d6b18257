package browser

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/chromedp/chromedp"
)

// longestWait is for how long a page is given to become what it should: so long that only
// what never comes takes it, however busy the machine is.
const longestWait = slower * 30 * time.Second

// blink is between one look and the next.
const blink = 50 * time.Millisecond

// Until waits until something is so on the page; what tells it to whoever reads the failure.
func (w *Window) Until(what, script string) {
	w.t.Helper()
	if !eventually(func() bool { return w.Holds(script) }) {
		w.Picture("failed")
		w.t.Fatalf("%s: never so on %s\n%s", what, w.Path(), script)
	}
}

func eventually(so func() bool) bool {
	for range int(longestWait / blink) {
		if so() {
			return true
		}
		time.Sleep(blink)
	}
	return so()
}

// Words is the text that the page shows.
func (w *Window) Words() string {
	w.t.Helper()
	return read[string](w, `document.body ? document.body.innerText : ""`)
}

// See waits until the page shows a text; letter case does not count, since looks
// may change it.
func (w *Window) See(text string) {
	w.t.Helper()
	want := strings.ToLower(text)
	if eventually(func() bool { return strings.Contains(strings.ToLower(w.Words()), want) }) {
		return
	}
	w.Picture("failed")
	w.t.Fatalf("%s does not show %q; it shows:\n%s", w.Path(), text, w.Words())
}

// DoNotSee fails when the page shows a text.
func (w *Window) DoNotSee(text string) {
	w.t.Helper()
	if strings.Contains(strings.ToLower(w.Words()), strings.ToLower(text)) {
		w.t.Errorf("%s shows %q, which it must not", w.Path(), text)
	}
}

// Fits fails when the page is wider than the window.
func (w *Window) Fits() {
	w.t.Helper()
	wide := read[[2]int](w, `[document.documentElement.scrollWidth, innerWidth]`)
	if wide[0] > wide[1] {
		w.t.Errorf("%s scrolls sideways: %d px wide in a window of %d; %s", w.Path(), wide[0], wide[1], Ask[string](w, tooWide))
	}
}

// tooWide names what reaches beyond the window.
const tooWide = `[...document.querySelectorAll("main *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
	.slice(0, 5).map((e) => e.tagName + "." + e.getAttribute("class")).join(" ")`

// Picture leaves a picture of the whole page in the folder that
// MILEPOST_TEST_PICTURES names, if it does.
func (w *Window) Picture(name string) {
	w.t.Helper()
	folder := os.Getenv("MILEPOST_TEST_PICTURES")
	if folder == "" {
		return
	}
	w.Settle()
	shot, err := chromedp.Run(w.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		w.t.Logf("no picture of %s: %v", name, err)
		return
	}
	file := filepath.Join(folder, strings.NewReplacer("/", "-", " ", "-").Replace(fmt.Sprint(w.t.Name(), "-", name))+".png")
	if err := os.WriteFile(file, shot, 0o644); err != nil {
		w.t.Log(err)
	}
}

// Settle waits until fonts are there, panels have been fetched and charts are drawn.
func (w *Window) Settle() {
	w.t.Helper()
	read[bool](w, `(async () => {
		await document.fonts.ready;
		await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
		const waits = () => document.querySelector(".panel[hx-get]") ||
			document.querySelectorAll("canvas").length < document.querySelectorAll("[data-chart]").length;
		for (let i = 0; i < 100 && waits(); i++) await new Promise((done) => setTimeout(done, 50));
		await Promise.race([new Promise((done) => setTimeout(done, 400)), // some turn for ever
			Promise.all(document.getAnimations().map((a) => a.finished.catch(() => {})))]);
		return true })()`)
}
