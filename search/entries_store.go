package search

import (
	"context"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/problem"
)

// entry is something as the index has it.
type entry struct {
	Kind    Kind   `db:"kind"`
	ID      string `db:"id"`
	Number  int64  `db:"n"`
	Deal    string `db:"deal_id"`
	Account string `db:"account_id"`
	Seers   string `db:"seers"`
	Print   string `db:"print"`
	standing
}

// standing is what notes are put in order by; of everything else it is read from where it
// is kept.
type standing struct {
	Owner   string `db:"owner_id"` // of the deal
	Closed  int64  `db:"closed"`
	Touched int64  `db:"touched"` // the last entry about the note
}

const entryFields = `kind, id, n, deal_id, account_id, seers, print, owner_id, closed, touched`

var entryColumns = []string{"org_id", "kind", "id", "n", "deal_id", "account_id", "seers", "print", "owner_id", "closed", "touched"}

func entriesOf(ctx context.Context, d *db.DB, k Kind, ids []string) (map[string]entry, error) {
	list, err := db.All[entry](ctx, d, `
		select `+entryFields+`
		from `+d.Wanted(3)+` search_entries on org_id = $1 and kind = $2 and id = wanted.value`, d.Org(), k, db.List(ids))
	byID := make(map[string]entry, len(list))
	for _, e := range list {
		byID[e.ID] = e
	}
	return byID, err
}

func insertEntries(ctx context.Context, tx *db.DB, list []entry) error {
	rows := make([][]any, len(list))
	for i, e := range list {
		rows[i] = []any{string(tx.Org()), string(e.Kind), e.ID, e.Number, e.Deal, e.Account, e.Seers, e.Print, e.Owner, e.Closed, e.Touched}
	}
	return tx.InsertMany(ctx, "search_entries", entryColumns, rows)
}

func deleteEntries(ctx context.Context, tx *db.DB, k Kind, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, `
		delete from search_entries
		where org_id = $1 and kind = $2 and `+tx.OneOf("id", 3), tx.Org(), k, db.List(ids))
	return err
}

// notesOfDeals lists deals of which notes can be found, of some. The kind is read
// through a function so that SQLite looks for the deal, of which there is one, and not
// through all notes.
func notesOfDeals(ctx context.Context, d *db.DB, list []string) ([]string, error) {
	return db.All[string](ctx, d, `
		select distinct deal_id
		from `+d.Wanted(3)+` search_entries on org_id = $1 and deal_id <> '' and coalesce(kind, '') = $2 and deal_id = wanted.value`, d.Org(), Note, db.List(list))
}

// ofAccounts lists what of a kind belongs to some accounts.
func ofAccounts(ctx context.Context, d *db.DB, k Kind, accounts []string) ([]string, error) {
	return db.All[string](ctx, d, `
		select id
		from `+d.Wanted(3)+` search_entries on org_id = $1 and account_id <> '' and kind = $2 and account_id = wanted.value`, d.Org(), k, db.List(accounts))
}

// latestEntry is what something new was said of last; nothing when there is nothing.
func latestEntry(ctx context.Context, d *db.DB) ([]entry, error) {
	return db.All[entry](ctx, d, `
		select `+entryFields+`
		from search_entries
		where org_id = $1
		order by n desc
		limit 1`, d.Org())
}

func deleteAllEntries(ctx context.Context, tx *db.DB) error {
	_, err := tx.Exec(ctx, `delete from search_entries where org_id = $1`, tx.Org())
	return err
}

// about is what an entry of the ledger was about.
type about struct {
	Subject string   `db:"subject"`
	Deal    deals.ID `db:"opportunity_id"`
}

func aboutEntry(ctx context.Context, d *db.DB, sequence int64) (about, error) {
	found, err := db.One[about](ctx, d, `
		select subject, coalesce(opportunity_id, '') as opportunity_id
		from entries
		where org_id = $1 and sequence = $2`, d.Org(), sequence)
	if problem.Is(err, problem.KindNotFound) {
		err = nil
	}
	return found, err
}

// standingsOf tells who owns some deals, and whether they are closed.
func standingsOf(ctx context.Context, d *db.DB, list []string) (map[string]standing, error) {
	found, err := db.All[struct {
		ID string `db:"id"`
		standing
	}](ctx, d, `
		select id, coalesce(owner_id, '') as owner_id, case when outcome is null then 0 else 1 end as closed
		from `+d.Wanted(2)+` opportunities on org_id = $1 and id = wanted.value`, d.Org(), db.List(list))
	standings := make(map[string]standing, len(found))
	for _, o := range found {
		standings[o.ID] = o.standing
	}
	return standings, err
}

// closeNotes brings the notes of some deals to whether these are closed.
func closeNotes(ctx context.Context, tx *db.DB, list []string) error {
	if len(list) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, `
		update search_entries
		set closed = 1 - closed
		where org_id = $1 and deal_id <> '' and coalesce(kind, '') = $2 and `+tx.OneOf("deal_id", 3)+`
			and closed <> (
				select case when o.outcome is null then 0 else 1 end
				from opportunities o
				where o.org_id = search_entries.org_id and o.id = search_entries.deal_id)`, tx.Org(), Note, db.List(list))
	return err
}

// touchNote notes that something was said of a note that leaves its words as they are.
func touchNote(ctx context.Context, tx *db.DB, id string, sequence int64) error {
	_, err := tx.Exec(ctx, `
		update search_entries
		set touched = $4
		where org_id = $1 and kind = $2 and id = $3 and touched < $4`, tx.Org(), Note, id, sequence)
	return err
}

// noteErasure notes that words are to go from the index's pages.
func noteErasure(ctx context.Context, tx *db.DB, sequence int64) error {
	_, err := tx.Exec(ctx, `
		insert into search_erasures (org_id, sequence)
		values ($1, $2)
		on conflict (org_id) do update set sequence = excluded.sequence`, tx.Org(), sequence)
	return err
}

// lastErasure is the last entry of which words may still stand there; 0 when none does.
func lastErasure(ctx context.Context, d *db.DB) (int64, error) {
	return db.One[int64](ctx, d, `select coalesce(max(sequence), 0) from search_erasures where org_id = $1`, d.Org())
}

func forgotten(ctx context.Context, d *db.DB, sequence int64) error {
	_, err := d.Exec(ctx, `delete from search_erasures where org_id = $1 and sequence = $2`, d.Org(), sequence)
	return err
}
