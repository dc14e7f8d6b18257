package deals

import (
	"fmt"
	"net/http"

	"milepost/calendar"
	"milepost/internal/web"
	"milepost/money"
	"milepost/people"
)

// exported is one line of an export: all that a deal is, as it is now.
type exported struct {
	Listed
	ExternalID string `db:"external_id"`
	Reason     string `db:"reason"`
	TheirWords string `db:"their_words"`
	Rivals     string `db:"competitors"`
}

var exportHeads = []string{"Deal", "Account", "Owner", "Stage", "Stage since", "Amount", "Currency", "Expected close",
	"Moved later", "Outcome", "Ended", "Lost to", "Reason", "Source", "Segment", "Product", "Opened", "Last activity",
	"Id", "External id", "In their words", "Competitors", "Called", "Next step", "Due"}

// exportCSV writes what the filter finds.
func (p *pages) exportCSV(w http.ResponseWriter, r *http.Request) error {
	ctx, v := r.Context(), people.ViewerFrom(r.Context())
	d, now := p.DB.For(v.Org), p.now(v)
	f, err := ReadFilter(r.URL.Query())
	if err != nil {
		return err
	}
	q, err := ask(ctx, d, v, f, now)
	if err != nil {
		return err
	}
	table := web.Download(w, "deals-"+string(now.Today()), exportHeads...)
	if err = eachExported(ctx, d, q, func(e *exported) error { return table.Row(e.cells(now)...) }); err != nil {
		return fmt.Errorf("exporting deals: %w", err)
	}
	return table.End()
}

func (e *exported) cells(now Now) []string {
	amount := ""
	if a := e.Amount(); a != nil {
		amount = a.Decimal()
	}
	moved := ""
	if e.Slips > 0 {
		moved = fmt.Sprint(e.Slips)
	}
	outcome := "open"
	if e.Outcome != "" {
		outcome = e.Outcome.Label()
	}
	return []string{e.Title, e.AccountName, e.OwnerName, e.Stage, now.day(e.StageSince), amount, string(currencyOf(e)),
		string(e.CloseDate), moved, outcome, now.day(e.ClosedAt), e.Competitor, e.Reason, e.Source, e.Segment, e.Product,
		now.day(e.CreatedAt), now.day(e.LastActivityAt), string(e.ID), e.ExternalID, e.TheirWords, e.Rivals, e.Category.Label(), e.NextStep, string(e.NextDue)}
}

func currencyOf(e *exported) money.Currency {
	if e.AmountMinor == nil {
		return ""
	}
	return e.Currency
}

// day is the date of an instant, empty for none.
func (n Now) day(at calendar.Instant) string {
	if at == 0 {
		return ""
	}
	return string(calendar.DateOf(at, n.Place))
}

// moment is an instant for reading.
func (n Now) moment(at calendar.Instant) string { return at.Moment(n.Place) }
