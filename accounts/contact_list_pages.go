package accounts

import (
	"fmt"
	"net/http"

	"github.com/a-h/templ"

	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/views"
)

func (p pages) contactList(w http.ResponseWriter, r *http.Request) error {
	k, f := p.desk(r), readFilter(r.URL.Query(), contactColumnNames, contactGroupings)
	bar, err := k.views(r, "contacts", &f)
	if err != nil {
		return err
	}
	if to := bar.Home(); to != "" {
		return web.Redirect(w, r, to, "")
	}
	page, n, newer, older, err := k.contactPage(f)
	if err != nil {
		return fmt.Errorf("listing contacts: %w", err)
	}
	shown := contactsShown{f: f, k: k}
	if shown.parts, err = k.partsOf(plainContacts(page)); err != nil {
		return err
	}
	names, err := k.names()
	if err != nil {
		return err
	}
	groups, err := k.contactGroups(f, names)
	if err != nil {
		return err
	}
	owners, err := k.visibleOwners()
	if err != nil {
		return err
	}
	table := shown.table(page, n)
	if len(page) > 0 {
		table.Pages = pagesOf("/contacts", f, newer, older, page[0].cursor(f), page[len(page)-1].cursor(f))
	}
	tools := listTools(r, bar, f, views.Labels(shown.columns()), usualContactColumns, contactGroupings)
	tools.First = "The name always comes first."
	frame := ui.Frame{Title: "Contacts", Actions: newButton("/contacts/new", "New contact")}
	return web.Page(w, r, frame, listPage(contactFilter(f, owners, bar), tools, contactGroupTable(tools, groups), "contacts", tools.OpenGroup(groups), manyContacts.Bar(len(page), int64(n), f.query()), table))
}

func plainContacts(page []ListedContact) []Contact {
	plain := make([]Contact, len(page))
	for i := range page {
		plain[i] = page[i].Contact
	}
	return plain
}

// contactPage reads a page of contacts, and how many there are on all pages.
func (k desk) contactPage(f Filter) (page []ListedContact, n int, newer, older bool, err error) {
	if f.Text != "" && f.After == "" && f.Before == "" {
		page, n, older, err = foundContacts(k.ctx, k.d, k.v, f, pageLength)
		return page, n, false, older, err
	}
	page, newer, older, err = listContacts(k.ctx, k.d, k.v, f, pageLength)
	n = len(page)
	if err == nil && (newer || older) {
		n, err = countContacts(k.ctx, k.d, k.v, f)
	}
	return page, n, newer, older, err
}

func (s contactsShown) table(page []ListedContact, n int) ui.Table {
	named := views.Column[ListedContact]{Head: sortColumn("/contacts", "Name", "name", s.f),
		Cell: func(c *ListedContact) templ.Component {
			return manyContacts.Pick(string(c.ID), c.Name, contactCell(c.Contact))
		}, Foot: ui.Text(count(n, "contact", "contacts"))}
	return views.Fill(ui.Table{Caption: "Contacts", Empty: emptyContacts(s.f)}, named, s.columns(), s.f.Chosen(usualContactColumns), page)
}

func emptyContacts(f Filter) ui.EmptyState {
	if f.narrows() {
		return ui.EmptyState{Icon: "search", Title: "Nobody fits", Sentence: "Fewer words find more; those who left are under “Show”.",
			Action: ui.LinkButton{Label: "Show all", Path: "/contacts?view=none"}}
	}
	return ui.EmptyState{Icon: "users", Title: "Nobody is known yet", Sentence: "Add whoever you talked to today: a name and an account are enough.",
		Action: ui.LinkButton{Label: "New contact", Icon: "plus", Kind: ui.Primary, Path: "/contacts/new"}}
}

func contactFilter(f Filter, owners []ui.Option, saved views.Bar) ui.FilterBar {
	bar := ui.FilterBar{Action: "/contacts", Fields: []ui.FormField{
		{Name: "q", ID: "filter-q", Label: "Words", Type: "search", Value: f.Text, Placeholder: "Name, title, e-mail, account"},
		{Name: "owner", ID: "filter-owner", Label: "Account looked after by", Type: "select", Value: f.Owner, Options: owners},
		{Name: "show", ID: "filter-show", Label: "Show", Type: "select", Value: f.Show, Options: []ui.Option{{Label: "Who are there now"},
			{Value: "left", Label: "Who left"}, {Value: "all", Label: "Everyone"}}}},
		Extra: ui.LinkButton{Label: "Export", Icon: "download", Kind: ui.Ghost, Path: f.path("/contacts.csv")}}
	return kept(bar, f, saved)
}
