package activities

import (
	"context"

	"milepost/internal/db"
)

// contentUsed tells whether a file that is there has this content.
func contentUsed(ctx context.Context, d *db.DB, hash string) (bool, error) {
	n, err := db.One[int64](ctx, d, `
		select count(*)
		from files
		where org_id = $1 and hash = $2 and removed_at = 0`, d.Org(), hash)
	return n > 0, err
}
