package accounts_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"milepost/accounts"
	"milepost/bulk"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld/pagetest"
	"milepost/internal/testworld/testdb"
	"milepost/people"
	"milepost/views"
)

// company is an organization drawn at random, with accounts, contacts and deals.
type company struct {
	d      *db.DB
	org    people.Organization
	people []people.Person
	roles  map[people.ID]people.Role
	deals  map[accounts.ID][]people.ID // who sells to whom
	owner  map[accounts.ID]people.ID
	all    []accounts.ID
	who    map[accounts.ID]accounts.ContactID
	opps   map[accounts.ID][]deals.ID
}

const begun = calendar.Instant(1_700_000_000_000)

func drawCompany(t *rapid.T, tb *testing.T, d *db.DB, number int) *company {
	ctx := tb.Context()
	c := &company{roles: map[people.ID]people.Role{}, deals: map[accounts.ID][]people.ID{}, owner: map[accounts.ID]people.ID{},
		who: map[accounts.ID]accounts.ContactID{}, opps: map[accounts.ID][]deals.ID{}}
	var err error
	if c.org, err = people.Found(ctx, d.Everywhere(), people.Organization{Name: fmt.Sprint("Company ", number), TimeZone: "UTC", FiscalStart: 1, Currency: "EUR", CreatedAt: begun}); err != nil {
		t.Fatal(err)
	}
	c.d = d.For(c.org.ID)
	work := func(by people.ID, do func(w *ledger.Writer) error) {
		if err := ledger.Record(ctx, c.d, ledger.By{Actor: string(by), Via: ledger.ViaWeb, At: begun + 1}, do); err != nil {
			t.Fatal(err)
		}
	}
	work("", func(w *ledger.Writer) error {
		for i := range rapid.IntRange(2, 7).Draw(t, "people") {
			p, err := people.Join(ctx, w, people.Person{Name: fmt.Sprint("Person ", i)}, begun)
			if err != nil {
				return err
			}
			role := rapid.SampledFrom([]people.Role{people.Rep, people.Rep, people.Manager, people.Operations, people.Observer, people.ResourceProvider}).Draw(t, "role")
			if err := people.Grant(ctx, w, p.ID, role); err != nil {
				return err
			}
			if i > 0 && rapid.Bool().Draw(t, "reports") {
				if err := people.SetManager(ctx, w, p.ID, c.people[rapid.IntRange(0, i-1).Draw(t, "manager")].ID, begun); err != nil {
					return err
				}
			}
			c.people, c.roles[p.ID] = append(c.people, p), role
		}
		return nil
	})
	for i := range rapid.IntRange(1, 5).Draw(t, "accounts") {
		maker := rapid.SampledFrom(c.people).Draw(t, "maker")
		a := accounts.Account{Name: fmt.Sprintf("SECRET%d of %d", i, number)}
		if rapid.Bool().Draw(t, "owned") {
			a.Owner = maker.ID
		}
		work(maker.ID, func(w *ledger.Writer) (err error) { a, err = accounts.Open(ctx, w, a); return err })
		c.all, c.owner[a.ID] = append(c.all, a.ID), a.Owner
		var contact accounts.Contact
		work(maker.ID, func(w *ledger.Writer) (err error) {
			contact, err = accounts.Add(ctx, w, accounts.Contact{Account: a.ID, Name: fmt.Sprintf("PERSON%d", i), Emails: fmt.Sprintf("p%d@secret%d.example", i, i)})
			return err
		})
		c.who[a.ID] = contact.ID
		for range rapid.IntRange(0, 3).Draw(t, "deals") {
			seller := rapid.SampledFrom(c.people).Draw(t, "seller")
			work(seller.ID, func(w *ledger.Writer) error {
				o, err := deals.Open(ctx, w, deals.Change{Kind: deals.Created, Fact: deals.Fact{Value: fmt.Sprintf("DEAL%d", i)}},
					deals.Change{Kind: deals.AccountSet, Fact: deals.Fact{Account: a.ID, Value: a.Name}},
					deals.Change{Kind: deals.OwnerSet, Fact: deals.Fact{Person: seller.ID, Value: seller.Name}})
				c.opps[a.ID] = append(c.opps[a.ID], o.ID)
				return err
			})
			c.deals[a.ID] = append(c.deals[a.ID], seller.ID)
		}
	}
	return c
}

// may tells, by the reporting line and nothing else, whether someone sees an account.
func (c *company) may(v *people.Viewer, id accounts.ID) bool {
	for _, owner := range append([]people.ID{c.owner[id]}, c.deals[id]...) {
		if v.Sees(owner) {
			return true
		}
	}
	return false
}

// Whoever may not see an account gets nothing of it, by any route; whoever may gets
// the page. Two organizations in one database never meet.
func TestNobodySeesWhatIsNotTheirs(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		number := 0
		other := (*company)(nil)
		rapid.Check(t, func(rt *rapid.T) {
			number++
			c := drawCompany(rt, t, d, number)
			pages := site(d, c.org.ID, calendar.Stopped(begun+1000))
			for _, p := range c.people {
				v, err := people.LoadViewer(t.Context(), d, c.org.ID, p.ID, begun+1000)
				if err != nil {
					rt.Fatal(err)
				}
				c.look(rt, t, pages, p, v)
				if other != nil && !v.SeesNoDeals() {
					for _, id := range other.all {
						if code := pagetest.At(t, pages, p.ID).Get("/accounts/" + string(id)).Code; code != http.StatusNotFound {
							rt.Fatalf("an account of another company answers %d", code)
						}
					}
				}
			}
			other = c
		})
	}, ledger.Schema, people.Schema, views.Schema, bulk.Schema, deals.Schema, accounts.Schema)
}

func (c *company) look(rt *rapid.T, t *testing.T, pages http.Handler, p people.Person, v *people.Viewer) {
	at := pagetest.At(t, pages, p.ID)
	lists := at.Get("/accounts").Body.String() + at.Get("/contacts").Body.String() + at.Get("/accounts.csv").Body.String() +
		at.Get("/contacts.csv").Body.String() + at.Get("/accounts/names?value=SECRET").Body.String() + at.Get("/accounts?owner=none").Body.String()
	for i, id := range c.all {
		name, who, contact := fmt.Sprintf("SECRET%d of", i), fmt.Sprintf("PERSON%d", i), string(c.who[id])
		may := c.may(v, id)
		if shown := strings.Contains(lists, name) || strings.Contains(lists, who); shown != may {
			rt.Fatalf("%s (%s): the lists show %s: %v, want %v", p.Name, c.roles[p.ID], name, shown, may)
		}
		paths := []string{"/accounts/" + string(id), "/contacts/" + contact}
		for _, base := range paths {
			for _, path := range []string{base, base + "/history", base + "/edit?field=name", base + "/value?field=name", base + "/merge", base + "/erase"} {
				got := at.Get(path)
				if !may && (got.Code < 400 || strings.Contains(got.Body.String(), "SECRET") || strings.Contains(got.Body.String(), "PERSON")) {
					rt.Fatalf("%s (%s) gets %s: %d", p.Name, c.roles[p.ID], path, got.Code)
				}
				if may && got.Code >= 500 || may && path == base && got.Code != 200 {
					rt.Fatalf("%s (%s) does not get %s: %d", p.Name, c.roles[p.ID], path, got.Code)
				}
			}
			if got := at.Post(base+"/edit", "field", "name", "version", "0", "value", "Taken"); !may && got.Code < 400 {
				rt.Fatalf("%s (%s) changed %s: %d", p.Name, c.roles[p.ID], base, got.Code)
			} else if may && got.Code < 400 {
				back := strings.TrimSuffix(map[string]string{paths[0]: fmt.Sprintf("SECRET%d of it", i), paths[1]: who}[base], "")
				at.Post(base+"/edit", "field", "name", "version", "9999999", "value", back)
			}
		}
		for _, typed := range []string{"/contacts/similar?emails=" + fmt.Sprintf("p%d@secret%d.example", i, i), "/accounts/similar?name=SECRET"} {
			if got := at.Get(typed).Body.String(); !may && (strings.Contains(got, who) || strings.Contains(got, string(id)) || strings.Contains(got, name)) {
				rt.Fatalf("%s (%s) learns more than that it exists: %s", p.Name, c.roles[p.ID], got)
			}
		}
		for j, deal := range c.opps[id] {
			got := at.Get("/accounts/deals/" + string(deal) + "/panel")
			if sees := v.Sees(c.deals[id][j]); sees != (got.Code == 200) {
				rt.Fatalf("%s (%s): the panel of a deal answers %d", p.Name, c.roles[p.ID], got.Code)
			}
		}
	}
}
