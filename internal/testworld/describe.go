package testworld

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"milepost/accounts"
	"milepost/calendar"
	"milepost/internal/ledger"
)

// describe tells what is known of accounts: their owners write it down when they have
// met someone there, and operations give each account its owner at the beginning of
// the month after.
func (w *world) describe() {
	rounds := w.rounds()
	at := map[int]int{} // how many accounts a round has come to
	for _, p := range w.deals {
		a := p.account
		if a.first != p || len(a.contacts) == 0 || !p.whale && !w.more.is(.85) {
			continue
		}
		told := w.time.nextWorking(a.contacts[0].met + w.more.IntN(8))
		round := 0
		for _, day := range rounds {
			if day > told && round == 0 {
				round = day
			}
		}
		if round == 0 {
			continue
		}
		w.tellOf(p, told)
		at[round]++
		w.setAccount(round, at[round], a, func() (string, string) { return "owner", string(w.keeper(p, round).id) })
	}
	w.inherit(at)
	w.relate()
}

// keeper is who looks after the account of a deal on a day.
func (w *world) keeper(p *plan, day int) *member {
	m := p.ownerThen(day)
	if m.name == goneName && day >= w.cast.monthDay(m.until) {
		return w.cast.byName[heirName]
	}
	return m
}

// rounds are the days on which operations go through the new accounts: the third
// working day of each month, and yesterday.
func (w *world) rounds() []int {
	var list []int
	for month := 1; ; month++ {
		day := w.cast.monthDay(month) + 2
		if day = w.time.nextWorking(day); day >= w.time.today-3 {
			break
		}
		list = append(list, day)
	}
	last := w.time.today - 1
	for !w.time.works(last) {
		last--
	}
	return append(list, last)
}

// tellOf writes down the details of an account. Its row follows when the account gets
// its owner, for the room reads them all from the ledger then.
func (w *world) tellOf(p *plan, day int) {
	a, m := p.account, p.ownerThen(day)
	at := w.hour(p, day)
	size := headcounts[p.segment.Name]
	people := w.more.between(size[0], size[1]) / size[2] * size[2]
	details := [][2]string{{"industry", a.industry()}, {"size", strconv.Itoa(people) + " people"},
		{"country", pick(w.more, countries[p.team.region])}}
	if w.more.is(.8) {
		details = append(details, [2]string{"website", "https://www." + a.domain()})
	}
	if p.whale {
		details = append(details, [2]string{"about", "Grocery chain with 214 sites. Quality and logistics drive the change; who decides on the money has never been at the table."})
	}
	ids := make([]string, len(details))
	for i := range ids {
		ids[i] = w.more.id(at)
	}
	w.add(happening{recorded: at, effective: at, actor: m.id, via: ledger.ViaWeb, about: []any{a},
		deed: func(_ context.Context, l *ledger.Writer) error {
			for i, d := range details {
				e := ledger.Entry{ID: ids[i], RecordedAt: at, EffectiveAt: at, Kind: accounts.AccountChanged, Subject: string(a.id)}
				if _, err := l.AddAs(e, accounts.Change{Field: d[0], To: d[1]}); err != nil {
					return err
				}
			}
			return nil
		}})
}

// setAccount has operations set one field of an account, the nth of a day.
func (w *world) setAccount(day, nth int, a *account, to func() (field, value string)) {
	at := w.time.at(day, 9*60+20) + calendar.Instant(nth*4000)
	w.add(happening{recorded: at, effective: at, actor: w.truth.Operations, via: ledger.ViaWeb, about: []any{a},
		deed: func(ctx context.Context, l *ledger.Writer) error {
			field, value := to()
			if _, err := accounts.Set(ctx, l, a.id, field, value, 0); err != nil {
				return fmt.Errorf("setting the %s of %s: %w", field, a.name, err)
			}
			return nil
		}})
}

// inherit gives the accounts of whoever left to whoever came.
func (w *world) inherit(at map[int]int) {
	left := w.cast.monthDay(w.cast.byName[goneName].until)
	day := w.time.nextWorking(left + 3)
	heir := w.cast.byName[heirName].id
	for _, p := range w.deals {
		if a := p.account; a.first == p && len(a.contacts) > 0 && a.contacts[0].met < left-45 && p.ownerThen(left-1).name == goneName {
			at[day]++
			w.setAccount(day, at[day], a, func() (string, string) { return "owner", string(heir) })
		}
	}
}

// industry is what an account does, by its name.
func (a *account) industry() string {
	for trade, industry := range industries {
		if strings.Contains(a.name, " "+trade) {
			return industry
		}
	}
	return "Food production"
}

// relate puts a few accounts under the groups to which they belong.
func (w *world) relate() {
	var groups []*plan
	under := map[*plan]int{}
	for i, p := range w.deals {
		if a := p.account; a.first != p || len(a.contacts) == 0 {
			continue
		}
		if (p.whale || strings.HasSuffix(p.account.name, " Food Group") || strings.HasSuffix(p.account.name, " Beverage Holdings")) && len(groups) < 14 {
			groups = append(groups, p)
			continue
		}
		for _, g := range groups {
			fits := g.team == p.team && strings.Contains("Food production Beverages Seafood Dairy Retail", p.account.industry())
			if !fits || p.segment.Name == "enterprise" || under[g] == 3 || !w.more.is(.06) {
				continue
			}
			under[g]++
			parent := g.account
			day := w.time.nextWorking(p.account.contacts[0].met + w.more.between(20, 60))
			if day < w.time.today {
				w.setAccount(day, 500+i%500, p.account, func() (string, string) { return "parent", string(parent.id) })
			}
			break
		}
	}
}
