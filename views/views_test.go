package views_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"milepost/bulk"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld"
	"milepost/internal/testworld/testdb"
	"milepost/people"
	"milepost/problem"
	"milepost/views"
)

func eachSmall(t *testing.T, test func(t *testing.T, o *testworld.SmallOrganization)) {
	t.Helper()
	testdb.Each(t, func(t *testing.T, d *db.DB) { test(t, testworld.Small(t, d)) },
		ledger.Schema, people.Schema, bulk.Schema, deals.Schema, views.Schema)
}

// as does something with views as a person, at SmallNow.
func as(ctx context.Context, o *testworld.SmallOrganization, p people.Person, deed func(*ledger.Writer, *people.Viewer) (views.View, error)) (made views.View, err error) {
	v := o.Viewer(p)
	err = ledger.Record(ctx, o.DB, ledger.By{Actor: string(p.ID), Via: ledger.ViaWeb, At: testworld.SmallNow}, func(w *ledger.Writer) (err error) {
		made, err = deed(w, v)
		return err
	})
	return made, err
}

func save(t *testing.T, o *testworld.SmallOrganization, p people.Person, name, query string, shared bool) views.View {
	t.Helper()
	made, err := as(t.Context(), o, p, func(w *ledger.Writer, v *people.Viewer) (views.View, error) {
		return views.Save(t.Context(), w, v, "deals", name, query, shared)
	})
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func mustAgree(t *testing.T, o *testworld.SmallOrganization) {
	t.Helper()
	differences, err := views.Check(t.Context(), o.DB, o.ID)
	if err != nil || len(differences) > 0 {
		t.Errorf("the tables differ from the ledger: %q, %v", differences, err)
	}
}

// What is shared is there for those below, for the sharer's own team and for its
// manager, and for nobody else.
func TestSharingReachesTheTeam(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization) {
		for _, c := range []struct {
			sharer people.Person
			seen   string
		}{
			{o.Ada, "Ada Ben Cleo Dan Eve Finn Gus Olga"},
			{o.Ben, "Ada Ben Cleo Dan Eve Olga"},
			{o.Dan, "Ben Dan Eve"},
			{o.Adam, "Adam"},
		} {
			view := save(t, o, c.sharer, "Mine", "stage=Proposal", true)
			var seen []string
			for _, p := range o.Everyone() {
				if _, err := views.Find(t.Context(), o.DB, o.Viewer(p), view.ID, testworld.SmallNow); err == nil {
					seen = append(seen, strings.Fields(p.Name)[0])
				} else if !problem.Is(err, problem.KindNotFound) {
					t.Error(err)
				}
			}
			if got := strings.Join(seen, " "); got != c.seen {
				t.Errorf("what %s shares is seen by %s, want %s", c.sharer.Name, got, c.seen)
			}
		}
		mustAgree(t, o)
	})
}

// Nobody changes a view of another's, however well they know its id; what one does
// not see cannot be one's default.
func TestOnlyTheOwnerChangesAView(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization) {
		shared, private := save(t, o, o.Ben, "Team", "stage=Proposal", true), save(t, o, o.Ben, "Private", "", false)
		for name, deed := range map[string]func(*ledger.Writer, *people.Viewer, views.ID) (views.View, error){
			"rename": func(w *ledger.Writer, v *people.Viewer, id views.ID) (views.View, error) {
				return views.Rename(t.Context(), w, v, id, "X")
			},
			"rewrite": func(w *ledger.Writer, v *people.Viewer, id views.ID) (views.View, error) {
				return views.Rewrite(t.Context(), w, v, id, "q=x")
			},
			"share": func(w *ledger.Writer, v *people.Viewer, id views.ID) (views.View, error) {
				return views.Share(t.Context(), w, v, id, false)
			},
			"delete": func(w *ledger.Writer, v *people.Viewer, id views.ID) (views.View, error) {
				return views.Delete(t.Context(), w, v, id)
			},
			"restore": func(w *ledger.Writer, v *people.Viewer, id views.ID) (views.View, error) {
				return views.Restore(t.Context(), w, v, id)
			},
		} {
			for _, p := range []people.Person{o.Dan, o.Ada, o.Olga, o.Adam} {
				if _, err := as(t.Context(), o, p, func(w *ledger.Writer, v *people.Viewer) (views.View, error) { return deed(w, v, shared.ID) }); !problem.Is(err, problem.KindNotFound) {
					t.Errorf("%s may %s a view of Ben's: %v", p.Name, name, err)
				}
			}
		}
		for id, may := range map[views.ID]bool{shared.ID: true, private.ID: false, "forged": false} {
			_, err := as(t.Context(), o, o.Dan, func(w *ledger.Writer, v *people.Viewer) (views.View, error) {
				return views.MakeDefault(t.Context(), w, v, id, true)
			})
			if may != (err == nil) {
				t.Errorf("a default of Dan's: %v, want allowed %t", err, may)
			}
		}
		mustAgree(t, o)
	})
}

func TestRefusalsSaySo(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization) {
		save(t, o, o.Dan, "  My   week ", "stage=Proposal", false)
		for _, c := range [][4]string{
			{"deals", "my week", "", "already"}, {"deals", " ", "", "find it by"}, {"deals", strings.Repeat("é", 61), "", "too long"},
			{"deals", "a", "q=" + strings.Repeat("x", 3000), "more than a view"}, {"deals", "a", "%zz", "not the address"}, {"cars", "a", "", "no list"},
		} {
			_, err := as(t.Context(), o, o.Dan, func(w *ledger.Writer, v *people.Viewer) (views.View, error) {
				return views.Save(t.Context(), w, v, c[0], c[1], c[2], false)
			})
			if p, ok := problem.Of(err); !ok || !strings.Contains(p.Sentence, c[3]) {
				t.Errorf("%.40q: %v, want words about %q", c, err, c[3])
			}
		}
		made := save(t, o, o.Eve, "my week", "sort=close&after=x&view=y&stage=&choose=columns", false)
		if made.Query != "sort=close" || !strings.HasSuffix(made.Path(), "/deals?sort=close&view="+string(made.ID)) {
			t.Errorf("kept %q, which is at %s", made.Query, made.Path())
		}
	})
}

// Whatever people do with views, one after another, the tables are what the ledger
// says.
func TestTablesFollowTheLedger(t *testing.T) {
	d := testdb.Open(t, db.SQLite, ledger.Schema, people.Schema, bulk.Schema, deals.Schema, views.Schema)
	o := testworld.Small(t, d)
	ctx := t.Context()
	rapid.Check(t, func(r *rapid.T) {
		var ids []views.ID
		for range rapid.IntRange(1, 25).Draw(r, "steps") {
			p := rapid.SampledFrom([]people.Person{o.Ben, o.Dan, o.Eve}).Draw(r, "who")
			id := views.ID("none")
			if len(ids) > 0 {
				id = rapid.SampledFrom(ids).Draw(r, "which")
			}
			name := rapid.StringMatching(`[a-d]{1,3}`).Draw(r, "name")
			flag := rapid.Bool().Draw(r, "flag")
			made, err := as(ctx, o, p, func(w *ledger.Writer, v *people.Viewer) (views.View, error) {
				switch rapid.IntRange(0, 6).Draw(r, "deed") {
				case 0:
					return views.Rename(ctx, w, v, id, name)
				case 1:
					return views.Rewrite(ctx, w, v, id, "q="+name)
				case 2:
					return views.Share(ctx, w, v, id, flag)
				case 3:
					return views.Delete(ctx, w, v, id)
				case 4:
					return views.Restore(ctx, w, v, id)
				case 5:
					return views.MakeDefault(ctx, w, v, id, flag)
				}
				return views.Save(ctx, w, v, "deals", name, "stage="+name, flag)
			})
			if _, refused := problem.Of(err); err != nil && !refused {
				r.Fatal(err)
			}
			if err == nil {
				ids = append(ids, made.ID)
			}
		}
		if differences, err := views.Check(ctx, o.DB, o.ID); err != nil || len(differences) > 0 {
			r.Fatalf("the tables differ from the ledger: %q, %v", differences, err)
		}
	})
}

// Two addresses that ask the same are the same view.
func TestCleanQueryIsSteady(t *testing.T) {
	a, _ := url.ParseQuery("stage=Proposal&owner=me&view=1&before=c")
	b, _ := url.ParseQuery("owner=me&stage=Proposal&q=&deleted=2")
	if views.CleanQuery(a) != views.CleanQuery(b) || views.CleanQuery(a) != "owner=me&stage=Proposal" {
		t.Errorf("%q and %q", views.CleanQuery(a), views.CleanQuery(b))
	}
}
