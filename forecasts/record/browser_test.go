package record

import (
	"fmt"
	"net/http/httptest"
	"testing"

	"milepost/internal/db"
	"milepost/internal/testworld/browser"
	"milepost/internal/testworld/pagetest"
	"milepost/internal/testworld/testdb"
)

// The page fits a desk and a phone, in light and dark, and every text can be read.
func TestTheRecordInABrowser(t *testing.T) {
	f := newFirm(t, testdb.Open(t, db.SQLite, schemas...), 500)
	f.rehearse(2)
	f.score(noon)
	server := httptest.NewServer(pagetest.Door(f.pages, Path))
	t.Cleanup(server.Close)
	w := browser.Open(t, server.URL)
	w.Go("/as/" + string(f.truth.Manager))
	for _, size := range [][2]int64{{1360, 900}, {390, 844}} {
		for _, dark := range []bool{false, true} {
			for i, path := range []string{Path, Path + "?days=7", Path + "?made=then"} {
				w.Size(size[0], size[1])
				w.Dark(dark)
				w.Go(path)
				w.Settle()
				w.Fits()
				w.Readable()
				w.Named()
				w.Picture(fmt.Sprintf("%d %v %d", size[0], dark, i))
			}
		}
	}
}
