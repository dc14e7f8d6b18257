package testworld

import (
	"context"
	"fmt"
	"slices"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
)

// The streams from which ids are drawn that rooms give by themselves, and the id of the
// company.
const (
	nameStream     = 62
	foundingStream = 63
)

// errand is something that people did through the rooms' own functions, in transactions
// of its own: it reads what was recorded before it, and what it does depends on that.
type errand struct {
	at    calendar.Instant
	deals []*plan // whose rows are to be as of then
	do    func(*away) error
}

// away is one errand as it is run.
type away struct {
	ctx context.Context
	d   *db.DB // confined to the company
	w   *world
	s   *scribe
	at  calendar.Instant
}

// later puts an errand on the agenda, unless it lies behind today.
func (w *world) later(at calendar.Instant, do func(*away) error, about ...*plan) {
	if at >= w.options.Now {
		return
	}
	i := len(w.agenda)
	for i > 0 && w.agenda[i-1].at > at {
		i--
	}
	w.agenda = slices.Insert(w.agenda, i, errand{at, about, do})
}

// upToErrand is what happens before the next errand.
func (w *world) upToErrand(rest []happening) []happening {
	if len(w.agenda) == 0 {
		return rest
	}
	n := 0
	for n < min(len(rest), chunk) && rest[n].recorded <= w.agenda[0].at {
		n++
	}
	return rest[:n]
}

// send does the next errand.
func (w *world) send(ctx context.Context, d *db.DB, s *scribe) error {
	next := w.agenda[0]
	w.agenda = w.agenda[1:]
	a := &away{ctx, d, w, s, next.at}
	if err := a.rows(next.deals...); err != nil {
		return err
	}
	if err := next.do(a); err != nil {
		return fmt.Errorf("an errand of %s: %w", next.at, err)
	}
	return a.told(next.deals...)
}

// rows brings the rows of deals up to what was told of them.
func (a *away) rows(list ...*plan) error {
	if len(list) == 0 {
		return nil
	}
	return ledger.Record(a.ctx, a.d, ledger.By{At: a.at}, func(l *ledger.Writer) error { return a.s.rows(a.ctx, l, list...) })
}

// told reads again what was told of deals, after an errand added to it.
func (a *away) told(list ...*plan) error {
	ids := make([]string, len(list))
	for i, p := range list {
		ids[i] = string(p.id)
		delete(a.s.told, p.id)
	}
	if len(ids) == 0 {
		return nil
	}
	entries, err := ledger.OfOpportunities(a.ctx, a.d, a.d.Org(), ids)
	for _, e := range entries {
		a.s.told[deals.ID(e.Opportunity)] = append(a.s.told[deals.ID(e.Opportunity)], e)
	}
	return err
}

// as lets somebody of the company record something.
func (a *away) as(who people.ID, do func(*ledger.Writer, *people.Viewer) error) error {
	v, err := people.LoadViewer(a.ctx, a.d, a.d.Org(), who, a.at)
	if err != nil {
		return err
	}
	return ledger.Record(a.ctx, a.d, people.ByViewer(v, a.at), func(l *ledger.Writer) error { return do(l, v) })
}

// goesOn tells whether the deal is told as open at the end.
func (p *plan) goesOn() bool { return p.open }
