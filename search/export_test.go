package search

import (
	"context"
	"slices"
	"strings"

	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
)

// Everything finds all that answers a query for a person, of every kind, to the end.
func Everything(ctx context.Context, d *db.DB, v *people.Viewer, typed string) ([]Found, error) {
	return everything(ctx, d, sightOf(v), typed)
}

// EverythingWide does the same as for someone who sees the deals of very many.
func EverythingWide(ctx context.Context, d *db.DB, v *people.Viewer, typed string) ([]Found, error) {
	s := sightOf(v)
	s.wide = !s.all
	return everything(ctx, d, s, typed)
}

func everything(ctx context.Context, d *db.DB, s sight, typed string) ([]Found, error) {
	var all []Found
	for _, k := range s.kinds {
		from := start
		for {
			list, next, err := find(ctx, d, s, k, Read(typed), from, 3, 7)
			if err != nil {
				return nil, err
			}
			if list, err = dress(ctx, d, s, list); err != nil {
				return nil, err
			}
			all = append(all, list...)
			if next == nil {
				break
			}
			from = *next
		}
	}
	return all, nil
}

// Slowly finds the ids of all that answers a query, whoever may see it: by reading all there
// is from where it is kept, and going through its words one by one.
func Slowly(ctx context.Context, d *db.DB, typed string) ([]string, error) {
	q, tables := Read(typed), map[Kind]string{Deal: "opportunities", Account: "accounts", Contact: "contacts", Person: "people"}
	var docs []doc
	for k, table := range tables {
		ids, err := db.All[string](ctx, d, `select id from `+table+` where org_id = $1`, d.Org())
		if err != nil {
			return nil, err
		}
		list, err := sources[k](ctx, d, ids)
		if err != nil {
			return nil, err
		}
		docs = append(docs, list...)
	}
	notes, err := db.All[Found](ctx, d, `select id, text from notes where org_id = $1 and state = 'kept'`, d.Org())
	for _, n := range notes {
		docs = append(docs, doc{kind: Note, id: n.ID, text: []string{n.Text}})
	}
	var found []string
	for _, x := range docs {
		if q.answeredBy(&x, strings.Fields(x.words(d.Org()))) {
			found = append(found, x.id)
		}
	}
	slices.Sort(found)
	return found, err
}

func (q Query) answeredBy(x *doc, words []string) bool {
	letter, all := x.kind.letter(), !q.IsEmpty()
	if all && x.kind != Note && slices.Contains(words, letter+wholly+q.whole) {
		return true
	}
	if all && q.phone != "" && (x.kind == Contact || x.kind == Account) && slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, letter+q.phone) }) {
		return true
	}
	for _, t := range q.terms {
		all = all && slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, letter) && t.fits(w[len(letter):]) })
	}
	return all
}

// Best finds what is suggested, in the order in which it is.
func Best(ctx context.Context, d *db.DB, v *people.Viewer, typed string) ([]Found, error) {
	p := &pages{keeper: newKeeper(d, nil)}
	p.DB = d
	groups, _, err := p.best(ctx, v, Read(typed))
	var all []Found
	for _, g := range groups {
		all = append(all, g.Found...)
	}
	return all, err
}

// Marked shows what is marked of a text, in brackets.
func Marked(typed, text string) string { return bracket(Read(typed).mark(text)) }

// Snippet shows the surroundings of what was found in a text.
func Snippet(typed, text string) string { return bracket(Read(typed).snippet(text)) }

func bracket(list []piece) string {
	var out strings.Builder
	for _, p := range list {
		if p.Hit {
			out.WriteString("[" + p.Text + "]")
		} else {
			out.WriteString(p.Text)
		}
	}
	return out.String()
}

// Fold, Words and Terms show what texts come to.
func Fold(text string) string { return essence(text) }

func Terms(typed string) (list []string) {
	for _, t := range Read(typed).terms {
		w := t.word
		if t.begins {
			w += "*"
		}
		list = append(list, w)
	}
	return list
}

// Answers tells whether what is typed would find a deal of this title, without a
// database: by the words of both.
func Answers(title, typed string) bool {
	x := doc{kind: Deal, id: "x", title: title}
	have := strings.Fields(x.words("o"))
	q := Read(typed)
	for _, t := range q.terms {
		found := false
		for _, w := range have {
			found = found || t.fits(strings.TrimPrefix(w, "d"))
		}
		if !found {
			return false
		}
	}
	return !q.IsEmpty()
}

// StartOver empties the index, and Step follows a little of the ledger: what a program
// that is killed in the middle leaves behind.
func StartOver(ctx context.Context, d *db.DB) error { return startOver(ctx, d) }

func Step(ctx context.Context, d *db.DB, most int) error {
	_, err := ledger.Follow(ctx, d, reader, most, func(tx *db.DB, entries []ledger.Entry) error { return takeIn(ctx, tx, entries) })
	return err
}

// Forget does what recurs.
func Forget(ctx context.Context, d *db.DB) error { return followAndForget(ctx, d) }

// Size is how many bytes the words of a note come to.
func Size(text string) int { return len((&doc{kind: Note, id: "x", text: []string{text}}).words("o")) }
