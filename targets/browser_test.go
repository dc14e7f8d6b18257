package targets

import (
	"net/http/httptest"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"milepost/calendar"
	"milepost/internal/ledger"
	"milepost/internal/testworld/browser"
)

// furnish gives the company two years of targets and wins.
func (c *company) furnish() {
	var settings []Setting
	for i, name := range []string{"Rosa Reed", "Remy Rowe", "Rolf Rand", "Tina Thorn"} {
		for month := range 24 {
			first := calendar.Date("2025-01-01").AddMonths(month)
			value := int64(20_000_00 + 1_000_00*int64(month%12) + 2_500_00*int64(i))
			settings = append(settings, Setting{Cell: Cell{c.ids[name], Own, first, "EUR"}, Value: &value, At: at("2024-12-01")})
			if i == 0 {
				team := value * 4
				settings = append(settings, Setting{Cell: Cell{c.ids["Mara Moss"], Team, first, "EUR"}, Value: &team, At: at("2024-12-01")})
			}
			if won := first.AddDays(9); at(won) < c.now && (month+i)%4 > 0 {
				c.win(name, 18_500_00+int64(month)*700_00, "EUR", at(first), at(won))
			}
		}
	}
	c.record(at("2026-11-20"), func(w *ledger.Writer) error { return SetAll(c.t.Context(), w, settings) })
}

func (s *site) open(t *testing.T) *browser.Window {
	server := httptest.NewServer(s.desk)
	t.Cleanup(server.Close)
	return browser.Open(t, server.URL)
}

// wait waits until something holds in the page.
func wait(w *browser.Window, script string) {
	for range 100 {
		if w.Holds(script) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	w.See("until " + script)
}

// Targets are set by typing, walking with the arrows and pasting, and saved once they
// were looked at; a wrong block changes nothing.
func TestSetTargetsInABrowser(t *testing.T) {
	c := openSQLite(t)
	c.furnish()
	s := c.site("Mara Moss")
	w := s.open(t)
	w.Go("/targets?year=2027")
	w.See("No targets yet for FY 2027")
	cell := func(part, name string, scope Scope, month calendar.Date) string {
		return `[name="` + s.input(part, name, scope, month) + `"]`
	}
	january := cell("m", "Remy Rowe", Own, "2027-01-01")
	w.Do(chromedp.Focus(chromedp.CSS(january)))
	w.Press("1.500,00" + kb.ArrowRight + "2000" + kb.ArrowDown)
	wait(w, `document.querySelector('`+cell("q", "Remy Rowe", Own, "2027-01-01")+`').value === "3,500"`)
	if focused := browser.Ask[string](w, `document.activeElement.getAttribute("aria-label")`); focused != "Rolf Rand, February 2027" {
		t.Errorf("the arrows led to %q", focused)
	}
	w.Do(chromedp.Focus(chromedp.CSS(cell("y", "Rosa Reed", Own, "2027-01-01"))))
	w.Press("120000" + kb.Enter)
	wait(w, `document.querySelector('`+cell("m", "Rosa Reed", Own, "2027-12-01")+`').value === "10,000"`)
	wait(w, `document.querySelector('[data-sums="carried"] td').textContent === "123,500"`)
	paste := func(selector, text string) {
		browser.Ask[bool](w, `(() => { const data = new DataTransfer(); data.setData("text/plain", "`+text+`");
			document.querySelector('`+selector+`').dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})); return true })()`)
	}
	paste(january, `7\t8\n9\tlots`)
	w.See("Row 2, column 2")
	w.See("Nothing was pasted.")
	if got := browser.Ask[string](w, `document.querySelector('`+january+`').value`); got != "1,500" {
		t.Errorf("a wrong block left %q in the cell", got)
	}
	paste(cell("m", "Remy Rowe", Own, "2027-11-01"), `1\t2\t3`)
	w.See("2 are left from here")
	paste(cell("m", "Remy Rowe", Own, "2027-11-01"), `1.000,50\t€ 2\n3\t4\n`)
	w.See("Pasted 2 by 2")
	w.Picture("typed")
	w.Click(`button.primary`)
	w.See("Save 18 months")
	w.Picture("preview")
	w.Click(`button.primary`)
	w.See("Saved: 18 months of 3 people changed.")
	w.See("Undo my last save")
	if !same(s.value("Rolf Rand", Own, "2027-12-01"), of(4_00)) || !same(s.value("Rosa Reed", Own, "2027-01-01"), of(10_000_00)) {
		t.Error("what was pasted or spread is not what was saved")
	}
}

// Each page fits a desk and a phone, in light and dark, and every text can be read.
func TestPagesInABrowser(t *testing.T) {
	c := openSQLite(t)
	c.furnish()
	for who, paths := range map[string][]string{
		"Mara Moss":  {"/targets?year=2026", "/targets/attainment?period=y2026-01-01", "/targets/import", "/targets/attainment?period=m2024-01-01"},
		"Rosa Reed":  {"/targets"},
		"Hanna Hale": {"/targets", "/targets/attainment"},
		"Vera Vale":  {"/targets"},
	} {
		w := c.site(who).open(t)
		for _, size := range [][2]int64{{1360, 900}, {390, 844}} {
			for _, dark := range []bool{false, true} {
				w.Size(size[0], size[1])
				w.Dark(dark)
				for i, path := range paths {
					w.Go(path)
					w.Fits()
					w.Readable()
					w.Named()
					w.Picture(map[bool]string{true: "dark", false: "light"}[dark] + map[int64]string{390: "-phone-", 1360: "-desk-"}[size[0]] + who + string(rune('0'+i)))
				}
			}
		}
	}
}
