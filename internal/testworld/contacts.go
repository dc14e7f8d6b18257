package testworld

import (
	"context"
	"fmt"
	"strings"

	"milepost/accounts"
	"milepost/internal/ledger"
)

// acquaintance is someone at an account, and the part that they play by their title.
type acquaintance struct {
	accounts.Contact
	kind accounts.Role
	met  int // day on which they were written down
}

// acquaint draws who works at each account that has had a deal: whom one meets in the
// first days of the first deal. What began before the records is caught up on in the
// first weeks.
func (w *world) acquaint() {
	for _, p := range w.deals {
		a := p.account
		if a.first != nil {
			continue
		}
		a.first = p
		met := max(p.created+w.more.between(1, 4), w.time.opening+w.more.between(1, 20))
		if met = w.time.nextWorking(met); met >= w.time.today {
			continue
		}
		for _, kind := range w.company(p) {
			a.contacts = append(a.contacts, w.someone(p, kind, met))
		}
	}
}

// company are the parts of those whom one meets at an account. At the whale's nobody
// has met who could sign, and where the struggling rep sells hardly anybody has.
func (w *world) company(p *plan) []accounts.Role {
	if p.whale {
		return []accounts.Role{accounts.Champion, accounts.User, accounts.User, accounts.TechnicalEvaluator}
	}
	list := []accounts.Role{accounts.Champion, pick(w.more, []accounts.Role{accounts.User, accounts.User, accounts.TechnicalEvaluator})}
	signs := .78
	if p.owner().name == strugglingName {
		signs = .12
	}
	if w.more.is(signs) {
		list = append(list, accounts.EconomicBuyer)
	}
	if w.more.is(.35) {
		list = append(list, accounts.Legal)
	}
	return list
}

// someone draws a person with a name that nobody else at the account has.
func (w *world) someone(p *plan, kind accounts.Role, met int) *acquaintance {
	region := p.team.region
	c := &acquaintance{kind: kind, met: met}
	for c.Name == "" || p.account.knows(c.Name) {
		c.Name = pick(w.more, givenNames[region]) + " " + pick(w.more, familyNames[region])
	}
	c.Title = pick(w.more, cards[kind])
	c.Emails = strings.ReplaceAll(accounts.MatchKey(c.Name), " ", ".") + "@" + p.account.domain()
	c.Language = pick(w.more, tongues[region])
	if w.more.is(.6) {
		c.Phones = fmt.Sprintf("+%d 555 %02d %02d %02d", dialling[region], w.more.IntN(100), w.more.IntN(100), w.more.IntN(100))
	}
	c.ID = accounts.ContactID(w.more.id(w.time.at(met, 0)))
	return c
}

var dialling = map[string]int{"Nordics": 47, "Britain and Ireland": 44, "Benelux": 31, "Central Europe": 49, "Southern Europe": 34, "North America": 1}

func (a *account) knows(name string) bool {
	for _, c := range a.contacts {
		if c.Name == name {
			return true
		}
	}
	return false
}

// domain is the account's own, of those that belong to nobody.
func (a *account) domain() string {
	return strings.ReplaceAll(accounts.MatchKey(a.name), " ", "-") + ".example"
}

// meet records the contacts of every account, with the parts that they play in its
// first deal as far as one sees them at once.
func (w *world) meet() {
	for _, p := range w.deals {
		a := p.account
		if a.first != p || len(a.contacts) == 0 {
			continue
		}
		at := w.hour(p, a.contacts[0].met)
		h := happening{recorded: at, effective: at, actor: p.ownerThen(a.contacts[0].met).id, via: ledger.ViaWeb}
		for _, c := range a.contacts {
			h.about = append(h.about, c)
			if s := w.standing(p, c); s.Role == accounts.Champion || s.Role == accounts.User {
				c.Involved = []accounts.Involvement{{Deal: p.id, Standing: s}}
				h.row = p
			}
		}
		h.deed = func(ctx context.Context, l *ledger.Writer) error {
			list := make([]accounts.Contact, len(a.contacts))
			for i, c := range a.contacts {
				list[i] = c.Contact
				list[i].Account, list[i].CreatedAt = a.id, l.By.At
			}
			_, err := accounts.AddContacts(ctx, l, list...)
			return err
		}
		w.add(h)
	}
}
