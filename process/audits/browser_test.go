package audits_test

import (
	"net/http/httptest"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"milepost/internal/db"
	"milepost/internal/testworld"
	"milepost/internal/testworld/browser"
	"milepost/internal/testworld/pagetest"
	"milepost/internal/testworld/testdb"
	"milepost/process/evidence"
)

// tabTo presses Tab until the focus is on what a selector names.
func tabTo(t *testing.T, w *browser.Window, selector string) {
	t.Helper()
	for range 80 {
		w.Press(kb.Tab)
		if browser.Ask[bool](w, `document.activeElement.matches(`+"`"+selector+"`"+`)`) {
			return
		}
	}
	t.Fatalf("Tab never comes to %s on %s", selector, w.Path())
}

// A manager rejects a claim by keyboard alone: the stage falls back, and the next audit
// is there. By day and by night, on a desk and on a phone.
func TestRejectedByKeyboard(t *testing.T) {
	o := newDesk(t, testworld.Small(t, testdb.Open(t, db.SQLite, schemas...)))
	o.claim(now.Add(-2*day), o.Eve, "eve open", "fit")
	o.claim(now.Add(-2*day), o.Dan, "dan open", "need")
	o.claim(now.Add(-2*day), o.Ben, "ben own", "need")
	server := httptest.NewServer(pagetest.Door(o.site(), "/audits"))
	t.Cleanup(server.Close)
	o.drawn(now, "dan open")
	a := o.drawn(now, "eve open")[0]
	w := browser.Open(t, server.URL)
	w.Go("/as/" + string(o.Ben.ID))
	w.See("0 of 2 done")
	look(w, "audits")
	tabTo(t, w, "[href='/audits/"+string(a.ID)+"']")
	w.Press(kb.Enter)
	w.Arrive("/audits/" + string(a.ID))
	look(w, "audit")
	tabTo(t, w, "textarea[name=reason]")
	w.Press("The report is of another belt.")
	w.Press(kb.Tab)
	w.Press(kb.Enter)
	w.See("Rejected. The claim fell.")
	w.See("The need is agreed")
	if got, m := o.stage("eve open"), o.shown("eve open", "fit"); got != "Need" || m.State != evidence.Rejected || m.Reason != "The report is of another belt." {
		t.Errorf("after the rejection: the deal is at %q, the milestone %+v", got, m)
	}
	w.Go("/audits")
	w.See("1 of 2 done")
	w.Go("/as/" + string(o.Eve.ID))
	w.See("The report is of another belt.")
	look(w, "rep")
	w.Go("/audits/" + string(a.ID))
	look(w, "answer")
}

// look checks a page in both sizes and both lights, and takes its pictures.
func look(w *browser.Window, name string) {
	for _, size := range [][2]int64{{390, 844}, {1360, 900}} {
		w.Size(size[0], size[1])
		for _, dark := range []bool{true, false} {
			w.Dark(dark)
			w.Settle()
			w.Readable()
			w.Picture(name + map[bool]string{true: "-phone", false: "-desk"}[size[0] < 500] + map[bool]string{true: "-dark", false: "-light"}[dark])
		}
		w.Fits()
		w.Named()
	}
	time.Sleep(50 * time.Millisecond)
}
