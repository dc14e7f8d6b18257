package monday

import (
	"context"

	"milepost/internal/db"
)

func temposOf(ctx context.Context, d *db.DB) ([]tempo, error) {
	return db.All[tempo](ctx, d, `
		select span, quarter, person_id, begun, moved, pushed
		from monday_tempo
		where org_id = $1`, d.Org())
}

// replaceTempos writes how quarters moved over what was.
func replaceTempos(ctx context.Context, tx *db.DB, list []tempo) error {
	if _, err := tx.Exec(ctx, `delete from monday_tempo where org_id = $1`, tx.Org()); err != nil {
		return err
	}
	rows := make([][]any, len(list))
	for i, t := range list {
		rows[i] = []any{string(tx.Org()), string(t.Span), string(t.Quarter), string(t.Person), t.Begun, t.Moved, t.Pushed}
	}
	return tx.InsertMany(ctx, "monday_tempo", []string{"org_id", "span", "quarter", "person_id", "begun", "moved", "pushed"}, rows)
}
