package forecasts

import (
	"milepost/forecasts/history"
	"milepost/forecasts/landmark"
)

// Past is what was known when the forecast was made, and nothing later.
func (f *Forecast) Past() *history.Past { return f.past }

// Learned is the model behind the forecast of record, and what it looks at; false while no
// generation has learned.
func (f *Forecast) Learned() (model *landmark.Trained, ahead Stretch, learned bool) {
	fit, learned := f.fitted[OfRecord(f.Methods)].(*trained)
	if !learned {
		return nil, Stretch{}, false
	}
	return fit.model, f.stretch(), true
}
