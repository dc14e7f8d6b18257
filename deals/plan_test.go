package deals

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"milepost/bulk"
	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld/testdb"
	"milepost/people"
)

// planOf asks SQLite how it would answer a query.
func planOf(t *testing.T, d *db.DB, text string, args []any) string {
	t.Helper()
	type step struct {
		ID     int    `db:"id"`
		Parent int    `db:"parent"`
		Unused int    `db:"notused"`
		Detail string `db:"detail"`
	}
	steps, err := db.All[step](t.Context(), d, "explain query plan "+text, args...)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, s := range steps {
		lines = append(lines, s.Detail)
	}
	return strings.Join(lines, "\n")
}

// At 100,000 deals a list is found, and totals are added up, in an index alone; the
// plan does not depend on how many deals there are.
func TestListsAreReadFromAnIndexAlone(t *testing.T) {
	d := testdb.Open(t, db.SQLite, ledger.Schema, people.Schema, bulk.Schema, Schema).For("org")
	many := make([]people.ID, manyOwners)
	for i := range many {
		many[i] = people.ID(fmt.Sprint(i))
	}
	now := Now{1_700_000_000_000, time.UTC}
	for name, c := range map[string]struct {
		query
		list, sums string // the index that each is read from
	}{
		"rep":      {query{owners: []people.ID{"1"}}, "open_by_owner", "open_sums_by_owner"},
		"manager":  {query{owners: []people.ID{"1", "2", "3"}}, "open_by_owner", "open_sums_by_owner"},
		"head":     {query{owners: many}, "open_by_close", "open_sums_by_stage"},
		"everyone": {query{everyone: true}, "open_by_close", "open_sums_by_stage"},
		"won":      {query{everyone: true, filter: Filter{Outcome: "won"}}, "ended", "ended"},
		"rep won":  {query{owners: []people.ID{"1"}, filter: Filter{Outcome: "won"}}, "ended_by_owner", "ended_by_owner"},
		"all":      {query{everyone: true, filter: Filter{Outcome: Everything}}, "by_creation", "sums_by_stage"},
		"rep all":  {query{owners: []people.ID{"1"}, filter: Filter{Outcome: Everything}}, "by_owner", "by_owner"},
		"head all": {query{owners: many, filter: Filter{Outcome: Everything}}, "by_creation", "sums_by_stage"},
	} {
		q := c.query
		q.Org, q.now, q.order = "org", now, orderNamed(q.filter)
		for _, from := range []cursor{{}, {id: "x", value: "1"}} {
			text, args := listText(d, q, from, false, false, 51)
			mustRead(t, name, planOf(t, d, text, args), c.list)
		}
		text, args := tallyText(d, q, "")
		mustRead(t, name+"'s totals", planOf(t, d, text, args), c.sums)
	}
}

// The board of many reads no more deals of a stage than it shows, and adds up how long
// they have stood there without their rows.
func TestTheBoardIsReadFromIndexesAlone(t *testing.T) {
	d := testdb.Open(t, db.SQLite, ledger.Schema, people.Schema, bulk.Schema, Schema).For("org")
	b := Board{d, query{Org: "org", everyone: true, now: Now{1_700_000_000_000, time.UTC}, order: orderNamed(Filter{})}}
	text, args := b.headsText([]string{"Discovery", ""}, 40)
	plan := planOf(t, d, text, args)
	if strings.Count(plan, "SEARCH o USING INDEX opportunities_open_by_stage ") != 4 || strings.Count(plan, "TEMP B-TREE") > 1 {
		t.Errorf("more than the first of each stage are sorted:\n%s", plan)
	}
	text, args = b.talliesText(map[string]calendar.Instant{"Discovery": 1})
	mustRead(t, "figures", planOf(t, d, text, args), "open_sums_by_stage")
}

// Words are looked for among the open deals only, whatever else there is.
func TestWordsAreLookedForAmongOpenDeals(t *testing.T) {
	d := testdb.Open(t, db.SQLite, ledger.Schema, people.Schema, bulk.Schema, Schema).For("org")
	q := query{Org: "org", everyone: true, filter: Filter{Text: "x"}, now: Now{1_700_000_000_000, time.UTC}}
	q.order = orderNamed(q.filter)
	for _, made := range []func() (string, []any){
		func() (string, []any) { return listText(d, q, cursor{}, false, false, 51) },
		func() (string, []any) { return tallyText(d, q, "o.close_date is not null") },
		func() (string, []any) { return tallyText(d, q, "o.close_date is null") },
	} {
		text, args := made()
		if plan := planOf(t, d, text, args); !strings.Contains(plan, "USING INDEX opportunities_open_") {
			t.Errorf("every deal is read:\n%s", plan)
		}
	}
}

// mustRead fails unless deals are found in one index, without their rows.
func mustRead(t *testing.T, name, plan, index string) {
	t.Helper()
	if !strings.Contains(plan, "SEARCH o USING COVERING INDEX opportunities_"+index+" ") {
		t.Errorf("%s: not read from %s alone:\n%s", name, index, plan)
	}
}
