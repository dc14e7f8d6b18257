package search

import (
	"context"
	"math"
	"strconv"

	"milepost/calendar"
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
	Day     calendar.Instant `db:"at"` // of a note
	stage   stage
}

// unbounded is beyond every number in the index.
const unbounded = math.MaxInt64

// columns say what is read of a kind, from w, the numbers that matched, and e, the
// entry; seen is what decides who may see it: the deal's owner, or the account's and
// those of its deals.
type columns struct{ fields, joins, seen string }

var read = map[Kind]columns{
	Deal: {`o.id, o.title, coalesce(a.name, '') as detail, coalesce(o.external_id, '') as known,
			coalesce(o.external_id, '') || ' ' || o.product || ' ' || o.segment || ' ' || o.source || ' ' || o.competitor || ' ' || o.reason as text,
			coalesce(o.owner_id, '') as owner_id, coalesce(p.name, '') as owner_name, coalesce(o.outcome, '') as state,
			o.version as touched, o.created_at as at`, `
		join opportunities o on o.org_id = e.org_id and o.id = e.id
		left join accounts a on a.org_id = e.org_id and a.id = o.account_id
		left join people p on p.org_id = e.org_id and p.id = o.owner_id`, "deal"},
	Note: {`t.id, o.title, coalesce(a.name, '') as detail, t.text, coalesce(o.owner_id, '') as owner_id,
			coalesce(p.name, '') as owner_name, coalesce(o.outcome, '') as state, t.version as touched, t.changed_at as at`, `
		join notes t on t.org_id = e.org_id and t.id = e.id and t.state = 'kept'
		join opportunities o on o.org_id = e.org_id and o.id = t.deal_id
		left join accounts a on a.org_id = e.org_id and a.id = o.account_id
		left join people p on p.org_id = e.org_id and p.id = t.author_id`, "deal"},
	Account: {`a.id, a.name as title, a.industry as detail,
			a.website || ' ' || a.phone || ' ' || a.country || ' ' || a.region || ' ' || a.about as text,
			coalesce(a.owner_id, '') as owner_id, coalesce(p.name, '') as owner_name, '' as state, e.n as touched, a.created_at as at`, `
		join accounts a on a.org_id = e.org_id and a.id = e.id and a.merged_into = ''
		left join people p on p.org_id = e.org_id and p.id = a.owner_id`, "account"},
	Contact: {`c.id, c.name as title, a.name as detail, c.emails as known,
			c.title || ' ' || c.emails || ' ' || c.phones || ' ' || c.notes as text,
			coalesce(a.owner_id, '') as owner_id, '' as owner_name, case when c.left_on = '' then '' else 'left' end as state,
			c.version as touched, c.created_at as at`, `
		join contacts c on c.org_id = e.org_id and c.id = e.id and c.erased = 0
		join accounts a on a.org_id = e.org_id and a.id = c.account_id`, "account"},
	Person: {`p.id, p.name as title, p.title as detail, p.email as known, p.email as text, p.id as owner_id, '' as owner_name,
			case when p.left_at is null then '' else 'left' end as state, p.version as touched, p.joined_at as at`, `
		join people p on p.org_id = e.org_id and p.id = e.id`, ""},
}

// look reads the latest of a kind that match, with numbers below a bound, that the
// person may see. Someone who sees the deals of very many is not narrowed down by the
// index: it takes longer to look for hundreds of owners than to leave out what little
// others own, reading on until enough is left.
func look(ctx context.Context, d *db.DB, s sight, k Kind, m db.Match, below int64, most int) ([]Found, error) {
	if m.IsNothing() {
		return nil, nil
	}
	m = db.AllOf(m, s.narrow(k))
	for size := most; ; size *= 8 {
		list, err := s.read(ctx, d, k, m, below, size)
		if err != nil || len(list) >= most || !s.wide {
			return list[:min(most, len(list))], err
		}
		query, args := d.Matching(string(k), m, below, size)
		matching, err := db.All[int64](ctx, d, query, d.Afresh(args...)...)
		if err != nil || len(matching) < size {
			return list, err
		}
	}
}

// hasMore tells whether more than so many match, of what the index has for the person.
func (s sight) hasMore(ctx context.Context, d *db.DB, k Kind, m db.Match, most int) (bool, error) {
	query, args := d.Matching(string(k), db.AllOf(m, s.narrow(k)), unbounded, most+1)
	matching, err := db.All[int64](ctx, d, query, d.Afresh(args...)...)
	return len(matching) > most, err
}

// read reads what matches, the latest so many, and leaves out what the person may not
// see.
func (s sight) read(ctx context.Context, d *db.DB, k Kind, m db.Match, below int64, most int) ([]Found, error) {
	matching, args := d.Matching(string(k), m, below, most)
	arg := func(value string) int {
		args = append(args, value)
		return len(args)
	}
	from, org := read[k], "$"+strconv.Itoa(arg(string(d.Org())))
	query := `
		select w.n, ` + from.fields + `
		from (` + matching + `) w
		join search_entries e on e.org_id = ` + org + ` and e.n = w.n` + from.joins
	if !s.all && from.seen != "" {
		query += `
		where ` + s.seen(d, from.seen, arg(db.List(s.owners)))
	}
	list, err := db.All[Found](ctx, d, query+`
		order by w.n desc`, d.Afresh(args...)...)
	for i := range list {
		list[i].Kind = k
	}
	return list, err
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
