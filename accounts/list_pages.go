package accounts

import (
	"fmt"
	"net/http"

	"github.com/a-h/templ"

	"milepost/calendar"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/money"
	"milepost/people"
)

func (p pages) accountList(w http.ResponseWriter, r *http.Request) error {
	k, f := p.desk(r), readFilter(r.URL.Query())
	page, newer, older, err := list(k.ctx, k.d, k.v, f, pageLength)
	if err != nil {
		return fmt.Errorf("listing accounts: %w", err)
	}
	sums := wholeOf(page)
	if newer || older {
		if sums, err = whole(k.ctx, k.d, k.v, f); err != nil {
			return fmt.Errorf("adding up accounts: %w", err)
		}
	}
	names, err := k.names()
	if err != nil {
		return err
	}
	owners, err := k.visibleOwners()
	if err != nil {
		return err
	}
	table := accountTable(page, names, f, k)
	if len(page) > 0 {
		table.Foot = []templ.Component{ui.Text(count(sums.Count, "account", "accounts")), nil, ui.Text(amounts(sums.Open)), nil, nil}
		table.Pages = pagesOf("/accounts", f, newer, older, page[0].cursor(f), page[len(page)-1].cursor(f))
	}
	frame := ui.Frame{Title: "Accounts", Actions: newButton("/accounts/new", "New account")}
	return web.Page(w, r, frame, listPage(accountFilter(f, owners), table))
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

func accountTable(page []Listed, names map[people.ID]string, f Filter, k desk) ui.Table {
	t := ui.Table{Caption: "Accounts", Columns: []ui.Column{sortColumn("/accounts", "Account", "name", f), {Label: "Owner"},
		{Label: "Open", Numeric: true}, {Label: "People", Numeric: true}, sortColumn("/accounts", "Since", "created", f)},
		Empty: emptyAccounts(f)}
	place := k.v.Organization.Place()
	for _, a := range page {
		owner := ui.None()
		if a.Owner != "" {
			owner = ui.PersonName(orSomeone(names[a.Owner]), "")
		}
		open := ui.None()
		if a.OpenDeals > 0 {
			open = ui.TwoLines(ui.Text(amounts(a.Open)), count(a.OpenDeals, "deal", "deals"))
		}
		known := ui.Text(itoa(a.People))
		if a.People == 0 && a.OpenDeals > 0 {
			known = ui.Badge(ui.Warn, "nobody")
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{a.cell(), owner, open, known, ui.Date(calendar.DateOf(a.CreatedAt, place))}})
	}
	return t
}

func (l Listed) cell() templ.Component {
	link := ui.Link("/accounts/"+string(l.ID), l.Name)
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
			Action: ui.LinkButton{Label: "Show all", Path: "/accounts"}}
	}
	return ui.EmptyState{Icon: "building", Title: "No accounts yet", Sentence: "Accounts appear here with your first deal, or as soon as you make one.",
		Action: ui.LinkButton{Label: "New account", Icon: "plus", Kind: ui.Primary, Path: "/accounts/new"}}
}

func accountFilter(f Filter, owners []ui.Option) ui.FilterBar {
	bar := ui.FilterBar{Action: "/accounts", Fields: []ui.FormField{
		{Name: "q", ID: "filter-q", Label: "Words", Type: "search", Value: f.Text, Placeholder: "Name, industry, place"},
		{Name: "owner", ID: "filter-owner", Label: "Looked after by", Type: "select", Value: f.Owner, Options: owners},
		{Name: "show", ID: "filter-show", Label: "Show", Type: "select", Value: f.Show, Options: []ui.Option{{Label: "All accounts"},
			{Value: "open", Label: "With open deals"}, {Value: "unknown", Label: "Open deals, nobody known"}}}},
		Extra: ui.LinkButton{Label: "Export", Icon: "download", Kind: ui.Ghost, Path: f.path("/accounts.csv")}}
	return kept(bar, f)
}

// kept lets a filter bar keep the sort, and offers to clear what narrows.
func kept(bar ui.FilterBar, f Filter) ui.FilterBar {
	if f.Sort != "" {
		bar.Keep = map[string]string{"sort": f.Sort}
	}
	if f.narrows() {
		bar.Clear = bar.Action
	}
	return bar
}
