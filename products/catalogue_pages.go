package products

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/money"
	"milepost/people"
)

// catalogueView is the list of what is sold.
type catalogueView struct {
	Shown   []Product
	Family  string
	State   string // "", "retired" or "all"
	Search  string
	Keeps   bool // the viewer keeps the catalogue
	Any     bool // there is anything at all
	Choices []string
}

// keeps tells whether the viewer keeps the catalogue.
func (k desk) keeps() bool { return people.Decide(k.ctx, people.Catalogues) == nil }

func (p pages) catalogue(w http.ResponseWriter, r *http.Request) error {
	k, q := p.desk(r), r.URL.Query()
	all, err := Catalogue(k.ctx, k.d)
	if err != nil {
		return fmt.Errorf("reading the catalogue: %w", err)
	}
	v := catalogueView{Family: q.Get("family"), State: q.Get("state"), Search: strings.TrimSpace(q.Get("q")), Keeps: k.keeps(), Any: len(all) > 0}
	for _, one := range all {
		if one.Family != "" && !slices.Contains(v.Choices, one.Family) {
			v.Choices = append(v.Choices, one.Family)
		}
		if v.shows(&one) {
			v.Shown = append(v.Shown, one)
		}
	}
	frame := ui.Frame{Title: "Products", Lead: "What is sold, and what one costs by the list."}
	if v.Keeps {
		frame.Actions = catalogueActions()
	}
	return web.Page(w, r, frame, cataloguePage(v))
}

func (v *catalogueView) shows(p *Product) bool {
	if v.State == "" && p.Retired || v.State == "retired" && !p.Retired || v.Family != "" && p.Family != v.Family {
		return false
	}
	return strings.Contains(people.Key(p.Name), people.Key(v.Search)) || strings.Contains(people.Key(p.Code), people.Key(v.Search))
}

func (v *catalogueView) filter() ui.FilterBar {
	bar := ui.FilterBar{Action: "/products", Fields: []ui.FormField{
		{Name: "q", Label: "Name or code", Value: v.Search, Type: "search"},
		{Name: "family", Label: "Family", Type: "select", Value: v.Family, Options: []ui.Option{{Label: "Any"}}},
		{Name: "state", Label: "Sold", Type: "select", Value: v.State, Options: []ui.Option{{Label: "Still sold"}, {Value: "retired", Label: "Retired"}, {Value: "all", Label: "All"}}},
	}}
	for _, family := range v.Choices {
		bar.Fields[1].Options = append(bar.Fields[1].Options, ui.Option{Value: family, Label: family})
	}
	if v.Search != "" || v.Family != "" || v.State != "" {
		bar.Clear = "/products"
	}
	return bar
}

func (v *catalogueView) table() ui.Table {
	t := ui.Table{Caption: "Products", Columns: []ui.Column{{Label: "Product"}, {Label: "Code"}, {Label: "Family"}, {Label: "Unit"}, {Label: "List price", Numeric: true}},
		Empty: v.empty()}
	for _, p := range v.Shown {
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{productCell(p), some(p.Code), some(p.Family), some(p.Unit), pricesCell(p.Prices)}})
	}
	return t
}

func (v *catalogueView) empty() ui.EmptyState {
	switch {
	case v.Any:
		return ui.EmptyState{Icon: "package", Title: "Nothing here is like that", Sentence: "Look without the filter, or among all products."}
	case v.Keeps:
		return ui.EmptyState{Icon: "package", Title: "What do you sell?", Sentence: "Paste your price list from a spreadsheet, or write down the first product. Then it can be put into deals.",
			Action: ui.LinkButton{Label: "Paste a price list", Path: "/products/import", Kind: ui.Primary}}
	}
	return ui.EmptyState{Icon: "package", Title: "The catalogue is empty", Sentence: "Operations write down here what is sold. A deal takes any product by its name meanwhile."}
}

func some(text string) templ.Component {
	if text == "" {
		return ui.None()
	}
	return ui.Text(text)
}

func pricesText(list []money.Amount) []string {
	texts := make([]string, len(list))
	for i, a := range list {
		texts[i] = a.String()
	}
	return texts
}

// newView is the form for a new product.
type newView struct {
	Typed   Product
	Prices  string
	Problem error
}

func (p pages) newProduct(w http.ResponseWriter, r *http.Request) error {
	return showNew(w, r, newView{Typed: Product{Name: r.URL.Query().Get("name")}})
}

func showNew(w http.ResponseWriter, r *http.Request, v newView) error {
	frame := ui.Frame{Title: "New product", Crumbs: []ui.Crumb{{Label: "Products", Path: "/products"}}}
	return web.PageWithStatus(w, r, web.FormStatus(v.Problem), frame, newPage(v))
}

func (p pages) addProduct(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(w, r, largestForm); err != nil {
		return err
	}
	k, f := p.desk(r), r.PostForm
	v := newView{Typed: Product{Name: f.Get("name"), Code: f.Get("code"), Family: f.Get("family"), Unit: f.Get("unit")}, Prices: f.Get("prices")}
	made := v.Typed
	if made.Prices, v.Problem = ParsePrices("prices", v.Prices); v.Problem == nil {
		v.Problem = k.record(func(l *ledger.Writer) (err error) {
			made, err = Add(k.ctx, l, made)
			return err
		})
	}
	if web.InForm(v.Problem) {
		return showNew(w, r, v)
	}
	if v.Problem != nil {
		return v.Problem
	}
	return web.Redirect(w, r, "/products/"+string(made.ID), "“"+made.Name+"” is in the catalogue.")
}
