package monday

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"milepost/calendar"
	"milepost/forecasts"
	"milepost/internal/db"
	"milepost/people"
)

// expected is what the methods give open deals of being won by the end of a period.
// The odds are those of a forecast that may be some minutes old; amounts, stages and
// owners are those of now.
type expected struct {
	Methods  []string
	Basis    forecasts.Basis
	AsOf     calendar.Instant
	Learning bool // further methods will be there in a moment
	deals    map[string]odd
	stages   map[string][]float64 // the mean of the deals at a stage, by method
}

type odd struct {
	stage string
	won   []float64 // by method
}

func newExpected(f *forecasts.Forecast) *expected {
	e := &expected{Methods: f.Methods, Basis: f.Basis(), AsOf: f.AsOf, Learning: f.Learning, deals: make(map[string]odd, len(f.Deals)), stages: map[string][]float64{}}
	counts := map[string]float64{}
	for i := range f.Deals {
		d := &f.Deals[i]
		o := odd{stage: f.Name(d.Stage), won: make([]float64, len(f.Methods))}
		sum := e.stages[o.stage]
		if sum == nil {
			sum = make([]float64, len(f.Methods))
			e.stages[o.stage] = sum
		}
		counts[o.stage]++
		for m := range f.Methods {
			o.won[m] = f.Odds[m][0][i].Won
			sum[m] += o.won[m]
		}
		e.deals[d.ID] = o
	}
	for stage, sum := range e.stages {
		for m := range sum {
			sum[m] /= counts[stage]
		}
	}
	return e
}

// won is a deal's odds by method. One that has moved to another stage since the
// forecast, or is new, takes those of the deals at its stage; nil when there are none.
func (e *expected) won(d *deal) []float64 {
	if o, known := e.deals[string(d.ID)]; known && o.stage == d.Stage {
		return o.won
	}
	return e.stages[d.Stage]
}

// method is the place of the method that the figures are taken from.
func (e *expected) method() int { return forecasts.OfRecord(e.Methods) }

// oracle asks for forecasts, and keeps the answers for as long as they are fresh
// enough: a forecast of a hundred thousand deals takes most of a second, and every
// entry in the ledger would have it made again.
type oracle struct {
	memory *forecasts.Memory
	log    *slog.Logger
	most   int64 // entries that are read while a page waits
	turn   sync.Mutex
	held   map[question]*answer
}

type question struct {
	org     db.Org
	horizon forecasts.Horizon
}

type answer struct {
	*expected
	at     calendar.Instant
	asking bool
}

const (
	freshFor  = time.Minute      // then it is asked for again beside the page
	goodFor   = 15 * time.Minute // then a page waits for the new one
	learnsFor = 5 * time.Second  // while a method is still learning
	patience  = 150_000          // entries, which are read in about half a second
)

// ask gives what is expected within a horizon; nil when so much has to be read first
// that a page should not wait for it, unless it was told to.
func (o *oracle) ask(ctx context.Context, d *db.DB, of people.Organization, now calendar.Instant, horizon forecasts.Horizon, wait bool) (*expected, error) {
	q := question{of.ID, horizon}
	if known := o.known(ctx, d, of, q, now); known != nil {
		return known, nil
	}
	if !wait {
		behind, err := o.memory.Behind(ctx, d, of)
		if err != nil || behind > o.most {
			return nil, err
		}
	}
	return o.renew(ctx, d, of, q, now)
}

// known is an answer that is still good; one that is not fresh is renewed meanwhile.
func (o *oracle) known(ctx context.Context, d *db.DB, of people.Organization, q question, now calendar.Instant) *expected {
	o.turn.Lock()
	defer o.turn.Unlock()
	a := o.held[q]
	if a == nil || now < a.at || now.Sub(a.at) >= goodFor {
		return nil
	}
	if (now.Sub(a.at) >= freshFor || a.Learning && now.Sub(a.at) >= learnsFor) && !a.asking {
		a.asking = true
		go func() {
			if _, err := o.renew(context.WithoutCancel(ctx), d, of, q, now); err != nil {
				o.log.Error("renewing a forecast", "organization", of.ID, "error", err)
				o.turn.Lock()
				a.asking = false
				o.turn.Unlock()
			}
		}()
	}
	return a.expected
}

func (o *oracle) renew(ctx context.Context, d *db.DB, of people.Organization, q question, now calendar.Instant) (*expected, error) {
	f, err := o.memory.Ask(ctx, d, of, now, true, q.horizon)
	if err != nil {
		return nil, err
	}
	e := newExpected(f)
	o.turn.Lock()
	defer o.turn.Unlock()
	if o.held == nil {
		o.held = map[question]*answer{}
	}
	for old, a := range o.held { // of yesterday, or of organizations that nobody looks at
		if now.Sub(a.at) >= goodFor {
			delete(o.held, old)
		}
	}
	o.held[q] = &answer{expected: e, at: now}
	return e, nil
}
