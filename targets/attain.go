package targets

import (
	"context"
	"fmt"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/money"
	"milepost/people"
)

// Figures are what was to be brought and what was won, each measure for itself.
type Figures struct {
	Quota Quotas       // a measure without a quota is not there
	Won   money.Totals // of the deals that have an amount
	Wins  int64        // all deals won, those without an amount too
	// AddedUp is the currency in which some of it was exchanged; see AddUp.
	AddedUp money.Currency
}

// In is what was won in a measure.
func (f Figures) In(m Measure) int64 {
	if m == Wins {
		return f.Wins
	}
	return f.Won[m.Currency()]
}

// Share is what was won of the quota in a measure: 1 when it is reached. There is
// none without a quota above zero.
func (f Figures) Share(m Measure) (share float64, is bool) {
	if f.Quota[m] <= 0 {
		return 0, false
	}
	return float64(f.In(m)) / float64(f.Quota[m]), true
}

// Measures lists in what there is a quota, or anything was won.
func (f Figures) Measures() []Measure {
	var list []Measure
	for m := range f.Quota {
		list = append(list, m)
	}
	for c := range f.Won {
		list = append(list, Money(c))
	}
	return sortMeasures(list)
}

// Attained is a period's attainment as of an instant.
type Attained struct {
	Period calendar.Period
	AsOf   calendar.Instant
	Chart  people.Chart          // the reporting line at the end of the period, or as of the instant
	Own    map[people.ID]Figures // the person alone
	Team   map[people.ID]Figures // of those who manage: the team target, or what the team carries; won by all of them
	Whole  Figures               // the organization, deals without an owner among them
	Behind int64                 // entries of an import that are still to be taken in; see Attainment
}

// Of is what a person answers for: the team's figures for those who manage.
func (a Attained) Of(person people.ID) Figures {
	if team, manages := a.Team[person]; manages {
		return team
	}
	return a.Own[person]
}

// Attainment is what everyone in an organization won in a period against what they
// were to bring, as of an instant: only what was recorded and true before it counts.
// A deal counts for whoever owned it at the moment of winning; teams are those of
// the reporting line at the end of the period, or right before the instant when that
// is earlier. Quotas are of whole months. The answer decides no access: what a
// viewer may see of it, Access says.
//
// Attainment first takes in what was recorded since the last time, so inside a
// read-only snapshot call CatchUp before it. After a large import it does not wait for
// that, and says how far behind it is: of now it then tells what the deals themselves
// say, each counted for its present owner, of an earlier instant only what was taken in
// so far. CatchUp waits. For "now", hand in the clock's instant.
func Attainment(ctx context.Context, d *db.DB, o people.Organization, p calendar.Period, asOf calendar.Instant) (Attained, error) {
	d = d.For(o.ID)
	a := Attained{Period: p, AsOf: asOf, Own: map[people.ID]Figures{}, Team: map[people.ID]Figures{}}
	var err error
	if a.Behind, err = catchUpSoon(ctx, d); err != nil {
		return a, err
	}
	from, until := p.From.Midnight(o.Place()), p.Until.Midnight(o.Place())
	won, err := a.won(ctx, d, from, until)
	if err != nil {
		return a, fmt.Errorf("adding up won deals: %w", err)
	}
	book, err := AsOf(ctx, d, o.ID, p, asOf)
	if err != nil {
		return a, fmt.Errorf("reading targets: %w", err)
	}
	a.Chart, err = people.ChartAsOf(ctx, d, o.ID, min(until, asOf)-1)
	if err != nil {
		return a, fmt.Errorf("reading the reporting line: %w", err)
	}
	everyone, err := people.Everyone(ctx, d, o.ID)
	if err != nil {
		return a, fmt.Errorf("reading people: %w", err)
	}
	a.fill(everyone, won, book)
	return a, nil
}

// won adds up the wins of the period.
func (a *Attained) won(ctx context.Context, d *db.DB, from, until calendar.Instant) ([]wonRow, error) {
	if a.Behind > 0 {
		newest, err := newestRecorded(ctx, d)
		if err != nil {
			return nil, err
		}
		if newest < a.AsOf {
			return wonNow(ctx, d, from, min(until, a.AsOf))
		}
	}
	return wonBetween(ctx, d, d.Org(), from, until, a.AsOf)
}

func newFigures() Figures { return Figures{Quota: Quotas{}, Won: money.Totals{}} }

func (f *Figures) add(other Figures) {
	f.Wins += other.Wins
	for currency, minor := range other.Won {
		f.Won[currency] += minor
	}
}

// fill puts the parts together: each person's own figures, then the teams'.
func (a *Attained) fill(everyone []people.Person, won []wonRow, book *Book) {
	a.Whole = newFigures()
	wonBy := map[people.ID]Figures{}
	for _, w := range won {
		f, ok := wonBy[w.Owner]
		if !ok {
			f = newFigures()
		}
		one := Figures{Wins: w.Wins, Won: money.Totals{}}
		if w.Currency != "" {
			one.Won[money.Currency(w.Currency)] = w.Minor
		}
		f.add(one)
		wonBy[w.Owner] = f
		a.Whole.add(one)
	}
	months, measures := Months(a.Period), book.Measures()
	for _, p := range everyone {
		f, ok := wonBy[p.ID]
		if !ok {
			f = newFigures()
		}
		for _, m := range measures {
			if sum, set := book.Sum(p.ID, Own, m, months); set {
				f.Quota[m] = sum
			}
		}
		a.Own[p.ID] = f
	}
	for _, p := range everyone {
		if len(a.Chart.Reports(p.ID)) > 0 {
			a.Team[p.ID] = a.team(p.ID, book, measures, months)
		}
		if a.Chart.Manager(p.ID) == "" {
			addQuotas(a.Whole.Quota, book, a.Chart, p.ID, measures, months)
		}
	}
}

func (a *Attained) team(manager people.ID, book *Book, measures []Measure, months []calendar.Date) Figures {
	f := newFigures()
	f.add(a.Own[manager])
	for _, below := range a.Chart.Below(manager) {
		f.add(a.Own[below])
	}
	addQuotas(f.Quota, book, a.Chart, manager, measures, months)
	return f
}

// addQuotas adds what a person answers for in each measure.
func addQuotas(to Quotas, book *Book, chart people.Chart, person people.ID, measures []Measure, months []calendar.Date) {
	for _, m := range measures {
		for _, month := range months {
			if value, set := book.Answers(chart, person, m, month); set {
				to[m] += value
			}
		}
	}
}
