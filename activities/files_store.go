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

// eachContent visits the contents of files that are there.
func eachContent(ctx context.Context, d *db.DB, visit func(*Content) error) error {
	return db.Each(ctx, d, visit, `
		select hash, max(size) as size
		from files
		where org_id = $1 and removed_at = 0
		group by hash
		order by hash`, d.Org())
}
