package imports

import (
	"crypto/sha256"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/money"
	"milepost/people"
)

// maxNames bounds how many names are remembered from one batch to the next; names
// beyond it are looked up again.
const maxNames = 200_000

// names is what an import remembers of the people and accounts in its file. All
// maps go by people.Key.
type names struct {
	facts         int64
	people        map[string]people.ID
	accounts      map[string]deals.AccountID
	shared        map[string]bool // said already that several people have this name
	peopleSince   since
	accountsSince since
	currencies    map[money.Currency]int64
}

func newNames() names {
	return names{people: map[string]people.ID{}, accounts: map[string]deals.AccountID{}, shared: map[string]bool{},
		peopleSince: since{}, accountsSince: since{}, currencies: map[money.Currency]int64{}}
}

// since holds the earliest fact of a name in the file.
type since map[string]calendar.Instant

func (s since) note(key string, at calendar.Instant) {
	before, known := s[key]
	if known && at < before || !known && len(s) < maxNames {
		s[key] = at
	}
}

// from is the earliest fact of a name, at the latest the one at hand.
func (s since) from(key string, at calendar.Instant) calendar.Instant {
	if before, known := s[key]; known {
		return min(before, at)
	}
	return at
}

func (n *names) noteCurrency(code string) {
	in, err := money.ParseCurrency(code)
	if _, known := n.currencies[in]; err == nil && (known || len(n.currencies) < maxCurrencies) {
		n.currencies[in]++
	}
}

// commonest is the currency that most amounts of the file are in.
func (n *names) commonest() money.Currency {
	best := money.Currency("")
	for in, times := range n.currencies {
		if times > n.currencies[best] || times == n.currencies[best] && in < best {
			best = in
		}
	}
	if best == "" {
		return "EUR"
	}
	return best
}

// keep remembers names once the batch that found or made them is committed.
func (n *names) keep(p *plan) {
	if len(n.people)+len(n.accounts) > maxNames {
		clear(n.people)
		clear(n.accounts)
	}
	for key, id := range p.people {
		n.people[key] = id
	}
	for key, id := range p.accounts {
		n.accounts[key] = id
	}
}

// named makes the id of something that a file names, always the same one.
func named(what string, key string, at calendar.Instant) string {
	sum := sha256.Sum256([]byte(what + "\x00" + key))
	return db.IDFrom(at, [10]byte(sum[:10]))
}
