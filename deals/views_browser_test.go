package deals_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"milepost/bulk"
	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld"
	"milepost/internal/testworld/browser"
	"milepost/internal/testworld/testdb"
	"milepost/people"
	"milepost/views"

	"milepost/deals"
)

// looks judges and pictures a page at a desk and on a phone, by day and by night.
func looks(w *browser.Window, name string) {
	for _, size := range [][2]int64{{1360, 900}, {390, 844}} {
		w.Size(size[0], size[1])
		for _, dark := range []bool{false, true} {
			w.Dark(dark)
			w.Fits()
			w.Readable()
			w.Named()
			w.Picture(name + map[bool]string{true: "-dark", false: ""}[dark] + map[bool]string{true: "-phone", false: ""}[size[0] < 400])
		}
	}
	w.Size(1360, 900)
	w.Dark(false)
}

// opens opens the menu that a summary belongs to, by keyboard.
func opens(w *browser.Window, summary string) {
	w.Do(chromedp.Focus(chromedp.CSS(summary)))
	w.Press("\r")
}

// A manager saves a view by keyboard and shares it; a rep opens it, and sees their
// own part of it alone.
func TestAViewIsSharedWithTheTeam(t *testing.T) {
	d := testdb.Open(t, db.SQLite, ledger.Schema, people.Schema, views.Schema, bulk.Schema, deals.Schema)
	o := testworld.Small(t, d)
	w := windowOn(t, d, o.ID, calendar.Stopped(testworld.SmallNow))
	w.Go("/as/" + string(o.Ben.ID))
	w.Go("/deals?group=owner&columns=amount,account,stage&sort=-amount")
	w.See("By owner")
	looks(w, "grouped")
	opens(w, ".views details:nth-of-type(2) summary")
	w.Fill("#view-new-name", "By size")
	w.Do(chromedp.Focus(chromedp.CSS("#view-new-shared")))
	w.Press(" ")
	looks(w, "save-view")
	w.Do(chromedp.Focus(chromedp.CSS("#view-new-name")))
	w.Press("\r")
	w.See("saved and shared with your team")
	w.See("Belt for the harbour Alpha")
	shared := w.Path()
	opens(w, ".views details:nth-of-type(2) summary")
	looks(w, "manage-view")

	w.Go("/as/" + string(o.Dan.ID))
	opens(w, ".views summary")
	w.See("by Ben Alpha")
	looks(w, "pick-view")
	w.Do(chromedp.Click(chromedp.CSS(`.views a[href*="group=owner"]`)))
	w.Settle()
	if !strings.HasPrefix(w.Path(), shared[:6]) {
		t.Errorf("the view led to %s", w.Path())
	}
	w.See("Scales for the harbour Alpha")
	w.DoNotSee("Belt for the harbour Alpha")

	w.Go("/deals?choose=columns&columns=stage,amount")
	looks(w, "columns")
	w.Do(chromedp.Focus(chromedp.CSS(`#column-amount a[href]`)))
	w.Press("\r")
	w.Settle()
	if heads := browser.Ask[string](w, `[...document.querySelectorAll("#deals thead th")].map((h) => h.innerText.trim()).join()`); heads != "Deal,Amount,Stage" {
		t.Errorf("the columns are %s", heads)
	}
	w.Go("/deals?group=month")
	looks(w, "by-month")

	// Columns have room: with few, no word is broken; with many, the table scrolls, not the page.
	w.Size(1360, 900)
	w.Go("/deals?columns=owner,stage,close,step,amount")
	if narrow := browser.Ask[float64](w, `document.querySelector("#deals td[data-label=Stage]").offsetWidth`); narrow < 110 {
		t.Errorf("the stage has %v pixels", narrow)
	}
	w.Go("/deals?columns=account,owner,stage,close,amount,opened,activity,moved,competitors,category,source,segment,product,step")
	w.Fits()
	if !browser.Ask[bool](w, `(() => { const box = document.querySelector("#deals .table-box"); return box.scrollWidth > box.clientWidth && box.querySelector("th[scope=row]").offsetWidth > 200 })()`) {
		t.Error("many columns are squeezed into the page")
	}
}
