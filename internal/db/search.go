package db

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// The words of things are kept in an index beside the tables: FTS5 without content
// on SQLite, lexemes under a GIN index on PostgreSQL. Both take words exactly as they
// are handed in, so that both find the same: whoever indexes folds and parts the text
// (letters and digits in lower case, beyond ASCII whatever there is, and the marks
// %@=~^!+). On PostgreSQL the index has no org_id and so no row-level security, under
// which no full-text index can be used; it holds words only, and what they belong to
// is read from tables that are secured.

// Match is what an index is asked for. The zero Match finds nothing and is left out
// of AllOf and AnyOf.
type Match struct {
	sign  string // "word", "prefix", "and", "or", "not"
	word  string
	parts []Match
}

// Word matches what has a word; Prefix what has a word that begins so.
func Word(word string) Match { return Match{sign: "word", word: plainWord(word)} }

// Prefix matches what has a word that begins like this.
func Prefix(word string) Match { return Match{sign: "prefix", word: plainWord(word)} }

// never is a word that nothing has.
const never = "~~~"

// plainWord drops what no word in the index has, and what would mean something else
// to a database.
func plainWord(word string) string {
	word = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 0x7f || strings.ContainsRune("%@=~^!+", r) {
			return r
		}
		return -1
	}, word)
	if word == "" {
		return never
	}
	return word
}

// AllOf matches what all of its parts match.
func AllOf(parts ...Match) Match { return joinMatch("and", parts) }

// AnyOf matches what one of its parts matches.
func AnyOf(parts ...Match) Match { return joinMatch("or", parts) }

// But matches what the first matches and the second does not.
func But(m, not Match) Match {
	if m.IsNothing() || not.IsNothing() {
		return m
	}
	return Match{sign: "not", parts: []Match{m, not}}
}

// IsNothing tells whether there is nothing to ask for.
func (m Match) IsNothing() bool { return m.sign == "" }

func joinMatch(sign string, parts []Match) Match {
	var list []Match
	for _, p := range parts {
		if !p.IsNothing() {
			list = append(list, p)
		}
	}
	switch len(list) {
	case 0:
		return Match{}
	case 1:
		return list[0]
	}
	return Match{sign: sign, parts: list}
}

// text writes the match as the database reads it.
func (m Match) text(kind Kind) string {
	quote, and, or, not, prefix := `"`, " AND ", " OR ", " NOT ", `*`
	if kind == Postgres {
		quote, and, or, not, prefix = `'`, " & ", " | ", " & !", `:*`
	}
	join := func(sign string) string {
		parts := make([]string, len(m.parts))
		for i, p := range m.parts {
			parts[i] = p.text(kind)
		}
		return "(" + strings.Join(parts, sign) + ")"
	}
	switch m.sign {
	case "and":
		return join(and)
	case "or":
		return join(or)
	case "not":
		return join(not)
	}
	if m.sign == "prefix" {
		return quote + m.word + quote + prefix
	}
	return quote + m.word + quote
}

// Matching is the text of a query for the numbers (n) of what of one kind matches,
// the highest number first, below a bound, and its arguments, which are the first of
// the query that it is put into. Beside a match, the kind is what PostgreSQL finds the
// latest by; the words must tell it too. PostgreSQL plans it anew each time: which plan is
// good depends on how common the words are.
func (d *DB) Matching(kind string, m Match, below int64, most int) (query string, args []any) {
	if d.kind == Postgres {
		return fmt.Sprintf(`select n from search_words
			where org = $1 and kind = $2 and words @@ $3::text::tsquery and n < $4
			order by n desc limit %d`, most), []any{string(d.org), kind, m.text(Postgres), below}
	}
	return fmt.Sprintf(`select rowid as n from search_words
			where search_words match $1 and rowid < $2
			order by rowid desc limit %d`, most), []any{m.text(SQLite), below}
}

// Afresh makes the arguments of a query that PostgreSQL is to plan for just these;
// all must be plain texts and numbers.
func (d *DB) Afresh(args ...any) []any {
	if d.kind == Postgres {
		return append([]any{pgx.QueryExecModeExec}, args...)
	}
	return args
}

// Wanted begins a join: a table of one column, value, of what is in a list (see List),
// and the word join, after which another table follows that has an index for it. Unlike
// OneOf it makes both databases look each value up there, even where they know nothing
// yet of a table that is being filled; SQLite would else read all of that table.
func (d *DB) Wanted(argument int) string {
	if d.kind == Postgres {
		return fmt.Sprintf("(select jsonb_array_elements_text($%d::text::jsonb) as value) wanted join", argument)
	}
	return fmt.Sprintf("(select value from json_each($%d)) wanted cross join", argument)
}

// WantedNumbers is Wanted for a list of numbers. They are made numbers before the join:
// PostgreSQL, which might tell of rows of others by failing to make one, would else look
// at all rows of a secured table first.
func (d *DB) WantedNumbers(argument int) string {
	if d.kind == Postgres {
		return fmt.Sprintf("(select cast(jsonb_array_elements_text($%d::text::jsonb) as bigint) as value) wanted join", argument)
	}
	return d.Wanted(argument)
}

// Numbers packs numbers for WantedNumbers.
func Numbers(list []int64) string {
	if len(list) == 0 {
		return "[]"
	}
	packed, _ := json.Marshal(list) // numbers always marshal
	return string(packed)
}

// Indexed is something with its words, parted by blanks, under its number.
type Indexed struct {
	Kind   string
	Number int64
	Words  string
}

// Index puts things into the index of words; their numbers must not be in it. It runs
// in a transaction.
func (d *DB) Index(ctx context.Context, list []Indexed) error {
	if len(list) == 0 {
		return nil
	}
	if d.kind == Postgres {
		kinds, numbers, words := make([]string, len(list)), make([]int64, len(list)), make([]string, len(list))
		for i, x := range list {
			kinds[i], numbers[i], words[i] = x.Kind, x.Number, x.Words
		}
		_, err := d.Exec(ctx, `
			insert into search_words (org, kind, n, words)
			select $1, x.kind, x.n, array_to_tsvector(array_remove(string_to_array(x.words, ' '), ''))
			from unnest($2::text[], $3::bigint[], $4::text[]) as x (kind, n, words)`, string(d.org), kinds, numbers, words)
		return err
	}
	statement, err := d.tx.prepared(ctx, `insert into search_words (rowid, words) values (?, ?)`)
	if err != nil {
		return translate(err, "insert into search_words")
	}
	for _, x := range list {
		if _, err := statement.ExecContext(ctx, x.Number, x.Words); err != nil {
			return translate(err, "insert into search_words")
		}
	}
	return nil
}

// Unindex takes numbers out of the index of words. It runs in a transaction.
func (d *DB) Unindex(ctx context.Context, numbers []int64) error {
	if len(numbers) == 0 {
		return nil
	}
	if d.kind == Postgres {
		_, err := d.Exec(ctx, `delete from search_words where org = $1 and n = any($2::bigint[])`, string(d.org), numbers)
		return err
	}
	statement, err := d.tx.prepared(ctx, `delete from search_words where rowid = ?`)
	if err != nil {
		return translate(err, "delete from search_words")
	}
	for _, n := range numbers {
		if _, err := statement.ExecContext(ctx, n); err != nil {
			return translate(err, "delete from search_words")
		}
	}
	return nil
}

// UnindexAll takes everything of the organization out of the index of words; the match
// is what all of it matches, by which SQLite tells it from what others have there.
func (d *DB) UnindexAll(ctx context.Context, m Match) error {
	if d.kind == Postgres {
		_, err := d.Exec(ctx, `delete from search_words where org = $1`, string(d.org))
		return err
	}
	_, err := d.Exec(ctx, `delete from search_words where rowid in (select rowid from search_words where search_words match $1)`, m.text(SQLite))
	return err
}

// IsIndexed tells whether a number is in the index of words, with words that match.
func (d *DB) IsIndexed(ctx context.Context, kind string, m Match, number int64) (bool, error) {
	query, args := d.Matching(kind, m, number+1, 1)
	found, err := All[int64](ctx, d, query, d.Afresh(args...)...)
	return len(found) == 1 && found[0] == number, err
}

// HighestIndexed is the highest number in the index of words, beyond which new ones
// are free: of the organization on PostgreSQL, of all on SQLite, where they share it.
func (d *DB) HighestIndexed(ctx context.Context) (int64, error) {
	if d.kind == Postgres {
		return One[int64](ctx, d, `select coalesce(max(n), 0) from search_words where org = $1`, string(d.org))
	}
	return One[int64](ctx, d, `select coalesce(max(id), 0) from search_words_docsize`)
}
