package accounts

import (
	"fmt"
	"net/http"

	"github.com/a-h/templ"

	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/money"
	"milepost/views"
)

func (p pages) accountList(w http.ResponseWriter, r *http.Request) error {
	k, f := p.desk(r), readFilter(r.URL.Query(), accountColumnNames, accountGroupings)
	bar, err := k.views(r, "accounts", &f)
	if err != nil {
		return err
	}
	if to := bar.Home(); to != "" {
		return web.Redirect(w, r, to, "")
	}
	page, newer, older, err := list(k.ctx, k.d, k.v, f, pageLength)
	if err != nil {
		return fmt.Errorf("listing accounts: %w", err)
	}
	shown := accountsShown{f: f, k: k, sums: wholeOf(page)}
	if newer || older {
		if shown.sums, err = whole(k.ctx, k.d, k.v, f); err != nil {
			return fmt.Errorf("adding up accounts: %w", err)
		}
	}
	if shown.names, err = k.names(); err != nil {
		return err
	}
	groups, err := k.accountGroups(f, shown.names)
	if err != nil {
		return err
	}
	owners, err := k.visibleOwners()
	if err != nil {
		return err
	}
	table := shown.table(page)
	if len(page) > 0 {
		table.Pages = pagesOf("/accounts", f, newer, older, page[0].cursor(f), page[len(page)-1].cursor(f))
	}
	tools := listTools(r, bar, f, views.Labels(shown.columns()), usualAccountColumns, accountGroupings)
	tools.First = "The account itself always comes first."
	frame := ui.Frame{Title: "Accounts", Actions: newButton("/accounts/new", "New account")}
	return web.Page(w, r, frame, listPage(accountFilter(f, owners, bar), tools, accountGroupTable(tools, groups), "accounts", tools.OpenGroup(groups), manyAccounts.Bar(len(page), int64(shown.sums.Count), f.query()), table))
}

// views reads the saved views of a list, and which of them the filter is in.
func (k desk) views(r *http.Request, name string, f *Filter) (views.Bar, error) {
	bar, err := views.Load(k.ctx, k.d, k.v, name, r.URL.Query(), f.query(), k.now)
	f.View = bar.Current()
	return bar, err
}

func listTools(r *http.Request, bar views.Bar, f Filter, columns []views.Label, usual []string, groupings []views.Grouping) views.Tools {
	return views.Tools{Bar: bar, Shape: f.Shape, Query: f.query(), Columns: columns, Usual: usual, Groupings: groupings,
		Chooses: views.Choosing(r.URL.Query())}
}

// wholeOf adds up a list that is on one page.
func wholeOf(page []Listed) Whole {
	sums := Whole{Count: len(page), Open: money.Totals{}}
	for _, a := range page {
		for currency, minor := range a.Open {
			sums.Open[currency] += minor
		}
	}
	return sums
}

func pagesOf(base string, f Filter, newer, older bool, first, last cursor) ui.Pages {
	p := ui.Pages{NewerLabel: "Back", OlderLabel: "Next"}
	if newer {
		p.Newer = f.path(base, "before", first.String())
	}
	if older {
		p.Older = f.path(base, "after", last.String())
	}
	return p
}

// sortColumn is a column that a click sorts by, and another click the other way.
func sortColumn(base, label, by string, f Filter) ui.Column {
	c := ui.Column{Label: label}
	now := f.Sort
	if now == "" {
		now = "name"
	}
	switch now {
	case by:
		c.Sorted, c.Path = ui.Ascending, f.path(base, "sort", "-"+by)
	case "-" + by:
		c.Sorted, c.Path = ui.Descending, f.path(base, "sort", by)
	default:
		c.Path = f.path(base, "sort", by)
	}
	return c
}

func (s accountsShown) table(page []Listed) ui.Table {
	named := views.Column[Listed]{Head: sortColumn("/accounts", "Account", "name", s.f), Cell: func(l *Listed) templ.Component { return manyAccounts.Pick(string(l.ID), l.Name, l.cell()) },
		Foot: ui.Text(count(s.sums.Count, "account", "accounts"))}
	return views.Fill(ui.Table{Caption: "Accounts", Empty: emptyAccounts(s.f)}, named, s.columns(), s.f.Chosen(usualAccountColumns), page)
}

func (l Listed) cell() templ.Component {
	link := ui.Link(l.ID.Path(), l.Name)
	second := joinWords(l.Industry, l.Region, l.Country)
	if second == "" {
		return link
	}
	return ui.TwoLines(link, second)
}

func joinWords(words ...string) string {
	text := ""
	for _, word := range words {
		if word != "" && text != "" {
			text += ", "
		}
		text += word
	}
	return text
}

func emptyAccounts(f Filter) ui.EmptyState {
	if f.narrows() {
		return ui.EmptyState{Icon: "search", Title: "No account fits", Sentence: "Fewer words find more.",
			Action: ui.LinkButton{Label: "Show all", Path: "/accounts?view=none"}}
	}
	return ui.EmptyState{Icon: "building", Title: "No accounts yet", Sentence: "Accounts appear here with your first deal, or as soon as you make one.",
		Action: ui.LinkButton{Label: "New account", Icon: "plus", Kind: ui.Primary, Path: "/accounts/new"}}
}

func accountFilter(f Filter, owners []ui.Option, saved views.Bar) ui.FilterBar {
	bar := ui.FilterBar{Action: "/accounts", Fields: []ui.FormField{
		{Name: "q", ID: "filter-q", Label: "Words", Type: "search", Value: f.Text, Placeholder: "Name, industry, place"},
		{Name: "owner", ID: "filter-owner", Label: "Looked after by", Type: "select", Value: f.Owner, Options: owners},
		{Name: "show", ID: "filter-show", Label: "Show", Type: "select", Value: f.Show, Options: []ui.Option{{Label: "All accounts"},
			{Value: "open", Label: "With open deals"}, {Value: "unknown", Label: "Open deals, nobody known"}}}},
		Extra: ui.LinkButton{Label: "Export", Icon: "download", Kind: ui.Ghost, Path: f.path("/accounts.csv")}}
	return kept(bar, f, saved)
}

// kept lets a filter bar keep how the list is shown, and offers to clear what narrows.
func kept(bar ui.FilterBar, f Filter, saved views.Bar) ui.FilterBar {
	bar.Keep = map[string]string{}
	f.Shape.Keep(bar.Keep)
	if f.Sort != "" {
		bar.Keep["sort"] = f.Sort
	}
	if f.narrows() {
		bar.Clear = saved.Plain()
	}
	return bar
}
