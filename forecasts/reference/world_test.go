package reference_test

import (
	"io/fs"
	"testing"

	"milepost/bulk"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/jobs"
	"milepost/internal/ledger"
	"milepost/internal/testworld"
	"milepost/internal/testworld/testdb"
	"milepost/people"
	"milepost/views"
)

var schemas = []fs.FS{ledger.Schema, jobs.Schema, people.Schema, views.Schema, bulk.Schema, deals.Schema}

// world is a small organization with the pages of this room.
type world struct {
	*testworld.SmallOrganization
	t      testing.TB
	beside *testworld.SmallOrganization
}

// each runs a test on both databases.
func each(t *testing.T, test func(t *testing.T, w *world)) {
	t.Helper()
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		o, beside := testworld.SmallPair(t, d)
		test(t, &world{o, t, beside})
	}, schemas...)
}
