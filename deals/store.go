package deals

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/money"
	"milepost/people"
)

// row is an opportunity as the table holds it.
type row struct {
	ID             ID               `db:"id"`
	ExternalID     string           `db:"external_id"`
	Title          string           `db:"title"`
	Account        AccountID        `db:"account_id"`
	Owner          people.ID        `db:"owner_id"`
	AmountMinor    *int64           `db:"amount_minor"`
	Currency       money.Currency   `db:"currency"`
	CloseDate      calendar.Date    `db:"close_date"`
	Stage          string           `db:"stage"`
	StageSince     calendar.Instant `db:"stage_since"`
	Category       Category         `db:"call_category"`
	Process        string           `db:"process_id"`
	CreatedAt      calendar.Instant `db:"created_at"`
	Outcome        Outcome          `db:"outcome"`
	ClosedAt       calendar.Instant `db:"closed_at"`
	Competitor     string           `db:"competitor"`
	Reason         string           `db:"reason"`
	TheirWords     string           `db:"their_words"`
	NextStep       string           `db:"next_step"`
	NextDue        calendar.Date    `db:"next_due"`
	LastActivityAt calendar.Instant `db:"last_activity_at"`
	Activities     int64            `db:"activities"`
	Reopened       int64            `db:"reopened"`
	Slips          int64            `db:"slips"`
	Version        int64            `db:"version"`
}

const rowFields = `o.id, coalesce(o.external_id, '') as external_id, o.title, coalesce(o.account_id, '') as account_id,
	coalesce(o.owner_id, '') as owner_id, o.amount_minor, coalesce(o.currency, '') as currency,
	coalesce(o.close_date, '') as close_date, o.stage, coalesce(o.stage_since, 0) as stage_since, o.process_id, o.call_category, o.created_at,
	coalesce(o.outcome, '') as outcome, coalesce(o.closed_at, 0) as closed_at, o.competitor, o.reason, o.their_words,
	o.next_step, coalesce(o.next_due, '') as next_due,
	coalesce(o.last_activity_at, 0) as last_activity_at, o.activities, o.reopened, o.slips, o.version`

func (r row) opportunity() Opportunity {
	o := Opportunity{ID: r.ID, ExternalID: r.ExternalID, Title: r.Title, Account: r.Account, Owner: r.Owner,
		CloseDate: r.CloseDate, Stage: r.Stage, StageSince: r.StageSince, Process: r.Process, Category: r.Category, CreatedAt: r.CreatedAt, Outcome: r.Outcome,
		ClosedAt: r.ClosedAt, Competitor: r.Competitor, Reason: r.Reason, TheirWords: r.TheirWords,
		Next: NextStep{r.NextStep, r.NextDue}, LastActivityAt: r.LastActivityAt,
		Activities: r.Activities, Reopened: r.Reopened, Slips: r.Slips, Version: r.Version}
	if r.AmountMinor != nil {
		o.Amount = &money.Amount{Minor: *r.AmountMinor, Currency: r.Currency}
	}
	return o
}

var opportunityColumns = []string{"org_id", "id", "external_id", "title", "account_id", "owner_id", "amount_minor",
	"currency", "close_date", "stage", "stage_since", "source", "segment", "product", "created_at", "outcome",
	"closed_at", "competitor", "reason", "last_activity_at", "activities", "reopened", "slips", "version", "title_key", "process_id",
	"their_words", "call_category", "next_step", "next_due"}

// values are the columns of an opportunity, in the order of opportunityColumns.
func values(org db.Org, o *Opportunity) []any {
	var minor, currency any
	if o.Amount != nil {
		minor, currency = o.Amount.Minor, string(o.Amount.Currency)
	}
	return []any{string(org), string(o.ID), text(o.ExternalID), o.Title, text(o.Account), text(o.Owner), minor,
		currency, text(o.CloseDate), o.Stage, instant(o.StageSince), o.Attributes["source"], o.Attributes["segment"],
		o.Attributes["product"], int64(o.CreatedAt), text(o.Outcome), instant(o.ClosedAt), o.Competitor, o.Reason,
		instant(o.LastActivityAt), o.Activities, o.Reopened, o.Slips, o.Version, people.Key(o.Title), o.Process, o.TheirWords, string(o.Category),
		o.Next.Text, text(o.Next.Due)}
}

func text[T ~string](value T) any {
	if value == "" {
		return nil
	}
	return string(value)
}

func instant(at calendar.Instant) any {
	if at == 0 {
		return nil
	}
	return int64(at)
}

// insert writes new opportunities.
func insert(ctx context.Context, tx *db.DB, list []Opportunity) error {
	rows := make([][]any, len(list))
	var attributes, competitors [][]any
	for i := range list {
		rows[i] = values(tx.Org(), &list[i])
		attributes = append(attributes, attributeRows(tx.Org(), &list[i])...)
		competitors = append(competitors, competitorRows(tx.Org(), &list[i])...)
	}
	if err := tx.InsertMany(ctx, "opportunities", opportunityColumns, rows); err != nil {
		return err
	}
	if err := tx.InsertMany(ctx, "opportunity_attributes", attributeColumns, attributes); err != nil {
		return err
	}
	return tx.InsertMany(ctx, "opportunity_competitors", competitorColumns, competitors)
}

var attributeColumns = []string{"org_id", "opportunity_id", "name", "value"}

func attributeRows(org db.Org, o *Opportunity) [][]any {
	names := make([]string, 0, len(o.Attributes))
	for name := range o.Attributes {
		names = append(names, name)
	}
	slices.Sort(names)
	rows := make([][]any, len(names))
	for i, name := range names {
		rows[i] = []any{string(org), string(o.ID), name, o.Attributes[name]}
	}
	return rows
}

// besides are the rows that a deal has beside its own, where they changed.
type besides struct{ attributes, competitors bool }

// update writes an opportunity over its row; what it has beside only where it changed.
func update(ctx context.Context, tx *db.DB, o Opportunity, changed besides) error {
	if _, err := tx.Exec(ctx, updateText, values(tx.Org(), &o)...); err != nil {
		return err
	}
	if changed.competitors {
		if err := updateCompetitors(ctx, tx, &o); err != nil {
			return err
		}
	}
	if !changed.attributes {
		return nil
	}
	return updateAttributes(ctx, tx, &o)
}

func updateAttributes(ctx context.Context, tx *db.DB, o *Opportunity) error {
	if _, err := tx.Exec(ctx, `
		delete from opportunity_attributes
		where org_id = $1 and opportunity_id = $2`, tx.Org(), o.ID); err != nil {
		return err
	}
	return tx.InsertMany(ctx, "opportunity_attributes", attributeColumns, attributeRows(tx.Org(), o))
}

// updateText sets every column after the key, in the order of opportunityColumns.
var updateText = func() string {
	sets := make([]string, len(opportunityColumns)-2)
	for i, column := range opportunityColumns[2:] {
		sets[i] = fmt.Sprintf("%s = $%d", column, i+3)
	}
	return `update opportunities set ` + strings.Join(sets, ", ") + ` where org_id = $1 and id = $2`
}()

// Find reads one opportunity as it is now.
func Find(ctx context.Context, d *db.DB, org db.Org, id ID) (Opportunity, error) {
	found, err := db.One[row](ctx, d, `
		select `+rowFields+`
		from opportunities o
		where o.org_id = $1 and o.id = $2`, org, id)
	if err != nil {
		return Opportunity{}, err
	}
	o := found.opportunity()
	if o.Attributes, err = attributesOf(ctx, d, org, id); err != nil {
		return o, err
	}
	o.Competitors, err = competitorsOf(ctx, d, org, id)
	return o, err
}

type attribute struct {
	Name  string `db:"name"`
	Value string `db:"value"`
}

func attributesOf(ctx context.Context, d *db.DB, org db.Org, id ID) (map[string]string, error) {
	list, err := db.All[attribute](ctx, d, `
		select name, value
		from opportunity_attributes
		where org_id = $1 and opportunity_id = $2`, org, id)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	found := make(map[string]string, len(list))
	for _, a := range list {
		found[a.Name] = a.Value
	}
	return found, nil
}

type external struct {
	ID         ID     `db:"id"`
	ExternalID string `db:"external_id"`
}

// ByExternalID finds the opportunities that came from another system by their ids
// there.
func ByExternalID(ctx context.Context, d *db.DB, org db.Org, ids []string) (map[string]ID, error) {
	list, err := db.All[external](ctx, d, `
		select id, external_id
		from opportunities
		where org_id = $1 and external_id is not null and `+d.OneOf("external_id", 2), org, db.List(ids))
	found := make(map[string]ID, len(list))
	for _, e := range list {
		found[e.ExternalID] = e.ID
	}
	return found, err
}
