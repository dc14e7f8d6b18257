package deals_test

import (
	"testing"

	"github.com/chromedp/chromedp"

	"milepost/bulk"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld"
	"milepost/internal/testworld/browser"
	"milepost/internal/testworld/testdb"
	"milepost/people"
	"milepost/views"
)

// Deals are selected, changed and brought back by keyboard alone, and every step
// looks right at a desk and on a phone.
func TestABulkChangeByKeyboard(t *testing.T) {
	d := testdb.Open(t, db.SQLite, ledger.Schema, people.Schema, views.Schema, bulk.Schema, deals.Schema)
	o := testworld.Small(t, d)
	w := windowOn(t, d, o.ID, calendar.Stopped(testworld.SmallNow))
	w.Go("/as/" + string(o.Ben.ID))
	w.Do(chromedp.Focus(chromedp.CSS(`#deals input[name=deal]`)))
	w.Press(" ")
	browser.Ask[bool](w, `document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowDown", shiftKey: true, bubbles: true}))`)
	w.See("2 selected")
	looks(w, "selected")
	w.Do(chromedp.Focus(chromedp.CSS("#bulk button")))
	w.Press("\r")
	w.Settle()
	w.See("Change 2 deals")
	looks(w, "choice")
	w.Fill("#bulk-shift", "14")
	w.Do(chromedp.Focus(chromedp.CSS("#bulk-shift")))
	w.Press("\r")
	w.Settle()
	w.See("2 deals will change")
	looks(w, "preview")
	w.Do(chromedp.Focus(chromedp.CSS(`form[action$="/start"] button`)))
	w.Press("\r")
	w.See("2 deals changed")
	looks(w, "result")
	w.Do(chromedp.Focus(chromedp.CSS(`form[action$="/undo"] button`)))
	w.Press("\r")
	w.See("2 deals back as before")
	looks(w, "undone")
}
