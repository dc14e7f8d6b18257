package accounts_test

import (
	"io/fs"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"milepost/accounts"
	"milepost/bulk"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld"
	"milepost/internal/testworld/testdb"
	"milepost/people"
	"milepost/views"
)

// before is a room's schema as it was before changes of many records had a room.
func before(t *testing.T, schema fs.FS) fs.FS {
	t.Helper()
	names, err := fs.Glob(schema, "schema/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	kept := fstest.MapFS{}
	for _, name := range names {
		if strings.HasPrefix(path.Base(name), "2026-11-22-0") {
			continue
		}
		text, err := fs.ReadFile(schema, name)
		if err != nil {
			t.Fatal(err)
		}
		kept[name] = &fstest.MapFile{Data: text}
	}
	return kept
}

// Changes that were made before they had a room of their own can be read in it, and
// undone.
func TestChangesMadeBeforeCanBeUndone(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		h := &house{t: t, SmallOrganization: testworld.Small(t, d), now: testworld.SmallNow}
		account, deal := h.account("dan open"), h.Deal("eve open").ID
		h.set(h.Ben, account, "owner", string(h.Dan.ID))
		h.Record(h.now, h.Ben, deal, deals.Change{Kind: deals.StageSet, Fact: deals.Fact{Value: "Commit"}})
		moved, err := deals.Find(t.Context(), h.DB, h.ID, deal)
		if err != nil {
			t.Fatal(err)
		}
		given, old := db.NewID(h.now), db.NewID(h.now)
		h.write(`insert into account_changes (org_id, id, person_id, what, value, state, made_at, ended_at, touched_at)
			values ($1, $2, $3, 'owner', $4, 'done', $5, $5, $5)`, h.ID, given, h.Ben.ID, h.Dan.ID, h.now)
		h.write(`insert into account_change_rows (org_id, change_id, account_id, place, state, version, value_after)
			values ($1, $2, $3, 1, 'changed', $4, $5)`, h.ID, given, account, h.find(account).Version, h.Dan.ID)
		h.write(`insert into bulk_changes (org_id, id, person_id, what, value, state, made_at, ended_at, touched_at)
			values ($1, $2, $3, 'stage', 'Commit', 'done', $4, $4, $4)`, h.ID, old, h.Ben.ID, h.now)
		h.write(`insert into bulk_change_deals (org_id, bulk_id, deal_id, place, state, version, value_before, value_after)
			values ($1, $2, $3, 1, 'changed', $4, 'Proposal', 'Commit')`, h.ID, old, deal, moved.Version)
		if err := d.Migrate(t.Context(), ledger.Schema, people.Schema, views.Schema, bulk.Schema, deals.Schema, accounts.Schema); err != nil {
			t.Fatal(err)
		}
		h.site = site(d, h.ID, func() calendar.Instant { h.now++; return h.now })
		ben := h.as(h.Ben)
		ben.Get("/account-changes").Has("Owner becomes "+h.Dan.Name, "1 account", "it can be undone")
		ben.Get("/account-changes/"+given).Has("1 account changed", "Undo the change")
		ben.Post("/account-changes/" + given + "/undo").Is(303)
		ben.Get("/account-changes/" + given).Has("1 account back as before")
		ben.Get("/account-changes/" + old).Is(404) // a change of deals is none of accounts
		ben.Post("/bulk-changes/" + old + "/undo").Is(303)
		ben.Get("/bulk-changes/" + old).Has("1 deal back as before")
		if now, err := deals.Find(t.Context(), h.DB, h.ID, deal); err != nil || now.Stage != "Proposal" || h.find(account).Owner != "" {
			t.Errorf("the stage is %q, the owner %q, %v", now.Stage, h.find(account).Owner, err)
		}
		h.sound()
	}, ledger.Schema, people.Schema, views.Schema, before(t, deals.Schema), before(t, accounts.Schema))
}

// write writes a row as an older version of the program did.
func (h *house) write(statement string, args ...any) {
	h.t.Helper()
	if err := h.DB.InTx(h.t.Context(), func(tx *db.DB) error {
		_, err := tx.Exec(h.t.Context(), statement, args...)
		return err
	}); err != nil {
		h.t.Fatal(err)
	}
}
