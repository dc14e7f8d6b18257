// Package browser drives Chromium for tests that do what a person does: open a page,
// read, type, click, press keys. A page that complains, of a broken script or of
// something that the policy forbids, fails the test.
package browser

import (
	"context"
	"os/exec"
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
	ctx, stop := context.WithTimeout(ctx, slower*3*time.Minute)
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
	ctx, cancel := context.WithTimeout(w.ctx, slower*20*time.Second)
	defer cancel()
	for _, step := range steps {
		err := chromedp.Do(ctx, step)
		for again := 0; again < 3 && gone(err); again++ {
			err = chromedp.Do(ctx, step)
		}
		if err != nil {
			w.Picture("failed")
			w.t.Fatalf("%v\non %s, which shows:\n%s", err, w.Path(), w.Words())
		}
	}
}

// gone tells whether a step found what it looked for, and the page put another in its place
// before anything was done with it.
func gone(err error) bool {
	return err != nil && strings.Contains(err.Error(), "Could not find node with given id")
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
