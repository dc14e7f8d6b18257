package rates

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/money"
)

// pasteView is a table of rates on its way in.
type pasteView struct {
	Text, Per, Only string
	In              money.Currency
	Lines           []Line
	Problem         error
	counts          map[Deed]int
}

func (x *visit) pastePage() error { return x.showPaste(pasteView{Per: "EUR"}) }

func (x *visit) showPaste(v pasteView) error {
	v.In, v.counts = x.v.Organization.Currency, map[Deed]int{}
	for _, l := range v.Lines {
		v.counts[l.Does]++
	}
	frame := ui.Frame{Title: "Paste exchange rates", Crumbs: []ui.Crumb{{Label: "Exchange rates", Path: Path}},
		Lead: "From a spreadsheet, or from a file as central banks publish it. You see what each line does before anything is kept."}
	return web.PageWithStatus(x.w, x.r, web.FormStatus(v.Problem), frame, pastePage(&v))
}

// terms are how the form says that its table is meant.
func (x *visit) terms(form url.Values) (t Terms, err error) {
	t = Terms{In: x.v.Organization.Currency, Today: x.today}
	if t.Per, err = ParseCode("per", form.Get("per")); err != nil {
		return t, err
	}
	t.Only, err = ParseCodes("only", form.Get("only"))
	return t, err
}

// paste shows what a table would do; with "save", it does what can be done.
func (x *visit) paste() error {
	if err := web.ReadForm(x.w, x.r, largestForm); err != nil {
		return err
	}
	form := x.r.PostForm
	v := pasteView{Text: form.Get("text"), Per: form.Get("per"), Only: form.Get("only")}
	terms, err := x.terms(form)
	if err == nil {
		v.Lines, err = ReadTable(v.Text, terms)
	}
	news := 0
	switch {
	case err != nil:
	case form.Get("save") == "":
		var book Book
		if book, err = Read(x.ctx, x.d); err != nil {
			return err
		}
		Judge(v.Lines, book)
		return x.showPaste(v)
	default:
		err = x.record(func(w *ledger.Writer) error {
			book, err := Read(x.ctx, w.DB)
			if err != nil {
				return err
			}
			news, err = giveAll(x.ctx, w, Taken(v.Lines), book, x.v.Organization.Place(), false)
			return err
		})
	}
	if v.Problem = err; web.InForm(err) {
		v.Lines = nil
		return x.showPaste(v)
	}
	if err != nil {
		return fmt.Errorf("taking in exchange rates: %w", err)
	}
	return web.Redirect(x.w, x.r, Path, count(news, "rate is", "rates are")+" kept.")
}

// good is how many lines change something.
func (v *pasteView) good() int { return v.counts[Adds] + v.counts[Changes] }

// summary says in a line what the table would do.
func (v *pasteView) summary() string {
	parts := []string{count(v.counts[Adds], "new rate", "new rates")}
	for _, part := range []struct {
		deed      Deed
		one, many string
	}{{Changes, "replaces another", "replace others"}, {Nothing, "known already", "known already"}, {Refused, "line refused", "lines refused"}} {
		if n := v.counts[part.deed]; n > 0 {
			parts = append(parts, count(n, part.one, part.many))
		}
	}
	return strings.Join(parts, ", ")
}

// mostPreviewed is how many lines a preview lists.
const mostPreviewed = 100

// table lists what lines do: first those that need a look, then the others.
func (v *pasteView) table() ui.Table {
	t := ui.Table{Caption: "What each line does", Columns: []ui.Column{{Label: "Line", Numeric: true}, {Label: "From"}, {Label: "Rate", Numeric: true}, {Label: "What happens"}}}
	for _, deed := range []Deed{Refused, Changes, Adds, Nothing} {
		for _, l := range v.Lines {
			if l.Does != deed || len(t.Rows) == mostPreviewed {
				continue
			}
			row := ui.Row{Cells: []templ.Component{ui.Text(fmt.Sprint(l.Number)), ui.Quiet(l.Text), nil, lineDoes(l)}}
			if deed != Refused {
				row.Cells[1], row.Cells[2] = ui.Date(l.Rate.Day), ui.Text(l.Rate.String())
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}
