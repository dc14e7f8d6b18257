package targets

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
	"milepost/problem"
)

var errNothingToSet = problem.Forbidden("Targets are set down the reporting line, and nobody reports to you.")

func wrongFields(err error) map[string]string { return problem.ByField(err) }

// showImport asks for a table.
func (p *pages) showImport(w http.ResponseWriter, r *http.Request) error {
	k, q, err := p.importing(r, r.URL.Query())
	if err != nil {
		return err
	}
	return p.importForm(w, r, http.StatusOK, k, q, "", string(Own), nil)
}

func (p *pages) importing(r *http.Request, form url.Values) (*desk, question, error) {
	k, err := p.desk(r)
	if err != nil {
		return nil, question{}, err
	}
	if !k.access.SetsAny() {
		return nil, question{}, errNothingToSet
	}
	q, err := k.question(form)
	if err != nil {
		return nil, q, err
	}
	return k, q, k.access.mustSee(q.Of)
}

func (p *pages) importForm(w http.ResponseWriter, r *http.Request, status int, k *desk, q question, text, scope string, problem error) error {
	c := k.choices(q)
	c.Tabs = tabs(q, "import")
	frame := ui.Frame{Title: "Import targets", Crumbs: []ui.Crumb{{Label: "Targets", Path: q.path("/targets")}}}
	return web.PageWithStatus(w, r, status, frame, importPage(q, c, text, scope, problem))
}

// takeImport reads the table and shows what would change, with the lines that could
// not be taken.
func (p *pages) takeImport(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, largestForm)
	if err := r.ParseMultipartForm(largestForm); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		return problem.Invalid("file", "The table is larger than 2 MB, and nothing was read. Import it in parts.")
	}
	k, q, err := p.importing(r, r.PostForm)
	if err != nil {
		return err
	}
	text, err := importedText(r)
	scope := Scope(r.PostForm.Get("scope"))
	if scope != Team {
		scope = Own
	}
	var t taken
	if err == nil {
		t, err = importer{q.Measure, scope, finder(k.order, k.access.MaySet)}.read(text)
	}
	if err != nil {
		return p.importForm(w, r, http.StatusUnprocessableEntity, k, q, r.PostForm.Get("text"), string(scope), err)
	}
	s := &sent{desk: k, question: q, form: url.Values{}}
	for _, setting := range t.Settings {
		s.form.Set(inputName("m", setting.Person, setting.Scope, setting.Month), inputText(q.Measure, setting.Value))
		s.months = append(s.months, setting.Month)
	}
	sheet, err := k.sheet(r.Context(), k.db, q, 0, evenly, s.months)
	if err != nil {
		return err
	}
	worked, err := sheet.work(s.form, k.access)
	if err != nil {
		return err
	}
	return p.showPlan(w, r, s, sheet, worked, &t)
}

// importedText is the file, if one was chosen, and otherwise what was pasted.
func importedText(r *http.Request) (string, error) {
	text := r.PostForm.Get("text")
	if file, _, err := r.FormFile("file"); err == nil {
		defer file.Close()
		content, err := io.ReadAll(file)
		if err != nil {
			return "", problem.Invalid("file", "The file could not be read to its end. Try again.")
		}
		if len(content) > 0 || text == "" {
			text = string(content)
		}
	}
	return text, mustBeText(text)
}

func mustBeText(text string) error {
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		return problem.Invalid("file", "This is not a CSV file in UTF-8. Save the sheet as “CSV UTF-8” and try again.")
	}
	return nil
}

// export writes the targets of a fiscal year, of everyone whose targets the viewer
// sees, in the form that an import takes.
func (p *pages) export(w http.ResponseWriter, r *http.Request) error {
	k, err := p.desk(r)
	if err != nil {
		return err
	}
	q, err := k.question(r.URL.Query())
	if err != nil {
		return err
	}
	book, err := AsOf(r.Context(), k.db, k.viewer.Org, q.Year, deals.Ever)
	if err != nil {
		return err
	}
	table := web.Download(w, "targets-"+yearNumber(q.Year), "person", "e-mail", "target", "measure", "month", "amount")
	for _, person := range k.order {
		if k.access.MaySee(person.ID) {
			k.exportPerson(table, book, person, Months(q.Year))
		}
	}
	return table.End()
}

func (k *desk) exportPerson(table *web.Table, book *Book, person people.Person, months []calendar.Date) {
	for _, m := range book.Measures() {
		for _, scope := range []Scope{Own, Team} {
			for _, month := range months {
				value := book.Value(Cell{person.ID, scope, month, m})
				if value == nil {
					continue
				}
				table.Row(person.Name, person.Email, string(scope), m.Label(),
					string(month[:7]), strings.ReplaceAll(inputText(m, value), ",", ""))
			}
		}
	}
}
