package accounts

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"milepost/calendar"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/money"
	"milepost/people"
)

// The most rows that the page of an account shows of a kind.
const (
	mostDeals    = 100
	mostContacts = 100
	mostEvents   = 20
)

// accountView is an account as its page shows it.
type accountView struct {
	Account
	k        desk
	Fields   []fieldView
	Above    []Account // the account itself, then what it belongs to
	Children []Account
	Below    map[ID]Totals // of the children
	Own, All Totals        // All with everything below it
	Deals    []DealRow
	Contacts []Contact
	Parts    map[ContactID][]PartRow
	Events   []ui.Event
	Names    map[people.ID]string
}

// account answers: who are they, what is open, whom do we know there, what happened.
func (p pages) account(w http.ResponseWriter, r *http.Request) error {
	s, k, err := p.accountSubject(r)
	if err != nil {
		return err
	}
	a, err := accountOf(k.ctx, k.d, ID(s.ID))
	if err != nil {
		return err
	}
	if a.MergedInto != "" {
		return web.Redirect(w, r, a.MergedInto.Path(), fmt.Sprintf("“%s” went into this account. Its history is kept.", a.Name))
	}
	v := &accountView{Account: a, k: k}
	if err := v.read(s); err != nil {
		return fmt.Errorf("reading account %s: %w", a.ID, err)
	}
	frame := ui.Frame{Title: a.Name, Lead: v.lead(), Crumbs: v.crumbs(), Actions: accountActions(v)}
	return web.Page(w, r, frame, accountPage(v))
}

func (v *accountView) read(s *subject) (err error) {
	k, see := v.k, sightOf(v.k.v)
	if v.Names, err = k.names(); err != nil {
		return err
	}
	if v.Above, err = ancestors(k.ctx, k.d, v.ID); err != nil {
		return err
	}
	if v.Children, err = v.visibleChildren(see); err != nil {
		return err
	}
	own, err := totalsOf(k.ctx, k.d, see, []ID{v.ID})
	if err != nil {
		return err
	}
	v.Own, v.All = own[v.ID], own[v.ID]
	if len(v.Children) > 0 {
		if v.All, err = rolledUp(k.ctx, k.d, see, v.ID); err != nil {
			return err
		}
	}
	if v.Deals, err = dealRows(k.ctx, k.d, see, v.ID, mostDeals); err != nil {
		return err
	}
	if v.Contacts, err = contactsOf(k.ctx, k.d, v.ID, mostContacts); err != nil {
		return err
	}
	if v.Parts, err = k.partsOf(v.Contacts); err != nil {
		return err
	}
	for _, f := range accountFields {
		field, err := k.fieldOf(s, f.Name)
		if err != nil {
			return err
		}
		v.Fields = append(v.Fields, field)
	}
	v.Events, err = v.happened(see)
	return err
}

// visibleChildren are the parts of the account that the viewer sees, with what is
// open there.
func (v *accountView) visibleChildren(see sight) ([]Account, error) {
	all, err := childrenOf(v.k.ctx, v.k.d, v.ID)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	ids := make([]ID, len(all))
	for i := range all {
		ids[i] = all[i].ID
	}
	seen, err := seenAmong(v.k.ctx, v.k.d, see, ids)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(a Account) bool { return !slices.Contains(seen, a.ID) })
	v.Below, err = totalsOf(v.k.ctx, v.k.d, see, seen)
	return all, err
}

// partsOf lists what parts contacts play in open deals in sight.
func (k desk) partsOf(list []Contact) (map[ContactID][]PartRow, error) {
	if len(list) == 0 {
		return nil, nil
	}
	ids := make([]ContactID, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	parts, err := partsOf(k.ctx, k.d, ids, sightOf(k.v))
	by := map[ContactID][]PartRow{}
	for _, part := range parts {
		if part.Outcome == "" {
			by[part.Contact] = append(by[part.Contact], part)
		}
	}
	return by, err
}

func (v *accountView) lead() string {
	var parts []string
	for _, part := range []string{v.Industry, v.Region, v.Country, v.Size} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ", ")
}

// crumbs lead up the hierarchy, as far as the viewer sees it.
func (v *accountView) crumbs() []ui.Crumb {
	list := []ui.Crumb{{Label: "Accounts", Path: "/accounts"}}
	for i := len(v.Above) - 1; i > 0; i-- {
		list = append(list, v.k.crumb(v.Above[i]))
	}
	return list
}

// crumb names an account above; it leads there when the viewer sees it.
func (k desk) crumb(a Account) ui.Crumb {
	if seen, err := seesAccount(k.ctx, k.d, sightOf(k.v), a.ID); err != nil || !seen {
		return ui.Crumb{Label: a.Name}
	}
	return ui.Crumb{Label: a.Name, Path: a.ID.Path()}
}

func (v *accountView) newDealPath() string {
	return "/deals/new?account=" + url.QueryEscape(v.Name)
}

// amounts is a total as a figure: the largest currency first.
func amounts(t money.Totals) string {
	var parts []string
	for _, a := range t.Amounts() {
		parts = append(parts, a.String())
	}
	if len(parts) == 0 {
		return "–"
	}
	return strings.Join(parts, " + ")
}

func count(n int, one, many string) string {
	switch {
	case n == 1:
		return "1 " + one
	case n > mostCounted:
		return fmt.Sprintf("more than %d %s", mostCounted, many)
	}
	return fmt.Sprintf("%d %s", n, many)
}

func (v *accountView) lastActivity() (value, caption string) {
	if v.Own.LastActivity == 0 {
		return "–", "Nothing was logged in your deals"
	}
	date := calendar.DateOf(v.Own.LastActivity, v.k.v.Organization.Place())
	return date.Short(), ago(date.DaysUntil(v.k.today()))
}

func ago(days int) string {
	switch days {
	case 0:
		return "today"
	case 1:
		return "yesterday"
	}
	return fmt.Sprintf("%d days ago", days)
}

func (v *accountView) facts() []ui.Term {
	var terms []ui.Term
	for _, f := range v.Fields {
		if f.field.Name != "name" && f.field.Name != "about" {
			terms = append(terms, ui.Term{Term: f.field.Label, Detail: fieldValue(f)})
		}
	}
	return terms
}

func (v *accountView) field(name string) fieldView {
	i := slices.IndexFunc(v.Fields, func(f fieldView) bool { return f.field.Name == name })
	return v.Fields[i]
}
