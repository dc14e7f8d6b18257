package editor_test

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"milepost/accounts"
	"milepost/activities"
	"milepost/bulk"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/testworld"
	"milepost/internal/testworld/pagetest"
	"milepost/internal/testworld/testdb"
	"milepost/people"
	"milepost/process"
	"milepost/process/editor"
	"milepost/process/evidence"
)

var now = testworld.SmallNow

// desk is the small organization with the pages of this room; who asks stands in the
// cookie "person".
type desk struct {
	*testworld.SmallOrganization
	t    *testing.T
	site http.Handler
}

func eachDesk(t *testing.T, test func(t *testing.T, o *desk)) {
	t.Helper()
	testdb.Each(t, func(t *testing.T, d *db.DB) { test(t, newDesk(t, d)) }, schemas...)
}

var schemas = []fs.FS{ledger.Schema, people.Schema, bulk.Schema, deals.Schema, accounts.Schema, activities.Schema, process.Schema, evidence.Schema}

func newDesk(t *testing.T, d *db.DB) *desk {
	o := &desk{SmallOrganization: testworld.Small(t, d), t: t}
	p := slice.Program{DB: d.Everywhere(), Clock: calendar.Stopped(now), Folder: t.TempDir(), Log: pagetest.Log()}
	o.site = pagetest.Serve(p, o.ID, editor.Slice(p))
	return o
}

func (o *desk) ask(p people.Person, method, path string, f url.Values) *httptest.ResponseRecorder {
	o.t.Helper()
	at := pagetest.At(o.t, o.site, p.ID)
	if method == http.MethodGet {
		return at.Get(path).ResponseRecorder
	}
	return at.PostForm(path, f).ResponseRecorder
}

func (o *desk) get(p people.Person, path string) string {
	o.t.Helper()
	w := o.ask(p, http.MethodGet, path, nil)
	if w.Code != http.StatusOK {
		o.t.Fatalf("GET %s: %d\n%s", path, w.Code, pagetest.Words(w.Body.String()))
	}
	return w.Body.String()
}

// do does an act on a process as it stands, and must be let.
func (o *desk) do(p people.Person, id process.ID, fields ...string) {
	o.t.Helper()
	if w := o.post(p, "/process/"+string(id), o.read(id).Version, fields...); w.Code != http.StatusSeeOther {
		o.t.Fatalf("%v: %d\n%s", fields, w.Code, pagetest.Words(w.Body.String()))
	}
}

func (o *desk) post(p people.Person, path string, seen int64, fields ...string) *httptest.ResponseRecorder {
	o.t.Helper()
	f := url.Values{"seen": {strconv.FormatInt(seen, 10)}}
	for i := 0; i < len(fields); i += 2 {
		f.Add(fields[i], fields[i+1])
	}
	return o.ask(p, http.MethodPost, path, f)
}

// begin starts a draft from a ready-made process, or from nothing.
func (o *desk) begin(from, name string) process.ID {
	o.t.Helper()
	w := o.post(o.Ben, "/process/new", 0, "from", from, "name", name)
	if w.Code != http.StatusSeeOther {
		o.t.Fatalf("beginning: %d\n%s", w.Code, pagetest.Words(w.Body.String()))
	}
	return process.ID(strings.TrimPrefix(w.Header().Get("Location"), "/process/"))
}

func (o *desk) read(id process.ID) *process.Process {
	o.t.Helper()
	p, err := process.Find(o.t.Context(), o.DB, id)
	o.must(err)
	return &p
}

func (o *desk) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

// publish publishes the draft, with answers to what is asked.
func (o *desk) publish(p people.Person, id process.ID, fields ...string) {
	o.t.Helper()
	if w := o.post(p, "/process/"+string(id)+"/publish", o.read(id).Version, fields...); w.Code != http.StatusSeeOther {
		o.t.Fatalf("publishing: %d\n%s", w.Code, pagetest.Words(w.Body.String()))
	}
}

// show gives evidence of a deal of Dan's for a marker, in the name of its owner.
func (o *desk) show(deal string, id process.MilestoneID, marker process.MarkerID, seen int64) error {
	ctx, v := o.t.Context(), o.Viewer(o.Dan)
	return ledger.Record(ctx, o.DB, people.ByViewer(v, now), func(w *ledger.Writer) error {
		_, err := evidence.Act(ctx, w, v, o.Deal(deal).ID, id, seen, func(p *evidence.Pen) error {
			return p.Give(id, marker, evidence.Proof{Sort: evidence.EmailSort, Text: "Mail of 12 May"}, "")
		})
		return err
	})
}

func (o *desk) standing(deal string) evidence.Standing {
	o.t.Helper()
	library, err := process.ReadLibrary(o.t.Context(), o.DB)
	o.must(err)
	s, err := evidence.Read(o.t.Context(), o.DB, library, o.Deal(deal).ID)
	o.must(err)
	return s
}

func sees(t *testing.T, page string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(pagetest.Words(page), text) {
			t.Errorf("the page does not say %q:\n%s", text, pagetest.Words(page))
		}
	}
}
