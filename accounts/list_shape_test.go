package accounts_test

import (
	"net/http/httptest"
	"strings"
	"testing"

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

// Both lists are grouped with totals that hold for the viewer, opened group by group,
// and shown with the columns that were chosen, in their order.
func TestListsAreGroupedAndTheirColumnsChosen(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.record(h.Olga, func(w *ledger.Writer) error {
			_, err := accounts.Set(t.Context(), w, h.account("dan open"), "industry", "Ports", 0)
			return err
		})
		h.contact(h.Dan, accounts.Contact{Account: h.account("dan open"), Name: "Ana Silva", Language: "Portuguese"})
		ben, dan := h.as(h.Ben), h.as(h.Dan)
		ben.Get("/accounts?group=industry").Is(200).Has("By industry", "Ports 1 EUR 32,000", "No industry 5", "All of them 6 EUR 38,000 + GBP 3,000")
		dan.Get("/accounts?group=industry").Is(200).Has("Ports 1 EUR 12,000").Lacks("EUR 32,000")
		ben.Get("/accounts?group=industry&in=Ports").Is(200).Has("harbour Alpha", "1 account").Lacks("island Alpha")
		ben.Get("/accounts?group=industry&in=-").Is(200).Has("island Alpha", "5 accounts").Lacks("harbour Alpha</bdi>")
		ben.Get("/accounts?group=owner&show=open").Is(200).Has("By owner", "Nobody")
		ben.Get("/accounts?group=owner&in=%00&columns=%ff,x&sort=y").Is(200)
		body := ben.Get("/accounts?columns=industry,since,owner").Is(200).Words()
		if !strings.Contains(body, "Account Industry Since Owner") {
			t.Errorf("the columns are others: %.600s", body)
		}
		ben.Get("/accounts?choose=columns").Is(200).Has("Hide Owner", "Show Website", "The account itself always comes first.")
		ben.Get("/contacts?group=language").Is(200).Has("By language", "Portuguese")
		ben.Get("/contacts?group=account&in="+string(h.account("dan open"))).Is(200).Has("Ana Silva", "1 contact", "harbour Alpha")
		h.as(h.Finn).Get("/contacts?group=account&in="+string(h.account("dan open"))).Is(200).Lacks("Ana Silva", "harbour Alpha")
		ben.Get("/contacts?columns=language,account").Is(200).Has("Name Speaks Account", "Portuguese")
		if rows := strings.Count(ben.Get("/accounts.csv?group=industry&in=Ports").Is(200).Body.String(), "\r\n"); rows != 2 {
			t.Errorf("the export of an open group has %d lines", rows)
		}
	})
}

// Views, groups and the choice of columns look right at a desk and on a phone.
func TestListToolsInBrowser(t *testing.T) {
	d := testdb.Open(t, db.SQLite, ledger.Schema, people.Schema, views.Schema, bulk.Schema, deals.Schema, accounts.Schema)
	h := &house{t: t, SmallOrganization: testworld.Small(t, d), now: testworld.SmallNow}
	h.site = site(d, h.ID, func() calendar.Instant { h.now++; return h.now })
	furnish(h)
	server := httptest.NewServer(door(h.site))
	defer server.Close()
	w := browser.Open(t, server.URL)
	w.Go("/as/" + string(h.Ben.ID))
	for name, path := range map[string]string{"accounts": "/accounts?group=industry&columns=industry,open,activity,since&in=Ports",
		"columns": "/accounts?choose=columns", "contacts": "/contacts?group=account"} {
		for _, size := range [][2]int64{{1360, 900}, {390, 844}} {
			w.Size(size[0], size[1])
			for _, dark := range []bool{false, true} {
				w.Dark(dark)
				w.Go(path)
				w.Fits()
				w.Readable()
				w.Named()
				w.Picture(name + map[bool]string{true: "-dark", false: ""}[dark] + map[bool]string{true: "-phone", false: ""}[size[0] < 400])
			}
		}
	}
}
