package monday

import (
	"context"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/money"
	"milepost/people"
)

func usualOf(ctx context.Context, d *db.DB) ([]usual, error) {
	return db.All[usual](ctx, d, `
		select rule, stage, segment, person_id, cases, deals, typical, most
		from monday_usual
		where org_id = $1`, d.Org())
}

// reckoned is when something was reckoned, and how far the ledger went then.
type reckoned struct {
	At       calendar.Instant `db:"reckoned_at"`
	Sequence int64            `db:"sequence"`
}

func reckonedOf(ctx context.Context, d *db.DB, what string) (reckoned, error) {
	list, err := db.All[reckoned](ctx, d, `
		select reckoned_at, sequence
		from monday_reckoned
		where org_id = $1 and what = $2`, d.Org(), what)
	if err != nil || len(list) == 0 {
		return reckoned{}, err
	}
	return list[0], nil
}

func noteReckoned(ctx context.Context, tx *db.DB, what string, r reckoned) error {
	_, err := tx.Exec(ctx, `
		insert into monday_reckoned (org_id, what, reckoned_at, sequence) values ($1, $2, $3, $4)
		on conflict (org_id, what) do update set reckoned_at = $3, sequence = $4`, tx.Org(), what, r.At, r.Sequence)
	return err
}

// replaceUsual writes what is usual over what was.
func replaceUsual(ctx context.Context, tx *db.DB, list []usual) error {
	if _, err := tx.Exec(ctx, `delete from monday_usual where org_id = $1`, tx.Org()); err != nil {
		return err
	}
	rows := make([][]any, len(list))
	for i, u := range list {
		rows[i] = []any{string(tx.Org()), string(u.Rule), u.Stage, u.Segment, string(u.Person), u.Cases, u.Deals, u.Typical, u.Most}
	}
	return tx.InsertMany(ctx, "monday_usual", []string{"org_id", "rule", "stage", "segment", "person_id", "cases",
		"deals", "typical", "most"}, rows)
}

// bias is how much too high a method was over the periods before: .08 is eight in a
// hundred too many.
type bias struct {
	Span   string  `db:"span"`
	Method string  `db:"method"`
	Cases  int64   `db:"cases"` // periods
	Bias   float64 `db:"bias"`
}

func biasesOf(ctx context.Context, d *db.DB) ([]bias, error) {
	return db.All[bias](ctx, d, `
		select span, method, cases, bias
		from monday_bias
		where org_id = $1
		order by span, method`, d.Org())
}

func replaceBiases(ctx context.Context, tx *db.DB, list []bias) error {
	if _, err := tx.Exec(ctx, `delete from monday_bias where org_id = $1`, tx.Org()); err != nil {
		return err
	}
	rows := make([][]any, len(list))
	for i, b := range list {
		rows[i] = []any{string(tx.Org()), b.Span, b.Method, b.Cases, b.Bias}
	}
	return tx.InsertMany(ctx, "monday_bias", []string{"org_id", "span", "method", "cases", "bias"}, rows)
}

// best is the greatest amount that somebody won in a currency.
type best struct {
	Owner    people.ID      `db:"owner_id"`
	Currency money.Currency `db:"currency"`
	Largest  int64          `db:"largest"`
}

// firstWins tells when some people won their first deal.
func firstWins(ctx context.Context, d *db.DB, owners []people.ID) ([]did, error) {
	return db.All[did](ctx, d, `
		select owner_id as person_id, min(closed_at) as at
		from opportunities
		where org_id = $1 and outcome is not null and outcome = 'won' and owner_id is not null and `+d.OneOf("owner_id", 2)+`
		group by owner_id`, d.Org(), db.List(owners))
}

// largestWins tells everyone's largest win since an instant, by currency.
func largestWins(ctx context.Context, d *db.DB, since calendar.Instant) ([]best, error) {
	return db.All[best](ctx, d, `
		select coalesce(owner_id, '') as owner_id, currency, max(amount_minor) as largest
		from opportunities
		where org_id = $1 and outcome is not null and outcome = 'won' and closed_at >= $2 and currency is not null
		group by owner_id, currency`, d.Org(), since)
}
