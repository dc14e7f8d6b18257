package deals_test

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"milepost/bulk"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld/testdb"
	"milepost/money"
	"milepost/people"
	"milepost/views"
)

// replay is a second, simple-minded reading of a deal's entries: it looks for the
// last fact of each sort among those that count, instead of going through them.
type replay struct{ entries []ledger.Entry }

func (r replay) asOf(at calendar.Instant) replay {
	var known []ledger.Entry
	for _, e := range r.entries {
		if e.RecordedAt < at && e.EffectiveAt < at {
			known = append(known, e)
		}
	}
	slices.SortFunc(known, func(a, b ledger.Entry) int {
		return cmp.Or(cmp.Compare(a.EffectiveAt, b.EffectiveAt), cmp.Compare(a.Sequence, b.Sequence))
	})
	return replay{known}
}

func factOf(e ledger.Entry) (f deals.Fact) {
	if err := json.Unmarshal([]byte(e.Payload), &f); err != nil {
		panic(err)
	}
	return f
}

func (r replay) last(kinds ...ledger.Kind) (ledger.Entry, deals.Fact, bool) {
	for _, e := range slices.Backward(r.entries) {
		if slices.Contains(kinds, e.Kind) {
			return e, factOf(e), true
		}
	}
	return ledger.Entry{}, deals.Fact{}, false
}

func (r replay) count(kind ledger.Kind) (n int64) {
	for _, e := range r.entries {
		if e.Kind == kind {
			n++
		}
	}
	return n
}

func (r replay) of(kind ledger.Kind) (only replay) {
	for _, e := range r.entries {
		if e.Kind == kind {
			only.entries = append(only.entries, e)
		}
	}
	return only
}

// takesBack tells whether entry i takes back the one right before it.
func (r replay) takesBack(i int) bool {
	return i > 0 && factOf(r.entries[i]).Undoes == r.entries[i-1].Sequence
}

// stageAfter is the stage after the entries up to i, and since when: what is taken
// back leaves what was before it.
func (r replay) stageAfter(i int) (string, calendar.Instant) {
	if i < 0 {
		return "", 0
	}
	if r.takesBack(i) {
		if stage, since := r.stageAfter(i - 2); stage == factOf(r.entries[i]).Value {
			return stage, since
		}
	}
	return factOf(r.entries[i]).Value, r.entries[i].EffectiveAt
}

// dateAfter is the expected close after the entries up to i, and how often it slipped.
func (r replay) dateAfter(i int) (calendar.Date, int64) {
	if i < 0 {
		return "", 0
	}
	said := factOf(r.entries[i]).Date
	if r.takesBack(i) {
		if date, slips := r.dateAfter(i - 2); date == said {
			return date, slips
		}
	}
	date, slips := r.dateAfter(i - 1)
	if date != "" && said > date {
		slips++
	}
	return said, slips
}

// deal says what the entries come to.
func (r replay) deal() (deals.Opportunity, bool) {
	var o deals.Opportunity
	made, _, exists := r.last(deals.Created)
	o.ID, o.CreatedAt = deals.ID(made.Opportunity), made.EffectiveAt
	for _, e := range r.entries {
		o.Version = max(o.Version, e.Sequence)
	}
	_, f, _ := r.last(deals.Created, deals.Retitled)
	o.Title = f.Value
	_, f, _ = r.last(deals.OwnerSet)
	o.Owner = f.Person
	_, f, _ = r.last(deals.AmountSet)
	o.Amount = f.Amount
	stages, dates := r.of(deals.StageSet), r.of(deals.CloseDateSet)
	o.Stage, o.StageSince = stages.stageAfter(len(stages.entries) - 1)
	o.CloseDate, o.Slips = dates.dateAfter(len(dates.entries) - 1)
	if e, _, there := r.last(deals.ActivityLogged); there {
		o.LastActivityAt = e.EffectiveAt
	}
	if e, f, there := r.last(deals.Closed, deals.Reopened); there && e.Kind == deals.Closed {
		o.Outcome, o.ClosedAt, o.Competitor, o.Reason, o.TheirWords = deals.Outcome(f.Name), e.EffectiveAt, f.Value, f.Reason, f.Words
	}
	o.Competitors = r.competitors()
	o.Activities, o.Reopened = r.count(deals.ActivityLogged), r.count(deals.Reopened)
	step := int64(0)
	for _, e := range r.entries {
		switch f := factOf(e); e.Kind {
		case deals.StepSet: // the last that was said, whenever it was true
			if e.Sequence > step {
				step, o.Next = e.Sequence, deals.NextStep{Text: f.Value, Due: f.Date}
			}
		case deals.AttributeSet:
			if o.Attributes == nil {
				o.Attributes = map[string]string{}
			}
			delete(o.Attributes, f.Name)
			if f.Value != "" {
				o.Attributes[f.Name] = f.Value
			}
		}
	}
	return o, exists
}

// competitors are those of whom the last word is that they are in the deal.
func (r replay) competitors() (list []string) {
	last := map[string]ledger.Entry{}
	for _, e := range r.entries {
		if e.Kind == deals.CompetitorNamed || e.Kind == deals.CompetitorDropped {
			last[deals.CompetitorKey(factOf(e).Value)] = e
		}
	}
	for _, key := range slices.Sorted(maps.Keys(last)) {
		if last[key].Kind == deals.CompetitorNamed {
			list = append(list, factOf(last[key]).Value)
		}
	}
	return list
}

// history is a random history in the making.
type history struct {
	*rapid.T
	d      *db.DB
	org    db.Org
	people []people.Person
	viewer *people.Viewer
	now    calendar.Instant
	ids    []deals.ID
}

var place, _ = time.LoadLocation("America/New_York")

func (h *history) record(work func(context.Context, *ledger.Writer, deals.Now) error) {
	h.now = h.now.Add(time.Duration(rapid.IntRange(0, 50*3600).Draw(h.T, "seconds later")) * time.Second)
	ctx := context.Background()
	by := ledger.By{Actor: "someone", Via: ledger.ViaWeb, At: h.now}
	err := ledger.Record(ctx, h.d, by, func(w *ledger.Writer) error { return work(ctx, w, deals.Now{At: h.now, Place: place}) })
	if err != nil && refusal(err) == err.Error() {
		h.Fatalf("recording: %v", err) // a refusal of a rule is part of the game
	}
}

func (h *history) open() {
	h.record(func(ctx context.Context, w *ledger.Writer, now deals.Now) error {
		n := deals.NewDeal{Description: deals.Description{Title: h.word("title"), Account: h.word("account"), Source: h.word("source")},
			Amount: rapid.SampledFrom([]string{"", "100", "2.500,75"}).Draw(h.T, "amount"), Currency: "EUR",
			CloseDate: string(now.Today().AddDays(rapid.IntRange(0, 90).Draw(h.T, "days"))), Stage: h.word("stage")}
		o, err := deals.OpenDeal(ctx, w, n, h.person(), h.reach(), now)
		if err == nil {
			h.ids = append(h.ids, o.ID)
		}
		return err
	})
}

// importOne records facts of earlier days, in no order, as a log has them.
func (h *history) importOne() {
	h.record(func(ctx context.Context, w *ledger.Writer, now deals.Now) error {
		id := h.deal()
		if id == "" {
			return nil
		}
		var changes []deals.Change
		for range rapid.IntRange(1, 4).Draw(h.T, "facts") {
			from := now.At.Add(-time.Duration(rapid.IntRange(0, 2000).Draw(h.T, "hours earlier")) * time.Hour)
			changes = append(changes, rapid.SampledFrom([]deals.Change{
				{Kind: deals.StageSet, Fact: deals.Fact{Value: h.word("old stage")}, From: from},
				{Kind: deals.AmountSet, Fact: deals.Fact{Amount: &money.Amount{Minor: 7, Currency: "GBP"}}, From: from},
				{Kind: deals.CloseDateSet, Fact: deals.Fact{Date: now.Today().AddDays(-3)}, From: from},
				{Kind: deals.Closed, Fact: deals.Fact{Name: "no_action", Reason: "old"}, From: from},
				{Kind: deals.Reopened, Fact: deals.Fact{Reason: "old"}, From: from},
				{Kind: deals.CompetitorNamed, Fact: deals.Fact{Value: h.rival()}, From: from},
				{Kind: deals.CompetitorDropped, Fact: deals.Fact{Value: h.rival()}, From: from},
				{Kind: deals.ActivityLogged, Fact: deals.Fact{Name: "call", Value: "old"}, From: from},
				{Kind: deals.StepSet, Fact: deals.Fact{Value: h.word("step"), Date: now.Today()}, From: from},
				{Kind: deals.AttributeSet, Fact: deals.Fact{Name: "region", Value: h.word("region")}, From: from},
			}).Draw(h.T, "fact"))
		}
		_, err := deals.Record(ctx, w, id, 0, changes...)
		return err
	})
}

// edit applies a rule as a page does.
func (h *history) edit() {
	h.record(func(ctx context.Context, w *ledger.Writer, now deals.Now) error {
		id := h.deal()
		if id == "" {
			return nil
		}
		on := now.Today().AddDays(-rapid.IntRange(0, 20).Draw(h.T, "days ago"))
		rules := map[string]deals.Rule{
			"stage": func(o *deals.Opportunity) ([]deals.Change, error) { return deals.MoveTo(o, h.word("stage")) },
			"amount": func(o *deals.Opportunity) ([]deals.Change, error) {
				return deals.SetAmount(o, &money.Amount{Minor: int64(len(o.Title)), Currency: "EUR"})
			},
			"date": func(o *deals.Opportunity) ([]deals.Change, error) {
				return deals.ExpectCloseOn(o, now.Today().AddDays(rapid.IntRange(0, 60).Draw(h.T, "ahead")), now.Today())
			},
			"owner": func(o *deals.Opportunity) ([]deals.Change, error) { return deals.HandOver(o, h.person(), h.reach()) },
			"close": func(o *deals.Opportunity) ([]deals.Change, error) {
				outcome := rapid.SampledFrom(deals.Outcomes).Draw(h.T, "outcome")
				return deals.Close(o, deals.Closing{Outcome: outcome, Competitor: "Rival", Reason: "because", Words: h.word("words"), On: on}, now)
			},
			"name":   func(o *deals.Opportunity) ([]deals.Change, error) { return deals.NameCompetitor(o, h.rival()) },
			"drop":   func(o *deals.Opportunity) ([]deals.Change, error) { return deals.DropCompetitor(o, h.rival()) },
			"reopen": func(o *deals.Opportunity) ([]deals.Change, error) { return deals.Reopen(o, "again") },
			"activity": func(*deals.Opportunity) ([]deals.Change, error) {
				return deals.LogActivity(deals.Activity{Type: "call", Text: "x", On: on}, now)
			},
			"details": func(o *deals.Opportunity) ([]deals.Change, error) {
				return deals.Describe(ctx, w, o, deals.Description{Title: h.word("title"), Account: h.word("account"), Segment: h.word("segment")})
			},
		}
		if entries, err := ledger.OfOpportunity(ctx, w.DB, h.org, string(id)); rapid.IntRange(0, 2).Draw(h.T, "undo") == 0 && err == nil {
			one := rapid.SampledFrom(entries).Draw(h.T, "undone")
			over := rapid.SampledFrom(entries).Draw(h.T, "over")
			_, err := deals.Undo(ctx, w, h.viewer, now, id, 0, one.Sequence, over.Sequence)
			return err
		}
		names := slices.Sorted(func(yield func(string) bool) {
			for name := range rules {
				if !yield(name) {
					return
				}
			}
		})
		_, err := deals.Edit(ctx, w, h.viewer, id, 0, rules[rapid.SampledFrom(names).Draw(h.T, "edit")])
		return err
	})
}

func (h *history) word(what string) string {
	return rapid.SampledFrom([]string{"Alpha", "Beta", "Gamma ☂"}).Draw(h.T, what)
}

func (h *history) rival() string {
	return rapid.SampledFrom([]string{"Rival", "RIVAL", "Älpha", "alpha", "Zed", "~tilde"}).Draw(h.T, "rival")
}

func (h *history) person() people.Person { return rapid.SampledFrom(h.people).Draw(h.T, "person") }

func (h *history) deal() deals.ID {
	if len(h.ids) == 0 {
		return ""
	}
	return rapid.SampledFrom(h.ids).Draw(h.T, "deal")
}

func (h *history) reach() deals.Reach { return deals.ReachOf(h.viewer, people.Chart{}) }

// Whatever happens, the tables are what the ledger says; the deal as of any instant
// is what a second reading makes of the entries known then; and nothing recorded
// later changes it.
func TestTablesAndPastAreWhatTheLedgerSays(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		round := 0
		rapid.Check(t, func(rt *rapid.T) {
			round++
			h := newHistory(rt, d, fmt.Sprint("org-", round))
			type fold struct {
				id deals.ID
				at calendar.Instant
				o  deals.Opportunity
			}
			var before []fold
			rt.Repeat(map[string]func(*rapid.T){
				"open":   func(rt *rapid.T) { h.T = rt; h.open() },
				"import": func(rt *rapid.T) { h.T = rt; h.importOne() },
				"edit":   func(rt *rapid.T) { h.T = rt; h.edit() },
				"remember": func(rt *rapid.T) {
					h.T = rt
					if id := h.deal(); id != "" {
						at := h.now.Add(-time.Duration(rapid.IntRange(0, 300).Draw(rt, "hours back")) * time.Hour)
						before = append(before, fold{id, at, h.foldMatches(id, at)})
					}
				},
			})
			h.T = rt
			for _, b := range before {
				// What is recorded from now on carries a later instant than what was asked for.
				if again := h.foldMatches(b.id, b.at); b.at <= h.now && !reflect.DeepEqual(again, b.o) {
					rt.Errorf("deal %s as of %v was %+v, and is now said to have been %+v", b.id, b.at, b.o, again)
				}
			}
			for _, id := range h.ids {
				h.rowMatches(id)
			}
			h.rebuilt()
		})
	}, ledger.Schema, people.Schema, views.Schema, bulk.Schema, deals.Schema)
}

func newHistory(t *rapid.T, d *db.DB, org string) *history {
	ctx := context.Background()
	founded, err := people.Found(ctx, d.Everywhere(), people.Organization{ID: db.Org(org), Name: org, TimeZone: "America/New_York",
		FiscalStart: 2, Currency: "EUR", CreatedAt: 1})
	if err != nil {
		t.Fatal(err)
	}
	h := &history{T: t, d: d.For(founded.ID), org: founded.ID, now: noon.At}
	err = ledger.Record(ctx, h.d, ledger.By{At: 1}, func(w *ledger.Writer) error {
		for _, name := range []string{"Kim", "Lee"} {
			p, err := people.Join(ctx, w, people.Person{Name: name}, 1)
			if err != nil {
				return err
			}
			h.people = append(h.people, p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	h.viewer = people.NewViewer(founded, h.people[0], []people.Role{people.Operations}, people.Chart{})
	return h
}

// foldMatches folds a deal as of an instant and compares with the second reading.
func (h *history) foldMatches(id deals.ID, at calendar.Instant) deals.Opportunity {
	entries, err := ledger.OfOpportunity(context.Background(), h.d, h.org, string(id))
	if err != nil {
		h.Fatal(err)
	}
	o, exists, err := deals.Fold(entries, at)
	if err != nil {
		h.Fatal(err)
	}
	again, existed := replay{entries}.asOf(at).deal()
	again.Account = o.Account
	if len(o.Attributes) == 0 && len(again.Attributes) == 0 {
		o.Attributes, again.Attributes = nil, nil
	}
	if exists != existed || exists && !reflect.DeepEqual(o, again) {
		h.Errorf("deal %s as of %v: folded %v %+v, read again %v %+v", id, at, exists, o, existed, again)
	}
	return o
}

// rowMatches compares a deal's row with its entries.
func (h *history) rowMatches(id deals.ID) {
	row, err := deals.Find(context.Background(), h.d, h.org, id)
	if err != nil {
		h.Fatal(err)
	}
	folded := h.foldMatches(id, deals.Ever)
	if len(row.Attributes) == 0 {
		row.Attributes = nil
	}
	if !reflect.DeepEqual(row, folded) {
		h.Errorf("deal %s is %+v in the table, and %+v by the ledger", id, row, folded)
	}
}

// rebuilt damages the tables, sees that the check says so, and makes them again.
func (h *history) rebuilt() {
	ctx := context.Background()
	check := func(after string, clean bool) {
		differences, err := deals.Check(ctx, h.d, h.org)
		if err != nil || (len(differences) == 0) != clean {
			h.Errorf("after %s: %v %v", after, differences, err)
		}
	}
	check("a random history", true)
	if len(h.ids) == 0 {
		return
	}
	for _, damage := range []string{ // each is one statement or two, parted by ;
		`update opportunities set title = 'other' where org_id = $1 and id = $2`,
		`update opportunity_attributes set value = 'other' where org_id = $1 and opportunity_id = $2`,
		`delete from opportunity_attributes where org_id = $1 and opportunity_id = $2`,
		`update opportunity_competitors set name = 'other' where org_id = $1 and opportunity_id = $2`,
		`update opportunity_competitors set name_key = name_key || 'x' where org_id = $1 and opportunity_id = $2`,
		`delete from opportunity_competitors where org_id = $1 and opportunity_id = $2`,
		`insert into opportunity_competitors (org_id, opportunity_id, name_key, name) values ($1, $2, 'new', 'New')`,
		`delete from opportunity_attributes where org_id = $1 and opportunity_id = $2; delete from opportunity_competitors where org_id = $1 and opportunity_id = $2; delete from opportunities where org_id = $1 and id = $2`,
		`insert into opportunities (org_id, id, title, created_at, version) select org_id, '00000000-0000-0000-0000-000000000000', id, 1, 1
			from opportunities where org_id = $1 and id <> $2 limit 1`,
		`update accounts set name = 'other' where org_id = $1 and id <> $2`,
		`insert into accounts (org_id, id, name, name_key, created_at) values ($1, '00000000-0000-0000-0000-000000000000', $2, 'x', 1)`,
	} {
		changed := int64(0)
		for statement := range strings.SplitSeq(damage, "; ") {
			n, err := h.d.Exec(ctx, statement, h.org, h.ids[len(h.ids)-1])
			if err != nil {
				h.Fatal(err)
			}
			changed += n
		}
		check(damage, changed == 0)
		if err := ledger.Record(ctx, h.d, ledger.By{At: h.now}, func(w *ledger.Writer) error { return deals.Rebuild(ctx, w) }); err != nil {
			h.Fatal(err)
		}
		check("making the tables again", true)
	}
	if _, err := ledger.Verify(ctx, h.d, h.org); err != nil {
		h.Error(err)
	}
}
