package accounts_test

import (
	"net/http/httptest"
	"testing"

	"github.com/chromedp/chromedp"

	"milepost/accounts"
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

// Accounts are selected, given to someone else and brought back by keyboard alone, and
// every step looks right at a desk and on a phone.
func TestManyAccountsChangeByKeyboard(t *testing.T) {
	d := testdb.Open(t, db.SQLite, ledger.Schema, people.Schema, views.Schema, bulk.Schema, deals.Schema, accounts.Schema)
	h := &house{t: t, SmallOrganization: testworld.Small(t, d), now: testworld.SmallNow}
	h.site = site(d, h.ID, func() calendar.Instant { h.now++; return h.now })
	h.set(h.Olga, h.account("ben own"), "owner", string(h.Dan.ID))
	server := httptest.NewServer(door(h.site))
	defer server.Close()
	w := browser.Open(t, server.URL)
	w.Go("/as/" + string(h.Ben.ID))
	w.Do(chromedp.Focus(chromedp.CSS(`#accounts input[name=account]`)))
	w.Press(" ")
	for range 5 { // Shift with the arrow goes on selecting
		browser.Ask[bool](w, `document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowDown", shiftKey: true, bubbles: true}))`)
	}
	w.See("6 selected")
	looks(w, "bulk-selected")
	w.Do(chromedp.Focus(chromedp.CSS("#bulk button")))
	w.Press("\r")
	w.Settle()
	w.See("Change 6 accounts")
	looks(w, "bulk-choice")
	w.Set("#bulk-owner", string(h.Dan.ID))
	w.Do(chromedp.Focus(chromedp.CSS(`form:has(#bulk-owner) button`)))
	w.Press("\r")
	w.Settle()
	w.See("5 accounts will change")
	looks(w, "bulk-preview")
	w.Do(chromedp.Focus(chromedp.CSS(`form[action$="/start"] button`)))
	w.Press("\r")
	w.See("5 accounts changed")
	looks(w, "bulk-result")
	w.Do(chromedp.Focus(chromedp.CSS(`form[action$="/undo"] button`)))
	w.Press("\r")
	w.See("5 accounts back as before")
	looks(w, "bulk-undone")
	h.sound()
}

// Contacts are selected, moved and brought back in the same way, by keyboard alone.
func TestManyContactsChangeByKeyboard(t *testing.T) {
	d := testdb.Open(t, db.SQLite, ledger.Schema, people.Schema, views.Schema, bulk.Schema, deals.Schema, accounts.Schema)
	h := &house{t: t, SmallOrganization: testworld.Small(t, d), now: testworld.SmallNow}
	h.site = site(d, h.ID, func() calendar.Instant { h.now++; return h.now })
	for _, name := range []string{"Ana Silva", "Bo Lind", "Cy Young"} {
		h.contact(h.Dan, accounts.Contact{Account: h.account("dan open"), Name: name})
	}
	server := httptest.NewServer(door(h.site))
	defer server.Close()
	w := browser.Open(t, server.URL)
	w.Go("/as/" + string(h.Ben.ID))
	w.Go("/contacts")
	w.Do(chromedp.Focus(`#contacts input[name=contact]`))
	w.Press(" ")
	browser.Ask[bool](w, `document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowDown", shiftKey: true, bubbles: true}))`)
	w.See("2 selected")
	looks(w, "contacts-selected")
	w.Do(chromedp.Focus("#bulk button"))
	w.Press("\r")
	w.Settle()
	w.See("Change 2 contacts")
	looks(w, "contacts-choice")
	w.Fill("#bulk-account", h.find(h.account("ben own")).Name)
	w.Do(chromedp.Focus("#bulk-account"))
	w.Press("\r")
	w.Settle()
	w.See("2 contacts will change")
	looks(w, "contacts-preview")
	w.Do(chromedp.Focus(`form[action$="/start"] button`))
	w.Press("\r")
	w.See("2 contacts changed")
	looks(w, "contacts-result")
	w.Go("/contact-changes")
	w.See("Earlier changes")
	looks(w, "contacts-earlier")
	w.Do(chromedp.Focus(`main td a, main th a`))
	w.Press("\r")
	w.Settle()
	w.Do(chromedp.Focus(`form[action$="/undo"] button`))
	w.Press("\r")
	w.See("2 contacts back as before")
	looks(w, "contacts-undone")
	h.sound()
}

// looks leaves a picture of the page, and fails unless it fits and can be read.
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
