package landmark

import (
	"context"
	"math"

	"milepost/calendar"
	"milepost/forecasts/history"
	"milepost/forecasts/reference"
	"milepost/stats/hazard"
)

// halfLife is after how many days a landmark counts half as much: markets change.
const halfLife = 730

// mostLandmarks is about how many are looked at: more deals than these come from teach
// no more, and take longer.
const mostLandmarks = 200_000

// perCycle is how many landmarks there are in a cycle, if a day is not longer: those of
// neighbouring days say much the same.
const perCycle = 20

// Options are what a training may be told; the zero value is right for all but tests and
// comparisons.
type Options struct {
	// Reference is what is assumed before any outcome; nil is the table that was in force.
	Reference *reference.Table
	// Only leaves out deals that are not to be learned from; nil takes all.
	Only func(deal int32) bool
	// Tell works out what was learned beside the table; see Trained.Taught.
	Tell bool
	// Told is told how far it is; nil where nobody asks.
	Told func(Progress)
}

// Progress is how far a training is: of how many deals landmarks were taken, of how many
// there are, and after that how many steps of the fit are made.
type Progress struct{ Deals, Of, Rows, Steps int }

// Trained is a model, with what is needed to ask it about deals.
type Trained struct {
	Generation Generation
	// Landmarks is how many were looked at, Deals how many deals they are of, and Ended how
	// many of those had ended.
	Landmarks, Deals, Ended int
	// Reference is the table of assumptions that it leans on.
	Reference reference.Version
	// Problem says why the model could not be fitted; it is the reference then.
	Problem error
	// Warnings say, in sentences, what of the history could not be taken as it is.
	Warnings []string

	past       *history.Past // while it learns
	clockDeals []int         // past deals by class of clock
	ends       [history.Causes]int

	numbers  numbers
	features []*feature
	stage    *feature
	cuts     cuts
	heights  map[history.Label]float64
	model    *hazard.Model
	taught   *reference.Taught
	spread   []float64 // covariance of the coefficients; see doubt

	asOf  calendar.Instant // up to which it learned
	step  int              // days between landmarks
	limit uint64           // of the hash of a deal that it learned from; see thin
	only  func(int32) bool
	share float64     // of a landmark in the weights; see temper
	fit   *hazard.Fit // to step from, nil where that is not kept; see After
}

// Study is what a model is fitted to, and the fit.
type Study struct {
	Shape hazard.Shape
	Rows  *hazard.Rows
	Deals []int32     // which deal each row is of; those of one deal stand together
	Fit   *hazard.Fit // nil where there is a problem
}

// Train learns from a past. It always answers: without deals the model is the reference.
func Train(p *history.Past, g Generation, o Options) *Trained {
	m, _ := TrainOpenly(p, g, o)
	return m
}

// TrainOpenly trains as Train does, and shows what it learned from.
func TrainOpenly(p *history.Past, g Generation, o Options) (*Trained, *Study) {
	m, s, _ := train(context.Background(), p, g, o)
	return m, s
}

// TrainUnder trains as Train does, for as long as a context lasts; it fails only where that
// has ended.
func TrainUnder(ctx context.Context, p *history.Past, g Generation, o Options) (*Trained, error) {
	m, _, err := train(ctx, p, g, o)
	return m, err
}

func train(ctx context.Context, p *history.Past, g Generation, o Options) (*Trained, *Study, error) {
	told := func(at Progress) {
		if o.Told != nil {
			o.Told(at)
		}
	}
	m, s := look(ctx, p, g, o, told)
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	fit, err := hazard.EstimateUnder(ctx, s.Shape, s.Rows, nil, func(steps int) { told(Progress{p.Deals(), p.Deals(), s.Rows.Len(), steps}) })
	if stopped := ctx.Err(); stopped != nil {
		return nil, nil, stopped
	}
	if err != nil {
		m.Problem, m.model = err, hazard.New(s.Shape, nil)
		m.warn("Nothing could be learned from this history. The chances are those that are assumed.")
		return m, s, nil
	}
	m.model, s.Fit, s.Shape = fit.Model, fit, fit.Shape // with the deviations that were learnt
	m.keep(fit)
	if o.Tell {
		m.taught = m.tell(p, s.Rows, fit)
		m.doubt(fit, s)
	}
	return m, s, nil
}

// look gathers what there is to learn from, and says what the model is made of.
func look(ctx context.Context, p *history.Past, g Generation, o Options, told func(Progress)) (*Trained, *Study) {
	w := newSweeper(p, o.Only)
	step := max(p.Step(), int(math.Round(w.cut().cycle/perCycle)))
	limit := w.thin(mostLandmarks, step)
	m := &Trained{Generation: g, past: p, asOf: p.AsOf(), step: step, limit: limit, only: o.Only, numbers: w.numbers, features: w.features(g), cuts: w.cut(), heights: (&sweeper{past: p}).heights()}
	m.stage = m.features[0]
	s := &Study{}
	w.goesOn = func(deals int) bool {
		told(Progress{Deals: deals, Of: p.Deals()})
		return ctx.Err() == nil
	}
	s.Rows, s.Deals = m.gather(w, step)
	m.Reference = p.Reference()
	if o.Reference != nil {
		m.Reference = reference.Version{Table: *o.Reference}
	}
	s.Shape = m.shape()
	m.crowded()
	m.lacks()
	m.past = nil
	return m, s
}
