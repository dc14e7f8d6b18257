package deals

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/money"
	"milepost/people"
)

// where gathers conditions and their arguments; a ? stands for the next argument.
type where struct {
	d     *db.DB
	parts []string
	args  []any
}

func (w *where) add(condition string, args ...any) {
	for _, arg := range args {
		w.args = append(w.args, arg)
		condition = strings.Replace(condition, "?", "$"+strconv.Itoa(len(w.args)), 1)
	}
	w.parts = append(w.parts, condition)
}

func (w *where) text() string { return strings.Join(w.parts, " and ") }

// manyOwners is from how many owners on a list is read in its own order and
// narrowed on the way, rather than gathered owner by owner and sorted.
const manyOwners = 60

// conditions are those of a filter on the table o.
func (q *query) conditions(d *db.DB) *where {
	w := &where{d: d}
	w.add("o.org_id = ?", q.Org)
	switch q.filter.Outcome {
	case "":
		w.add("o.outcome is null")
	case Everything:
	default:
		w.add("o.outcome is not null") // which the index on ended deals asks for
		w.add("o.outcome = ?", q.filter.Outcome)
	}
	q.ownerCondition(w)
	if q.filter.Stage != "" {
		w.add("o.stage = ?", q.filter.Stage)
	}
	q.periodCondition(w)
	q.competitorCondition(w)
	q.attributeCondition(w)
	q.stepCondition(w)
	q.groupCondition(w)
	if q.filter.Text != "" {
		like := "%" + likeEscapes.Replace(people.Key(q.filter.Text)) + "%"
		w.add(`(o.title_key like ? escape '\' or o.account_id in (
				select s.id from accounts s where s.org_id = $1 and s.name_key like ? escape '\'))`, like, like)
	}
	return w
}

var likeEscapes = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

func (q *query) ownerCondition(w *where) {
	switch {
	case q.everyone:
	case q.ownerless:
		w.add("o.owner_id is null")
	case len(q.owners) == 1:
		w.add("o.owner_id = ?", q.owners[0])
	default:
		w.args = append(w.args, db.List(q.owners))
		condition := w.d.OneOf("o.owner_id", len(w.args))
		if !q.few() { // looked up deal by deal, without the index by owner
			condition = "coalesce(o.owner_id, '') in (select m.id from people m where m.org_id = $1 and " + w.d.OneOf("m.id", len(w.args)) + ")"
		}
		w.parts = append(w.parts, condition)
	}
}

func (q *query) periodCondition(w *where) {
	switch {
	case q.filter.Period == "overdue":
		w.add("o.outcome is null and o.close_date < ?", q.now.Today())
	case q.filter.Period == "undated":
		w.add("o.outcome is null and o.close_date is null")
	case !q.bounded:
	case q.filter.Outcome == "":
		q.between(w, "o.close_date", q.from, q.until)
	case q.filter.Outcome == Everything:
		first, beyond := q.bounds()
		w.add("(o.outcome is null and o.close_date >= ? and o.close_date < ? or o.outcome is not null and o.closed_at >= ? and o.closed_at < ?)",
			q.from, orDate(q.until, "9999-12-31"), first, beyond)
	default:
		first, beyond := q.bounds()
		w.add("o.closed_at >= ? and o.closed_at < ?", first, beyond)
	}
}

func (q *query) between(w *where, column string, from, until calendar.Date) {
	if from != "" {
		w.add(column+" >= ?", from)
	}
	if until != "" {
		w.add(column+" < ?", until)
	}
}

// bounds are the instants at which the period begins and ends.
func (q *query) bounds() (first, beyond calendar.Instant) {
	first, beyond = -Ever, Ever
	if q.from != "" {
		first = q.from.Midnight(q.now.Place)
	}
	if q.until != "" {
		beyond = q.until.Midnight(q.now.Place)
	}
	return first, beyond
}

func orDate(d, otherwise calendar.Date) calendar.Date {
	if d == "" {
		return otherwise
	}
	return d
}

// joins is the table that an order needs beside the deals.
func (q *query) joins() string {
	if !strings.HasPrefix(q.order.column, "p.") {
		return ""
	}
	return `
		left join people p on p.org_id = o.org_id and p.id = o.owner_id`
}

const listedFields = `o.id, o.title, coalesce(a.name, '') as account_name, coalesce(o.owner_id, '') as owner_id,
	coalesce(p.name, '') as owner_name, o.amount_minor, coalesce(o.currency, '') as currency,
	coalesce(o.close_date, '') as close_date, o.stage, coalesce(o.stage_since, 0) as stage_since, o.created_at,
	coalesce(o.outcome, '') as outcome, coalesce(o.closed_at, 0) as closed_at, o.competitor, o.slips, o.source, o.segment, o.product, o.call_category,
	o.next_step, coalesce(o.next_due, '') as next_due, coalesce(o.last_activity_at, 0) as last_activity_at, cast(page.sort_value as text) as sort_key`

// listPart reads deals that have a value to be sorted by, or (null) those that have
// none, beyond a cursor. The place in the order is found in an index alone; only
// the deals of the page are then read whole.
func listPart(ctx context.Context, d *db.DB, q query, from cursor, null, reversed bool, most int) ([]Listed, error) {
	text, args := listText(d, q, from, null, reversed, most)
	return db.All[Listed](ctx, d, text, args...)
}

func listText(d *db.DB, q query, from cursor, null, reversed bool, most int) (string, []any) {
	w := q.conditions(d)
	direction, beyond := "asc", ">"
	if q.order.down() != reversed {
		direction, beyond = "desc", "<"
	}
	sorting := fmt.Sprintf("%s %s, o.id %s", q.sortColumn(), direction, direction)
	switch {
	case null:
		w.add(q.order.column + " is null")
		sorting = "o.id " + direction
		if from.id != "" {
			w.add("o.id "+beyond+" ?", from.id)
		}
	case from.id != "":
		w.add("("+q.order.column+", o.id) "+beyond+" (?, ?)", q.order.argument(from.value), from.id)
	case q.order.nullable:
		w.add(q.order.column + " is not null")
	}
	return `
		select ` + listedFields + `
		from (
			select o.id, ` + q.order.column + ` as sort_value
			from opportunities o` + q.joins() + `
			where ` + w.text() + `
			order by ` + sorting + `
			limit ` + strconv.Itoa(most) + `
		) page
		left join opportunities o on o.org_id = $1 and o.id = page.id
		left join accounts a on a.org_id = o.org_id and a.id = o.account_id
		left join people p on p.org_id = o.org_id and p.id = o.owner_id
		order by page.sort_value ` + direction + `, page.id ` + direction, w.args
}

// sortColumn is the column to sort by. The deals of a few owners are gathered by
// owner and sorted, not looked for among everyone's in the order of an index.
func (q *query) sortColumn() string {
	if q.few() && len(q.owners) > 1 {
		return unordered(q.order.column)
	}
	return q.order.column
}

// stageColumn is the stage to add up by; only the sums of many come in its order.
func (q *query) stageColumn() string {
	if q.few() || q.filter.Text != "" || q.filter.Step != "" || q.filter.Outcome != "" && q.filter.Outcome != Everything {
		return unordered("o.stage")
	}
	return "o.stage"
}

// few tells whether a few owners are asked for.
func (q *query) few() bool { return !q.everyone && len(q.owners) < manyOwners }

// unordered writes a column so that an index in its order is of no use for it.
func unordered(column string) string { return "coalesce(" + column + ", " + column + ")" }

// argument is a cursor's value as the column has it.
func (o order) argument(value string) any {
	if !o.number {
		return value
	}
	number, _ := strconv.ParseInt(value, 10, 64)
	return number
}

// tally is what the deals of one stage and currency come to.
type tally struct {
	Stage    string         `db:"stage"`
	Currency money.Currency `db:"currency"`
	Deals    int64          `db:"deals"`
	Minor    int64          `db:"minor"`
	Overdue  int64          `db:"overdue"`
	Undated  int64          `db:"undated"`
	Soon     int64          `db:"soon"` // expected to close in this fiscal quarter
	SoonSum  int64          `db:"soon_minor"`
}

// tallies counts and adds up what a filter finds, by stage and currency.
func tallies(ctx context.Context, d *db.DB, q query) ([]tally, error) {
	if q.filter.Text == "" || q.filter.Outcome != "" {
		text, args := tallyText(d, q, "")
		return db.All[tally](ctx, d, text, args...)
	}
	// Words are in no index. Open deals with a date, then those without one, are each
	// found in one, so that only their rows are read.
	var list []tally
	for _, part := range []string{"o.close_date is not null", "o.close_date is null"} {
		text, args := tallyText(d, q, part)
		found, err := db.All[tally](ctx, d, text, args...)
		if err != nil {
			return nil, err
		}
		list = append(list, found...)
	}
	return list, nil
}

func tallyText(d *db.DB, q query, part string) (string, []any) {
	w := q.conditions(d)
	if part != "" {
		w.add(part)
	}
	needs := "0 as overdue, 0 as undated, 0 as soon, 0 as soon_minor"
	if q.filter.Outcome == "" {
		n := len(w.args)
		w.args = append(w.args, q.now.Today(), q.quarter.From, q.quarter.Until)
		soon := fmt.Sprintf("o.close_date >= $%d and o.close_date < $%d", n+2, n+3)
		needs = fmt.Sprintf("sum(case when o.close_date < $%d then 1 else 0 end) as overdue,", n+1) + `
			sum(case when o.close_date is null then 1 else 0 end) as undated,
			sum(case when ` + soon + ` then 1 else 0 end) as soon,
			cast(coalesce(sum(case when ` + soon + ` then o.amount_minor end), 0) as bigint) as soon_minor`
	}
	q.order = order{} // no order, no join for it
	stage := q.stageColumn()
	return `
		select ` + stage + ` as stage, coalesce(o.currency, '') as currency, count(*) as deals,
			cast(coalesce(sum(o.amount_minor), 0) as bigint) as minor, ` + needs + `
		from opportunities o` + q.joins() + `
		where ` + w.text() + `
		group by ` + stage + `, o.currency`, w.args
}

// eachExported visits all that a filter finds, in the order of the filter; what has
// no value to be sorted by comes last.
func eachExported(ctx context.Context, d *db.DB, q query, visit func(*exported) error) error {
	w := q.conditions(d)
	direction := "asc"
	if q.order.down() {
		direction = "desc"
	}
	return db.Each(ctx, d, visit, `
		select o.id, coalesce(o.external_id, '') as external_id, o.title, coalesce(a.name, '') as account_name,
			coalesce(o.owner_id, '') as owner_id, coalesce(p.name, '') as owner_name, o.amount_minor,
			coalesce(o.currency, '') as currency, coalesce(o.close_date, '') as close_date, o.stage,
			coalesce(o.stage_since, 0) as stage_since, o.created_at, coalesce(o.outcome, '') as outcome,
			coalesce(o.closed_at, 0) as closed_at, o.competitor, o.reason, o.their_words, o.source, o.segment, o.product, o.call_category, o.slips,
			o.next_step, coalesce(o.next_due, '') as next_due,
			coalesce((
				select string_agg(c.name, '; ' order by c.name_key)
				from opportunity_competitors c
				where c.org_id = o.org_id and c.opportunity_id = o.id), '') as competitors,
			coalesce(o.last_activity_at, 0) as last_activity_at
		from opportunities o
		left join accounts a on a.org_id = o.org_id and a.id = o.account_id
		left join people p on p.org_id = o.org_id and p.id = o.owner_id
		where `+w.text()+`
		order by case when `+q.order.column+` is null then 1 else 0 end, `+q.order.column+` `+direction+`, o.id `+direction, w.args...)
}

// PipelineLine is what the open deals of one owner at one stage come to, in one
// currency; those without an amount have none.
type PipelineLine struct {
	Owner    people.ID      `db:"owner_id"`
	Stage    string         `db:"stage"`
	Currency money.Currency `db:"currency"`
	Deals    int64          `db:"deals"`
	Minor    int64          `db:"minor"`
}

// Pipeline adds up the open deals that a viewer sees, by owner and stage.
func Pipeline(ctx context.Context, d *db.DB, v *people.Viewer) ([]PipelineLine, error) {
	q := query{Org: v.Org}
	q.owners, q.everyone = v.Visible()
	w := q.conditions(d)
	return db.All[PipelineLine](ctx, d, `
		select coalesce(o.owner_id, '') as owner_id, o.stage, coalesce(o.currency, '') as currency, count(*) as deals,
			cast(coalesce(sum(o.amount_minor), 0) as bigint) as minor
		from opportunities o
		where `+w.text()+`
		group by o.owner_id, o.stage, o.currency
		order by o.owner_id, o.stage, o.currency`, w.args...)
}
