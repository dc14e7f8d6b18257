package targets

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"milepost/calendar"
)

func (s *site) importTable(text string) (int, string) {
	s.t.Helper()
	return s.read(s.desk.Upload("/targets/import", "targets.csv", []byte(text), "of", string(s.ids[s.name]), "year", "2027", "in", "EUR", "scope", string(Own)))
}

func TestImport(t *testing.T) {
	c := openSQLite(t)
	s := c.site("Mara Moss")
	for name, table := range map[string]string{
		"long":   "Person,Month,Amount\nRosa Reed,2027-01,\"1,000.00\"\nR.Rowe@example.com,Jan 2028,5\nTina Thorn,2027-01,7\nRosa Reed,2027-13,7\n,2027-01,7\nRosa Reed,2027-01,8\nRosa Reed,2027-02,lots\n",
		"wide":   "name;Jan 2027;02/2027;note\nrosa  reed;1.000,00;;x\nRemy Rowe;;;\nNobody;1;2;\n",
		"sheet":  "rep\t2027-01\t2027-02\nRosa Reed\t1 000\t\n",
		"quoted": "\ufeffe-mail,month,quota\nr.reed@example.com,January 2027,1000\n",
	} {
		status, page := s.importTable(table)
		if status != http.StatusOK || !strings.Contains(page, "Save") {
			t.Fatalf("%s: %d\n%s", name, status, page)
		}
		if name == "long" {
			for _, want := range []string{"Line 4: There is nobody called “Tina Thorn” whose targets you set", "Line 5: “2027-13” is not a month",
				"Line 6: There is nobody called “”", "Line 7: Line 2 sets this person&#39;s January 2027 already", "Line 8: February 2027: “lots” is not an amount", "7 lines read, 5 lines not taken"} {
				if !strings.Contains(page, want) {
					t.Errorf("the preview does not say %q", want)
				}
			}
		}
		if status, _ = s.post("/targets/save", fields(page)); status != http.StatusSeeOther || !same(s.value("Rosa Reed", Own, "2027-01-01"), of(1000_00)) {
			t.Errorf("%s saved: %d, Rosa's January is %s", name, status, said("EUR", s.value("Rosa Reed", Own, "2027-01-01")))
		}
		c.now += 1000
		c.set(c.now, "Rosa Reed", Own, "2027-01-01", "EUR", nil)
		c.now += 1000
	}
	book, _ := AsOf(t.Context(), c.db, c.org.ID, calendar.Period{From: "2028-01-01", Until: "2028-02-01"}, c.now+1)
	if got := book.Value(Cell{c.ids["Remy Rowe"], Own, "2028-01-01", "EUR"}); !same(got, of(500)) {
		t.Errorf("a month of another year came in as %s", said("EUR", got))
	}
	for table, want := range map[string]string{"": "nothing to import", "a,b\n1,2\n": "must name the columns", "\xff\xfe": "CSV UTF-8"} {
		if status, page := s.importTable(table); status != http.StatusUnprocessableEntity || !strings.Contains(page, want) {
			t.Errorf("%q: %d, and the page does not say %q", table, status, want)
		}
	}
	if status, page := s.importTable("person,month,amount\n\"Rosa Reed,2027-01,5\n"); status != http.StatusOK || !strings.Contains(page, "There is nobody called “&#34;Rosa Reed”") {
		t.Errorf("a quotation mark that is never closed: %d\n%s", status, page)
	}
	if status, _ := c.site("Rosa Reed").get("/targets/import"); status != http.StatusForbidden {
		t.Errorf("a rep may import targets: %d", status)
	}
}

// What is exported can be imported again.
func TestExport(t *testing.T) {
	c := openSQLite(t)
	c.set(at("2026-12-01"), "Rosa Reed", Own, "2027-01-01", "EUR", of(1234_50))
	c.set(at("2026-12-01"), "Mara Moss", Team, "2027-01-01", Wins, of(1200))
	_, csv := c.site("Mara Moss").get("/targets/export?year=2027")
	want := "\ufeffperson,e-mail,target,measure,month,amount\nMara Moss,M.Moss@example.com,team,won deals,2027-01,1200\nRosa Reed,R.Reed@example.com,own,EUR,2027-01,1234.50\n"
	if !strings.EqualFold(strings.ReplaceAll(csv, "\r", ""), want) {
		t.Errorf("exported:\n%s\nwant:\n%s", csv, want)
	}
}

func TestCopySeasonAndPeriods(t *testing.T) {
	c := openSQLite(t)
	s := c.site("Mara Moss")
	form := url.Values{"of": {string(c.ids["Mara Moss"])}, "year": {"2027"}, "in": {"EUR"}, "percent": {"10"}}
	if status, page := s.post("/targets/copy", form); status != http.StatusUnprocessableEntity || !strings.Contains(page, "nothing to copy") {
		t.Errorf("copying an empty year: %d", status)
	}
	c.set(at("2025-12-01"), "Rosa Reed", Own, "2026-03-01", "EUR", of(100_00))
	status, page := s.post("/targets/copy", form)
	if status != http.StatusOK {
		t.Fatalf("copying: %d\n%s", status, page)
	}
	if status, _ = s.post("/targets/save", fields(page)); status != http.StatusSeeOther || !same(s.value("Rosa Reed", Own, "2027-03-01"), of(110_00)) {
		t.Errorf("last year + 10 %%: %d, %s", status, said("EUR", s.value("Rosa Reed", Own, "2027-03-01")))
	}
	if status, page = s.post("/targets/season", form); status != http.StatusOK || !strings.Contains(page, "Spread evenly: a season needs") {
		t.Errorf("a season without history: %d", status)
	}
	form.Set("percent", "much")
	if status, _ = s.post("/targets/copy", form); status != http.StatusUnprocessableEntity {
		t.Errorf("a percentage of “much”: %d", status)
	}
	rosa := c.site("Rosa Reed")
	c.win("Rosa Reed", 80_00, "EUR", at("2026-03-01"), at("2026-03-10"))
	_, page = rosa.get("/targets/people/" + string(c.ids["Rosa Reed"]) + "?year=2026")
	for _, want := range []string{"Your targets", "80\u00a0%", "EUR 80 won of 100"} {
		if !strings.Contains(page, want) {
			t.Errorf("Rosa's page does not say %q", want)
		}
	}
	_, page = s.get("/targets/attainment?period=q2026-01-01")
	for _, want := range []string{"EUR 80", "EUR 80 of 100", "Mara Moss&#39;s team", "Rosa Reed"} {
		if !strings.Contains(page, want) {
			t.Errorf("the team's attainment does not say %q", want)
		}
	}
	if _, page = s.get("/targets/attainment?period=q2026-01-01&at=2026-03-01"); strings.Contains(page, "EUR 80 of") {
		t.Error("the win of 10 March is there on 1 March")
	}
	for _, path := range []string{"/targets?year=1800", "/targets?in=no+such", "/targets/attainment?period=x", "/targets/attainment?at=2026-02-30"} {
		if status, _ := s.get(path); status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", path, status)
		}
	}
}
