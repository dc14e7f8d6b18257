package audits

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/money"
	"milepost/people"
	"milepost/process"
)

var auditColumns = []string{"id", "deal_id", "milestone_id", "name", "week", "place", "why", "rep_id", "claimed_at", "drawn_at",
	"result", "judged_at", "judged_by", "words", "turned", "version"}

func (a *Audit) values(org db.Org) []any {
	return []any{string(org), string(a.ID), string(a.Deal), string(a.Milestone), a.Name, string(a.Week), a.Place, a.Why, string(a.Rep), int64(a.ClaimedAt), int64(a.DrawnAt),
		string(a.Result), int64(a.JudgedAt), string(a.JudgedBy), a.Words, a.Turned, a.Version}
}

// settle makes the rows of deals what their entries come to.
func settle(ctx context.Context, tx *db.DB, audits map[deals.ID][]Audit) error {
	ids := slices.Sorted(maps.Keys(audits))
	if _, err := tx.Exec(ctx, `delete from audits where org_id = $1 and `+tx.OneOf("deal_id", 2), tx.Org(), db.List(ids)); err != nil {
		return fmt.Errorf("clearing audits: %w", err)
	}
	var rows [][]any
	for _, id := range ids {
		for i := range audits[id] {
			rows = append(rows, audits[id][i].values(tx.Org()))
		}
	}
	if err := tx.InsertMany(ctx, "audits", append([]string{"org_id"}, auditColumns...), rows); err != nil {
		return fmt.Errorf("writing audits: %w", err)
	}
	return nil
}

func find(ctx context.Context, d *db.DB, id ID) (Audit, error) {
	return db.One[Audit](ctx, d, `
		select `+strings.Join(auditColumns, ", ")+`
		from audits
		where org_id = $1 and id = $2`, d.Org(), id)
}

func allAudits(ctx context.Context, d *db.DB) ([]Audit, error) {
	return db.All[Audit](ctx, d, `
		select `+strings.Join(auditColumns, ", ")+`
		from audits
		where org_id = $1
		order by id`, d.Org())
}

// Week is a week that was drawn.
type Week struct {
	Week    calendar.Date    `db:"week"` // its Monday
	DrawnAt calendar.Instant `db:"drawn_at"`
	Claims  int64            `db:"claims"`
	Drawn   int64            `db:"drawn"`
	Version int64            `db:"version"`
}

func weeks(ctx context.Context, d *db.DB) ([]Week, error) {
	return db.All[Week](ctx, d, `
		select week, drawn_at, claims, drawn, version
		from audit_weeks
		where org_id = $1
		order by week`, d.Org())
}

func isDrawn(ctx context.Context, d *db.DB, week calendar.Date) (bool, error) {
	n, err := db.One[int64](ctx, d, `
		select count(*)
		from audit_weeks
		where org_id = $1 and week = $2`, d.Org(), week)
	return n > 0, err
}

func insertWeek(ctx context.Context, tx *db.DB, w Week) error {
	_, err := tx.Exec(ctx, `
		insert into audit_weeks (org_id, week, drawn_at, claims, drawn, version)
		values ($1, $2, $3, $4, $5, $6)`, tx.Org(), w.Week, int64(w.DrawnAt), w.Claims, w.Drawn, w.Version)
	return err
}

type claimRow struct {
	Deal      deals.ID            `db:"deal_id"`
	Milestone process.MilestoneID `db:"milestone_id"`
	Name      string              `db:"name"`
	Rep       people.ID           `db:"owner_id"`
	Minor     int64               `db:"minor"` // -1: not known
	Currency  money.Currency      `db:"currency"`
	ClaimedAt calendar.Instant    `db:"claimed_at"`
	Bare      int64               `db:"bare"`
}

// claims lists the claims of open deals that stand, that nobody confirmed, and that were
// not drawn since they were made.
func claims(ctx context.Context, d *db.DB) ([]Claim, error) {
	rows, err := db.All[claimRow](ctx, d, `
		select m.deal_id, m.milestone_id, m.name, o.owner_id, coalesce(o.amount_minor, -1) as minor, coalesce(o.currency, '') as currency, m.claimed_at,
			case when exists (select 1 from deal_milestones c where c.org_id = m.org_id and c.deal_id = m.deal_id and c.state = 'confirmed') then 0 else 1 end as bare
		from deal_milestones m
		join opportunities o on o.org_id = m.org_id and o.id = m.deal_id
		where m.org_id = $1 and m.state = 'claimed' and o.outcome is null and o.owner_id is not null
			and exists (select 1 from evidence e where e.org_id = m.org_id and e.deal_id = m.deal_id and e.milestone_id = m.milestone_id and e.ended_at = 0)
			and not exists (select 1 from audits a where a.org_id = m.org_id and a.deal_id = m.deal_id and a.milestone_id = m.milestone_id and a.claimed_at = m.claimed_at)
		order by m.deal_id, m.milestone_id`, d.Org())
	list := make([]Claim, len(rows))
	for i, r := range rows {
		list[i] = Claim{Deal: r.Deal, Milestone: r.Milestone, Name: r.Name, Rep: r.Rep, ClaimedAt: r.ClaimedAt, Bare: r.Bare == 1, Amount: amountOf(r.Minor, r.Currency)}
	}
	return list, err
}

func amountOf(minor int64, currency money.Currency) *money.Amount {
	if minor < 0 || currency == "" {
		return nil
	}
	return &money.Amount{Minor: minor, Currency: currency}
}
