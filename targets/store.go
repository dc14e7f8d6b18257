package targets

import (
	"context"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/people"
)

// setRow is one setting as the table holds it.
type setRow struct {
	Month       calendar.Date    `db:"month"`
	Person      people.ID        `db:"person_id"`
	Scope       Scope            `db:"scope"`
	Measure     Measure          `db:"measure"`
	Sequence    int64            `db:"sequence"`
	Value       *int64           `db:"value"`
	EffectiveAt calendar.Instant `db:"effective_at"`
	RecordedAt  calendar.Instant `db:"recorded_at"`
	Actor       string           `db:"actor"`
	Save        string           `db:"save_id"`
}

func (r setRow) cell() Cell { return Cell{r.Person, r.Scope, r.Month, r.Measure} }

const setFields = `month, person_id, scope, measure, sequence, value, effective_at, recorded_at, actor, save_id`

// settingsOf lists the settings for the months from one up to another that were
// known before an instant.
func settingsOf(ctx context.Context, d *db.DB, org db.Org, from, until calendar.Date, asOf calendar.Instant) ([]setRow, error) {
	return db.All[setRow](ctx, d, `
		select `+setFields+`
		from quota_settings
		where org_id = $1 and month >= $2 and month < $3 and recorded_at < $4 and effective_at < $4
		order by month, person_id, scope, measure, sequence`, org, from, until, asOf)
}

// everySetting lists all settings, for comparing them with the ledger.
func everySetting(ctx context.Context, d *db.DB, org db.Org) ([]setRow, error) {
	return db.All[setRow](ctx, d, `
		select `+setFields+`
		from quota_settings
		where org_id = $1
		order by month, person_id, scope, measure, sequence`, org)
}

// settingsOfSave lists what was saved at once.
func settingsOfSave(ctx context.Context, d *db.DB, org db.Org, save string) ([]setRow, error) {
	return db.All[setRow](ctx, d, `
		select `+setFields+`
		from quota_settings
		where org_id = $1 and save_id = $2
		order by month, person_id, scope, measure, sequence`, org, save)
}

// lastSave is the newest save of a person, empty when there is none.
func lastSave(ctx context.Context, d *db.DB, org db.Org, actor people.ID) (string, error) {
	saves, err := db.All[string](ctx, d, `
		select save_id
		from quota_settings
		where org_id = $1 and actor = $2
		order by sequence desc
		limit 1`, org, actor)
	if err != nil || len(saves) == 0 {
		return "", err
	}
	return saves[0], nil
}

var setColumns = []string{"org_id", "month", "person_id", "scope", "measure", "sequence", "value", "effective_at",
	"recorded_at", "actor", "save_id"}

func insertSettings(ctx context.Context, tx *db.DB, list []setRow) error {
	rows := make([][]any, len(list))
	for i, r := range list {
		var value any
		if r.Value != nil {
			value = *r.Value
		}
		rows[i] = []any{string(tx.Org()), string(r.Month), string(r.Person), string(r.Scope), string(r.Measure), r.Sequence,
			value, int64(r.EffectiveAt), int64(r.RecordedAt), r.Actor, r.Save}
	}
	return tx.InsertMany(ctx, "quota_settings", setColumns, rows)
}
