package db

import (
	"context"
	"fmt"
	"strings"
)

// Latest lists the numbers that Matching finds. SQLite walks an index of words from its
// end and stops where it has enough. PostgreSQL's gathers all that has a word before any of
// it is ordered, and goes to the table for each, which for a word in one note of a hundred
// takes longer than everything else on a page. Its index therefore knows of each thing
// among which thousand of the organization's it is, among which four thousand, and so on
// (places), and is asked for the newest few of these first.
func (d *DB) Latest(ctx context.Context, kind string, m Match, below int64, most int) ([]int64, error) {
	if d.kind == Postgres {
		return All[int64](ctx, d, latestText(most), string(d.org), kind, m.text(Postgres), below)
	}
	query, args := d.Matching(kind, m, below, most)
	return All[int64](ctx, d, query, d.Afresh(args...)...)
}

// places is what the index knows of where something is; it must say the same as the
// index does, to the letter.
var places = "(array[" + strings.Join([]string{place(10), place(12), place(14), place(16), place(18)}, ", ") + "])"

func place(bits int) string {
	return fmt.Sprintf("kind || ' %d ' || (n >> %d)::text || ' ' || org", bits, bits)
}

// lookedThrough is how many of the latest are looked through, without the index of words,
// where what begins with a letter or two is found.
const lookedThrough = 250

// latestText looks for numbers among more and more of the latest, until there are enough
// of them; what follows is then not run. What is asked for is wrapped into selects of its
// own, so that it is planned once, for whatever is asked: else PostgreSQL would take a
// millisecond to plan it for each word, and for a common one choose to read everything.
// That the organization and the kind are compared as sums of texts keeps it from looking
// all of them up in another index.
func latestText(most int) string {
	var text, all strings.Builder
	fmt.Fprintf(&text, `with asked as materialized (select $3::text::tsquery as words, $4::bigint as below), newest as materialized (
			select coalesce(max(n), 0) as n
			from search_words
			where org = $1 and kind = $2 and n < (select below from asked)), among_0 as materialized (
			select n
			from (
				select n, words
				from search_words
				where org = $1 and kind = $2 and n < (select below from asked)
				order by n desc limit %d) latest
			where words @@ (select words from asked)
			limit %d)`, lookedThrough, most)
	all.WriteString("select n from among_0")
	enough := "(select count(*) from among_0)"
	for _, bits := range []int{10, 12, 14, 16, 18, 0} {
		where := fmt.Sprintf(`%s && (select array[$2 || ' %d ' || (n >> %d)::text || ' ' || $1, $2 || ' %d ' || ((n >> %d) - 1)::text || ' ' || $1] from newest)`,
			places, bits, bits, bits, bits)
		if bits == 0 {
			where = `(select n >> 18 from newest) > 1 and org || '' = $1 and kind || '' = $2`
		}
		fmt.Fprintf(&text, `, among_%d as materialized (
			select n
			from search_words
			where greatest(%s) < %d and words @@ (select words from asked) and n + 0 < (select below from asked) and %s)`, max(bits, 1), enough, most, where)
		enough += fmt.Sprintf(", (select count(*) from among_%d)", max(bits, 1))
		fmt.Fprintf(&all, " union select n from among_%d", max(bits, 1))
	}
	fmt.Fprintf(&text, ` select n from (%s) found order by n desc limit %d`, all.String(), most)
	return text.String()
}
