package search

import (
	"context"
	"math"
	"strconv"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/people"
)

// Found is something that answers a query, as it is now.
type Found struct {
	Kind    Kind
	ID      string           `db:"id"`
	Number  int64            `db:"n"`
	Title   string           `db:"title"`
	Detail  string           `db:"detail"` // the account of a deal, of a contact; the title of a person
	Known   string           `db:"known"`  // what else it is known by as a whole, parted by commas
	Text    string           `db:"text"`   // where else the words may stand
	Owner   people.ID        `db:"owner_id"`
	Name    string           `db:"owner_name"`
	State   string           `db:"state"` // an outcome, "left"; empty while open, or there
	Touched int64            `db:"touched"`
	Day     calendar.Instant `db:"at"`         // of a note
	Account deals.AccountID  `db:"account_id"` // of an account, a contact
	stage   stage
}

// unbounded is beyond every number in the index.
const unbounded = math.MaxInt64

// belonging is what decides who may see something: the deal's owner, or the account's
// and those of its deals.
type belonging int

const (
	toAll belonging = iota
	toDeal
	toAccount
)

// columns say what is read of a kind, from e, the entry.
type columns struct {
	fields, joins string
	seen          belonging
}

// plain is what putting answers in order needs; whole is what is shown of them. For fifty
// notes, the first comes from their entries alone: to read each, and its deal, took longer
// than to find them. Whatever is shown is read whole, and whether the person may see it is
// decided by that.
var plain = map[Kind]columns{
	Deal: {`o.id, o.title, coalesce(o.external_id, '') as known, coalesce(o.owner_id, '') as owner_id,
			coalesce(o.outcome, '') as state, o.version as touched`, `
		join opportunities o on o.org_id = e.org_id and o.id = e.id`, toDeal},
	Note: {`e.id, e.owner_id, case when e.closed = 1 then 'closed' else '' end as state, e.touched`, "", toDeal},
	Account: {`a.id, a.id as account_id, a.name as title, coalesce(a.owner_id, '') as owner_id, e.n as touched`, `
		join accounts a on a.org_id = e.org_id and a.id = e.id and a.merged_into = ''`, toAccount},
	Contact: {`c.id, a.id as account_id, c.name as title, c.emails as known, coalesce(a.owner_id, '') as owner_id,
			case when c.left_on = '' then '' else 'left' end as state, c.version as touched`, `
		join contacts c on c.org_id = e.org_id and c.id = e.id and c.erased = 0
		join accounts a on a.org_id = e.org_id and a.id = c.account_id`, toAccount},
	Person: {`p.id, p.name as title, p.email as known, p.id as owner_id,
			case when p.left_at is null then '' else 'left' end as state, p.version as touched`, `
		join people p on p.org_id = e.org_id and p.id = e.id`, toAll},
}

var whole = map[Kind]columns{
	Deal: {`o.id, o.title, coalesce(a.name, '') as detail, coalesce(o.external_id, '') as known,
			coalesce(o.external_id, '') || ' ' || o.product || ' ' || o.segment || ' ' || o.source || ' ' || o.competitor || ' ' || o.reason as text,
			coalesce(o.owner_id, '') as owner_id, coalesce(p.name, '') as owner_name, coalesce(o.outcome, '') as state,
			o.version as touched, o.created_at as at`, `
		join opportunities o on o.org_id = e.org_id and o.id = e.id
		left join accounts a on a.org_id = e.org_id and a.id = o.account_id
		left join people p on p.org_id = e.org_id and p.id = o.owner_id`, toDeal},
	Note: {`t.id, o.title, coalesce(a.name, '') as detail, t.text, coalesce(o.owner_id, '') as owner_id,
			coalesce(p.name, '') as owner_name, coalesce(o.outcome, '') as state, t.version as touched, t.changed_at as at`, `
		join notes t on t.org_id = e.org_id and t.id = e.id and t.state = 'kept'
		join opportunities o on o.org_id = e.org_id and o.id = t.deal_id
		left join accounts a on a.org_id = e.org_id and a.id = o.account_id
		left join people p on p.org_id = e.org_id and p.id = t.author_id`, toDeal},
	Account: {`a.id, a.id as account_id, a.name as title, a.industry as detail,
			a.website || ' ' || a.phone || ' ' || a.country || ' ' || a.region || ' ' || a.about as text,
			coalesce(a.owner_id, '') as owner_id, coalesce(p.name, '') as owner_name, '' as state, e.n as touched, a.created_at as at`, `
		join accounts a on a.org_id = e.org_id and a.id = e.id and a.merged_into = ''
		left join people p on p.org_id = e.org_id and p.id = a.owner_id`, toAccount},
	Contact: {`c.id, a.id as account_id, c.name as title, a.name as detail, c.emails as known,
			c.title || ' ' || c.emails || ' ' || c.phones || ' ' || c.notes as text,
			coalesce(a.owner_id, '') as owner_id, '' as owner_name, case when c.left_on = '' then '' else 'left' end as state,
			c.version as touched, c.created_at as at`, `
		join contacts c on c.org_id = e.org_id and c.id = e.id and c.erased = 0
		join accounts a on a.org_id = e.org_id and a.id = c.account_id`, toAccount},
	Person: {`p.id, p.name as title, p.title as detail, p.email as known, p.email as text, p.id as owner_id, '' as owner_name,
			case when p.left_at is null then '' else 'left' end as state, p.version as touched, p.joined_at as at`, `
		join people p on p.org_id = e.org_id and p.id = e.id`, toAll},
}

// look lists the latest of a kind that match, with numbers below a bound, that the
// person may see, without the names that only who looks at them needs. Someone who sees
// the deals of very many is not narrowed down by the index: it takes longer to look for
// hundreds of owners than to leave out what little others own, reading on until enough
// is left.
func look(ctx context.Context, d *db.DB, s sight, k Kind, m db.Match, below int64, most int) ([]Found, error) {
	var list []Found
	for size := most; ; size *= 8 {
		numbers, err := s.numbers(ctx, d, k, m, below, size)
		if err != nil || len(numbers) == 0 {
			return list, err
		}
		more, err := s.read(ctx, d, k, plain, numbers)
		list = append(list, more...)
		if err != nil || len(list) >= most || len(numbers) < size {
			return list[:min(most, len(list))], err
		}
		below = numbers[len(numbers)-1]
	}
}

// numbers lists those of the latest of a kind that match, of what the index has for the
// person.
func (s sight) numbers(ctx context.Context, d *db.DB, k Kind, m db.Match, below int64, most int) ([]int64, error) {
	if m.IsNothing() {
		return nil, nil
	}
	return d.Latest(ctx, string(k), db.AllOf(m, s.narrow(d, k)), below, most)
}

// read reads what has one of the numbers, the highest first, and leaves out what the
// person may not see.
func (s sight) read(ctx context.Context, d *db.DB, k Kind, from map[Kind]columns, numbers []int64) ([]Found, error) {
	list, err := db.All[Found](ctx, d, `
		select e.n, `+from[k].fields+`
		from `+d.WantedNumbers(2)+` search_entries e on e.org_id = $1 and e.n = wanted.value`+from[k].joins+`
		order by e.n desc`, d.Org(), db.Numbers(numbers))
	if err != nil {
		return nil, err
	}
	for i := range list {
		list[i].Kind = k
	}
	return s.keep(ctx, d, from[k].seen, list)
}

// lately lists the deals of a person that were worked on last.
func lately(ctx context.Context, d *db.DB, me people.ID, most int) ([]Found, error) {
	list, err := db.All[Found](ctx, d, `
		select o.id, o.title, coalesce(a.name, '') as detail
		from opportunities o
		left join accounts a on a.org_id = o.org_id and a.id = o.account_id
		where o.org_id = $1 and o.owner_id = $2 and o.outcome is null
		order by o.version desc, o.id
		limit `+strconv.Itoa(most), d.Org(), me)
	for i := range list {
		list[i].Kind = Deal
	}
	return list, err
}
