package ui

import (
	"fmt"
	"net/http/httptest"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"milepost/internal/testworld/browser"
)

// gallery opens the gallery of parts.
func gallery(t *testing.T) *browser.Window {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: the gallery was not looked at in a browser")
	}
	site := httptest.NewServer(gallerySite())
	t.Cleanup(site.Close)
	return browser.Open(t, site.URL)
}

// TestGalleryInBrowser looks at the gallery on a desk and on a phone, by day and by
// night.
func TestGalleryInBrowser(t *testing.T) {
	w := gallery(t)
	for _, path := range []string{"/ui", "/rtl", "/bare", "/problem"} {
		for _, width := range []int64{1360, 390, 320} {
			w.Size(width, 900)
			w.Go(path)
			w.Settle()
			w.Fits()
			for _, theme := range []string{"light", "dark"} {
				browser.Ask[bool](w, `document.documentElement.dataset.bsTheme = "`+theme+`"; document.dispatchEvent(new Event("milepost:theme"))`)
				if width != 320 {
					w.Picture(fmt.Sprint(path, width, theme))
				}
			}
		}
	}
}

// TestGalleryByHand uses what opens and closes, by keyboard and by pointer.
func TestGalleryByHand(t *testing.T) {
	w := gallery(t)
	w.Go("/ui")
	w.Settle()
	w.Picture("desk")

	w.Press("/")
	if at := browser.Ask[string](w, `document.activeElement.name`); at != "q" {
		t.Errorf(`"/" leads to %q and not to the search box`, at)
	}
	w.Click(".side .person-menu summary")
	w.Picture("person-menu")
	w.Click(`.side [data-theme="dark"]`)
	if theme := browser.Ask[string](w, `localStorage.getItem("theme") + " " + document.documentElement.dataset.bsTheme`); theme != "dark dark" {
		t.Errorf("the choice of dark was kept as %q", theme)
	}
	w.Press(kb.Escape)
	if open := browser.Ask[int](w, `document.querySelectorAll("details.menu[open]").length`); open != 0 {
		t.Error("Esc leaves the menu open")
	}
	w.Click(`.page-actions [commandfor]`)
	w.Picture("dialog")
	if !browser.Ask[bool](w, `document.getElementById("gallery-dialog").open`) {
		t.Error("the button does not open its dialog")
	}
	w.Press(kb.Escape)
	if browser.Ask[bool](w, `document.getElementById("gallery-dialog").open`) {
		t.Error("Esc leaves the dialog open")
	}
	middle := browser.Ask[[]float64](w, `(() => { const c = document.querySelector("canvas"); c.scrollIntoView({block: "center"});
		const b = c.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2] })()`)
	w.Do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, middle[0], middle[1]))
	w.Picture("tooltip")
	bar := browser.Ask[[]float64](w, `(() => { const c = document.querySelector('.chart[aria-label^="Forecast, Monday"] canvas'); c.scrollIntoView({block: "center"});
		const b = c.getBoundingClientRect(); return [b.x + b.width * .34, b.y + b.height / 2] })()`)
	w.Do(chromedp.MouseClickXY(bar[0], bar[1]))
	if at := browser.Ask[string](w, `location.hash`); at != "#new-deals" {
		t.Errorf("a click on a bar leads to %q", at)
	}
	w.Size(390, 844)
	w.Go("/ui")
	w.Click(".nav-open")
	if !browser.Ask[bool](w, `document.getElementById("navigation").matches(":popover-open")`) {
		t.Error("the menu button does not open the navigation")
	}
	w.Picture("phone-navigation")
}
