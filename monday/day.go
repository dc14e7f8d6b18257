package monday

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
)

// day is what a rep's page shows.
type day struct {
	asking
	Name     string
	Figures  []figures
	Expected *expected
	Due      []due
	Fell     []fallen // claims of the person's that were rejected
	Movers   []mover
	Open     int64
	Steps    bool
	News     []deals.Event
	NewsOf   map[string]string // what the deals of the news are called
	People   roster
}

// due is something that is to be done by a day: a next step, a step of ours in an
// evaluation plan, or a close that was expected.
type due struct {
	*deal
	What string
	On   calendar.Date
	Do   deed
}

// mover is an open deal by what it would add to the number.
type mover struct {
	*deal
	Won     float64 // odds by the end of the period
	Known   bool
	Worth   float64 // odds x amount, against a usual deal in its currency
	Missing []string
}

// week ahead: what is due within so many days is shown.
const ahead = 7

// gatherDay makes the page of one person.
func (p *pages) gatherDay(ctx context.Context, d *db.DB, a asking) (*day, error) {
	if a.Person == "" {
		a.Person = a.Viewer.ID
	}
	r := &day{asking: a, NewsOf: map[string]string{}}
	var err error
	if r.Expected, err = p.oracle.ask(ctx, d, a.Viewer.Organization, a.Now, a.horizon(), false); err != nil {
		return nil, fmt.Errorf("asking for the forecast: %w", err)
	}
	s := p.library.of(a.Viewer.Org)
	at, err := s.freshen(ctx, d, a.Now, a.sinceInstant())
	if err != nil {
		return nil, err
	}
	attained, err := s.attain(ctx, d, a, at.Head)
	if err != nil {
		return nil, err
	}
	book, err := s.rates(ctx, d, a.Today)
	if err != nil {
		return nil, err
	}
	var changed []string
	err = s.read(a.sinceInstant(), func(s *shelf, w *week) error {
		if r.Name = s.people.Names[a.Person]; r.Name == "" {
			return errNobody
		}
		r.People, r.Steps = s.people, s.steps
		r.fill(s, w)
		in := attained.Own[a.Person].Counts(a.Viewer.Organization.Currency)
		tally := newTally(pricingOf(book, in, a.Today))
		for _, m := range r.Movers {
			tally.take(m.deal, r.oddsOf(m.deal))
		}
		tally.exchange(in)
		r.Figures = tally.lines(attained.Own[a.Person], a.Viewer.Organization.Currency, r.Expected)
		changed = r.changedFor(w)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return r, r.tell(ctx, d, changed)
}

func (r *day) oddsOf(d *deal) []float64 {
	if r.Expected == nil || r.Expected.Basis.TooFew() {
		return nil
	}
	return r.Expected.won(d)
}

func (r *day) fill(s *shelf, w *week) {
	watch := s.watch(&r.asking, w)
	for _, d := range s.open {
		if d.Next != nil && d.Next.Owner == r.Person && d.Next.Due <= r.Today.AddDays(ahead) && r.Viewer.Sees(d.Owner) {
			r.Due = append(r.Due, due{d, d.Next.Text, d.Next.Due, deed{"Log it, and go on", logPath + string(d.ID)}})
		}
		r.Due = append(r.Due, r.planDue(d)...)
		if d.Owner != r.Person {
			continue
		}
		r.Open++
		for _, f := range d.Fell {
			r.Fell = append(r.Fell, fallen{d, f})
		}
		if d.CloseDate != "" && d.CloseDate <= r.Today.AddDays(ahead) {
			what, do := "Expected to close", deed{"Close it, or move it on", d.ID.Path()}
			if d.CloseDate < r.Today {
				what, do = "Was expected to close", deed{"Set a new date", d.ID.Path() + "/close-date"}
			}
			r.Due = append(r.Due, due{d, what, d.CloseDate, do})
		}
		r.Movers = append(r.Movers, r.mover(watch, d))
	}
	slices.SortFunc(r.Due, func(a, b due) int {
		return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(a.ID, b.ID), cmp.Compare(a.What, b.What))
	})
	slices.SortFunc(r.Fell, func(a, b fallen) int { return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Milestone, b.Milestone)) })
	slices.SortFunc(r.Movers, func(a, b mover) int {
		return cmp.Or(cmp.Compare(b.Worth, a.Worth), cmp.Compare(a.ID, b.ID))
	})
}

// mover weighs a deal by its odds and its size, and says what is missing from it.
func (r *day) mover(w *watch, d *deal) mover {
	m := mover{deal: d, Won: 1}
	if odds := r.oddsOf(d); odds != nil {
		m.Won, m.Known = odds[r.Expected.method()], true
	}
	m.Worth = m.Won * w.size(d)
	if d.Minor == nil {
		m.Missing = append(m.Missing, "an amount")
	}
	if d.CloseDate == "" {
		m.Missing = append(m.Missing, "a date to close")
	}
	for _, f := range w.judge(d) {
		switch f.Rule {
		case datePassed:
			m.Missing = append(m.Missing, "a date that holds")
		case noNextStep:
			m.Missing = append(m.Missing, "a next step")
		case silent:
			m.Missing = append(m.Missing, "a word with them: none for "+daysText(int(f.Is)))
		case stuck:
			m.Missing = append(m.Missing, "what gets it past “"+isolate(d.Stage)+"”, after "+daysText(int(f.Is)))
		}
	}
	return m
}

// mostNews bounds what is told of changes by others.
const mostNews = 60

// changedFor lists the person's deals that changed since, by their ids.
func (r *day) changedFor(w *week) []string {
	var ids []string
	for _, m := range w.list {
		if m.Now.Exists && m.Now.Owner == r.Person {
			ids = append(ids, string(m.ID))
			r.NewsOf[string(m.ID)] = titled(m.Now.Title)
		}
	}
	return ids
}

// tell puts into words what others did to the person's deals since: what the person
// did is known to the person, and what an import brought is no news.
func (r *day) tell(ctx context.Context, d *db.DB, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	ids, err := changedByOthers(ctx, d, ids, r.Person, r.sinceInstant())
	if err != nil {
		return fmt.Errorf("looking for what others changed: %w", err)
	}
	entries, err := ledger.OfOpportunities(ctx, d, d.Org(), ids[:min(len(ids), mostNews)])
	if err != nil {
		return fmt.Errorf("reading what others changed: %w", err)
	}
	for len(entries) > 0 {
		n := slices.IndexFunc(entries, func(e ledger.Entry) bool { return e.Opportunity != entries[0].Opportunity })
		if n < 0 {
			n = len(entries)
		}
		events, err := deals.Tell(entries[:n], r.People.Names)
		if err != nil {
			return err
		}
		for _, e := range events {
			if r.isNews(&e) {
				r.News = append(r.News, e)
			}
		}
		entries = entries[n:]
	}
	slices.SortStableFunc(r.News, func(a, b deals.Event) int { return cmp.Compare(b.RecordedAt, a.RecordedAt) })
	r.News = r.News[:min(len(r.News), mostNews)]
	return nil
}

func (r *day) isNews(e *deals.Event) bool {
	return e.RecordedAt >= r.sinceInstant() && e.RecordedAt <= r.Now && e.Actor != "" && e.Actor != string(r.Person) &&
		e.Via != ledger.ViaImport && slices.Contains(movingKinds, e.Kind) && e.Kind != deals.Created
}

// lacks is what is missing from a deal, as a sentence goes on.
func (m mover) lacks() string { return strings.Join(m.Missing, "; ") }

// own tells whether somebody looks at their own day.
func (r *day) own() bool { return r.Person == r.Viewer.ID }
