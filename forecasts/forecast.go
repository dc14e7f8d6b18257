package forecasts

import (
	"encoding/json"
	"sync"
	"sync/atomic"

	"milepost/calendar"
	"milepost/forecasts/history"
	"milepost/forecasts/landmark"
	"milepost/money"
	"milepost/money/rates"
)

// Forecast is what every method said about every open deal as of an instant.
type Forecast struct {
	AsOf     calendar.Instant
	Horizons []Horizon
	Begins   Horizon // days until its period begins: what ends before does not count; 0 where it has begun
	Methods  []string
	Deals    []history.OpenDeal // by external id, then id
	Odds     [][][]Odds         // by method, horizon, deal
	Learning bool               // further methods are still learning
	Ranges   *Ranges            // of the first method's totals, where they were added up
	past     *history.Past
	fitted   []Fitted // by method
	ids      bool     // write people's ids instead of their names
	owners   func() map[string]bool
	sequence int64             // of the newest entry that it knew, where that is kept
	taught   *taught           // nil while no generation has learned
	news     landmark.News     // what it knows of by a step since it learned
	rates    func() rates.Book // as they were known
	ways     atomic.Pointer[ways]
	shelf    *shelf // that bounds what is kept of drawings; nil where nothing is
}

// Say asks methods about the deals that were open as of an instant.
func Say(log *history.Log, asOf calendar.Instant, horizons []Horizon, methods []Method) *Forecast {
	past := log.Before(asOf)
	f := &Forecast{AsOf: asOf, Horizons: horizons, Deals: past.Open(), past: past, owners: sync.OnceValue(past.EverOwners), rates: sync.OnceValue(past.Rates)}
	for _, method := range methods {
		fitted := method.Fit(past, horizons)
		byHorizon := make([][]Odds, len(horizons))
		for j := range horizons {
			byHorizon[j] = make([]Odds, len(f.Deals))
			for i := range f.Deals {
				byHorizon[j][i] = fitted.Odds(&f.Deals[i], j)
			}
		}
		f.fitted = append(f.fitted, fitted)
		f.Methods = append(f.Methods, method.Name())
		f.Odds = append(f.Odds, byHorizon)
	}
	return f
}

// Name is the text of a label of the forecast's deals.
func (f *Forecast) Name(label history.Label) string { return f.past.Name(label) }

// Money is a deal's amount, or false where none was known.
func (f *Forecast) Money(d *history.OpenDeal) (money.Amount, bool) {
	return amountOf(d, f.Name)
}

func amountOf(d *history.OpenDeal, name func(history.Label) string) (money.Amount, bool) {
	if d.Currency == 0 {
		return money.Amount{}, false
	}
	return money.Amount{Minor: d.Amount, Currency: money.Currency(name(d.Currency))}, true
}

// dealLine is a deal in the JSON of a forecast. What was not known is null. The
// system's own id is given only where there is no external one: it is drawn at
// random, and the same history imported twice must give the same bytes.
type dealLine struct {
	ExternalID string                 `json:"external_id"`
	ID         string                 `json:"id,omitempty"`
	Owner      *string                `json:"owner"`
	Stage      *string                `json:"stage"`
	Amount     *string                `json:"amount"`
	Currency   *string                `json:"currency"`
	Methods    Ordered[Ordered[Odds]] `json:"methods"`
}

func (f *Forecast) line(i int) dealLine {
	d := &f.Deals[i]
	line := dealLine{ExternalID: d.External, Owner: f.owner(d.Owner), Stage: f.text(d.Stage), Currency: f.text(d.Currency)}
	if d.External == "" {
		line.ID = d.ID
	}
	if amount, has := f.Money(d); has {
		number := amount.Decimal()
		line.Amount = &number
	}
	for m, method := range f.Methods {
		byHorizon := make(Ordered[Odds], len(f.Horizons))
		for j, h := range f.Horizons {
			byHorizon[j] = Named[Odds]{h.String(), f.Odds[m][j][i]}
		}
		line.Methods = append(line.Methods, Named[Ordered[Odds]]{method, byHorizon})
	}
	return line
}

func (f *Forecast) text(label history.Label) *string {
	if label == 0 {
		return nil
	}
	name := f.Name(label)
	return &name
}

// owner is how a person is written: by name, or by id in what is kept for good, so
// that erasing a person's data need not rewrite it.
func (f *Forecast) owner(label history.Label) *string {
	if id := f.past.Person(label); f.ids && id != "" {
		return &id
	}
	return f.text(label)
}

// MarshalJSON writes the forecast: the as-of, every open deal under every method,
// and the totals of the company and of each owner.
func (f *Forecast) MarshalJSON() ([]byte, error) {
	lines := make([]dealLine, len(f.Deals))
	for i := range f.Deals {
		lines[i] = f.line(i)
	}
	return json.Marshal(struct {
		AsOf   calendar.Instant `json:"as_of"`
		Deals  []dealLine       `json:"deals"`
		Totals Totals           `json:"totals"`
		Ranges *Ranges          `json:"ranges,omitempty"`
	}{f.AsOf, lines, f.Totals(), f.Ranges})
}
