package testworld

import (
	"context"

	"milepost/forecasts/reference"
	"milepost/internal/ledger"
)

// assumedDays is how long before today operations looked at what forecasts assume.
const assumedDays = 190

// assume lets operations put what the company knew from before Milepost in the place of
// the table that ships: one change, with the reason.
func (w *world) assume() {
	at := w.time.at(w.time.nextWorking(w.time.today-assumedDays), 15*60+40)
	w.happens(at, w.truth.Operations, func(ctx context.Context, l *ledger.Writer) error {
		t := reference.Shipped()
		t.Rungs[0].NoAction, t.Rungs[3].Won, t.Rungs[4].Won = .46, .44, .64
		t.Criteria[1] = -.6
		_, err := reference.Replace(ctx, l, t, "Before Milepost we kept a list: two in three offers that reached the contract were signed, and nearly half of the first talks just faded. Marcus and I counted them twice.", 0)
		return err
	})
}
