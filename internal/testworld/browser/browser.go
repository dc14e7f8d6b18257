// Package browser drives Chromium for tests that do what a person does: open a page,
// read, type, click, press keys. A page that complains, of a broken script or of
// something that the policy forbids, fails the test.
package browser

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"milepost/internal/testworld/testdb"
)

// Window is one browser with a profile of its own, open on a site.
type Window struct {
	t    testing.TB
	ctx  context.Context
	site string
}

// Open starts Chromium with an empty profile. Where there is none the test is
// skipped aloud, or fails when MILEPOST_TEST_REQUIRE names "browser".
func Open(t testing.TB, site string) *Window {
	t.Helper()
	program, err := exec.LookPath("chromium")
	if err != nil {
		testdb.SkipUnlessRequired(t, "browser", "no Chromium: nothing was looked at in a browser")
	}
	var mu sync.Mutex
	var complaints []string
	note := func(text string) { mu.Lock(); defer mu.Unlock(); complaints = append(complaints, text) }
	ctx, cancel := chromedp.NewContext(t.Context(), chromedp.WithAllocatorOptions(
		chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-background-networking", true)),
		chromedp.WithListener(func(event any) {
			switch e := event.(type) {
			case *log.EventEntryAdded:
				// That a refused form answers 4xx is what it should do; that a part of
				// the page is not there is not.
				if e.Entry.Source != log.EntrySourceNetwork || strings.Contains(e.Entry.URL, "/assets/") {
					note(e.Entry.Text)
				}
			case *runtime.EventExceptionThrown:
				note(e.ExceptionDetails.Text)
			}
		}))
	ctx, stop := context.WithTimeout(ctx, 3*time.Minute)
	t.Cleanup(func() {
		mu.Lock()
		defer mu.Unlock()
		for _, text := range complaints {
			t.Error("the browser complained:", text)
		}
		stop()
		cancel()
	})
	// The browser lives as long as the context of its first run.
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1360, 900)); err != nil {
		t.Fatalf("starting Chromium: %v", err)
	}
	w := &Window{t, ctx, strings.TrimSuffix(site, "/")}
	return w
}

// Do runs steps and fails the test when one cannot be done.
func (w *Window) Do(steps ...chromedp.Action[chromedp.Void]) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, 20*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		w.Picture("failed")
		w.t.Fatalf("%v\non %s, which shows:\n%s", err, w.Path(), w.Words())
	}
}

// Ask evaluates a script in the page.
func Ask[T any](w *Window, script string) T {
	w.t.Helper()
	answer, err := chromedp.Run(w.ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		w.t.Fatalf("%s: %v", script, err)
	}
	return answer
}

// read is Ask for a script that changes nothing: when the page was left while it ran, the
// next page is asked.
func read[T any](w *Window, script string) T {
	w.t.Helper()
	for range 20 {
		answer, err := chromedp.Run(w.ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
		if err == nil {
			return answer
		}
		if text := err.Error(); !strings.Contains(text, "navigated or closed") && !strings.Contains(text, "context") {
			w.t.Fatalf("%s: %v", script, err)
		}
		time.Sleep(50 * time.Millisecond)
	}
	return Ask[T](w, script)
}

// Holds tells whether something is so on the page; it is not while one page goes and the
// next has not come.
func (w *Window) Holds(script string) bool {
	so, err := chromedp.Run(w.ctx, chromedp.Evaluate[bool](`(() => { try { return !!(`+script+`) } catch { return false } })()`))
	return err == nil && so
}

// Size sets the window: 1360 by 900 is a desk, 390 by 844 a phone.
func (w *Window) Size(width, height int64) {
	w.t.Helper()
	w.Do(chromedp.EmulateViewport(width, height))
}

// Dark asks for dark or light colours, as the person's system does.
func (w *Window) Dark(dark bool) {
	w.t.Helper()
	value := "light"
	if dark {
		value = "dark"
	}
	media := emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: value},
			{Name: "prefers-reduced-motion", Value: "reduce"}}} // nothing is judged half-way
	if _, err := chromedp.Call(w.ctx, emulation.SetEmulatedMedia, media); err != nil {
		w.t.Fatal(err)
	}
}

// Go opens a path of the site, or a whole address.
func (w *Window) Go(path string) {
	w.t.Helper()
	if strings.HasPrefix(path, "/") {
		path = w.site + path
	}
	w.Do(chromedp.Navigate(path))
}

// Path is where the window is, without the site's address.
func (w *Window) Path() string {
	w.t.Helper()
	return read[string](w, `location.pathname + location.search`)
}

// Click presses what a selector finds, once it is visible.
func (w *Window) Click(selector string) {
	w.t.Helper()
	w.Do(chromedp.WaitVisible(selector), chromedp.Click(selector))
}

// Fill replaces what stands in a field.
func (w *Window) Fill(selector, text string) {
	w.t.Helper()
	w.Do(chromedp.WaitVisible(selector))
	Ask[bool](w, fmt.Sprintf(`(document.querySelector(%q).value = "") === ""`, selector))
	w.Do(chromedp.SendKeys(selector, text))
}

// Set gives a field a value that typing cannot easily give (a date, a choice).
func (w *Window) Set(selector, value string) {
	w.t.Helper()
	w.Do(chromedp.WaitReady(selector))
	Ask[bool](w, fmt.Sprintf(`(() => { const e = document.querySelector(%q); e.value = %q;
		e.dispatchEvent(new Event("input", {bubbles: true})); e.dispatchEvent(new Event("change", {bubbles: true})); return true })()`, selector, value))
}

// Press presses keys where the focus is.
func (w *Window) Press(keys string) { w.t.Helper(); w.Do(chromedp.KeyEvent(keys)) }

// Upload chooses a file.
func (w *Window) Upload(selector, file string) {
	w.t.Helper()
	w.Do(chromedp.SetUploadFiles(selector, []string{file}))
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
	for range 200 {
		if strings.Contains(strings.ToLower(w.Words()), want) {
			return
		}
		time.Sleep(50 * time.Millisecond)
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

// Leave clicks what leads to another page, and waits until that one is whole.
func (w *Window) Leave(selector string) {
	w.t.Helper()
	Ask[bool](w, `window.before = true`)
	w.Click(selector)
	for range 200 {
		there, err := chromedp.Run(w.ctx, chromedp.Evaluate[bool](`!window.before && document.readyState === "complete"`))
		if err == nil && there {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	w.t.Fatalf("%s on %s leads nowhere", selector, w.Path())
}

// Arrive waits until the window is at an address that begins with a path, and the page
// is whole.
func (w *Window) Arrive(path string) {
	w.t.Helper()
	for range 200 {
		at, err := chromedp.Run(w.ctx, chromedp.Evaluate[string](`document.readyState === "complete" ? location.pathname + location.search : ""`))
		if err == nil && strings.HasPrefix(at+"?", path) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	w.t.Fatalf("the window is at %s and never came to %s", w.Path(), path)
}
