package search_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"milepost/accounts"
	"milepost/activities"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld/testdb"
	"milepost/people"
	"milepost/search"
)

// TestMain draws fewer random organizations than rapid would, each of which is written
// to two databases; -rapid.checks asks for more.
func TestMain(m *testing.M) {
	flag.Parse()
	asked := false
	flag.Visit(func(f *flag.Flag) { asked = asked || f.Name == "rapid.checks" })
	if !asked {
		flag.Set("rapid.checks", "8")
	}
	os.Exit(m.Run())
}

// step is something that happens in a random organization; who and what are numbers,
// taken modulo of what there is then.
type step struct {
	What, Who, Deal int
	Text            string
}

var vocabulary = []string{"red", "redish", "Grün", "gruen", "stone", "O'Neil", "京都", "東", "🚢", "x", "ab", "abc", "OPP-7", "جاهز", "7", "and", "not"}

func drawText(t *rapid.T, label string) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(vocabulary), 1, 4).Draw(t, label), " ")
}

// noted is a note in a deal.
type noted struct{ id, deal string }

// random is a random organization in one database.
type random struct {
	t     *testing.T
	d     *db.DB
	org   people.Organization
	staff []people.Person
	deals []deals.ID
	notes []noted
	shut  map[deals.ID]bool
	at    calendar.Instant
}

func newRandom(t *testing.T, d *db.DB, org db.Org, size int) *random {
	r := &random{t: t, shut: map[deals.ID]bool{}, at: now - 1000*hour}
	founded, err := people.Found(t.Context(), d.Everywhere(), people.Organization{ID: org, Name: "Random", TimeZone: "UTC", FiscalStart: 1, Currency: "EUR", CreatedAt: r.at})
	if err != nil {
		t.Fatal(err)
	}
	r.org, r.d = founded, d.For(org)
	r.record(func(ctx context.Context, w *ledger.Writer) error {
		for i := range size {
			p, err := people.Join(ctx, w, people.Person{ID: people.ID(db.IDFrom(r.at, [10]byte{9: byte(i + 1)})), Name: fmt.Sprintf("%s Person%d", vocabulary[i%4], i)}, r.at)
			if err != nil {
				return err
			}
			role := []people.Role{people.Rep, people.Manager, people.Rep, people.Observer, people.Rep, people.Operations}[i%6]
			if err := people.Grant(ctx, w, p.ID, role); err != nil {
				return err
			}
			if i > 0 {
				if err := people.SetManager(ctx, w, p.ID, r.staff[(i-1)/2].ID, r.at); err != nil {
					return err
				}
			}
			r.staff = append(r.staff, p)
		}
		return nil
	})
	return r
}

func (r *random) record(work func(context.Context, *ledger.Writer) error) {
	r.t.Helper()
	r.at += hour
	if err := ledger.Record(r.t.Context(), r.d, ledger.By{Via: ledger.ViaAPI, At: r.at}, func(w *ledger.Writer) error { return work(r.t.Context(), w) }); err != nil {
		r.t.Fatal(err)
	}
}

func (r *random) take(s step) {
	r.t.Helper()
	if s.What > 0 && len(r.deals) == 0 {
		return
	}
	who := r.staff[s.Who%len(r.staff)]
	r.record(func(ctx context.Context, w *ledger.Writer) error {
		if s.What == 0 {
			account, err := deals.EnsureAccount(ctx, w, "Account "+vocabulary[s.Deal%6])
			if err != nil {
				return err
			}
			made, err := deals.Open(ctx, w, deals.Change{Kind: deals.Created, Fact: deals.Fact{Value: s.Text}}, deals.Change{Kind: deals.AccountSet, Fact: deals.Fact{Account: account}},
				deals.Change{Kind: deals.OwnerSet, Fact: deals.Fact{Person: who.ID}})
			r.deals = append(r.deals, made.ID)
			return err
		}
		deal := r.deals[s.Deal%len(r.deals)]
		switch s.What {
		case 1:
			_, err := deals.Record(ctx, w, deal, 0, deals.Change{Kind: deals.OwnerSet, Fact: deals.Fact{Person: who.ID}})
			return err
		case 2:
			_, err := deals.Record(ctx, w, deal, 0, deals.Change{Kind: deals.Retitled, Fact: deals.Fact{Value: s.Text}})
			return err
		case 3: // as an import writes it: into the ledger only
			id := db.NewID(r.at)
			r.notes = append(r.notes, noted{id, string(deal)})
			_, err := w.AddAs(ledger.Entry{ID: id, RecordedAt: r.at, EffectiveAt: r.at, Kind: activities.NoteWritten, Subject: id, Opportunity: string(deal)}, deals.Fact{Value: s.Text})
			return err
		case 4:
			account, err := deals.EnsureAccount(ctx, w, "Account "+vocabulary[s.Who%6])
			if err != nil {
				return err
			}
			_, err = accounts.Add(ctx, w, accounts.Contact{Account: account, Name: s.Text, Emails: fmt.Sprintf("c%d@x.example", s.Deal)})
			return err
		case 5:
			turn := deals.Change{Kind: deals.Closed, Fact: deals.Fact{Name: "won", Reason: "x"}}
			if r.shut[deal] {
				turn = deals.Change{Kind: deals.Reopened, Fact: deals.Fact{Reason: "x"}}
			}
			r.shut[deal] = !r.shut[deal]
			_, err := deals.Record(ctx, w, deal, 0, turn)
			return err
		case 6: // said again, put on top or taken away
			if len(r.notes) == 0 {
				return nil
			}
			n := r.notes[s.Deal%len(r.notes)]
			kind := []ledger.Kind{activities.NotePinned, activities.NoteUnpinned, activities.NoteWritten, activities.NoteRemoved}[s.Who%4]
			_, err := w.AddAs(ledger.Entry{ID: db.NewID(r.at), RecordedAt: r.at, EffectiveAt: r.at, Kind: kind, Subject: n.id, Opportunity: n.deal}, deals.Fact{Value: s.Text})
			return err
		}
		return people.SetManager(ctx, w, r.staff[len(r.staff)-1].ID, r.staff[s.Deal%(len(r.staff)-1)].ID, r.at)
	})
}

// truth is everything that answers a query for a person, found without an index: by
// reading all there is, and the owner of each deal.
func (r *random) truth(v *people.Viewer) map[string]bool {
	r.t.Helper()
	type row struct {
		ID    string    `db:"id"`
		Owner people.ID `db:"owner_id"`
	}
	may := map[string]bool{}
	for query, open := range map[string]bool{
		`select id, coalesce(owner_id, '') as owner_id from opportunities where org_id = $1`:                                                                                false,
		`select n.id, coalesce(o.owner_id, '') as owner_id from notes n join opportunities o on o.org_id = n.org_id and o.id = n.deal_id where n.org_id = $1`:               false,
		`select account_id as id, coalesce(owner_id, '') as owner_id from opportunities where org_id = $1 and account_id is not null`:                                       false,
		`select c.id, coalesce(o.owner_id, '') as owner_id from contacts c join opportunities o on o.org_id = c.org_id and o.account_id = c.account_id where c.org_id = $1`: false,
		`select id, '' as owner_id from people where org_id = $1`:                                                                                                           true,
	} {
		list, err := db.All[row](r.t.Context(), r.d, query, r.org.ID)
		if err != nil {
			r.t.Fatal(err)
		}
		for _, x := range list {
			may[x.ID] = may[x.ID] || open || v.Sees(x.Owner)
		}
	}
	if v.SeesEveryDeal() { // also what has no deal
		for _, table := range []string{"accounts", "contacts"} {
			ids, _ := db.All[string](r.t.Context(), r.d, `select id from `+table+` where org_id = $1`, r.org.ID)
			for _, id := range ids {
				may[id] = true
			}
		}
	}
	return may
}

// Whatever happened, nobody finds what they may not see, and both databases find the
// same. People, deals and notes are told apart by what they are called, since ids are
// drawn anew in each database.
func TestNobodyFindsWhatIsNotForThem(t *testing.T) {
	lite, post := testdb.Open(t, db.SQLite, allSchemas...), testdb.Open(t, db.Postgres, allSchemas...)
	runs := 0
	rapid.Check(t, func(rt *rapid.T) {
		runs++
		size := rapid.IntRange(2, 9).Draw(rt, "people")
		steps := rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) step {
			return step{rapid.SampledFrom([]int{0, 0, 0, 1, 2, 3, 3, 4, 5, 5, 6, 6, 7}).Draw(rt, "what"), rapid.IntRange(0, 20).Draw(rt, "who"), rapid.IntRange(0, 20).Draw(rt, "deal"), drawText(rt, "text")}
		}), 4, 25).Draw(rt, "steps")
		stop := rapid.IntRange(0, len(steps)).Draw(rt, "followed in the middle")
		queries := rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) string {
			text := drawText(rt, "query")
			return text[:rapid.SampledFrom([]int{len(text), len(text), (len(text) + 1) / 2}).Draw(rt, "typed")]
		}), 4, 10).Draw(rt, "queries")
		var found [2][]string
		for i, d := range []*db.DB{lite, post} {
			r := newRandom(t, d, db.Org(fmt.Sprintf("random %d", runs)), size)
			for n, s := range steps {
				if n == stop {
					r.follow()
				}
				r.take(s)
			}
			r.follow()
			r.sameStanding(rt)
			found[i] = r.look(rt, queries)
		}
		if !slices.Equal(found[0], found[1]) {
			rt.Fatalf("SQLite finds\n%q\nPostgreSQL\n%q", found[0], found[1])
		}
	})
}

// sameStanding fails when what notes are put in order by is not what is true of them.
func (r *random) sameStanding(rt *rapid.T) {
	type row struct {
		ID      string `db:"id"`
		Owner   string `db:"owner_id"`
		Closed  int64  `db:"closed"`
		Touched int64  `db:"touched"`
	}
	var lists [2][]row
	for i, query := range []string{`select id, owner_id, closed, touched from search_entries where org_id = $1 and kind = 'note' order by id`,
		`select t.id, coalesce(o.owner_id, '') as owner_id, case when o.outcome is null then 0 else 1 end as closed, t.version as touched
		from notes t join opportunities o on o.org_id = t.org_id and o.id = t.deal_id where t.org_id = $1 and t.state = 'kept' order by t.id`} {
		var err error
		if lists[i], err = db.All[row](r.t.Context(), r.d, query, r.org.ID); err != nil {
			rt.Fatal(err)
		}
	}
	if !slices.Equal(lists[0], lists[1]) {
		rt.Errorf("notes are put in order by\n%v, and are\n%v", lists[0], lists[1])
	}
}

func (r *random) follow() {
	r.t.Helper()
	if err := activities.CatchUp(r.t.Context(), r.d); err != nil {
		r.t.Fatal(err)
	}
	if err := search.CatchUp(r.t.Context(), r.d); err != nil {
		r.t.Fatal(err)
	}
}

// look is what everyone finds for some queries, none of it not for them.
func (r *random) look(rt *rapid.T, queries []string) []string {
	var all []string
	for i, p := range r.staff {
		v, err := people.LoadViewer(r.t.Context(), r.d, r.org.ID, p.ID, r.at)
		if err != nil {
			rt.Fatal(err)
		}
		may := r.truth(v)
		r.mustFindAll(rt, v)
		r.sameWhenWide(rt, v, queries)
		for _, typed := range queries {
			found, err := search.Everything(r.t.Context(), r.d, v, typed)
			if err != nil {
				rt.Fatalf("%q: %v", typed, err)
			}
			var list []string
			for _, f := range found {
				if !may[f.ID] {
					rt.Errorf("person %d finds the %s %q by %q, which is not for them", i, f.Kind, f.Title, typed)
				}
				list = append(list, string(f.Kind)+" "+f.Title)
			}
			slices.Sort(list)
			all = append(all, fmt.Sprintf("%d %q: %q", i, typed, list))
			r.sameAsSlowly(rt, v, typed, found, may)
		}
	}
	return all
}

// sameAsSlowly fails when someone finds anything else than one finds who goes through all
// there is, and leaves out what is not for them.
func (r *random) sameAsSlowly(rt *rapid.T, v *people.Viewer, typed string, found []search.Found, may map[string]bool) {
	want, err := search.Slowly(r.t.Context(), r.d, typed)
	if err != nil {
		rt.Fatal(err)
	}
	want = slices.DeleteFunc(want, func(id string) bool { return !may[id] })
	got := make([]string, len(found))
	for i, f := range found {
		got[i] = f.ID
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		rt.Errorf("%s finds by %q on %s\n%q, a plain reckoning\n%q", v.Name, typed, r.d.Kind(), got, want)
	}
}

// mustFindAll fails when someone does not find a deal of theirs by its whole title.
func (r *random) mustFindAll(rt *rapid.T, v *people.Viewer) {
	for _, id := range r.deals {
		o, err := deals.FindFor(r.t.Context(), r.d, v, id)
		if err != nil {
			continue // it is not for them
		}
		found, err := search.Everything(r.t.Context(), r.d, v, o.Title)
		if err != nil || !slices.ContainsFunc(found, func(f search.Found) bool { return f.ID == string(id) }) {
			rt.Errorf("%s does not find the deal %q (%v)", v.Name, o.Title, err)
		}
	}
}

// sameWhenWide fails when someone finds something else because the index does not
// narrow, as for those who see the deals of very many.
func (r *random) sameWhenWide(rt *rapid.T, v *people.Viewer, queries []string) {
	ids := func(found []search.Found, err error) string {
		list := make([]string, len(found))
		for i, f := range found {
			list[i] = f.ID
		}
		slices.Sort(list)
		return fmt.Sprint(list, err)
	}
	for _, typed := range queries {
		narrow := ids(search.Everything(r.t.Context(), r.d, v, typed))
		if got := ids(search.EverythingWide(r.t.Context(), r.d, v, typed)); got != narrow {
			rt.Errorf("%s finds by %q\n%s, and when nothing narrows\n%s", v.Name, typed, narrow, got)
		}
	}
}
