package search

import (
	"context"
	"slices"

	"milepost/internal/db"
)

// change is what became of something in the index; either side may be nothing.
type change struct{ before, after entry }

// settleKind reads some of a kind from where they are kept, and stores them.
func settleKind(ctx context.Context, tx *db.DB, k Kind, ids []string) ([]change, error) {
	const atOnce = 500
	var all []change
	for part := range slices.Chunk(ids, atOnce) {
		docs, err := sources[k](ctx, tx, part)
		if err != nil {
			return nil, err
		}
		changes, err := store(ctx, tx, k, part, docs)
		if err != nil {
			return nil, err
		}
		all = append(all, changes...)
	}
	return all, nil
}

// store brings the index of some of a kind to what the docs say: what has none is
// taken out, what says the same is left alone, and what only others may see now keeps
// its number, and so its place among the latest.
func store(ctx context.Context, tx *db.DB, k Kind, ids []string, docs []doc) ([]change, error) {
	known, err := entriesOf(ctx, tx, k, ids)
	if err != nil {
		return nil, err
	}
	number, err := tx.HighestIndexed(ctx)
	if err != nil {
		return nil, err
	}
	var w writing
	there := map[string]bool{}
	for i := range docs {
		x := &docs[i]
		there[x.id] = true
		words := x.words(tx.Org())
		fresh := entry{Kind: k, ID: x.id, Deal: x.deal, Account: x.account, Seers: x.sight(), Print: printOf(words), standing: x.standing}
		before, is := known[x.id]
		if is && before.Print == fresh.Print && before.Seers == fresh.Seers && before.Account == fresh.Account && before.standing == fresh.standing {
			continue
		}
		fresh.Number = before.Number
		if before.Print != fresh.Print {
			number++
			fresh.Number = number
		}
		w.put(before, fresh, words)
	}
	for _, id := range ids {
		if before, is := known[id]; is && !there[id] {
			w.drop(before)
		}
	}
	return w.changes, w.write(ctx, tx, k)
}

// writing is what is to be written to the index.
type writing struct {
	changes []change
	gone    []string
	numbers []int64
	entries []entry
	words   []db.Indexed
}

func (w *writing) put(before, after entry, words string) {
	if before.ID != "" {
		w.gone, w.numbers = append(w.gone, before.ID), append(w.numbers, before.Number)
	}
	w.changes = append(w.changes, change{before, after})
	w.entries = append(w.entries, after)
	w.words = append(w.words, db.Indexed{Kind: string(after.Kind), Number: after.Number, Words: words + " " + after.Seers})
}

func (w *writing) drop(before entry) {
	w.gone, w.numbers = append(w.gone, before.ID), append(w.numbers, before.Number)
	w.changes = append(w.changes, change{before: before})
}

func (w *writing) write(ctx context.Context, tx *db.DB, k Kind) error {
	if err := tx.Unindex(ctx, w.numbers); err != nil {
		return err
	}
	if err := deleteEntries(ctx, tx, k, w.gone); err != nil {
		return err
	}
	if err := insertEntries(ctx, tx, w.entries); err != nil {
		return err
	}
	return tx.Index(ctx, w.words)
}
