package db

import (
	"context"
	"fmt"
	"strconv"
	"strings"
)

// Latest lists the numbers that Matching finds. SQLite walks an index of words from its
// end and stops where it has enough. PostgreSQL's gathers all that has a word before any of
// it is ordered, and goes to the table for each, which for a word in one note of a hundred
// takes longer than everything else on a page. Its index therefore knows of each thing
// among which thousand of the organization's it is, among which four thousand, and so on
// (places), and is asked only for as many of the newest as it probably takes.
func (d *DB) Latest(ctx context.Context, kind string, m Match, below int64, most int) ([]int64, error) {
	if d.kind == Postgres {
		return d.latestOf(ctx, kind, m.text(Postgres), below, most)
	}
	query, args := d.Matching(kind, m, below, most)
	return All[int64](ctx, d, query, d.Afresh(args...)...)
}

// lookedThrough is how many of the latest are looked through, without the index of words,
// where what begins with a letter or two is found.
const lookedThrough = 250

// The texts of what follows hold no value and wrap what is asked for into selects of its
// own, so that each is planned once, for whatever is asked: else PostgreSQL would take a
// millisecond to plan it for each word, and for a common one choose to read everything.
// For the same reason nothing that another index knows is compared as it stands.
var (
	ofTheNewest = `
		with newest as materialized (
			select n, words
			from search_words
			where org = (select $1::text) and kind = (select $2::text) and n < (select $4::bigint)
			order by n desc limit ` + strconv.Itoa(lookedThrough) + `), reach as (select coalesce(max(n), 0) as till, coalesce(min(n), 0) as since, count(*) as seen from newest)
		select coalesce(newest.n, 0) as n, reach.till, reach.since, reach.seen
		from reach
		left join newest on newest.words @@ (select $3::text::tsquery)
		order by 1 desc limit (select $5::bigint)`
	ofAll = `
		select n
		from search_words
		where words @@ (select $3::text::tsquery) and n + 0 < $4 and org || '' = $1 and kind || '' = $2
		order by n + 0 desc limit (select $5::bigint)`
	// It must say of places the same as the index does, to the letter.
	ofPlaces = `
		select n
		from search_words
		where words @@ (select $1::text::tsquery) and n + 0 < $2
			and (array[` + strings.Join([]string{place(10), place(12), place(14), place(16), place(18)}, ", ") + `]) && (select $3::text[])
		order by n + 0 desc limit (select $4::bigint)`
)

func place(bits int) string {
	return fmt.Sprintf("kind || ' %d ' || (n >> %d)::text || ' ' || org", bits, bits)
}

// near is one of the newest that match; its number is 0 when none do.
type near struct {
	Number int64 `db:"n"`
	Till   int64 `db:"till"`
	Since  int64 `db:"since"`
	Seen   int64 `db:"seen"`
}

// latestOf asks for the newest, then for so many as the share of them that matches says
// are enough, and last for all.
func (d *DB) latestOf(ctx context.Context, kind, words string, below int64, most int) ([]int64, error) {
	list, err := All[near](ctx, d, ofTheNewest, string(d.org), kind, words, below, most)
	if err != nil {
		return nil, err
	}
	var found []int64
	for _, x := range list {
		if x.Number > 0 {
			found = append(found, x.Number)
		}
	}
	if len(found) >= most || list[0].Seen < lookedThrough {
		return found, nil
	}
	till, reach := list[0].Till, list[0].Till-list[0].Since+1
	for bits := 10; bits <= 18; bits += 2 {
		first := max(0, till>>bits-1)
		wider := till - first<<bits + 1
		if first > 0 && int64(len(found)+1)*wider < int64(most)*reach {
			continue // going by how many there were of those before, it would hardly be enough
		}
		found, err = All[int64](ctx, d, ofPlaces, words, below, []string{d.placed(kind, bits, till>>bits), d.placed(kind, bits, first)}, most)
		if err != nil || len(found) >= most || first == 0 {
			return found, err
		}
		reach = wider
	}
	return All[int64](ctx, d, ofAll, string(d.org), kind, words, below, most)
}

// placed is a place as the index knows it.
func (d *DB) placed(kind string, bits int, at int64) string {
	return fmt.Sprintf("%s %d %d %s", kind, bits, at, d.org)
}
