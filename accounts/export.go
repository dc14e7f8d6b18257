package accounts

import (
	"fmt"
	"net/http"
	"strings"

	"milepost/calendar"
	"milepost/internal/web"
	"milepost/people"
)

// exportStep is how many rows are read at a time: the size of an export costs time,
// and no memory.
const exportStep = 500

func (p pages) accountsCSV(w http.ResponseWriter, r *http.Request) error {
	k, f := p.desk(r), readFilter(r.URL.Query(), nil, accountGroupings)
	names, err := k.names()
	if err != nil {
		return err
	}
	table := web.Download(w, "accounts-"+string(k.today()), "Account", "Owner", "Industry", "Size", "Country", "Region", "Website",
		"Phone", "Open deals", "Open", "Won", "People known", "Since", "Id")
	f.After, f.Before = "", ""
	for more := true; more; {
		var page []Listed
		if page, _, more, err = list(k.ctx, k.d, k.v, f, exportStep); err != nil {
			return fmt.Errorf("exporting accounts: %w", err)
		}
		for _, a := range page {
			table.Row(a.cells(names, k)...) // an error stays in the table until the end
			f.After = a.cursor(f).String()
		}
	}
	return table.End()
}

func (l Listed) cells(names map[people.ID]string, k desk) []string {
	return []string{l.Name, names[l.Owner], l.Industry, l.Size, l.Country, l.Region, l.Website, l.Phone,
		itoa(l.OpenDeals), sums(l.Open.Amounts()), sums(l.Won.Amounts()), itoa(l.People),
		string(calendar.DateOf(l.CreatedAt, k.v.Organization.Place())), string(l.ID)}
}

func (p pages) contactsCSV(w http.ResponseWriter, r *http.Request) error {
	k, f := p.desk(r), readFilter(r.URL.Query(), nil, contactGroupings)
	table := web.Download(w, "contacts-"+string(k.today()), "Name", "Title", "Account", "E-mail", "Phone", "Speaks", "Left", "Since", "Id")
	f.After, f.Before = "", ""
	for more := true; more; {
		var page []ListedContact
		var err error
		if page, _, more, err = listContacts(k.ctx, k.d, k.v, f, exportStep); err != nil {
			return fmt.Errorf("exporting contacts: %w", err)
		}
		for _, c := range page {
			table.Row(c.Name, c.Title, c.AccountName, c.Emails, c.Phones, c.Language, string(c.LeftOn),
				string(calendar.DateOf(c.CreatedAt, k.v.Organization.Place())), string(c.ID))
			f.After = c.cursor(f).String()
		}
	}
	return table.End()
}

func sums[T fmt.Stringer](list []T) string {
	var parts []string
	for _, a := range list {
		parts = append(parts, a.String())
	}
	return strings.Join(parts, " + ")
}
