package accounts_test

import (
	"encoding/csv"
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"

	"milepost/accounts"
	"milepost/internal/ledger"
)

var (
	nextPage  = regexp.MustCompile(`rel="next" href="([^"]+)"`)
	previous  = regexp.MustCompile(`rel="prev" href="([^"]+)"`)
	rowOfList = regexp.MustCompile(`<a href="/contacts/[0-9a-f-]{36}"><bdi>([^<]+)</bdi>`)
)

// Names that are all alike, and instants too: pages neither skip nor repeat.
func TestPagesOfEqualKeysSkipNothing(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		const many = 123
		h.record(h.Dan, func(w *ledger.Writer) error {
			var list []accounts.Contact
			for i := range many {
				list = append(list, accounts.Contact{Account: h.account("dan open"), Name: "Kim Same", Title: fmt.Sprint("title ", i)})
			}
			_, err := accounts.AddContacts(t.Context(), w, list...)
			return err
		})
		for _, sort := range []string{"", "-name", "created", "-created"} {
			seen, pages, path, last := 0, 0, "/contacts?sort="+sort, ""
			titles := map[string]bool{}
			for path != "" {
				body := h.as(h.Dan).Get(path).Is(200).Body.String()
				for _, title := range regexp.MustCompile(`title \d+`).FindAllString(body, -1) {
					titles[title] = true
				}
				seen += len(rowOfList.FindAllString(body, -1))
				pages++
				path, last = "", body
				if next := nextPage.FindStringSubmatch(body); next != nil {
					path = html.UnescapeString(next[1])
				}
			}
			if seen != many || len(titles) != many || pages != 3 {
				t.Errorf("sorted by %q: %d rows, %d different, on %d pages", sort, seen, len(titles), pages)
			}
			back := previous.FindStringSubmatch(last)
			if back == nil {
				t.Fatal("the last page leads nowhere back")
			}
			body := h.as(h.Dan).Get(html.UnescapeString(back[1])).Is(200).Body.String()
			if n := len(rowOfList.FindAllString(body, -1)); n != 50 || previous.FindString(body) == "" || nextPage.FindString(body) == "" {
				t.Errorf("sorted by %q: the page before the last has %d rows, or leads nowhere", sort, n)
			}
		}
		h.as(h.Dan).Get("/contacts?after=%00%ff&before=!!").Is(200)
		h.as(h.Dan).Get("/contacts?after=AB-_AB").Is(200)
		h.as(h.Dan).Get("/accounts?q=%25%27%22%00_%5C&owner=x&show=y&sort=z").Is(200)
	})
}

func TestListsAreNarrowedAndAddedUp(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ben := h.as(h.Ben)
		ben.Get("/accounts").Is(200).Has("harbour Alpha", "island Alpha", "GBP 3,000", "EUR 38,000", "6 accounts").Lacks("mill Alpha", "depot Alpha", "theatre Alpha")
		ben.Get("/accounts?q=HÁRBOUR").Is(200).Has("harbour Alpha", "EUR 32,000", "1 account").Lacks("island Alpha")
		ben.Get("/accounts?show=open").Is(200).Has("harbour Alpha").Lacks("dairy Alpha", "brewery Alpha")
		ben.Get("/accounts?show=unknown").Is(200).Has("harbour Alpha")
		h.contact(h.Dan, accounts.Contact{Account: h.account("dan open"), Name: "Ana Silva", Title: "Müllerin"})
		ben.Get("/accounts?show=unknown").Is(200).Lacks("harbour Alpha")
		ben.Get("/accounts?q=nothing+like+it").Is(200).Has("No account fits")
		ben.Get("/contacts?q=mullerin").Is(200).Has("Ana Silva", "harbour Alpha", "1 contact")
		ben.Get("/contacts?q=harbour").Is(200).Has("Ana Silva")
		h.as(h.Dan).Post("/accounts", "name", "Dan's own").Leads()
		ben.Get("/accounts?owner="+string(h.Dan.ID)).Is(200).Has("Dan's own", "1 account")
		ben.Get("/accounts?owner=me").Is(200).Has("No account fits")
		ben.Get("/accounts?owner=" + string(h.Gus.ID)).Is(200).Has("No account fits")
		h.as(h.Olga).Get("/accounts").Is(200).Has("mill Alpha", "theatre Alpha")
	})
}

func TestExportsHoldWhatIsSeenAndNoFormulas(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		dan := h.as(h.Dan)
		dan.Post("/accounts", "name", `=cmd|' /C calc'!A0`, "phone", "+31 10 555 0101").Leads()
		h.contact(h.Dan, accounts.Contact{Account: h.account("dan open"), Name: "@sum(A1)", Notes: "x", Emails: "a@b.example"})
		read := func(path string) [][]string {
			a := dan.Get(path).Is(200)
			if kind := a.Header().Get("Content-Type"); kind != "text/csv; charset=utf-8" {
				t.Errorf("%s is served as %s", path, kind)
			}
			rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(a.Body.String(), "\ufeff"))).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			return rows
		}
		rows := read("/accounts.csv")
		if len(rows) != 5 { // head, the harbour, the bakery, the dairy, the new one
			t.Errorf("%d rows of accounts: %q", len(rows), rows)
		}
		for _, row := range append(rows, read("/contacts.csv")...) {
			for _, cell := range row {
				if cell != "" && strings.ContainsRune("=+-@", rune(cell[0])) {
					t.Errorf("a cell begins a formula: %q", cell)
				}
			}
		}
		if rows := read("/accounts.csv?q=harbour"); len(rows) != 2 || rows[1][9] != "EUR 12,000" {
			t.Errorf("a narrowed export: %q", rows)
		}
	})
}
