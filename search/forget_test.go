package search_test

import (
	"bytes"
	"context"
	"os"
	"testing"

	"milepost/accounts"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/search"
)

// Whose data were erased stands nowhere in the database's file any more once the index
// of words has been gone through: not in a table, not in the ledger, not in what
// tables and the index left behind.
func TestAnErasedNameIsNotInTheFile(t *testing.T) {
	eachDesk(t, func(t *testing.T, o desk) {
		iris := o.contact("dan open", accounts.Contact{Name: "Iris Zykovanna", Emails: "zykovanna@example.com", Notes: "Knows the Zykovanna works."})
		for _, text := range []string{"First", "Second", "Third", "Fourth"} {
			o.note(o.Dan, "dan open", text+" note")
			o.catchUp()
		}
		o.want(o.Dan, "zykov", "contact Iris Zykovanna")
		o.do(o.Olga, func(ctx context.Context, w *ledger.Writer, _ *people.Viewer) error {
			return accounts.EraseContact(ctx, w, iris, "asked for")
		})
		before := pieces(t, o, "zykovanna")
		if err := search.Forget(t.Context(), o.DB); err != nil {
			t.Fatal(err)
		}
		o.want(o.Dan, "zykov")
		o.want(o.Dan, "second note", "note Scales for the harbour Alpha")
		if o.DB.Kind() == db.Postgres {
			return // its files are its own business
		}
		if after := pieces(t, o, "zykovanna"); before == 0 || after > 0 {
			t.Errorf("the name stands in the file %d times, before it was forgotten %d times", after, before)
		}
	})
}

// pieces counts how often a word stands in the database's file.
func pieces(t *testing.T, o desk, word string) int {
	t.Helper()
	if o.DB.Kind() == db.Postgres {
		return 0
	}
	if _, err := o.DB.Exec(t.Context(), `pragma wal_checkpoint(truncate)`); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(o.DB.Path())
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Count(bytes.ToLower(content), []byte(word))
}
