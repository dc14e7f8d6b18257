package db_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"milepost/internal/db"
	"milepost/internal/testworld/testdb"
)

// The latest of what has a word are those that one finds by going through everything,
// however common the word is, over a million numbers, and nobody else's are among them.
func TestTheLatestAreThoseOfAPlainReckoning(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		ours, random := d.For("one"), rand.New(rand.NewPCG(3, 4))
		have := scatter(t, ours, random, 0)
		if d.Kind() == db.Postgres { // where each organization has numbers of its own
			scatter(t, d.For("two"), random, 0)
			scatter(t, d.For("tw"), random, 0)
		}
		for range 150 {
			word := "d" + string("abcdef"[random.IntN(6)])
			most, below := []int{1, 5, 51}[random.IntN(3)], 1+random.Int64N(1<<21)
			var want []int64
			for _, x := range slices.Backward(have[word]) {
				if x < below && len(want) < most {
					want = append(want, x)
				}
			}
			got, err := ours.Latest(t.Context(), "deal", db.AnyOf(db.Word(word), db.Word(word+"~")), below, most)
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("the latest %d of %s below %d are %v, want %v (%v)", most, word, below, got, want, err)
			}
		}
	}, schema, words(wordsSchema))
}

// scatter indexes a few thousand things, and tells their numbers by their words: all have
// the first, each of the others a fifth of those of the one before it.
func scatter(t *testing.T, d *db.DB, random *rand.Rand, n int64) map[string][]int64 {
	t.Helper()
	have := map[string][]int64{}
	var list []db.Indexed
	for range 4000 {
		n += 1 + random.Int64N(800)
		text := ""
		for i, share := 0, 1.0; i < 6 && random.Float64() < share; i, share = i+1, 0.2 {
			w := "d" + string("abcdef"[i])
			have[w] = append(have[w], n)
			text += " " + w
		}
		list = append(list, db.Indexed{Kind: "deal", Number: n, Words: text})
		n++
		list = append(list, db.Indexed{Kind: "note", Number: n, Words: "na nb"})
	}
	if err := d.InTx(t.Context(), func(tx *db.DB) error { return tx.Index(t.Context(), list) }); err != nil {
		t.Fatal(err)
	}
	return have
}
