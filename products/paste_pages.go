package products

import (
	"cmp"
	"context"
	"fmt"
	"net/http"

	"github.com/a-h/templ"

	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
)

// pasteView is a price list on its way in.
type pasteView struct {
	Text     string
	Lines    []Pasted
	Currency string
	Problem  error
	counts   map[Deed]int
}

func (p pages) pastePage(w http.ResponseWriter, r *http.Request) error {
	return p.showPaste(w, r, pasteView{})
}

func (p pages) showPaste(w http.ResponseWriter, r *http.Request, v pasteView) error {
	v.Currency = string(p.desk(r).v.Organization.Currency)
	v.counts = map[Deed]int{}
	for _, l := range v.Lines {
		v.counts[l.Does]++
	}
	frame := ui.Frame{Title: "Paste a price list", Crumbs: []ui.Crumb{{Label: "Products", Path: "/products"}},
		Lead: "Copy the columns name, code, price and currency from a spreadsheet. You see what each line does before anything is saved."}
	return web.PageWithStatus(w, r, web.FormStatus(v.Problem), frame, pastePage(v))
}

// paste shows what a price list would do; with "save", it does what can be done.
func (p pages) paste(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(w, r, largestForm); err != nil {
		return err
	}
	k, v := p.desk(r), pasteView{Text: r.PostForm.Get("text")}
	if r.PostForm.Get("save") == "" {
		catalogue, err := Catalogue(k.ctx, k.d)
		if err != nil {
			return err
		}
		v.Lines, v.Problem = ReadPasted(v.Text, catalogue, k.v.Organization.Currency)
		if v.Problem != nil && !web.InForm(v.Problem) {
			return v.Problem
		}
		return p.showPaste(w, r, v)
	}
	done := 0
	err := k.record(func(l *ledger.Writer) (err error) {
		done, err = TakePasted(k.ctx, l, v.Text, k)
		return err
	})
	if web.InForm(err) {
		v.Problem = err
		return p.showPaste(w, r, v)
	}
	if err != nil {
		return fmt.Errorf("taking in a price list: %w", err)
	}
	return web.Redirect(w, r, "/products", count(done, "line is", "lines are")+" taken in.")
}

// TakePasted takes in the lines of a price list that are not refused, by the catalogue
// as it stands now, and tells how many changed something.
func TakePasted(ctx context.Context, w *ledger.Writer, text string, k desk) (int, error) {
	catalogue, err := Catalogue(ctx, w.DB)
	if err != nil {
		return 0, err
	}
	lines, err := ReadPasted(text, catalogue, k.v.Organization.Currency)
	if err != nil {
		return 0, err
	}
	done := 0
	for _, l := range lines {
		if l.Does == Refused || l.Does == Nothing {
			continue
		}
		if err := l.take(ctx, w); err != nil {
			return done, fmt.Errorf("line %d: %w", l.Number, err)
		}
		done++
	}
	return done, nil
}

func (p *Pasted) take(ctx context.Context, w *ledger.Writer) error {
	if !p.Known {
		_, err := Add(ctx, w, p.Product)
		return err
	}
	now, err := productOf(ctx, w.DB, p.Product.ID)
	if p.Product.ID == "" { // a line above this one made it
		now, _, err = productCalled(ctx, w.DB, cmp.Or(p.Product.Code, p.Product.Name))
	}
	if err != nil {
		return err
	}
	for _, field := range []string{"name", "prices"} {
		if err := set(ctx, w, &now, field, p.Product.value(field)); err != nil {
			return err
		}
	}
	return nil
}

func (v *pasteView) table() ui.Table {
	t := ui.Table{Caption: "What each line does", Columns: []ui.Column{{Label: "Line", Numeric: true}, {Label: "Product"}, {Label: "Code"}, {Label: "Price", Numeric: true}, {Label: "What happens"}}}
	for _, l := range v.Lines {
		row := ui.Row{Cells: []templ.Component{ui.Text(fmt.Sprint(l.Number)), ui.Text(l.Product.Name), some(l.Product.Code), pricesCell(l.Product.Prices), pastedDoes(l)}}
		if l.Does == Refused {
			row.Cells[1], row.Cells[2], row.Cells[3] = ui.Quiet(clip(l.Text)), nil, nil
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// good is how many lines change something.
func (v *pasteView) good() int { return v.counts[Adds] + v.counts[Prices] + v.counts[Renames] }
