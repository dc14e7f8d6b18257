package ui

import (
	"context"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// browser starts Chromium, and fails the test at its end if a page complained: of a
// script that broke, or of something that the policy forbade.
func browser(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: the gallery was not looked at in a browser")
	}
	program, err := exec.LookPath("chromium")
	if err != nil {
		if strings.Contains(os.Getenv("MILEPOST_TEST_REQUIRE"), "browser") {
			t.Fatal("chromium is required and not found")
		}
		t.Skip("chromium is not found: the gallery was not looked at in a browser")
	}
	var mu sync.Mutex
	var complaints []string
	note := func(text string) { mu.Lock(); complaints = append(complaints, text); mu.Unlock() }
	ctx, cancel := chromedp.NewContext(t.Context(), chromedp.WithAllocatorOptions(
		chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-background-networking", true)),
		chromedp.WithListener(func(event any) {
			switch e := event.(type) {
			case *log.EventEntryAdded:
				note(e.Entry.Text)
			case *runtime.EventExceptionThrown:
				note(e.ExceptionDetails.Text)
			}
		}))
	ctx, stop := context.WithTimeout(ctx, 90*time.Second)
	t.Cleanup(func() {
		mu.Lock()
		defer mu.Unlock()
		for _, text := range complaints {
			t.Error("the browser complained:", text)
		}
		stop()
		cancel()
	})
	return ctx
}

func do(t *testing.T, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

func ask[T any](t *testing.T, ctx context.Context, script string) T {
	t.Helper()
	answer, err := chromedp.Run(ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%s: %v", script, err)
	}
	return answer
}

// settle waits until fonts are there and every chart is drawn.
const settle = `(async () => { await document.fonts.ready;
	for (let i = 0; i < 100 && document.querySelectorAll("canvas").length < document.querySelectorAll("[data-chart]").length; i++)
		await new Promise((done) => setTimeout(done, 50));
	await new Promise((done) => setTimeout(done, 150)); return true })()`

// TestGalleryInBrowser looks at the gallery on a desk and on a phone, by day and by
// night. With MILEPOST_UI_SHOTS it leaves pictures in that folder.
func TestGalleryInBrowser(t *testing.T) {
	ctx := browser(t)
	site := httptest.NewServer(gallerySite())
	defer site.Close()
	for _, path := range []string{"/ui", "/rtl", "/bare", "/problem"} {
		for _, width := range []int64{1360, 390, 320} {
			do(t, ctx, chromedp.EmulateViewport(width, 900), chromedp.Navigate(site.URL+path))
			ask[bool](t, ctx, settle)
			if wide := ask[int64](t, ctx, `document.documentElement.scrollWidth`); wide > width {
				t.Errorf("%s at %d px scrolls sideways: it is %d px wide; %s", path, width, wide, ask[string](t, ctx, tooWide))
			}
			for _, theme := range []string{"light", "dark"} {
				ask[bool](t, ctx, `document.documentElement.dataset.bsTheme = "`+theme+`"; document.dispatchEvent(new Event("milepost:theme"))`)
				picture(t, ctx, path, width, theme)
			}
		}
	}
}

// TestGalleryByHand uses what opens and closes, by keyboard and by pointer.
func TestGalleryByHand(t *testing.T) {
	ctx := browser(t)
	site := httptest.NewServer(gallerySite())
	defer site.Close()
	do(t, ctx, chromedp.EmulateViewport(1360, 900), chromedp.Navigate(site.URL+"/ui"))
	ask[bool](t, ctx, settle)
	screen(t, ctx, "desk")

	do(t, ctx, chromedp.KeyEvent("/"))
	if at := ask[string](t, ctx, `document.activeElement.name`); at != "q" {
		t.Errorf(`"/" leads to %q and not to the search box`, at)
	}
	do(t, ctx, chromedp.Click(".side .person-menu summary"))
	screen(t, ctx, "person-menu")
	do(t, ctx, chromedp.Click(`.side [data-theme="dark"]`))
	if theme := ask[string](t, ctx, `localStorage.getItem("theme") + " " + document.documentElement.dataset.bsTheme`); theme != "dark dark" {
		t.Errorf("the choice of dark was kept as %q", theme)
	}
	do(t, ctx, chromedp.KeyEvent(kb.Escape))
	if open := ask[int](t, ctx, `document.querySelectorAll("details.menu[open]").length`); open != 0 {
		t.Error("Esc leaves the menu open")
	}
	do(t, ctx, chromedp.Click(`.page-actions [commandfor]`))
	screen(t, ctx, "dialog")
	if !ask[bool](t, ctx, `document.getElementById("gallery-dialog").open`) {
		t.Error("the button does not open its dialog")
	}
	do(t, ctx, chromedp.KeyEvent(kb.Escape))
	if ask[bool](t, ctx, `document.getElementById("gallery-dialog").open`) {
		t.Error("Esc leaves the dialog open")
	}
	middle := ask[[]float64](t, ctx, `(() => { const c = document.querySelector("canvas"); c.scrollIntoView({block: "center"});
		const b = c.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2] })()`)
	do(t, ctx, chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, middle[0], middle[1]))
	screen(t, ctx, "tooltip")
	do(t, ctx, chromedp.EmulateViewport(390, 844), chromedp.Reload(), chromedp.Click(".nav-open"))
	if !ask[bool](t, ctx, `document.getElementById("navigation").matches(":popover-open")`) {
		t.Error("the menu button does not open the navigation")
	}
	screen(t, ctx, "phone-navigation")
}

func screen(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	folder := os.Getenv("MILEPOST_UI_SHOTS")
	if folder == "" {
		return
	}
	ask[bool](t, ctx, settle)
	shot, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name+".png"), shot, 0o644); err != nil {
		t.Fatal(err)
	}
}

// tooWide names what reaches beyond the window.
const tooWide = `[...document.querySelectorAll("main *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
	.slice(0, 5).map((e) => e.tagName + "." + e.getAttribute("class")).join(" ")`

func picture(t *testing.T, ctx context.Context, path string, width int64, theme string) {
	t.Helper()
	folder := os.Getenv("MILEPOST_UI_SHOTS")
	if folder == "" || width == 320 {
		return
	}
	ask[bool](t, ctx, settle)
	shot, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(err)
	}
	name := strings.Trim(path, "/") + "-" + number(float64(width)) + "-" + theme + ".png"
	if err := os.WriteFile(filepath.Join(folder, name), shot, 0o644); err != nil {
		t.Fatal(err)
	}
}
