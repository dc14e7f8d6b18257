package activities

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/people"
)

// Listed is an activity with the words that a list needs.
type Listed struct {
	Activity
	Title   string `db:"title"`
	Account string `db:"account"`
}

// query is a filter for a viewer, ready to be asked.
type query struct {
	from, until calendar.Instant
	persons     []people.ID // who did it; none means anyone
	owners      []people.ID // of the deals that the viewer sees
	everything  bool        // the viewer sees every deal
	kind        string
	deal        deals.ID
	text        string
	state       State
	oldest      bool
	group, in   string // how they are grouped, and the group that is open
}

// condition gathers a where clause and its arguments.
type condition struct {
	text strings.Builder
	args []any
}

// and adds a term in which each %d stands for the next argument.
func (c *condition) and(term string, args ...any) {
	places := make([]any, len(args))
	for i := range args {
		places[i] = len(c.args) + i + 1
	}
	c.args = append(c.args, args...)
	c.text.WriteString("\n\t\t\tand ")
	fmt.Fprintf(&c.text, term, places...)
}

// oneOf adds that a column is one of some people.
func (c *condition) oneOf(d *db.DB, column string, list []people.ID) {
	c.args = append(c.args, db.List(list))
	c.text.WriteString("\n\t\t\tand " + d.OneOf(column, len(c.args)))
}

// condition is what holds for every activity of the query, read from activities
// alone. One person, or one owner, has an index in the order of the list. For several
// the list is walked by time: the empty text keeps the planner from gathering and
// sorting all that several people ever did.
func (q query) condition(d *db.DB) *condition {
	c := &condition{args: []any{d.Org(), q.state}}
	if q.from != 0 {
		c.and("a.at >= $%d", q.from)
	}
	if q.until != 0 {
		c.and("a.at < $%d", q.until)
	}
	switch {
	case q.deal != "":
		c.and("a.deal_id = $%d", q.deal)
	case len(q.persons) == 1:
		c.and("a.person_id = $%d", q.persons[0])
	}
	if len(q.persons) > 1 {
		c.oneOf(d, "(a.person_id || '')", q.persons)
	}
	switch {
	case q.everything:
	case len(q.owners) == 1 && len(q.persons) != 1:
		c.and("a.owner_id = $%d", q.owners[0])
	default:
		c.oneOf(d, "(a.owner_id || '')", q.owners)
	}
	if q.kind != "" {
		c.and("a.type = $%d", q.kind)
	}
	if q.text != "" {
		like := "%" + escapeLike(strings.ToLower(q.text)) + "%"
		c.and(`(lower(a.text) like $%[1]d escape '\' or lower(a.outcome) like $%[1]d escape '\')`, like)
	}
	return c
}

func escapeLike(text string) string {
	return strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(text)
}

const listFields = `a.id, a.deal_id, a.owner_id, a.person_id, a.type, a.state, a.at, a.minutes, a.participants, a.text,
		a.outcome, a.via, a.recorded_at, a.version, o.title, coalesce(c.name, '') as account`

// seen adds that the deal is the viewer's to see by its own row: the copy of its
// owner beside the activity may be a moment behind.
func (q query) seen(d *db.DB, c *condition) {
	if !q.everything {
		c.oneOf(d, "(o.owner_id || '')", q.owners) // not to begin with the deals
	}
}

// listed reads a page: the activities after a place, or, backwards, those before it.
func listed(ctx context.Context, d *db.DB, q query, place *cursor, backwards bool, most int) ([]Listed, error) {
	var list []Listed
	err := eachListed(ctx, d, q, place, backwards, most, func(l *Listed) error {
		list = append(list, *l)
		return nil
	})
	if backwards {
		slices.Reverse(list)
	}
	return list, err
}

// eachListed visits the activities of a query in its order; most 0 means all.
func eachListed(ctx context.Context, d *db.DB, q query, place *cursor, backwards bool, most int, visit func(*Listed) error) error {
	c := q.condition(d)
	q.seen(d, c)
	q.inGroup(c)
	ascending := q.oldest != backwards
	order, sign := "a.at desc, a.id desc", "<"
	if ascending {
		order, sign = "a.at, a.id", ">"
	}
	if place != nil {
		// The first term lets the index begin at the place.
		c.and("a.at "+sign+"= $%[1]d and (a.at "+sign+" $%[1]d or a.id "+sign+" $%[2]d)", place.at, place.id)
	}
	limit := ""
	if most > 0 {
		c.args = append(c.args, most)
		limit = fmt.Sprintf("\n\t\tlimit $%d", len(c.args))
	}
	return db.Each(ctx, d, visit, `
		select `+listFields+`
		from activities a
		join opportunities o on o.org_id = a.org_id and o.id = a.deal_id
		left join accounts c on c.org_id = o.org_id and c.id = o.account_id
		where a.org_id = $1 and a.state = $2`+c.text.String()+`
		order by `+order+limit, c.args...)
}

// tally is how many activities of a type a person did.
type tally struct {
	Type   string    `db:"type"`
	Person people.ID `db:"person_id"`
	Count  int64     `db:"n"`
}

// tallied counts a query by type and person. Where the tables are not up to the
// ledger the deals' own rows decide who sees what.
func tallied(ctx context.Context, d *db.DB, q query, fresh bool) ([]tally, error) {
	c, join := q.condition(d), ""
	if !fresh || q.in != "" {
		join = `
		join opportunities o on o.org_id = a.org_id and o.id = a.deal_id`
		q.seen(d, c)
		q.inGroup(c)
	}
	return db.All[tally](ctx, d, `
		select a.type, a.person_id, count(*) as n
		from activities a`+join+`
		where a.org_id = $1 and a.state = $2`+c.text.String()+`
		group by a.type, a.person_id`, c.args...)
}
