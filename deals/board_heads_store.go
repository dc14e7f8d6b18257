package deals

import (
	"context"
	"strconv"
	"strings"

	"milepost/internal/db"
)

// mostHeads is for how many stages the first deals are looked up stage by stage.
const mostHeads = 20

// inOrder tells whether an index holds the deals of each stage in the order of the
// board, so that reading the first of them reads no others. Those of a few owners are
// gathered by owner, and words are in no index.
func (b Board) inOrder(stages int) bool {
	return b.q.order.column == "o.close_date" && !b.q.few() && b.q.filter.Text == "" && stages > 0 && stages <= mostHeads
}

// heads lists the first deals of each stage: those with a value to be sorted by, then,
// where they do not fill the column, those without.
func (b Board) heads(ctx context.Context, stages []string, most int) ([]BoardCard, error) {
	text, args := b.headsText(stages, most)
	list, err := db.All[BoardCard](ctx, b.d, text, args...)
	var heads []BoardCard
	taken := map[string]int{}
	for _, one := range list {
		if taken[one.Stage] < most {
			taken[one.Stage]++
			heads = append(heads, one)
		}
	}
	return heads, err
}

// cardFields are what listedFields asks of a deal.
const cardFields = `o.org_id, o.id, o.title, o.account_id, o.owner_id, o.amount_minor, o.currency, o.close_date, o.stage,
					o.stage_since, o.created_at, o.outcome, o.closed_at, o.competitor, o.slips, o.source, o.segment, o.product,
					o.call_category, o.last_activity_at, o.version, o.process_id, o.next_due, o.next_step`

// headsText reads rows where it finds them. To find ids and look the rows up by them is
// as quick once a database knows how many rows a table has; before, PostgreSQL goes
// through all of them for each id.
func (b Board) headsText(stages []string, most int) (string, []any) {
	column, direction := b.q.order.column, "asc"
	if b.q.order.down() {
		direction = "desc"
	}
	w := b.q.conditions(b.d)
	var parts []string
	for _, stage := range stages {
		w.args = append(w.args, stage)
		for place, has := range []string{"is not null", "is null"} {
			parts = append(parts, `
			select part.*, `+strconv.Itoa(place)+` as place
			from (
				select `+cardFields+`, `+column+` as sort_value
				from opportunities o
				where `+w.text()+` and o.stage = $`+strconv.Itoa(len(w.args))+` and `+column+` `+has+`
				order by `+column+` `+direction+`, o.id `+direction+`
				limit `+strconv.Itoa(most)+`) part`)
		}
	}
	return `
		select ` + strings.ReplaceAll(listedFields, "page.", "o.") + `, o.version, o.process_id
		from (` + strings.Join(parts, `
			union all`) + `
		) o
		left join accounts a on a.org_id = o.org_id and a.id = o.account_id
		left join people p on p.org_id = o.org_id and p.id = o.owner_id
		order by o.stage, o.place, o.sort_value ` + direction + `, o.id ` + direction, w.args
}
