package forecasts

import (
	"context"
	"fmt"

	"milepost/calendar"
	"milepost/forecasts/landmark"
	"milepost/forecasts/reference"
	"milepost/internal/db"
	"milepost/people"
)

// Taught is what the deals of an organization have taught beside what is assumed, as of
// the midnight with which the day began: the same model serves the forecasts of the day.
// Where too few deals have ended for one there are the assumptions, and how deals ended;
// so it is while the model learns, and learning tells.
func (m *Memory) Taught(ctx context.Context, d *db.DB, o people.Organization, now calendar.Instant) (t *reference.Taught, learning bool, err error) {
	h := m.of(o.ID)
	h.turn.Lock()
	defer h.turn.Unlock()
	if err := h.refresh(ctx, d, o); err != nil {
		return nil, false, err
	}
	learned, learning := m.learned(d, o, h, now, true)
	if learned != nil {
		for _, method := range learned.methods {
			if s, is := method.(Served); is && s.Model.Taught() != nil {
				return s.Model.Taught(), false, nil
			}
		}
	}
	day := calendar.DateOf(now, o.Place()).Midnight(o.Place())
	return landmark.Ladder(h.log.Before(day)), learning, nil
}

// Leans is the number of the table of assumptions that the forecast leans on, 0 for the
// one that ships; false where none of its methods leans on any.
func (f *Forecast) Leans() (number int, leans bool) {
	for _, fitted := range f.fitted {
		if t, is := fitted.(*trained); is {
			return t.model.Reference.Number, true
		}
	}
	return 0, false
}

// KeptByTable counts the days of the kept forecasts that leaned on each table of
// assumptions, as far as it was noted.
func KeptByTable(ctx context.Context, d *db.DB, org db.Org) (map[int]reference.Leant, error) {
	heads, err := FrozenHeads(ctx, d, org, "")
	if err != nil {
		return nil, fmt.Errorf("listing frozen forecasts: %w", err)
	}
	found := map[int]reference.Leant{}
	for i := range heads { // oldest first
		table, noted, err := heads[i].Leaned()
		if err != nil {
			return nil, err
		}
		if of := found[table]; noted && of.Last != heads[i].Day {
			if of.Days == 0 {
				of.First = heads[i].Day
			}
			of.Days, of.Last = of.Days+1, heads[i].Day
			found[table] = of
		}
	}
	return found, nil
}
