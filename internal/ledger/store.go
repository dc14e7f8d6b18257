package ledger

import (
	"context"

	"milepost/calendar"
	"milepost/internal/db"
)

// head is the place where the next entry goes.
type head struct {
	Sequence int64  `db:"sequence"`
	Hash     string `db:"hash"`
}

// Open starts the ledger of a new organization.
func Open(ctx context.Context, tx *db.DB, org db.Org) error {
	_, err := tx.Exec(ctx, `insert into ledger_heads (org_id, sequence, hash) values ($1, 0, '')`, org)
	return err
}

// takePlace locks the organization's head until the transaction ends, which is
// what makes the numbers gapless and in commit order.
func takePlace(ctx context.Context, tx *db.DB) (head, error) {
	return db.One[head](ctx, tx, `
		update ledger_heads set sequence = sequence
		where org_id = $1
		returning sequence, hash`, tx.Org())
}

func moveHead(ctx context.Context, tx *db.DB, to head) error {
	_, err := tx.Exec(ctx, `
		update ledger_heads set sequence = $2, hash = $3
		where org_id = $1`, tx.Org(), to.Sequence, to.Hash)
	return err
}

// Head is the sequence of the newest entry, 0 when there is none.
func Head(ctx context.Context, d *db.DB, org db.Org) (int64, error) {
	return db.One[int64](ctx, d, `select sequence from ledger_heads where org_id = $1`, org)
}

func headOf(ctx context.Context, d *db.DB, org db.Org) (head, error) {
	return db.One[head](ctx, d, `select sequence, hash from ledger_heads where org_id = $1`, org)
}

func erasures(ctx context.Context, d *db.DB, org db.Org) ([]Entry, error) {
	return db.All[Entry](ctx, d, `
		select `+entryFields+`
		from entries
		where org_id = $1 and kind = $2
		order by sequence`, org, Erased)
}

var entryColumns = []string{"org_id", "sequence", "id", "recorded_at", "effective_at", "actor", "via", "kind",
	"subject", "opportunity_id", "payload", "salt", "payload_hash", "hash"}

func insertEntries(ctx context.Context, tx *db.DB, entries []Entry) error {
	org := string(tx.Org())
	rows := make([][]any, len(entries))
	for i, e := range entries {
		var opportunity any
		if e.Opportunity != "" {
			opportunity = e.Opportunity
		}
		rows[i] = []any{org, e.Sequence, e.ID, int64(e.RecordedAt), int64(e.EffectiveAt), e.Actor, string(e.Via),
			string(e.Kind), e.Subject, opportunity, e.Payload, e.Salt, e.PayloadHash, e.Hash}
	}
	return tx.InsertMany(ctx, "entries", entryColumns, rows)
}

const entryFields = `sequence, id, recorded_at, effective_at, actor, via, kind, subject,
	coalesce(opportunity_id, '') as opportunity_id, payload, salt, payload_hash, hash`

// EachSince visits the entries after a sequence, oldest first. The entry handed to
// visit is used again for the next.
func EachSince(ctx context.Context, d *db.DB, org db.Org, after int64, visit func(*Entry) error) error {
	return db.Each(ctx, d, visit, `
		select `+entryFields+`
		from entries
		where org_id = $1 and sequence > $2
		order by sequence`, org, after)
}

// EachOfKinds visits the entries of some kinds that were recorded before an
// instant and were true before it, in order of sequence: what was known then.
func EachOfKinds(ctx context.Context, d *db.DB, org db.Org, kinds []Kind, asOf calendar.Instant, visit func(*Entry) error) error {
	return db.Each(ctx, d, visit, `
		select `+entryFields+`
		from entries
		where org_id = $1 and recorded_at < $2 and effective_at < $2 and `+d.OneOf("kind", 3)+`
		order by sequence`, org, asOf, db.List(kinds))
}

// OfOpportunity lists the entries of one deal in order of sequence.
func OfOpportunity(ctx context.Context, d *db.DB, org db.Org, opportunity string) ([]Entry, error) {
	return db.All[Entry](ctx, d, `
		select `+entryFields+`
		from entries
		where org_id = $1 and opportunity_id = $2
		order by sequence`, org, opportunity)
}

// OfOpportunities lists the entries of several deals, deal by deal.
func OfOpportunities(ctx context.Context, d *db.DB, org db.Org, opportunities []string) ([]Entry, error) {
	return db.All[Entry](ctx, d, `
		select `+entryFields+`
		from entries
		where org_id = $1 and opportunity_id is not null and `+d.OneOf("opportunity_id", 2)+`
		order by opportunity_id, sequence`, org, db.List(opportunities))
}

// OfSubject lists the entries about a subject that is not part of a deal (a
// person, an account), in order of sequence.
func OfSubject(ctx context.Context, d *db.DB, org db.Org, subject string) ([]Entry, error) {
	return db.All[Entry](ctx, d, `
		select `+entryFields+`
		from entries
		where org_id = $1 and subject = $2 and opportunity_id is null
		order by sequence`, org, subject)
}

// Recorded tells which of some entry ids are in the ledger already.
func Recorded(ctx context.Context, d *db.DB, org db.Org, ids []string) (map[string]bool, error) {
	found, err := db.All[string](ctx, d, `
		select id
		from entries
		where org_id = $1 and `+d.OneOf("id", 2), org, db.List(ids))
	known := make(map[string]bool, len(found))
	for _, id := range found {
		known[id] = true
	}
	return known, err
}

func emptyPayload(ctx context.Context, tx *db.DB, sequence int64) (int64, error) {
	return tx.Exec(ctx, `
		update entries set payload = '', salt = ''
		where org_id = $1 and sequence = $2 and kind <> $3`, tx.Org(), sequence, Erased)
}

func ensureBookmark(ctx context.Context, tx *db.DB, reader string) error {
	_, err := tx.Exec(ctx, `
		insert into bookmarks (org_id, reader, sequence) values ($1, $2, 0)
		on conflict (org_id, reader) do nothing`, tx.Org(), reader)
	return err
}

// holdBookmark locks a reader's bookmark until the transaction ends.
func holdBookmark(ctx context.Context, tx *db.DB, reader string) (int64, error) {
	return db.One[int64](ctx, tx, `
		update bookmarks set sequence = sequence
		where org_id = $1 and reader = $2
		returning sequence`, tx.Org(), reader)
}

func moveBookmark(ctx context.Context, tx *db.DB, reader string, to int64) error {
	_, err := tx.Exec(ctx, `
		update bookmarks set sequence = $3
		where org_id = $1 and reader = $2`, tx.Org(), reader, to)
	return err
}

func nextEntries(ctx context.Context, tx *db.DB, after int64, most int) ([]Entry, error) {
	return db.All[Entry](ctx, tx, `
		select `+entryFields+`
		from entries
		where org_id = $1 and sequence > $2
		order by sequence
		limit $3`, tx.Org(), after, most)
}

// Behind tells how many entries a reader has still to follow.
func Behind(ctx context.Context, d *db.DB, reader string) (int64, error) {
	return db.One[int64](ctx, d, `
		select coalesce(max(h.sequence - coalesce(b.sequence, 0)), 0)
		from ledger_heads h
		left join bookmarks b on b.org_id = h.org_id and b.reader = $2
		where h.org_id = $1`, d.Org(), reader)
}
