package monday

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"

	"milepost/calendar"
	"milepost/forecasts"
	"milepost/internal/db"
	"milepost/money"
	"milepost/people"
	"milepost/targets"
)

// together is what the period comes to by its end, as far as one can say: what is booked,
// what is likely of the open deals, and what those will bring that do not exist yet. It is
// what the page of forecasts says, from the same ways how things may turn out.
type together struct {
	AsOf     calendar.Instant
	Currency money.Currency // empty where it is counted in deals
	Drawn    bool           // there are ranges; else it is too early, or still being learned
	Learning bool
	Few      bool // too few deals have ended, in Reach days of history
	Ended    int
	Reach    int
	Lessons  int // earlier forecasts that taught how wide ranges are
	Apart    []forecasts.Apart
	Total    outcome
	Parts    []outcome // of the groups of the page, where there are ranges
}

// outcome is what one line comes to.
type outcome struct {
	Person    people.ID // through whom a group reports
	Median    int64
	Low, High int64 // hold eight in ten
	Target    *int64
	Chance    float64 // to reach the target
}

// likely adds up what the period comes to for the line of a report.
func (p *pages) likely(ctx context.Context, d *db.DB, r *report) (*together, error) {
	f, err := p.oracle.memory.Ask(ctx, d, r.Viewer.Organization, r.Now, true, r.horizon())
	if err != nil {
		return nil, fmt.Errorf("asking for the forecast: %w", err)
	}
	sees := r.Viewer.Sees
	if r.Viewer.SeesTotalsOfAll() {
		sees = func(people.ID) bool { return true }
	}
	line := forecasts.Organigram{Chart: r.People.Chart, Names: r.People.Names}
	look := func(person people.ID) (*forecasts.Outlook, error) {
		o := forecasts.LookAhead(f, r.Period, line, person, r.Viewer.Organization.Currency, sees)
		return o, f.Draw(o)
	}
	o, err := look(r.Person)
	if err != nil {
		return nil, err
	}
	t := &together{AsOf: o.AsOf, Drawn: o.Drawn, Learning: f.Learning, Few: o.TooFew(), Ended: o.Ended, Reach: o.Reach, Lessons: o.Lessons, Apart: o.Apart}
	if !o.Drawn {
		return t, nil
	}
	if o.Total.Open.Minor > 0 || o.Total.Booked.Minor > 0 {
		t.Currency = o.Currency
	}
	t.Total = t.outcome(&o.Total, r.Person, r.goal())
	if r.whole() {
		if heads := r.People.heads(); len(heads) == 1 { // whose teams the page shows
			if o, err = look(heads[0]); err != nil {
				return nil, err
			}
		}
	}
	t.part(r, o)
	return t, nil
}

// part tells apart what the groups of the page come to.
func (t *together) part(r *report, o *forecasts.Outlook) {
	rows := map[people.ID]*forecasts.Line{}
	for i := range o.Rows {
		rows[o.Rows[i].Person] = &o.Rows[i]
	}
	for _, g := range r.Assembly.shown() {
		if l := rows[g.Person]; l != nil && l.Itself == (g.Person == o.Person) {
			t.Parts = append(t.Parts, t.outcome(l, g.Person, g.Figures.Quota))
		}
	}
}

func (t *together) outcome(l *forecasts.Line, person people.ID, goals targets.Quotas) outcome {
	s, measure := l.Range.Wins, targets.Wins
	if t.Currency != "" {
		s, measure = l.Range.Money, targets.Money(t.Currency)
	}
	is := outcome{Person: person, Median: s.Median, Low: s.Most[0], High: s.Most[1]}
	if goal, set := goals[measure]; set && goal > 0 {
		is.Target = &goal
		is.Chance, _ = l.Range.Reach(goal, t.Currency != "")
	}
	return is
}

// goal are the targets of the line that the page is about.
func (r *report) goal() targets.Quotas {
	goals := targets.Quotas{}
	for _, f := range r.Figures {
		if f.Target != nil {
			goals[f.Measure] = *f.Target
		}
	}
	return goals
}

func (a *asking) horizon() forecasts.Horizon { return forecasts.Horizon(max(a.daysLeft(), 1)) }

// sight is all on which it depends what somebody is told of a line, but the deals: whose
// deals count for whom, and the targets. Only who asks by the same is told the same.
func (r *report) sight() [sha256.Size]byte {
	hash := sha256.New()
	write := func(parts ...string) {
		for _, part := range parts {
			hash.Write(binary.AppendUvarint(nil, uint64(len(part))))
			hash.Write([]byte(part))
		}
	}
	goals := func(q targets.Quotas) {
		for _, m := range slices.Sorted(maps.Keys(q)) {
			write(string(m), fmt.Sprint(q[m]))
		}
	}
	write(string(r.Viewer.Organization.Currency), fmt.Sprint(r.Viewer.SeesTotalsOfAll()))
	for _, id := range slices.Sorted(maps.Keys(r.People.Names)) {
		if r.Viewer.Sees(id) || r.Viewer.SeesTotalsOfAll() {
			write(string(id), string(r.People.Chart.Manager(id)))
		}
	}
	goals(r.goal())
	for _, g := range r.Assembly.shown() {
		write(string(g.Person))
		goals(g.Figures.Quota)
	}
	return [sha256.Size]byte(hash.Sum(nil))
}
