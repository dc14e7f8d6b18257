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

// A competitor is named in the aside; then two clicks close the deal, the one who is
// named being whom it was lost to. By keyboard it is arrows and Enter.
func TestClosingInTwoClicks(t *testing.T) {
	d := testdb.Open(t, db.SQLite, ledger.Schema, people.Schema, views.Schema, bulk.Schema, deals.Schema)
	o := testworld.Small(t, d)
	w := windowOn(t, d, o.ID, calendar.Stopped(testworld.SmallNow))
	w.Go("/as/" + string(o.Dan.ID))
	path := "/deals/" + string(o.Deal("dan open").ID)
	w.Go(path)
	// Not "#competitor", which is also found in attributes of the dialog, which is not shown.
	w.Fill("#competitors input[type=text]", "Söhne & Co")
	w.Press("\r")
	w.See("named “Söhne & Co” as a competitor")
	looks(w, "competitors")

	w.Click(`.page-actions [commandfor="do-close"]`)
	if browser.Ask[bool](w, `document.querySelector("#do-close .lost-to").checkVisibility()`) {
		t.Error("to whom it was lost is asked before it is lost")
	}
	w.Click(`#do-close [value="lost:Outsold"]`)
	looks(w, "close")
	w.Click("#do-close .form-foot button")
	w.See("lost the deal to “Söhne & Co”")
	looks(w, "closed")

	w.Go("/deals/" + string(o.Deal("dan won").ID))
	w.Click(`.page-actions [commandfor="do-reopen"]`)
	w.Fill("#dialog-reopen-reason", "They called")
	w.Click("#do-reopen .form-foot button")
	w.See("The deal is open again.")
	w.Click(`.page-actions [commandfor="do-close"]`)
	w.Do(chromedp.Focus(chromedp.CSS(`#do-close [value="won:"]`)))
	w.Press(" ")
	w.Fill("#dialog-close-words", "They like us")
	w.Do(chromedp.Focus(chromedp.CSS("#do-close .form-foot button")))
	w.Press("\r")
	w.See("They like us")
}
