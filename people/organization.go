package people

import (
	"context"
	"strings"
	"time"
	"unicode"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/money"
	"milepost/problem"
)

// Organization is one company: the tenant. No query ever crosses it.
type Organization struct {
	ID            db.Org           `db:"org_id"`
	Name          string           `db:"name"`
	TimeZone      string           `db:"time_zone"`    // IANA name
	FiscalStart   int              `db:"fiscal_start"` // month, 1 to 12
	Currency      money.Currency   `db:"currency"`
	Demonstration bool             `db:"demonstration"`
	CreatedAt     calendar.Instant `db:"created_at"`
}

// Place is the organization's time zone.
func (o Organization) Place() *time.Location {
	place, err := calendar.LoadPlace(o.TimeZone)
	if err != nil { // was checked when it was set
		return time.UTC
	}
	return place
}

// Fiscal is the organization's fiscal year.
func (o Organization) Fiscal() calendar.Fiscal {
	return calendar.Fiscal{Start: time.Month(o.FiscalStart)}
}

// check refuses what an organization cannot be.
func (o Organization) check() error {
	var wrong []error
	if o.Name == "" || len(o.Name) > 200 {
		wrong = append(wrong, problem.Invalid("name", "Give the organization a name of up to 200 letters."))
	}
	if _, err := calendar.LoadPlace(o.TimeZone); err != nil {
		wrong = append(wrong, problem.Invalid("time_zone", "The time zone is not known: %v.", err))
	}
	if o.FiscalStart < 1 || o.FiscalStart > 12 {
		wrong = append(wrong, problem.Invalid("fiscal_start", "The fiscal year starts in a month, January to December."))
	}
	if _, err := money.ParseCurrency(string(o.Currency)); err != nil {
		wrong = append(wrong, problem.Invalid("currency", "The currency is not known: %v.", err))
	}
	return join(wrong)
}

// Found makes an organization and starts its ledger.
func Found(ctx context.Context, d *db.DB, o Organization) (Organization, error) {
	o.Name = strings.TrimSpace(o.Name)
	if err := o.check(); err != nil {
		return o, err
	}
	if o.ID == "" {
		o.ID = db.Org(db.NewID(o.CreatedAt))
	}
	err := d.For(o.ID).InTx(ctx, func(tx *db.DB) error {
		if err := insertOrganization(ctx, tx, o); err != nil {
			return err
		}
		if err := ledger.Open(ctx, tx, o.ID); err != nil {
			return err
		}
		by := ledger.By{Via: ledger.ViaCommand, At: o.CreatedAt}
		return ledger.Record(ctx, tx, by, func(w *ledger.Writer) error {
			_, err := w.Add(OrganizationFounded, string(o.ID), "", o.CreatedAt, organizationFact(o))
			return err
		})
	})
	return o, err
}

// Key is how names are compared: case, and the kind and number of blanks, do not
// count ("Banks  renewables" is "Banks Renewables").
func Key(name string) string {
	return strings.ToLower(strings.Join(strings.FieldsFunc(name, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r)
	}), " "))
}
