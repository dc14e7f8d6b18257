package db_test

import (
	"bytes"
	"fmt"
	"os"
	"testing"

	"milepost/internal/db"
	"milepost/internal/testworld/testdb"
)

// What was taken out of the index is found by nobody, and once Forget has done its
// work it does not even stand in the file any more.
func TestForgottenWordsAreNotInTheFile(t *testing.T) {
	d := one(t, testdb.Open(t, db.SQLite, schema, words(wordsSchema)))
	do := func(work func(tx *db.DB) error) {
		t.Helper()
		if err := d.InTx(t.Context(), work); err != nil {
			t.Fatal(err)
		}
	}
	for i := range int64(400) {
		do(func(tx *db.DB) error {
			text := fmt.Sprintf("d@ann dquarter%d dsailing%d", i, i%7)
			if i == 50 {
				text += " dzykovanna"
			}
			return tx.Index(t.Context(), []db.Indexed{{Kind: "deal", Number: i + 1, Words: text}})
		})
	}
	if !inFile(t, d, "zykovanna") {
		t.Fatal("the word is nowhere: there is nothing to test")
	}
	do(func(tx *db.DB) error { return tx.Unindex(t.Context(), []int64{51}) })
	steps := 0
	for more := true; more; steps++ {
		var err error
		if more, err = d.Forget(t.Context()); err != nil || steps > 1000 {
			t.Fatal(steps, err)
		}
	}
	if inFile(t, d, "zykovanna") {
		t.Error("the word still stands in the file")
	}
	if got, err := matching(t.Context(), d, db.Word("dsailing2"), 100, 2); err != nil || got != "[94 87]" {
		t.Errorf("what stays is found as %s (%v)", got, err)
	}
}

// inFile tells whether the database's file has a piece of text anywhere, with what is
// still in the log beside it.
func inFile(t *testing.T, d *db.DB, text string) bool {
	t.Helper()
	if _, err := d.Exec(t.Context(), `pragma wal_checkpoint(truncate)`); err != nil {
		t.Fatal(err)
	}
	found := false
	for _, suffix := range []string{"", "-wal"} {
		content, err := os.ReadFile(d.Path() + suffix)
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		found = found || bytes.Contains(content, []byte(text))
	}
	return found
}
