package changes

import (
	"context"
	"fmt"

	"milepost/calendar"
	"milepost/forecasts"
	"milepost/internal/db"
	"milepost/money"
	"milepost/people"
)

// report is an answered question, for one viewer.
type report struct {
	asking
	AsOf     calendar.Instant
	Ask      *Question
	Fall     *Waterfall
	Charts   [2]people.Chart
	Names    map[people.ID]string
	Others   []money.Currency  // of further deals
	Apart    []forecasts.Apart // deals that are not in the amounts
	Learning bool              // there is nothing to show yet
	TooFew   bool              // only what was booked is compared
	FewThen  bool              // because of what was known then, not of what is known now
	Ended    [2]int            // deals that had ended at each end
	Middle   *Worth            // of the range, as the forecast page shows it; nil without ranges
}

// gather asks for both forecasts, and takes their difference apart.
func (p *pages) gather(ctx context.Context, a asking, now calendar.Instant) (*report, error) {
	o, d := a.Viewer.Organization, p.program.DB.For(a.Viewer.Org)
	asOf := now
	if a.AsOf != "" {
		asOf = a.AsOf.Midnight(o.Place())
	}
	var ends [2]*forecasts.Forecast
	var err error
	for i, end := range []struct {
		at  calendar.Instant
		day calendar.Date
		now bool
	}{{min(a.Since.Midnight(o.Place()), asOf), a.Since, false}, {asOf, a.Day, a.AsOf == ""}} {
		if ends[i], err = p.memory.AskAhead(ctx, d, o, end.at, end.now, forecasts.AheadOf(end.day, a.Period)); err != nil {
			return nil, fmt.Errorf("asking for a forecast: %w", err)
		}
	}
	r := &report{asking: a, AsOf: ends[1].AsOf}
	if r.Names, err = names(ctx, d, a.Viewer.Org); err != nil {
		return nil, err
	}
	for i := range r.Charts {
		if r.Charts[i], err = people.ChartAsOf(ctx, d, a.Viewer.Org, ends[i].AsOf); err != nil {
			return nil, fmt.Errorf("reading the reporting line: %w", err)
		}
	}
	return r, r.reckon(ends)
}

func names(ctx context.Context, d *db.DB, org db.Org) (map[people.ID]string, error) {
	everyone, err := people.Everyone(ctx, d, org)
	if err != nil {
		return nil, fmt.Errorf("reading who works here: %w", err)
	}
	names := make(map[people.ID]string, len(everyone))
	for _, p := range everyone {
		names[p.ID] = p.Name
	}
	return names, nil
}

// reckon answers the question, unless a model is still learning.
func (r *report) reckon(ends [2]*forecasts.Forecast) error {
	line := forecasts.Organigram{Chart: r.Charts[1], Names: r.Names}
	outlook := forecasts.LookAhead(ends[1], r.Period, line, r.Person, r.Currency, r.sees)
	// Where the whole company reports to one person, that person's line is what to look at.
	if rows := outlook.Rows; r.Person == "" && len(rows) == 1 && len(r.Charts[1].Reports(rows[0].Person)) > 0 {
		r.Person = rows[0].Person
	}
	r.Currency, r.Others = outlook.Currency, outlook.Others
	before := forecasts.LookAhead(ends[0], r.Period, line, r.Person, r.Currency, r.sees)
	r.Ask, r.Apart = &Question{Period: r.Period, Currency: r.Currency, Outlook: outlook}, outlook.Apart
	if before.Currency == r.Currency { // else nothing was told in it then
		r.Ask.Before = before
	}
	for i, side := range []*Side{&r.Ask.Then, &r.Ask.Now} {
		basis := ends[i].Basis()
		r.Ended[i] = basis.Ended
		r.TooFew, r.FewThen = r.TooFew || basis.TooFew(), r.TooFew && !basis.TooFew()
		r.Learning = r.Learning || ends[i].Learning
		if side.Past = ends[i].Past(); !side.Past.Shares(ends[1].Past()) { // something was recorded between the two
			side.Past = ends[1].Past().Earlier(side.Past.AsOf())
		}
		side.Model, side.Ahead, _ = ends[i].Learned()
		side.In = r.in(r.Charts[i])
	}
	if r.TooFew {
		r.Learning, r.Ask.Then.Model, r.Ask.Now.Model = false, nil, nil
	}
	if !r.Learning {
		r.TooFew = r.TooFew || r.Ask.Then.Model == nil || r.Ask.Now.Model == nil
		r.Ask.Coming = r.Ask.comingOf(ends)
		r.Fall = Reckon(r.Ask)
	}
	if r.Learning || r.TooFew {
		return nil
	}
	total, drawn, err := ends[1].TotalOf(r.Period, r.Currency, r.Ask.Now.In)
	if err != nil {
		return fmt.Errorf("asking for the range: %w", err)
	}
	if drawn {
		r.Middle = &Worth{Minor: total.Range.Money.Median, Wins: total.Range.Wins.Median * oneWin}
	}
	return nil
}

// sees tells whose deals count: those that the viewer sees, and all for who reads totals.
func (r *report) sees(owner people.ID) bool {
	return r.Viewer.SeesTotalsOfAll() || r.Viewer.Sees(owner)
}

// in tells whose deals are of the line of the person who is asked about.
func (r *report) in(chart people.Chart) func(people.ID) bool {
	return func(owner people.ID) bool {
		_, of := reportOf(chart, r.Person, owner)
		return of && r.sees(owner)
	}
}
