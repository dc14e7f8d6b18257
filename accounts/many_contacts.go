package accounts

import (
	"net/url"

	"milepost/bulk"
	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/problem"
)

// What can be changed of many contacts: fields of a contact, under their names. Which
// part someone plays belongs to one deal, and is not changed for many at once.
const (
	bulkAccount  = "account"
	bulkLeft     = "left_on"
	bulkLanguage = "language"
)

var becauseErased = problem.Invalid("", "The data were erased, so there is nothing to change.")

// manyContacts is the list of contacts as far as changing many of them goes. A contact
// has no owner: whoever sees the account sees everyone there, and may change them.
var manyContacts = &bulk.List{Name: "contacts", Title: "Contacts", One: "contact", Many: "contacts", Path: "/contacts",
	Changes: "/contact-changes", Tick: "contact", Matching: matchingContacts, Read: readContacts,
	Choices: []bulk.Choice{
		{Name: bulkAccount, Title: "Account", Icon: "building", Ask: askAccount, Ready: readyContacts(bulkAccount, accountTo), Undo: giveBackContact(bulkAccount),
			Says: bulk.PersonSays("Account"), Names: accountNamesOf, Moves: "From account to account"},
		{Name: bulkLeft, Title: "Left the company", Icon: "calendar-due", Ready: readyContacts(bulkLeft, leftTo), Undo: giveBackContact(bulkLeft), Days: true,
			Ask:  asks(ui.FormField{Label: "Left on", Type: "date", Hint: "They are kept, and so are their parts in deals."}),
			Says: func(value string, _ map[string]string) string { return "They left the company on " + dayOf(value) }},
		{Name: bulkLanguage, Title: "Language", Icon: "message", Ready: readyContacts(bulkLanguage, languageTo), Undo: giveBackContact(bulkLanguage),
			Ask:   asks(ui.FormField{Label: "Speak", Hint: "The language to write and call in."}),
			Says:  func(value string, _ map[string]string) string { return "Language becomes “" + value + "”" },
			Moves: "From what to what"},
	}}

// matchingContacts lists what a filter of the list finds.
func matchingContacts(k bulk.Desk, params url.Values, most int) ([]string, error) {
	f := readFilter(params, contactColumnNames, contactGroupings)
	if f.query().Encode() != params.Encode() { // what was not understood must not change everyone
		return nil, bulk.NotWhole
	}
	return matchingContactIDs(k.Ctx, k.DB, k.Viewer, f, most)
}

// readContacts names contacts; each leads to its page while it is the viewer's to see.
func readContacts(k bulk.Desk, ids []string) (map[string]bulk.Record, error) {
	all, err := severalContacts(k.Ctx, k.DB, sight{all: true}, ids)
	if err != nil {
		return nil, err
	}
	seen, err := severalContacts(k.Ctx, k.DB, sightOf(k.Viewer), ids)
	records := make(map[string]bulk.Record, len(all))
	for id, c := range all {
		r := bulk.Record{Name: c.Name}
		if _, sees := seen[id]; sees {
			r.Path = "/contacts/" + id
		}
		records[id] = r
	}
	return records, err
}

// readyContacts makes a change of contacts ready for a value.
func readyContacts(field string, to func(desk, string) (kept, value string, err error)) func(bulk.Desk, string) (bulk.Ready, error) {
	return readyField(to, func(k bulk.Desk, ids []string, value string) (map[string]bulk.Glance, error) {
		found, err := severalContacts(k.Ctx, k.DB, sightOf(k.Viewer), ids)
		glances := make(map[string]bulk.Glance, len(found))
		for id, c := range found {
			g := bulk.Glance{Version: c.Version, Before: *c.at(field), After: value}
			if c.Erased {
				g.Refusal = becauseErased
			}
			glances[id] = g
		}
		return glances, err
	}, func(k bulk.Desk, w *ledger.Writer, id, value string) (int64, error) {
		after, err := SetContact(k.Ctx, w, ContactID(id), field, value, 0)
		return after.Version, err
	})
}

// giveBackContact gives a contact what it had before a change of many, where nothing
// newer was said of the same. Whoever moved it out of sight may move it back to an
// account that they see.
func giveBackContact(field string) func(bulk.Desk, *ledger.Writer, bulk.Row) error {
	return func(k bulk.Desk, w *ledger.Writer, r bulk.Row) error {
		c, err := contactOf(k.Ctx, w.DB, ContactID(r.ID))
		if err != nil {
			return err
		}
		since, err := saidSince(k.Ctx, w.DB, ContactChanged, r, field)
		if err != nil {
			return err
		}
		sees, err := seesAccount(k.Ctx, w.DB, sightOf(k.Viewer), c.Account)
		if err == nil && !sees && field == bulkAccount {
			sees, err = seesAccount(k.Ctx, w.DB, sightOf(k.Viewer), ID(r.Before))
		}
		switch {
		case err != nil:
			return err
		case c.Erased:
			return becauseErased
		case since:
			return bulk.Since
		case !sees:
			return bulk.NotYours
		}
		_, err = SetContact(k.Ctx, w, c.ID, field, r.Before, r.Version)
		return err
	}
}
