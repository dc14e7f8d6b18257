package accounts

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"strings"

	"milepost/calendar"
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
	out, err := openCSV(w, "accounts", k)
	if err != nil {
		return err
	}
	out.Write([]string{"Account", "Owner", "Industry", "Size", "Country", "Region", "Website", "Phone", "Open deals",
		"Open", "Won", "People known", "Since", "Id"}) // an error stays in the writer until the end
	f.After, f.Before = "", ""
	for more := true; more; {
		var page []Listed
		if page, _, more, err = list(k.ctx, k.d, k.v, f, exportStep); err != nil {
			return fmt.Errorf("exporting accounts: %w", err)
		}
		for _, a := range page {
			out.Write(harmless(a.cells(names, k)))
			f.After = a.cursor(f).String()
		}
	}
	out.Flush()
	return out.Error()
}

func (l Listed) cells(names map[people.ID]string, k desk) []string {
	return []string{l.Name, names[l.Owner], l.Industry, l.Size, l.Country, l.Region, l.Website, l.Phone,
		itoa(l.OpenDeals), sums(l.Open.Amounts()), sums(l.Won.Amounts()), itoa(l.People),
		string(calendar.DateOf(l.CreatedAt, k.v.Organization.Place())), string(l.ID)}
}

func (p pages) contactsCSV(w http.ResponseWriter, r *http.Request) error {
	k, f := p.desk(r), readFilter(r.URL.Query(), nil, contactGroupings)
	out, err := openCSV(w, "contacts", k)
	if err != nil {
		return err
	}
	out.Write([]string{"Name", "Title", "Account", "E-mail", "Phone", "Speaks", "Left", "Since", "Id"})
	f.After, f.Before = "", ""
	for more := true; more; {
		var page []ListedContact
		if page, _, more, err = listContacts(k.ctx, k.d, k.v, f, exportStep); err != nil {
			return fmt.Errorf("exporting contacts: %w", err)
		}
		for _, c := range page {
			out.Write(harmless([]string{c.Name, c.Title, c.AccountName, c.Emails, c.Phones, c.Language, string(c.LeftOn),
				string(calendar.DateOf(c.CreatedAt, k.v.Organization.Place())), string(c.ID)}))
			f.After = c.cursor(f).String()
		}
	}
	out.Flush()
	return out.Error()
}

func openCSV(w http.ResponseWriter, name string, k desk) (*csv.Writer, error) {
	header := w.Header()
	header.Set("Content-Type", "text/csv; charset=utf-8")
	header.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="%s-%s.csv"`, name, k.today()))
	header.Set("Cache-Control", "no-store")
	out := csv.NewWriter(w)
	out.UseCRLF = true
	_, err := w.Write([]byte("\ufeff")) // by which spreadsheets know UTF-8
	return out, err
}

// harmless keeps a spreadsheet from taking cells for formulas.
func harmless(cells []string) []string {
	for i, cell := range cells {
		if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
			cells[i] = "'" + cell
		}
	}
	return cells
}

func sums[T fmt.Stringer](list []T) string {
	var parts []string
	for _, a := range list {
		parts = append(parts, a.String())
	}
	return strings.Join(parts, " + ")
}
