package targets

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"milepost/calendar"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/testworld/pagetest"
)

// site is the pages as one person of the company sees them.
type site struct {
	*company
	name string
	desk pagetest.Desk
}

func (c *company) site(name string) *site {
	p := slice.Program{DB: c.db.Everywhere(), Clock: func() calendar.Instant { return c.now }, Log: pagetest.Log()}
	return &site{c, name, pagetest.At(c.t, pagetest.Serve(p, c.org.ID, Slice(p)), c.ids[name])}
}

func (s *site) get(path string) (int, string) { s.t.Helper(); return s.read(s.desk.Get(path)) }

func (s *site) post(path string, form url.Values) (int, string) {
	s.t.Helper()
	return s.read(s.desk.PostForm(path, form))
}

func (s *site) read(a pagetest.Answer) (int, string) {
	s.t.Helper()
	if a.Code >= 500 {
		s.t.Fatalf("status %d: %.600s", a.Code, a.Page())
	}
	return a.Code, a.Page()
}

var inputs = regexp.MustCompile(`<input[^>]*>`)
var attribute = regexp.MustCompile(`\s(name|value)="([^"]*)"`)

// fields are what a page's inputs would send: the last of each name.
func fields(page string) url.Values {
	form := url.Values{}
	for _, input := range inputs.FindAllString(page, -1) {
		got := map[string]string{}
		for _, a := range attribute.FindAllStringSubmatch(input, -1) {
			got[a[1]] = a[2]
		}
		if strings.Contains(input, `type="radio"`) && form.Has(got["name"]) {
			continue // the first choice, as when a person picks "Yours"
		}
		form.Set(got["name"], got["value"])
	}
	return form
}

// grid is the grid's form as the page sends it when nothing was typed.
func (s *site) grid(of string) url.Values {
	s.t.Helper()
	status, page := s.get("/targets?of=" + string(s.ids[of]) + "&year=2027")
	if status != http.StatusOK {
		s.t.Fatalf("the grid of %s: %d", of, status)
	}
	_, form, _ := strings.Cut(page, `data-grid`)
	form, _, _ = strings.Cut(form, "</form>")
	found := fields(form)
	found.Set("spread", evenly)
	return found
}

func (s *site) input(part, person string, scope Scope, month calendar.Date) string {
	return inputName(part, s.ids[person], scope, month)
}

func (s *site) value(person string, scope Scope, month calendar.Date) *int64 {
	s.t.Helper()
	return s.book(s.now + 1000).Value(Cell{s.ids[person], scope, month, "EUR"})
}

// saveAll sends a form to the preview, and what the preview shows to be saved.
func (s *site) saveAll(form url.Values) (int, string) {
	s.t.Helper()
	status, page := s.post("/targets/preview", form)
	if status != http.StatusOK {
		return status, page
	}
	return s.post("/targets/save", fields(page))
}

func TestSettingTargets(t *testing.T) {
	each(t, func(t *testing.T, c *company) {
		s := c.site("Mara Moss")
		form := s.grid("Mara Moss")
		form.Set(s.input("m", "Rosa Reed", Own, "2027-01-01"), "1.234,50")
		form.Set(s.input("q", "Rosa Reed", Own, "2027-04-01"), "100")
		form.Set(s.input("y", "Remy Rowe", Own, "2027-01-01"), "120,000")
		status, page := s.post("/targets/preview", form)
		if status != http.StatusOK || !strings.Contains(page, "Save 16 months") {
			t.Fatalf("the preview: %d\n%s", status, page)
		}
		if s.value("Rosa Reed", Own, "2027-01-01") != nil {
			t.Error("a preview saved something")
		}
		if status, page = s.post("/targets/save", fields(page)); status != http.StatusSeeOther {
			t.Fatalf("saving: %d\n%s", status, page)
		}
		for month, want := range map[calendar.Date]int64{"2027-01-01": 1234_50, "2027-04-01": 34_00, "2027-05-01": 33_00, "2027-06-01": 33_00} {
			if got := s.value("Rosa Reed", Own, month); !same(got, &want) {
				t.Errorf("Rosa's %s is %s, want %s", month, said("EUR", got), said("EUR", &want))
			}
		}
		if got := s.value("Remy Rowe", Own, "2027-12-01"); !same(got, of(10_000_00)) {
			t.Errorf("Remy's December is %s", said("EUR", got))
		}
		// The grid shows them, and sent back as it is it changes nothing.
		if status, page := s.post("/targets/preview", s.grid("Mara Moss")); status != http.StatusSeeOther {
			t.Errorf("a grid in which nothing was typed: %d\n%s", status, page)
		}
		undo := url.Values{"of": {string(c.ids["Mara Moss"])}, "year": {"2027"}}
		save, err := lastSave(t.Context(), c.db, c.org.ID, c.ids["Mara Moss"])
		if err != nil || save == "" {
			t.Fatal(err)
		}
		undo.Set("save", save)
		c.now += 1
		if status, _ := s.post("/targets/undo", undo); status != http.StatusSeeOther || s.value("Remy Rowe", Own, "2027-12-01") != nil {
			t.Errorf("undoing: %d, and Remy's December is %s", status, said("EUR", s.value("Remy Rowe", Own, "2027-12-01")))
		}
		if _, err := ledger.Verify(t.Context(), c.db, c.org.ID); err != nil {
			t.Error(err)
		}
	})
}

func TestWhatCannotBeReadSavesNothing(t *testing.T) {
	c := openSQLite(t)
	s := c.site("Mara Moss")
	form := s.grid("Mara Moss")
	form.Set(s.input("m", "Rosa Reed", Own, "2027-01-01"), "100")
	form.Set(s.input("m", "Rosa Reed", Own, "2027-02-01"), "lots")
	form.Set(s.input("m", "Remy Rowe", Own, "2027-04-01"), "10")
	form.Set(s.input("q", "Remy Rowe", Own, "2027-04-01"), "50")
	status, page := s.post("/targets/preview", form)
	for _, want := range []string{"Rosa Reed, February 2027: “lots” is not an amount", `value="lots"`, `value="100"`,
		"Remy Rowe, Q2: this says 50 and its months add up to 10"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if status != http.StatusUnprocessableEntity {
		t.Errorf("status %d", status)
	}
	if status, _ := s.post("/targets/save", form); status != http.StatusUnprocessableEntity || s.value("Rosa Reed", Own, "2027-01-01") != nil {
		t.Errorf("half of a form was saved (%d)", status)
	}
	status, page = s.post("/targets/read", url.Values{"of": form["of"], "in": {"EUR"}, "text": {"1\t2\n3\tx"}})
	if status != http.StatusUnprocessableEntity || !strings.Contains(page, "Row 2, column 2") {
		t.Errorf("a wrong block: %d %s", status, page)
	}
	if status, page = s.post("/targets/read", url.Values{"of": form["of"], "in": {"EUR"}, "text": {"1.234,50\t€ 7"}}); status != http.StatusOK ||
		page != `{"rows":[[{"value":123450,"text":"1,234.50"},{"value":700,"text":"7"}]]}` {
		t.Errorf("a block: %d %s", status, page)
	}
}

func TestTheSecondIsToldWhatChanged(t *testing.T) {
	each(t, func(t *testing.T, c *company) {
		mara, hanna := c.site("Mara Moss"), c.site("Hanna Hale")
		form := mara.grid("Mara Moss")
		january, february := mara.input("m", "Rosa Reed", Own, "2027-01-01"), mara.input("m", "Rosa Reed", Own, "2027-02-01")
		form.Set(january, "100")
		form.Set(february, "70")
		c.now += 1000
		other := hanna.grid("Mara Moss")
		other.Set(january, "200")
		other.Set(hanna.input("m", "Remy Rowe", Own, "2027-01-01"), "5")
		if status, page := hanna.saveAll(other); status != http.StatusSeeOther {
			t.Fatalf("Hanna saves: %d\n%s", status, page)
		}
		c.now += 1000
		status, page := mara.post("/targets/save", form)
		for _, want := range []string{"Hanna Hale set this", "Yours: 100", "Theirs: 200", `value="70"`} {
			if !strings.Contains(page, want) {
				t.Errorf("Mara is not told %q", want)
			}
		}
		if status != http.StatusConflict || !same(mara.value("Rosa Reed", Own, "2027-01-01"), of(200_00)) || mara.value("Rosa Reed", Own, "2027-02-01") != nil {
			t.Fatalf("a conflict was saved over (%d)", status)
		}
		if status, page = mara.post("/targets/save", fields(page)); status != http.StatusSeeOther {
			t.Fatalf("choosing hers: %d\n%s", status, page)
		}
		if !same(mara.value("Rosa Reed", Own, "2027-01-01"), of(100_00)) || !same(mara.value("Rosa Reed", Own, "2027-02-01"), of(70_00)) ||
			!same(mara.value("Remy Rowe", Own, "2027-01-01"), of(5_00)) {
			t.Error("what Mara chose, or what Hanna set beside it, does not stand")
		}
	})
}

// Each route keeps to the reporting line: what is not one's own is not there.
func TestEveryRouteKeepsToTheLine(t *testing.T) {
	c := openSQLite(t)
	all := []string{"Hanna Hale", "Mara Moss", "Milan Marsh", "Rosa Reed", "Remy Rowe", "Tina Thorn", "Otto Oaks", "Vera Vale"}
	sees := map[string][]string{"Hanna Hale": {"Hanna Hale", "Mara Moss", "Milan Marsh", "Rosa Reed", "Remy Rowe", "Tina Thorn"},
		"Mara Moss": {"Mara Moss", "Rosa Reed", "Remy Rowe"}, "Milan Marsh": {"Milan Marsh", "Tina Thorn"}, "Rosa Reed": {"Rosa Reed"},
		"Remy Rowe": {"Remy Rowe"}, "Tina Thorn": {"Tina Thorn"}, "Otto Oaks": all}
	for _, name := range all {
		c.set(at("2026-12-01"), name, Own, "2027-01-01", "EUR", of(1))
		c.win(name, 100, "EUR", at("2026-10-05"), at("2026-11-02"))
	}
	for _, name := range all {
		s := c.site(name)
		for _, other := range all {
			may, id := slices.Contains(sees[name], other), string(c.ids[other])
			sets := may && (other != name || name == "Hanna Hale" || name == "Otto Oaks")
			for _, path := range []string{"/targets/people/" + id, "/targets/attainment?of=" + id} {
				status, page := s.get(path)
				if name == "Vera Vale" && strings.HasPrefix(path, "/targets/attainment") {
					if status != http.StatusOK || names(page, all, name) > 0 {
						t.Errorf("%s sees a person at %s", name, path)
					}
					continue
				}
				if (status == http.StatusOK) != may {
					t.Errorf("%s gets %s's %s: %d", name, other, path, status)
				}
			}
			form := url.Values{"of": {string(c.ids[name])}, "year": {"2027"}, "seen": {"100000"}, s.input("m", other, Own, "2027-05-01"): {"77"}}
			status, _ := s.post("/targets/save", form)
			if set := s.value(other, Own, "2027-05-01") != nil; set != sets || (status == http.StatusSeeOther) != sets {
				t.Errorf("%s sets %s's target: %v (%d), want %v", name, other, set, status, sets)
			}
			c.set(c.now, other, Own, "2027-05-01", "EUR", nil)
			c.now += 1000
		}
		status, page := s.get("/targets/export?year=2027")
		if got := names(page, all, ""); status == http.StatusOK && got != len(sees[name]) {
			t.Errorf("%s exports the targets of %d people, want %d", name, got, len(sees[name]))
		}
	}
}

func names(page string, all []string, except string) int {
	n := 0
	for _, name := range all {
		if name != except && strings.Contains(page, name) {
			n++
		}
	}
	return n
}
