package imports

import (
	"strings"
	"testing"

	"milepost/internal/db"
)

// packedRow is a row as one text, for comparing and copying.
type packedRow struct {
	Text string `db:"text"`
}

// readRows reads columns of a table; every value comes as text, a number or nil.
func readRows(t testing.TB, d *db.DB, name string, columns []string) [][]any {
	t.Helper()
	var rows [][]any
	numbers := map[string]bool{"sequence": true, "recorded_at": true, "effective_at": true, "amount_minor": true,
		"stage_since": true, "created_at": true, "closed_at": true, "last_activity_at": true, "activities": true,
		"reopened": true, "slips": true, "version": true, "joined_at": true, "imported": true}
	parts := make([]string, len(columns))
	for i, c := range columns {
		parts[i] = "coalesce(cast(" + c + " as text), '\x02')"
	}
	err := db.Each(t.Context(), d, func(row *packedRow) error {
		values := make([]any, len(columns))
		for i, text := range strings.Split(row.Text, "\x01") {
			switch {
			case text == "\x02":
			case numbers[columns[i]]:
				values[i] = number(text)
			default:
				values[i] = text
			}
		}
		rows = append(rows, values)
		return nil
	}, "select "+strings.Join(parts, " || '\x01' || ")+" as text from "+name+" where org_id = $1 order by 1", org)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func number(text string) int64 {
	n, sign := int64(0), int64(1)
	for _, r := range text {
		if r == '-' {
			sign = -1
			continue
		}
		n = n*10 + int64(r-'0')
	}
	return n * sign
}

// deals lists the ids of the deals.
func (w *world) deals(t testing.TB) []string {
	t.Helper()
	var list []string
	for _, row := range readRows(t, w.d(), "opportunities", []string{"external_id"}) {
		list = append(list, row[0].(string))
	}
	return list
}

// snapshot is all that an import wrote, as lines that can be compared: entries of
// deals with their sequences, and every table. Ids of entries about people and
// accounts are drawn by chance, so those entries count by what they say.
func (w *world) snapshot(t testing.TB) []string {
	t.Helper()
	var lines []string
	dump := func(name, where string, columns ...string) {
		for _, line := range readText(t, w.d(), name, where, columns) {
			lines = append(lines, name+": "+line)
		}
	}
	dump("entries", "opportunity_id is not null", "id", "sequence", "recorded_at", "effective_at", "via", "kind", "subject", "opportunity_id", "payload")
	dump("entries", "opportunity_id is null", "sequence", "effective_at", "kind", "subject", "payload")
	dump("accounts", "1 = 1", "id", "name", "name_key", "created_at")
	dump("people", "1 = 1", "id", "name", "name_key", "email", "joined_at", "imported", "version")
	dump("role_grants", "1 = 1", "person_id", "role")
	dump("opportunity_attributes", "1 = 1", "opportunity_id", "name", "value")
	dump("opportunities", "1 = 1", "id", "external_id", "title", "account_id", "owner_id", "amount_minor", "currency",
		"close_date", "stage", "stage_since", "source", "segment", "product", "created_at", "outcome", "closed_at",
		"competitor", "reason", "last_activity_at", "activities", "reopened", "slips", "version")
	return lines
}

func readText(t testing.TB, d *db.DB, name, where string, columns []string) []string {
	t.Helper()
	parts := make([]string, len(columns))
	for i, c := range columns {
		parts[i] = "coalesce(cast(" + c + " as text), '-')"
	}
	list, err := db.All[string](t.Context(), d, "select "+strings.Join(parts, " || ' ' || ")+" from "+name+
		" where org_id = $1 and "+where+" order by 1", org)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// sameAs fails the test when two worlds hold different things.
func sameAs(t testing.TB, what string, got, want []string) {
	t.Helper()
	for n := range max(len(got), len(want)) {
		if n >= len(got) || n >= len(want) || got[n] != want[n] {
			t.Fatalf("%s: %d lines, want %d; line %d is\n%s\nwant\n%s", what, len(got), len(want), n, line(got, n), line(want, n))
		}
	}
}

func line(list []string, n int) string {
	if n < len(list) {
		return list[n]
	}
	return "(none)"
}
