package past_test

import (
	"context"
	"fmt"
	"net/http"
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
	"milepost/process/evidence"
	"milepost/process/past"
)

const day = calendar.Instant(24 * 60 * 60 * 1000)

var now = testworld.SmallNow

// archive is the small organization with the history of machines that were sold.
type archive struct {
	*testworld.SmallOrganization
	t    *testing.T
	site http.Handler
	made []deals.ID // of the history
}

func eachArchive(t *testing.T, test func(t *testing.T, o *archive)) {
	t.Helper()
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		o := &archive{SmallOrganization: testworld.Small(t, d), t: t}
		o.open(d)
		test(t, o)
	}, ledger.Schema, people.Schema, bulk.Schema, deals.Schema, accounts.Schema, activities.Schema, process.Schema, evidence.Schema)
}

// open makes the pages of this room; who asks stands in the cookie "person".
func (o *archive) open(d *db.DB) {
	p := slice.Program{DB: d.Everywhere(), Clock: calendar.Stopped(now), Log: pagetest.Log()}
	o.site = pagetest.Serve(p, o.ID, past.Slice(p))
}

// ask asks for a page, or sends fields to it.
func (o *archive) ask(p people.Person, method, path string, fields ...string) pagetest.Answer {
	o.t.Helper()
	at := pagetest.At(o.t, o.site, p.ID)
	if method == http.MethodGet {
		return at.Get(path)
	}
	return at.Post(path, fields...)
}

// sees fails unless a page can be had and says some words.
func (o *archive) sees(p people.Person, path string, texts ...string) string {
	o.t.Helper()
	w := o.ask(p, http.MethodGet, path)
	page := w.Words()
	if w.Code != http.StatusOK {
		o.t.Fatalf("%s: %d %s", path, w.Code, page)
	}
	for _, text := range texts {
		if !strings.Contains(page, text) {
			o.t.Errorf("%s does not say %q:\n%s", path, text, page)
		}
	}
	return page
}

// step is a fact of a deal, so many days after it was opened.
type step struct {
	day   int
	kind  ledger.Kind
	label string
}

func reached(day int, label string) step { return step{day, deals.MilestoneRecorded, label} }
func stage(day int, label string) step   { return step{day, deals.StageSet, label} }
func answered(day int, label string) step {
	return step{day, deals.CriterionAssessed, label}
}
func ended(day int, how string) step { return step{day, deals.Closed, how} }

// past writes deals of one owner into the ledger, as an import does: opened so many days
// ago, all alike.
func (o *archive) past(count, ago int, owner people.Person, steps ...step) {
	o.t.Helper()
	o.must(ledger.Record(o.t.Context(), o.DB, ledger.By{Via: ledger.ViaImport, At: now}, func(w *ledger.Writer) error {
		entries, fresh := map[deals.ID][]ledger.Entry{}, map[deals.ID]bool{}
		var order []deals.ID
		for n := range count {
			id := db.NewID(now)
			at := now - calendar.Instant(ago)*day
			add := func(after int, kind ledger.Kind, fact deals.Fact) {
				then := at + calendar.Instant(after)*day
				e, err := w.AddAs(ledger.Entry{ID: db.NewID(then), RecordedAt: then, EffectiveAt: then, Kind: kind, Subject: id, Opportunity: id}, fact)
				o.must(err)
				entries[deals.ID(id)] = append(entries[deals.ID(id)], e)
			}
			add(0, deals.Created, deals.Fact{Value: fmt.Sprintf("Machine %d of %s", n, owner.Name)})
			add(0, deals.OwnerSet, deals.Fact{Person: owner.ID})
			for _, s := range steps {
				fact := deals.Fact{Name: s.label, Value: "achieved"}
				if s.kind == deals.StageSet {
					fact = deals.Fact{Value: s.label}
				}
				if s.kind == deals.Closed {
					fact = deals.Fact{Name: s.label}
				}
				if s.kind == deals.CriterionAssessed {
					fact.Value = "met"
				}
				add(s.day, s.kind, fact)
			}
			order, fresh[deals.ID(id)] = append(order, deals.ID(id)), true
		}
		o.made = append(o.made, order...)
		return deals.Rewrite(o.t.Context(), w.DB, entries, order, fresh)
	}))
}

// machines is a history: 15 won, 10 lost early, 4 open.
func (o *archive) machines() {
	o.past(12, 300, o.Dan, stage(0, "asked"), reached(2, "trial held"), reached(12, "offer accepted"), ended(20, "won"))
	o.past(3, 300, o.Finn, stage(0, "asked"), reached(4, "trial held"), reached(14, "offer accepted"), ended(20, "won"))
	o.past(10, 250, o.Finn, stage(0, "asked"), reached(3, "trial held"), ended(30, "lost"))
	o.past(4, 10, o.Dan, stage(0, "asked"), reached(1, "trial held"))
}

func (o *archive) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *archive) record(work func(context.Context, *ledger.Writer) error) {
	o.t.Helper()
	ctx := o.t.Context()
	o.must(ledger.Record(ctx, o.DB, ledger.By{Actor: string(o.Olga.ID), Via: ledger.ViaWeb, At: now}, func(w *ledger.Writer) error { return work(ctx, w) }))
}
