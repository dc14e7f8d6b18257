package triad

import (
	"context"
	"fmt"
	"strings"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/money"
	"milepost/people"
)

// tally is how many open deals of an owner stand at a level.
type tally struct {
	Owner people.ID `db:"owner_id"`
	Level int       `db:"level"`
	Deals int       `db:"deals"`
	Stale int       `db:"stale"` // of them, those in which something is to be asked again
}

// standing joins open deals with how they are qualified at an instant ($2).
const standing = `
		from opportunities o
		left join triad_spans s on s.org_id = o.org_id and s.deal_id = o.id and s.from_at <= $2 and s.until_at > $2
		where o.org_id = $1 and o.outcome is null`

// ownedBy narrows to some owners ($3), unless it is everyone.
func ownedBy(d *db.DB, all bool) string {
	if all {
		return ""
	}
	return " and " + d.OneOf("o.owner_id", 3)
}

func arguments(d *db.DB, at calendar.Instant, owners []people.ID, all bool) []any {
	args := []any{d.Org(), int64(at)}
	if !all {
		args = append(args, db.List(owners))
	}
	return args
}

func talliesOf(ctx context.Context, d *db.DB, owners []people.ID, all bool, at calendar.Instant) ([]tally, error) {
	list, err := db.All[tally](ctx, d, `
		select coalesce(o.owner_id, '') as owner_id, coalesce(s.level, -1) as level, count(*) as deals,
			sum(case when s.stale > 0 then 1 else 0 end) as stale`+standing+ownedBy(d, all)+`
		group by coalesce(o.owner_id, ''), coalesce(s.level, -1)`, arguments(d, at, owners, all)...)
	if err != nil {
		return nil, fmt.Errorf("counting how open deals are qualified: %w", err)
	}
	return list, nil
}

// listed is a line of the list of deals.
type listed struct {
	ID        deals.ID       `db:"id"`
	Title     string         `db:"title"`
	Owner     people.ID      `db:"owner_id"`
	Minor     *int64         `db:"amount_minor"`
	Currency  money.Currency `db:"currency"`
	CloseDate calendar.Date  `db:"close_date"`
	Level     int            `db:"level"`
	Stale     int            `db:"stale"`
}

// listOf lists open deals: those with old answers first, then the least qualified.
func listOf(ctx context.Context, d *db.DB, a *asking, owners []people.ID, all bool, at calendar.Instant, most int) ([]listed, error) {
	var where strings.Builder
	where.WriteString(standing + ownedBy(d, all))
	if a.Level != nil {
		fmt.Fprintf(&where, " and coalesce(s.level, -1) = %d", *a.Level)
	}
	if a.Stale {
		where.WriteString(" and s.stale > 0")
	}
	fmt.Fprintf(&where, `
		order by coalesce(s.stale, 0) desc, case when s.level is null then 9 else s.level end, coalesce(o.close_date, '9'), o.id
		limit %d offset %d`, most, a.Page*dealsShown)
	list, err := db.All[listed](ctx, d, `
		select o.id, o.title, coalesce(o.owner_id, '') as owner_id, o.amount_minor, coalesce(o.currency, '') as currency,
			coalesce(o.close_date, '') as close_date, coalesce(s.level, -1) as level, coalesce(s.stale, 0) as stale`+where.String(),
		arguments(d, at, owners, all)...)
	if err != nil {
		return nil, fmt.Errorf("listing how open deals are qualified: %w", err)
	}
	return list, nil
}
