package imports

import (
	"context"
	"fmt"
	"strings"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
)

// mention is a name that a batch uses and that is not known from batches before.
type mention struct {
	key, name string
	at        calendar.Instant
}

// mentions lists the unknown names of facts of a kind, in the order in which they
// come, each at its earliest fact in the batch.
func mentions(p *plan, k kind, known func(key string) bool) []mention {
	var list []mention
	place := map[string]int{}
	for n := range p.deals {
		for m := range p.deals[n].facts {
			f := &p.deals[n].facts[m]
			if f.kind != k {
				continue
			}
			key := people.Key(f.name)
			if known(key) {
				continue
			}
			at, listed := place[key]
			if !listed {
				place[key] = len(list)
				list = append(list, mention{key, strings.Join(strings.Fields(f.name), " "), f.at})
			} else if f.at < list[at].at {
				list[at].at = f.at
			}
		}
	}
	return list
}

// resolveAccounts finds the accounts that a plan names, or makes them.
func (i *Import) resolveAccounts(ctx context.Context, w *ledger.Writer, p *plan) error {
	unknown := mentions(p, account, func(key string) bool { return i.names.accounts[key] != "" })
	if len(unknown) == 0 {
		return nil
	}
	wanted := make([]deals.Account, len(unknown))
	for n, m := range unknown {
		from := i.names.accountsSince.from(m.key, m.at)
		wanted[n] = deals.Account{ID: deals.AccountID(named("account", m.key, from)), Name: m.name, CreatedAt: from}
	}
	found, made, err := deals.EnsureAll(ctx, w, wanted)
	p.accounts, p.madeAccounts = found, int64(made)
	return err
}

// resolvePeople finds the people whom a plan names, or lets them join: as reps, and
// without a way to sign in until an administrator invites them.
func (i *Import) resolvePeople(ctx context.Context, w *ledger.Writer, p *plan) error {
	unknown := mentions(p, owner, func(key string) bool { return i.names.people[key] != "" })
	if len(unknown) == 0 {
		return nil
	}
	list := make([]string, len(unknown))
	for n, m := range unknown {
		list[n] = m.name
	}
	found, err := people.Named(ctx, w.DB, w.DB.Org(), list)
	if err != nil {
		return fmt.Errorf("looking for people by name: %w", err)
	}
	for _, person := range found { // who joined first comes first
		key := people.Key(person.Name)
		if p.people[key] != "" {
			p.shared = append(p.shared, person.Name)
			continue
		}
		p.people[key] = person.ID
	}
	for _, m := range unknown {
		if p.people[m.key] != "" {
			continue
		}
		if err := i.join(ctx, w, p, m); err != nil {
			return fmt.Errorf("letting %s join: %w", m.name, err)
		}
	}
	return nil
}

// join makes a person of a name. One who is there under this name's id, and was
// renamed since, is that person.
func (i *Import) join(ctx context.Context, w *ledger.Writer, p *plan, m mention) error {
	from := i.names.peopleSince.from(m.key, m.at)
	id := people.ID(named("person", m.key, from))
	p.people[m.key] = id
	_, err := people.PersonOf(ctx, w.DB, w.DB.Org(), id)
	if !problem.Is(err, problem.KindNotFound) {
		return err
	}
	if _, err := people.Join(ctx, w, people.Person{ID: id, Name: m.name, Imported: true}, from); err != nil {
		return err
	}
	p.madePeople++
	return people.Grant(ctx, w, id, people.Rep)
}

func (i *Import) personOf(p *plan, name string) people.ID {
	key := people.Key(name)
	if id := i.names.people[key]; id != "" {
		return id
	}
	return p.people[key]
}

func (i *Import) accountOf(p *plan, name string) deals.AccountID {
	key := deals.AccountKey(name)
	if id := i.names.accounts[key]; id != "" {
		return id
	}
	return p.accounts[key]
}
