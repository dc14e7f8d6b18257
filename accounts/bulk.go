package accounts

import (
	"context"
	"net/url"

	"milepost/bulk"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
)

// What can be changed of many accounts: fields of an account, under their names.
const (
	bulkOwner    = "owner"
	bulkIndustry = "industry"
)

// nobody is what is chosen so that nobody looks after the accounts any more; to
// choose nothing is something else.
const nobody = "nobody"

var becauseMerged = problem.Invalid("", "It went into another account.")

// manyAccounts is the list of accounts as far as changing many of them goes. Deals keep
// their own owners.
var manyAccounts = &bulk.List{Name: "accounts", Title: "Accounts", One: "account", Many: "accounts", Path: "/accounts",
	Changes: "/account-changes", Tick: "account", Choices: accountChoices, Matching: matchingAccounts, Read: readAccounts}

func deskOf(k bulk.Desk) desk { return desk{k.Ctx, k.Viewer, k.DB, k.Now} }

// matchingAccounts lists what a filter of the list finds.
func matchingAccounts(k bulk.Desk, params url.Values, most int) ([]string, error) {
	f := readFilter(params, accountColumnNames, accountGroupings)
	if f.query().Encode() != params.Encode() { // what was not understood must not change every account
		return nil, bulk.NotWhole
	}
	return matching(k.Ctx, k.DB, k.Viewer, f, most)
}

// readAccounts names accounts; each leads to its page while it is the viewer's to see.
// One that went into another cannot be chosen.
func readAccounts(k bulk.Desk, ids []string) (map[string]bulk.Record, error) {
	all, err := several(k.Ctx, k.DB, sight{all: true}, ids)
	if err != nil {
		return nil, err
	}
	seen, err := several(k.Ctx, k.DB, sightOf(k.Viewer), ids)
	records := make(map[string]bulk.Record, len(all))
	for id, a := range all {
		r := bulk.Record{Name: a.Name, Fixed: a.MergedInto != ""}
		if _, sees := seen[id]; sees {
			r.Path = "/accounts/" + id
		}
		records[id] = r
	}
	return records, err
}

// readyField makes a change of a field ready for a value that its rule lets through: of
// what was typed it makes what every record shall have.
func readyField(to func(desk, string) (kept, value string, err error), look func(k bulk.Desk, ids []string, value string) (map[string]bulk.Glance, error),
	set func(k bulk.Desk, w *ledger.Writer, id, value string) (int64, error)) func(bulk.Desk, string) (bulk.Ready, error) {
	return func(k bulk.Desk, typed string) (bulk.Ready, error) {
		kept, value, err := to(deskOf(k), typed)
		return bulk.Ready{Value: kept,
			Look: func(k bulk.Desk, ids []string) (map[string]bulk.Glance, error) { return look(k, ids, value) },
			Change: func(k bulk.Desk, w *ledger.Writer, r bulk.Row, now bulk.Glance) (int64, error) {
				if now.Version != r.Version {
					return 0, bulk.Overtaken
				}
				return set(k, w, r.ID, value)
			}}, err
	}
}

// readyAccounts makes a change of accounts ready for a value.
func readyAccounts(field string, to func(desk, string) (kept, value string, err error)) func(bulk.Desk, string) (bulk.Ready, error) {
	return readyField(to, func(k bulk.Desk, ids []string, value string) (map[string]bulk.Glance, error) {
		found, err := several(k.Ctx, k.DB, sightOf(k.Viewer), ids)
		glances := make(map[string]bulk.Glance, len(found))
		for id, a := range found {
			g := bulk.Glance{Version: a.Version, Before: *a.at(field), After: value}
			if a.MergedInto != "" {
				g.Refusal = becauseMerged
			}
			glances[id] = g
		}
		return glances, err
	}, func(k bulk.Desk, w *ledger.Writer, id, value string) (int64, error) {
		after, err := Set(k.Ctx, w, ID(id), field, value, 0)
		return after.Version, err
	})
}

// giveBackAccount gives an account what it had before a change of many, where nothing
// newer was said of the same: the rule by which one change is taken back from a history.
func giveBackAccount(field string) func(bulk.Desk, *ledger.Writer, bulk.Row) error {
	return func(k bulk.Desk, w *ledger.Writer, r bulk.Row) error {
		a, err := accountOf(k.Ctx, w.DB, ID(r.ID))
		if err != nil {
			return err
		}
		since, err := saidSince(k.Ctx, w.DB, AccountChanged, r, field)
		if err != nil {
			return err
		}
		sees, err := seesAccount(k.Ctx, w.DB, sightOf(k.Viewer), a.ID)
		switch {
		case err != nil:
			return err
		case since:
			return bulk.Since
		case a.MergedInto != "":
			return becauseMerged
		case !sees && (field != bulkOwner || !k.Viewer.Sees(people.ID(r.Before))):
			return bulk.NotYours
		}
		if field == bulkOwner && r.Before != "" {
			if err := stillHere(k.Ctx, w.DB, people.ID(r.Before)); err != nil {
				return err
			}
		}
		_, err = Set(k.Ctx, w, a.ID, field, r.Before, r.Version)
		return err
	}
}

func stillHere(ctx context.Context, tx *db.DB, owner people.ID) error {
	person, err := people.PersonOf(ctx, tx, tx.Org(), owner)
	if err == nil && !person.Active() {
		err = problem.Invalid("owner", "%s, who looked after it, has left.", person.Name)
	}
	return err
}

// saidSince tells whether something newer was said of what a change of many changed.
func saidSince(ctx context.Context, tx *db.DB, kind ledger.Kind, r bulk.Row, field string) (bool, error) {
	entries, err := ledger.OfSubject(ctx, tx, tx.Org(), r.ID)
	if err != nil {
		return false, err
	}
	for _, e := range entries {
		var c Change
		if e.Sequence > r.Version && e.Kind == kind && e.Read(&c) == nil && c.Field == field {
			return true, nil
		}
	}
	return false, nil
}
