package process

import (
	"context"
	"reflect"
	"testing"

	"milepost/accounts"
	"milepost/bulk"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld/testdb"
	"milepost/people"
	"milepost/problem"
)

// shelf is an organization without people, for the store.
type shelf struct {
	t *testing.T
	d *db.DB
}

func eachShelf(t *testing.T, test func(t *testing.T, s shelf)) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		o, err := people.Found(t.Context(), d.Everywhere(), people.Organization{Name: "Shelf", TimeZone: "UTC", FiscalStart: 1, Currency: "EUR", CreatedAt: 1})
		if err != nil {
			t.Fatal(err)
		}
		test(t, shelf{t, d.For(o.ID)})
	}, ledger.Schema, people.Schema, bulk.Schema, deals.Schema, accounts.Schema, Schema)
}

func (s shelf) do(work func(context.Context, *ledger.Writer) (Process, error)) (p Process, err error) {
	s.t.Helper()
	err = ledger.Record(s.t.Context(), s.d, ledger.By{Via: ledger.ViaWeb, At: 1000}, func(w *ledger.Writer) error {
		p, err = work(s.t.Context(), w)
		return err
	})
	return p, err
}

func (s shelf) must(work func(context.Context, *ledger.Writer) (Process, error)) Process {
	s.t.Helper()
	p, err := s.do(work)
	if err != nil {
		s.t.Fatal(err)
	}
	return p
}

// A process is what its entries come to, through all that can happen to it.
func TestProcessIsWhatItsEntriesComeTo(t *testing.T) {
	eachShelf(t, func(t *testing.T, s shelf) {
		p := s.must(func(ctx context.Context, w *ledger.Writer) (Process, error) { return Begin(ctx, w, small()) })
		if _, err := s.do(func(ctx context.Context, w *ledger.Writer) (Process, error) { return Retire(ctx, w, p.ID, 0) }); !problem.Is(err, problem.KindInvalid) {
			t.Errorf("a draft was retired: %v", err)
		}
		s.must(func(ctx context.Context, w *ledger.Writer) (Process, error) {
			return Publish(ctx, w, p.ID, p.Version, nil, "")
		})
		if _, err := s.do(func(ctx context.Context, w *ledger.Writer) (Process, error) { return Publish(ctx, w, p.ID, 0, nil, "") }); !problem.Is(err, problem.KindInvalid) {
			t.Errorf("nothing new was published: %v", err)
		}
		d := small()
		d.Phases[1].Milestones = d.Phases[1].Milestones[:2]
		s.must(func(ctx context.Context, w *ledger.Writer) (Process, error) {
			return SaveAct(ctx, w, p.ID, 0, d, "removed the visit")
		})
		if _, err := s.do(func(ctx context.Context, w *ledger.Writer) (Process, error) {
			return SaveDraft(ctx, w, p.ID, p.Version, small())
		}); !problem.Is(err, problem.KindConflict) {
			t.Errorf("what somebody else saved was written over: %v", err)
		}
		for _, mapping := range []map[MilestoneID][]MilestoneID{{"unknown": {"fit"}}, {"visit": {"unknown"}}} {
			if _, err := s.do(func(ctx context.Context, w *ledger.Writer) (Process, error) {
				return Publish(ctx, w, p.ID, 0, mapping, "")
			}); !problem.Is(err, problem.KindInvalid) {
				t.Errorf("published with the mapping %v: %v", mapping, err)
			}
		}
		s.must(func(ctx context.Context, w *ledger.Writer) (Process, error) {
			return Publish(ctx, w, p.ID, 0, map[MilestoneID][]MilestoneID{"visit": {"proof"}}, "Less is more")
		})
		s.must(func(ctx context.Context, w *ledger.Writer) (Process, error) {
			return SetChoice(ctx, w, p.ID, 0, Choice{Active: true, Place: 3})
		})
		s.must(func(ctx context.Context, w *ledger.Writer) (Process, error) { return Retire(ctx, w, p.ID, 0) })
		last := s.must(func(ctx context.Context, w *ledger.Writer) (Process, error) { return Revive(ctx, w, p.ID, 0) })
		read, err := Find(t.Context(), s.d, p.ID)
		if err != nil || !reflect.DeepEqual(read, last) {
			t.Errorf("read: %+v, %v\nwritten: %+v", read, err, last)
		}
		if read.State != Active || read.Changed || len(read.Versions) != 2 || len(read.Versions[0].Definition.Milestones()) != 6 || read.Versions[1].Note != "Less is more" {
			t.Errorf("it came to %+v", read)
		}
		differences, err := Check(t.Context(), s.d, s.d.Org())
		if err != nil || len(differences) > 0 {
			t.Errorf("%v, %v", differences, err)
		}
		if _, err := s.d.Exec(t.Context(), `update processes set state = 'retired' where org_id = $1`, s.d.Org()); err != nil {
			t.Fatal(err)
		}
		if differences, _ := Check(t.Context(), s.d, s.d.Org()); len(differences) != 1 {
			t.Errorf("a row that was changed by hand is not found: %v", differences)
		}
	})
}

// Acts are undone one by one, back to where the draft began and no further.
func TestUndo(t *testing.T) {
	eachShelf(t, func(t *testing.T, s shelf) {
		p := s.must(func(ctx context.Context, w *ledger.Writer) (Process, error) { return Begin(ctx, w, small()) })
		undo := func() (words string, err error) {
			_, err = s.do(func(ctx context.Context, w *ledger.Writer) (Process, error) {
				p, step, err := Undo(ctx, w, p.ID, 0)
				words = step.Words
				return p, err
			})
			return words, err
		}
		rename := func(name string) {
			d := small()
			d.Name = name
			s.must(func(ctx context.Context, w *ledger.Writer) (Process, error) { return SaveAct(ctx, w, p.ID, 0, d, name) })
		}
		is := func(want string) {
			t.Helper()
			if read, err := Find(t.Context(), s.d, p.ID); err != nil || read.Draft.Name != want {
				t.Errorf("the draft is %q, want %q (%v)", read.Draft.Name, want, err)
			}
		}
		rename("one")
		rename("two")
		if words, err := undo(); err != nil || words != "two" {
			t.Errorf("undid %q, %v", words, err)
		}
		is("one")
		rename("three")
		undo()
		is("one")
		undo()
		is("Machines")
		if _, err := undo(); !problem.Is(err, problem.KindInvalid) {
			t.Errorf("undoing nothing: %v", err)
		}
		published := s.must(func(ctx context.Context, w *ledger.Writer) (Process, error) { return Publish(ctx, w, p.ID, 0, nil, "") })
		rename("four")
		undo()
		if read, _ := Find(t.Context(), s.d, p.ID); read.Changed || !reflect.DeepEqual(read.Draft, published.Draft) {
			t.Error("a draft that was brought back counts as changed")
		}
		if _, err := undo(); !problem.Is(err, problem.KindInvalid) {
			t.Errorf("undoing a publication: %v", err)
		}
	})
}
