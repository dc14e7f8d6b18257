package search_test

import (
	"strings"
	"testing"

	"milepost/accounts"
	"milepost/activities"
	"milepost/internal/db"
	"milepost/internal/testworld"
	"milepost/internal/testworld/testdb"
	"milepost/search"
)

// lose takes the words away, as a restore does, which brings the entries only.
func (o desk) lose() {
	o.t.Helper()
	if _, err := o.DB.Exec(o.t.Context(), `delete from search_words`); err != nil {
		o.t.Fatal(err)
	}
}

func TestALostIndexIsMadeAgain(t *testing.T) {
	eachDesk(t, func(t *testing.T, o desk) {
		o.note(o.Dan, "dan open", "Whisper")
		o.contact("dan open", accounts.Contact{Name: "Iris Vos"})
		o.catchUp()
		before := o.index(false)
		o.lose()
		o.want(o.Dan, "whisper")
		o.catchUp()
		if after := o.index(false); after != before {
			t.Errorf("made again it is\n%s, not\n%s", after, before)
		}
		o.want(o.Dan, "whisper", "note Scales for the harbour Alpha")
	})
}

// Whoever makes an index again may be killed at any moment.
func TestMakingItAgainGoesOnAfterAKill(t *testing.T) {
	eachDesk(t, func(t *testing.T, o desk) {
		o.note(o.Dan, "dan open", "Whisper")
		o.catchUp()
		before := o.index(false)
		o.lose()
		for _, step := range []func() error{
			func() error { return search.StartOver(t.Context(), o.DB) },
			func() error { return search.Step(t.Context(), o.DB, 7) },
			func() error { return search.Step(t.Context(), o.DB, 30) },
		} {
			if err := step(); err != nil {
				t.Fatal(err)
			}
		}
		o.catchUp()
		if after := o.index(false); after != before {
			t.Errorf("after a kill it is\n%s, not\n%s", after, before)
		}
		o.want(o.Dan, "whisper", "note Scales for the harbour Alpha")
		if err := search.StartOver(t.Context(), o.DB); err != nil {
			t.Fatal(err)
		}
		o.want(o.Dan, "whisper", "note Scales for the harbour Alpha") // an index that is there is left alone
	})
}

// On SQLite two organizations share the numbers of the index: the first that makes
// its own again must not hide that the other's is lost, nor take its words away.
func TestEachOrganizationMakesItsOwnAgain(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		alpha, bravo := testworld.SmallPair(t, d)
		a, b := desk{alpha, t}, desk{bravo, t}
		b.catchUp()
		a.catchUp()
		a.lose()
		a.catchUp()
		b.catchUp()
		a.want(a.Olga, "harbour alpha scales", "deal Scales for the harbour Alpha")
		b.want(b.Olga, "harbour bravo scales", "deal Scales for the harbour Bravo")
	}, allSchemas...)
}

// The longest note in a script that parts no words has more words than any other.
func TestVeryLongNotes(t *testing.T) {
	eachDesk(t, func(t *testing.T, o desk) {
		var text strings.Builder
		for i := range 49_000 {
			text.WriteRune(rune(0x4e00 + i*i%20_000))
		}
		o.note(o.Dan, "dan open", "Whisper "+text.String())
		o.note(o.Dan, "dan won", strings.Repeat("word ", 9_000)+"needle")
		if err := activities.CatchUp(t.Context(), o.DB); err != nil {
			t.Fatal(err)
		}
		o.catchUp()
		o.want(o.Dan, "whisper", "note Scales for the harbour Alpha")
		if n := len(o.finds(o.Dan, "needle")); n != 1 {
			t.Errorf("the last word of a long note is found %d times", n)
		}
	})
}
