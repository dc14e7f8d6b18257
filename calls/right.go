package calls

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/money"
	"milepost/people"
	"milepost/targets"
)

// AsOf reads what everyone called for a period, as far as it was known before an instant:
// given before it. deals.Ever stands for all that was given.
func AsOf(ctx context.Context, d *db.DB, org db.Org, p calendar.Period, asOf calendar.Instant) (*Book, error) {
	b, err := callsBetween(ctx, d, org, p.From, p.From.AddDays(1), asOf)
	if err != nil {
		return nil, fmt.Errorf("reading calls: %w", err)
	}
	return b, nil
}

// remembered is how many quarters, or months, that ended are learnt from.
const (
	quartersRemembered = 8
	monthsRemembered   = 12
)

// settling is how many days after a period's end what was won in it is looked at: facts of
// its last days are recorded a little later, and what is reopened after that rewrites
// nothing.
const settling = 7

// isMonth tells a month from a quarter.
func isMonth(p calendar.Period) bool { return p.From.AddMonths(1) == p.Until }

// endedBefore lists the months, or the quarters, that ended before an instant, the last
// first: as long as the period asked about.
func endedBefore(o people.Organization, like calendar.Period, asOf calendar.Instant) []calendar.Period {
	of, most := o.Fiscal().Quarter, quartersRemembered
	if isMonth(like) {
		of, most = o.Fiscal().Month, monthsRemembered
	}
	var list []calendar.Period
	for p := of(calendar.DateOf(asOf, o.Place())); len(list) < most; p = of(p.From.AddDays(-1)) {
		if p.Until.Midnight(o.Place()) <= asOf {
			list = append(list, p)
		}
	}
	return list
}

// ErrCounting says that a large import is still being counted, so that what was won in
// earlier periods is not known yet. targets.CatchUp waits for it.
var ErrCounting = errors.New("what was won is still being counted")

// Pasts compares what was called with what came, as known before an instant: for each
// period of a kind that had ended by then and each person who called it in a currency. A
// deal counts for whoever owned it when it was won, and a team is that of the period's end.
func Pasts(ctx context.Context, d *db.DB, o people.Organization, like calendar.Period, in money.Currency, leads []int, asOf calendar.Instant) ([]Past, error) {
	periods := endedBefore(o, like, asOf)
	first := periods[len(periods)-1]
	book, err := callsBetween(ctx, d, o.ID, first.From, periods[0].Until, asOf)
	if err != nil {
		return nil, fmt.Errorf("reading past calls: %w", err)
	}
	byPeriod := map[calendar.Date][]Key{}
	for _, k := range book.Keys() {
		if k.Currency == in && isMonth(calendar.Period{From: k.From, Until: k.Until}) == isMonth(like) {
			byPeriod[k.From] = append(byPeriod[k.From], k)
		}
	}
	var list []Past
	for _, p := range periods {
		if len(byPeriod[p.From]) == 0 {
			continue
		}
		a, err := targets.Attainment(ctx, d, o, p, min(asOf, p.Until.AddDays(settling).Midnight(o.Place())))
		if err != nil {
			return nil, fmt.Errorf("reading what was won in %s: %w", p.Name, err)
		}
		if a.Behind > 0 {
			return nil, ErrCounting
		}
		for _, k := range byPeriod[p.From] {
			figures, known := a.Own[k.Person], true
			if k.Scope == Team {
				figures, known = a.Team[k.Person]
			}
			if past, is := pastOf(book, k, o.Place(), leads, figures.Won[in]); is && known {
				past.Name = p.Name
				list = append(list, past)
			}
		}
	}
	return list, nil
}

// Correction is a call with its bias taken out: Final = call x ratio, in whole units of the
// currency. Scatter is by what share of it what comes is off, as a standard deviation.
type Correction struct {
	Call
	Ratio   Ratio
	Final   int64
	Scatter float64
}

// correct takes the bias out of a call.
func correct(c Call, ratios Ratios) Correction {
	ratio, unit := ratios.Of(c.Person), math.Pow10(c.Currency.Decimals())
	return Correction{c, ratio, int64(math.Round(float64(c.Commit)*ratio.Factor/unit) * unit), ratios.Scatter}
}

// Corrected gives the calls that stood for a period before an instant, each with its bias
// taken out: by what came, in periods that had ended by then, of the same person's calls
// as many days before their end.
func Corrected(ctx context.Context, d *db.DB, o people.Organization, p calendar.Period, in money.Currency, asOf calendar.Instant) (map[Key]Correction, error) {
	book, err := AsOf(ctx, d, o.ID, p, asOf)
	if err != nil {
		return nil, err
	}
	lead := max(0, calendar.DateOf(asOf, o.Place()).DaysUntil(p.Until))
	pasts, err := Pasts(ctx, d, o, p, in, []int{lead}, asOf)
	if err != nil {
		return nil, err
	}
	ratios := map[Scope]Ratios{Own: Learn(samplesAt(pasts, Own, lead)), Team: Learn(samplesAt(pasts, Team, lead))}
	found := map[Key]Correction{}
	for _, k := range book.Keys() {
		c, is := book.At(k, asOf)
		if is && k.Currency == in && k.From == p.From && k.Until == p.Until {
			found[k] = correct(c, ratios[k.Scope])
		}
	}
	return found, nil
}

// Called lists the currencies in which anyone's call for a period stood before an instant.
func Called(ctx context.Context, d *db.DB, o people.Organization, p calendar.Period, asOf calendar.Instant) ([]money.Currency, error) {
	book, err := AsOf(ctx, d, o.ID, p, asOf)
	if err != nil {
		return nil, err
	}
	var list []money.Currency
	for _, k := range book.Keys() {
		if _, is := book.At(k, asOf); is && k.From == p.From && k.Until == p.Until {
			list = append(list, k.Currency)
		}
	}
	slices.Sort(list)
	return slices.Compact(list), nil
}
