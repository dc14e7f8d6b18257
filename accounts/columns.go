package accounts

import (
	"github.com/a-h/templ"

	"milepost/calendar"
	"milepost/internal/ui"
	"milepost/people"
	"milepost/views"
)

// accountsShown is what the list of accounts needs to show its rows.
type accountsShown struct {
	f     Filter
	k     desk
	names map[people.ID]string
	sums  Whole
}

var (
	usualAccountColumns = []string{"owner", "open", "people", "since"}
	usualContactColumns = []string{"account", "parts", "reach"}
	accountColumnNames  = views.Names(accountsShown{}.columns())
	contactColumnNames  = views.Names(contactsShown{}.columns())
)

// columns are what the list of accounts can show beside the account itself.
func (s accountsShown) columns() []views.Column[Listed] {
	plain := func(name, label string, value func(*Listed) string) views.Column[Listed] {
		return views.Column[Listed]{Name: name, Head: ui.Column{Label: label}, Cell: func(l *Listed) templ.Component { return textOrNone(value(l)) }}
	}
	return []views.Column[Listed]{
		{Name: "owner", Head: ui.Column{Label: "Owner"}, Cell: s.ownerCell},
		{Name: "open", Head: ui.Column{Label: "Open", Numeric: true}, Cell: openCell, Foot: ui.Text(amounts(s.sums.Open))},
		{Name: "won", Head: ui.Column{Label: "Won", Numeric: true}, Cell: wonCell},
		{Name: "people", Head: ui.Column{Label: "People", Numeric: true}, Cell: peopleCell},
		{Name: "activity", Head: ui.Column{Label: "Last activity"}, Cell: func(l *Listed) templ.Component { return s.k.day(l.LastActivity) }},
		{Name: "since", Head: sortColumn("/accounts", "Since", "created", s.f), Cell: func(l *Listed) templ.Component { return s.k.day(l.CreatedAt) }},
		plain("industry", "Industry", func(l *Listed) string { return l.Industry }),
		plain("size", "Size", func(l *Listed) string { return l.Size }),
		plain("country", "Country", func(l *Listed) string { return l.Country }),
		plain("region", "Region or city", func(l *Listed) string { return l.Region }),
		plain("website", "Website", func(l *Listed) string { return l.Website }),
		plain("phone", "Phone", func(l *Listed) string { return l.Phone }),
	}
}

func (s accountsShown) ownerCell(l *Listed) templ.Component {
	if l.Owner == "" {
		return ui.None()
	}
	return ui.PersonName(orSomeone(s.names[l.Owner]), "")
}

func openCell(l *Listed) templ.Component {
	if l.OpenDeals == 0 {
		return ui.None()
	}
	return ui.TwoLines(ui.Text(amounts(l.Open)), count(l.OpenDeals, "deal", "deals"))
}

func wonCell(l *Listed) templ.Component {
	if l.WonDeals == 0 {
		return ui.None()
	}
	return ui.TwoLines(ui.Text(amounts(l.Won)), count(l.WonDeals, "deal", "deals"))
}

func peopleCell(l *Listed) templ.Component {
	if l.People == 0 && l.OpenDeals > 0 {
		return ui.Badge(ui.Warn, "nobody")
	}
	return ui.Text(itoa(l.People))
}

// contactsShown is what the list of contacts needs to show its rows.
type contactsShown struct {
	f     Filter
	k     desk
	parts map[ContactID][]PartRow
}

// columns are what the list of contacts can show beside the contact.
func (s contactsShown) columns() []views.Column[ListedContact] {
	column := func(name, label string, cell func(*ListedContact) templ.Component) views.Column[ListedContact] {
		return views.Column[ListedContact]{Name: name, Head: ui.Column{Label: label}, Cell: cell}
	}
	return []views.Column[ListedContact]{
		column("account", "Account", func(c *ListedContact) templ.Component {
			return ui.Link(c.Account.Path(), c.AccountName)
		}),
		column("parts", "Part in open deals", func(c *ListedContact) templ.Component { return partsCell(s.parts[c.ID]) }),
		column("reach", "Reach", func(c *ListedContact) templ.Component { return reachCell(c.Contact) }),
		column("language", "Speaks", func(c *ListedContact) templ.Component { return textOrNone(c.Language) }),
		column("left", "Left", func(c *ListedContact) templ.Component {
			if c.LeftOn == "" {
				return ui.None()
			}
			return ui.Date(c.LeftOn)
		}),
		{Name: "since", Head: sortColumn("/contacts", "Known since", "created", s.f), Cell: func(c *ListedContact) templ.Component { return s.k.day(c.CreatedAt) }},
	}
}

func textOrNone(text string) templ.Component {
	if text == "" {
		return ui.None()
	}
	return ui.Text(text)
}

// day is the day of an instant where the viewer's organization is.
func (k desk) day(at calendar.Instant) templ.Component {
	if at == 0 {
		return ui.None()
	}
	return ui.Date(calendar.DateOf(at, k.v.Organization.Place()))
}
