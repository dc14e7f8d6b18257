package browser

import (
	"fmt"
	"strings"

	"github.com/chromedp/chromedp"
)

// Click presses what a selector finds, once it is visible.
func (w *Window) Click(selector string) {
	w.t.Helper()
	w.Do(chromedp.WaitVisible(chromedp.CSS(selector)), chromedp.Click(chromedp.CSS(selector)))
}

// Fill replaces what stands in a field.
func (w *Window) Fill(selector, text string) {
	w.t.Helper()
	w.Do(chromedp.WaitVisible(chromedp.CSS(selector)))
	Ask[bool](w, fmt.Sprintf(`(document.querySelector(%q).value = "") === ""`, selector))
	w.Do(chromedp.SendKeys(chromedp.CSS(selector), text))
}

// Set gives a field a value that typing cannot easily give (a date, a choice).
func (w *Window) Set(selector, value string) {
	w.t.Helper()
	w.Do(chromedp.WaitReady(chromedp.CSS(selector)))
	Ask[bool](w, fmt.Sprintf(`(() => { const e = document.querySelector(%q); e.value = %q;
		e.dispatchEvent(new Event("input", {bubbles: true})); e.dispatchEvent(new Event("change", {bubbles: true})); return true })()`, selector, value))
}

// Press presses keys where the focus is.
func (w *Window) Press(keys string) { w.t.Helper(); w.Do(chromedp.KeyEvent(keys)) }

// Upload chooses a file.
func (w *Window) Upload(selector, file string) {
	w.t.Helper()
	w.Do(chromedp.SetUploadFiles(chromedp.CSS(selector), []string{file}))
}

// Leave clicks what leads to another page, and waits until that one is whole.
func (w *Window) Leave(selector string) {
	w.t.Helper()
	Ask[bool](w, `window.before = true`)
	w.Click(selector)
	if !eventually(func() bool { return w.Holds(`!window.before && document.readyState === "complete"`) }) {
		w.t.Fatalf("%s on %s leads nowhere", selector, w.Path())
	}
}

// Arrive waits until the window is at an address that begins with a path, and the page
// is whole.
func (w *Window) Arrive(path string) {
	w.t.Helper()
	there := eventually(func() bool {
		at, err := chromedp.Run(w.ctx, chromedp.Evaluate[string](`document.readyState === "complete" ? location.pathname + location.search : ""`))
		return err == nil && strings.HasPrefix(at+"?", path)
	})
	if !there {
		w.t.Fatalf("the window is at %s and never came to %s", w.Path(), path)
	}
}
