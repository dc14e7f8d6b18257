package search_test

import (
	"context"
	"fmt"
	"testing"

	"milepost/accounts"
	"milepost/activities"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld"
	"milepost/internal/testworld/testdb"
	"milepost/people"
	"milepost/search"
)

type numbered struct {
	Kind  string `db:"kind"`
	ID    string `db:"id"`
	N     int64  `db:"n"`
	Seers string `db:"seers"`
	Print string `db:"print"`
}

// index is everything in the index, without the numbers when these may differ.
func (o desk) index(numbers bool) string {
	o.t.Helper()
	list, err := db.All[numbered](o.t.Context(), o.DB, `select kind, id, n, seers, print from search_entries where org_id = $1 order by kind, id`, o.ID)
	if err != nil {
		o.t.Fatal(err)
	}
	for i := range list {
		if !numbers {
			list[i].N = 0
		}
	}
	return fmt.Sprint(list)
}

// rewind makes the follower read the ledger from its beginning once more.
func (o desk) rewind() {
	o.t.Helper()
	if _, err := o.DB.Exec(o.t.Context(), `update bookmarks set sequence = 0 where org_id = $1 and reader = 'search'`, o.ID); err != nil {
		o.t.Fatal(err)
	}
}

func TestFollowingTwiceChangesNothing(t *testing.T) {
	eachDesk(t, func(t *testing.T, o desk) {
		id := o.note(o.Dan, "dan open", "First text")
		o.note(o.Dan, "dan won", "Another")
		o.contact("dan open", accounts.Contact{Name: "Iris Vos"})
		o.catchUp()
		before := o.index(true)
		o.catchUp()
		o.rewind()
		o.catchUp()
		if after := o.index(true); after != before {
			t.Errorf("following again changed\n%s to\n%s", before, after)
		}
		o.do(o.Dan, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
			_, err := activities.RewriteNote(ctx, w, v, id, 1, "Second text")
			return err
		})
		o.rewind()
		o.catchUp()
		o.want(o.Dan, "first")
		o.want(o.Dan, "second", "note Scales for the harbour Alpha")
	})
}

func TestWhatChangesHandsIsSeenByOthers(t *testing.T) {
	eachDesk(t, func(t *testing.T, o desk) {
		o.note(o.Dan, "dan open", "Whisper")
		o.contact("dan won", accounts.Contact{Name: "Iris Vos"}) // the bakery: Dan's and Finn's
		o.catchUp()
		deal, won := o.Deal("dan open"), o.Deal("dan won")
		o.want(o.Gus, "whisper")
		o.want(o.Gus, "iris")
		o.Record(now, o.Olga, deal.ID, deals.Change{Kind: deals.OwnerSet, Fact: deals.Fact{Person: o.Gus.ID, Value: o.Gus.Name}})
		o.Record(now, o.Olga, won.ID, deals.Change{Kind: deals.OwnerSet, Fact: deals.Fact{Person: o.Gus.ID, Value: o.Gus.Name}})
		// Before the index follows, nothing is told any more to whom it is not for.
		o.want(o.Dan, "whisper")
		o.want(o.Dan, "iris")
		o.want(o.Dan, "scales harb")
		o.catchUp()
		o.want(o.Dan, "whisper")
		o.want(o.Ben, "scales harb")
		o.want(o.Gus, "whisper", "note "+deal.Title)
		o.want(o.Cleo, "scales harb", "deal "+deal.Title)
		o.want(o.Gus, "iris", "contact Iris Vos")
		o.want(o.Gus, "harbour", "account harbour Alpha", "deal "+deal.Title)
		o.want(o.Eve, "harbour belt", "deal Belt for the harbour Alpha")
	})
}

func TestNamesAreFollowed(t *testing.T) {
	eachDesk(t, func(t *testing.T, o desk) {
		o.contact("eve pounds", accounts.Contact{Name: "Iris Vos"})
		o.catchUp()
		account, into := o.account("eve pounds"), o.account("eve open")
		o.do(o.Olga, func(ctx context.Context, w *ledger.Writer, _ *people.Viewer) error {
			_, err := accounts.Set(ctx, w, account, "name", "Archipelago", 0)
			return err
		})
		o.catchUp()
		o.want(o.Eve, "archi", "account Archipelago", "contact Iris Vos", "deal Belt for the island Alpha")
		o.do(o.Olga, func(ctx context.Context, w *ledger.Writer, _ *people.Viewer) error {
			_, err := accounts.Merge(ctx, w, into, account)
			return err
		})
		o.catchUp()
		o.want(o.Eve, "archi")
		o.want(o.Eve, "iris", "contact Iris Vos")
		o.want(o.Dan, "iris", "contact Iris Vos") // who sells to the harbour too
		o.do(o.Adam, func(ctx context.Context, w *ledger.Writer, _ *people.Viewer) error {
			_, err := people.Join(ctx, w, people.Person{Name: "Zoë Nieuw"}, now)
			return err
		})
		o.catchUp()
		o.want(o.Vera, "zoe", "person Zoë Nieuw")
	})
}

func TestWhatIsErasedIsNotFound(t *testing.T) {
	eachDesk(t, func(t *testing.T, o desk) {
		secret, kept := o.note(o.Dan, "dan open", "Secret word"), o.note(o.Dan, "dan open", "Kept word")
		removed := o.note(o.Dan, "dan open", "Removed word")
		iris := o.contact("dan open", accounts.Contact{Name: "Iris Vos", Emails: "iris@harbour.example"})
		o.catchUp()
		if len(o.finds(o.Dan, "word")) != 3 || len(o.finds(o.Dan, "iris")) != 1 {
			t.Fatal("they are not found to begin with")
		}
		o.do(o.Adam, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
			if err := people.Leave(ctx, w, o.Rita.ID, now); err != nil {
				return err
			}
			return people.Erase(ctx, w, o.Rita.ID)
		})
		o.do(o.Olga, func(ctx context.Context, w *ledger.Writer, _ *people.Viewer) error {
			return accounts.EraseContact(ctx, w, iris, "asked for")
		})
		o.do(o.Dan, func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
			_, err := activities.RemoveNote(ctx, w, v, removed)
			return err
		})
		o.do(o.Olga, func(ctx context.Context, w *ledger.Writer, _ *people.Viewer) error {
			entries, err := ledger.OfOpportunity(ctx, w.DB, o.ID, string(o.Deal("dan open").ID))
			for _, e := range entries {
				if e.Subject == string(secret) {
					err = ledger.Erase(ctx, w, e.Subject, []int64{e.Sequence}, "asked for")
				}
			}
			return err
		})
		o.catchUp()
		o.want(o.Dan, "word", "note Scales for the harbour Alpha")
		o.want(o.Dan, "kept", "note Scales for the harbour Alpha")
		for _, typed := range []string{"secret", "iris", "iris@harbour.example", "rita", "erased"} {
			o.want(o.Olga, typed)
		}
		if _, err := ledger.Verify(t.Context(), o.DB, o.ID); err != nil || kept == "" {
			t.Error(err)
		}
	})
}

func TestOrganizationsFindTheirOwn(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		alpha, bravo := testworld.SmallPair(t, d)
		for _, o := range []desk{{alpha, t}, {bravo, t}} {
			o.catchUp()
		}
		for _, o := range []desk{{alpha, t}, {bravo, t}} {
			if n := len(o.finds(o.Olga, "harbour")); n != 3 {
				t.Errorf("%s finds %d of three: %q", o.Olga.Name, n, o.finds(o.Olga, "harbour"))
			}
			o.want(o.Vera, "dan", "person Dan "+o.Mark)
		}
		desk{alpha, t}.want(alpha.Olga, "bravo")
		desk{bravo, t}.want(bravo.Olga, "harbour alpha")
	}, allSchemas...)
}

// Much that came in by an import is brought in batch by batch.
func TestCatchingUpAfterAnImport(t *testing.T) {
	eachDesk(t, func(t *testing.T, o desk) {
		by := ledger.By{Via: ledger.ViaImport, At: now}
		if err := ledger.Record(t.Context(), o.DB, by, func(w *ledger.Writer) error {
			for i := range 700 {
				if _, err := deals.Open(t.Context(), w, deals.Change{Kind: deals.Created, Fact: deals.Fact{Value: fmt.Sprintf("Imported %d", i)}},
					deals.Change{Kind: deals.OwnerSet, Fact: deals.Fact{Person: o.Dan.ID}}); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		o.catchUp()
		if n := len(o.finds(o.Dan, "imported")); n != 700 {
			t.Errorf("%d of 700 are found", n)
		}
		o.want(o.Dan, "imported 69", "deal Imported 69", "deal Imported 690", "deal Imported 691", "deal Imported 692", "deal Imported 693",
			"deal Imported 694", "deal Imported 695", "deal Imported 696", "deal Imported 697", "deal Imported 698", "deal Imported 699")
		if _, err := search.Best(t.Context(), o.DB, o.Viewer(o.Dan), "imp"); err != nil {
			t.Error(err)
		}
	})
}
