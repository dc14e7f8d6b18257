package history

import (
	"context"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
)

// entryLine is what a forecast needs of an entry about a deal; the payload is left out
// where the kind is none that it uses.
type entryLine struct {
	Sequence    int64            `db:"sequence"`
	RecordedAt  calendar.Instant `db:"recorded_at"`
	EffectiveAt calendar.Instant `db:"effective_at"`
	Kind        string           `db:"kind"`
	Opportunity string           `db:"opportunity_id"`
	Payload     string           `db:"payload"`
}

// eachLine visits the entries about deals up to and including a sequence.
func eachLine(ctx context.Context, d *db.DB, org db.Org, after, upTo int64, visit func(*entryLine) error) error {
	return db.Each(ctx, d, visit, `
		select sequence, recorded_at, effective_at, kind, opportunity_id,
			case when `+d.OneOf("kind", 4)+` then payload else '' end as payload
		from entries
		where org_id = $1 and sequence > $2 and sequence <= $3 and opportunity_id is not null
		order by sequence`, org, after, upTo, db.List(usedKinds))
}

// Corrected is the earliest instant from which anything counts that the ledger gained
// after a sequence and that tells what became of deals; never where there is nothing.
func Corrected(ctx context.Context, d *db.DB, org db.Org, after int64) (calendar.Instant, error) {
	kinds := []ledger.Kind{deals.Created, deals.Closed, deals.Reopened, deals.AmountSet}
	return db.One[calendar.Instant](ctx, d, `
		select coalesce(min(case when effective_at > recorded_at then effective_at else recorded_at end), $3)
		from entries
		where org_id = $1 and sequence > $2 and `+d.OneOf("kind", 4), org, after, never, db.List(kinds))
}

// Earliest is the earliest instant from which anything about deals counts that the ledger
// gained after a sequence, up to another; never where there is nothing.
func Earliest(ctx context.Context, d *db.DB, org db.Org, after, upTo int64) (calendar.Instant, error) {
	return db.One[calendar.Instant](ctx, d, `
		select coalesce(min(case when effective_at > recorded_at then effective_at else recorded_at end), $4)
		from entries
		where org_id = $1 and sequence > $2 and sequence <= $3 and opportunity_id is not null and `+d.OneOf("kind", 5), org, after, upTo, never, db.List(usedKinds))
}

// Ends lists the deals of which the ledger told an end, or that they were opened again,
// after a sequence.
func Ends(ctx context.Context, d *db.DB, org db.Org, after int64) ([]string, error) {
	return db.All[string](ctx, d, `
		select distinct opportunity_id
		from entries
		where org_id = $1 and sequence > $2 and opportunity_id is not null and `+d.OneOf("kind", 3)+`
		order by opportunity_id`, org, after, db.List([]ledger.Kind{deals.Closed, deals.Reopened}))
}
