package activities_test

import (
	"testing"

	"github.com/chromedp/chromedp"

	"milepost/activities"
	chromium "milepost/internal/testworld/browser"
)

// Activities are selected, changed and brought back as deals, accounts and contacts are:
// by keyboard alone, and every step looks right at a desk and on a phone.
func TestManyActivitiesChangeByKeyboard(t *testing.T) {
	w, o := window(t)
	for _, text := range []string{"They want two scales", "Asked for the price", "Iris is away until June"} {
		o.log(o.Dan, "dan open", activities.Said{Type: "call", Text: text, Minutes: 20})
	}
	o.log(o.Ben, "dan open", activities.Said{Type: "visit", Text: "Came along"})
	o.log(o.Dan, "dan open", activities.Said{Type: "visit", At: now + 50*hour})
	w.Go("/as/" + string(o.Dan.ID))
	w.Go("/activities")
	w.Do(chromedp.Focus(`#activities input[name=activity]`))
	w.Press(" ")
	for range 3 { // Shift with the arrow goes on selecting
		chromium.Ask[bool](w, `document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowDown", shiftKey: true, bubbles: true}))`)
	}
	w.See("4 selected")
	looks(w, "many-selected")
	w.Do(chromedp.Focus("#bulk button"))
	w.Press("\r")
	w.Settle()
	w.See("Change 4 activities")
	looks(w, "many-choice")
	w.Set("#bulk-type", "meeting")
	w.Do(chromedp.Focus(`form:has(#bulk-type) button`))
	w.Press("\r")
	w.Settle()
	w.See("3 activities will change")
	looks(w, "many-preview")
	w.Do(chromedp.Focus(`form[action$="/start"] button`))
	w.Press("\r")
	w.See("3 activities changed")
	looks(w, "many-result")
	w.Go("/activity-changes")
	looks(w, "many-earlier")
	w.Do(chromedp.Focus(`main td a, main th a`))
	w.Press("\r")
	w.Settle()
	w.Do(chromedp.Focus(`form[action$="/undo"] button`))
	w.Press("\r")
	w.See("3 activities back as before")
	w.Go("/activities?state=planned")
	w.Do(chromedp.Focus(`#activities input[name=activity]`))
	w.Press(" ")
	w.Do(chromedp.Focus("#bulk button"))
	w.Press("\r")
	w.Settle()
	looks(w, "many-planned-choice")
	w.Do(chromedp.Focus("#bulk-off"))
	w.Press(" ")
	w.Do(chromedp.Focus(`form:has(#bulk-off) button`))
	w.Press("\r")
	w.Settle()
	w.See("Does not take place")
	looks(w, "many-off")
	o.sound()
}

// looks leaves a picture of the page, and fails unless it fits and can be read.
func looks(w *chromium.Window, name string) {
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
