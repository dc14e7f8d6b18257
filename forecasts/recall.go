package forecasts

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"milepost/calendar"
)

const (
	// lessonsApart is how many days lie between kept forecasts that are read again at
	// least: neighbouring days tell the same.
	lessonsApart = 7
	// mostLessons is how many of them are read, the newest.
	mostLessons = 60
)

// recall adds what was kept of a method before a day to a course.
func (k *keeper) recall(ctx context.Context, c *course, method string, before calendar.Date) error {
	days, err := k.lessons(ctx, method, before)
	if err != nil {
		return err
	}
	return k.recallDays(ctx, c, method, days)
}

// lessons lists the days before one whose forecasts by a method are read again.
func (k *keeper) lessons(ctx context.Context, method string, before calendar.Date) ([]calendar.Date, error) {
	days, err := keptDays(ctx, k.db, k.org.ID, method, before)
	if err != nil {
		return nil, fmt.Errorf("listing kept forecasts: %w", err)
	}
	var apart []calendar.Date
	for _, day := range days {
		if len(apart) == 0 || apart[len(apart)-1].DaysUntil(day) >= lessonsApart {
			apart = append(apart, day)
		}
	}
	return apart[max(0, len(apart)-mostLessons):], nil
}

func (k *keeper) recallDays(ctx context.Context, c *course, method string, days []calendar.Date) error {
	if len(days) == 0 {
		return nil
	}
	past, places := k.log.Before(k.now), map[string]int32{}
	for i := range past.Deals() {
		places[past.Key(int32(i))] = int32(i)
	}
	for _, day := range days {
		kept, err := keptOn(ctx, k.db, k.org.ID, method, day)
		if err != nil {
			return fmt.Errorf("reading the kept forecast of %s: %w", day, err)
		}
		if err := c.recall(&kept, places, k.now); err != nil {
			return err
		}
	}
	return nil
}

// keptLine is a deal in the JSON of a kept forecast.
type keptLine struct {
	ExternalID string                                `json:"external_id"`
	ID         string                                `json:"id"`
	Owner      *string                               `json:"owner"`
	Amount     *string                               `json:"amount"`
	Currency   *string                               `json:"currency"`
	Methods    map[string]map[string]json.RawMessage `json:"methods"`
}

// recall adds a kept forecast to the course; a deal that is no longer there is left out.
func (c *course) recall(kept *Frozen, places map[string]int32, known calendar.Instant) error {
	text, err := kept.JSON()
	if err != nil {
		return err
	}
	var said struct {
		Deals []keptLine `json:"deals"`
	}
	if err := json.Unmarshal(text, &said); err != nil {
		return fmt.Errorf("reading the kept forecast of %s: %w", kept.Day, err)
	}
	t := &trial{said: [][][]Odds{make([][]Odds, len(steadyHorizons))}}
	var deals []int32
	parts := t.staff.employ(said.Deals)
	for i := range said.Deals {
		line := &said.Deals[i]
		at, is := places[cmp.Or(line.ExternalID, line.ID)]
		if !is {
			continue
		}
		deals = append(deals, at)
		t.staff.part = append(t.staff.part, parts[line.owner()])
		t.price(line)
		for j, h := range steadyHorizons {
			if odds, has := line.Methods[kept.Method][h.String()]; has {
				var o Odds
				if err := json.Unmarshal(odds, &o); err != nil {
					return fmt.Errorf("reading the kept forecast of %s: %w", kept.Day, err)
				}
				t.said[0][j] = append(t.said[0][j], o)
			}
		}
	}
	c.add(kept.AsOf, t, deals, known)
	return nil
}

func (l *keptLine) owner() string {
	if l.Owner == nil {
		return ""
	}
	return *l.Owner
}

// employ makes the parts of the owners, as staffing does when a forecast is made.
func (s *staffing) employ(lines []keptLine) map[string]int {
	parts := map[string]int{"": 0}
	for i := range lines {
		parts[lines[i].owner()] = 0
	}
	s.build(parts)
	return parts
}

func (t *trial) price(line *keptLine) {
	currency, amount := "", 0.0
	if line.Amount != nil && line.Currency != nil {
		currency = *line.Currency
		amount, _ = strconv.ParseFloat(*line.Amount, 64) // written by us
	}
	t.currency, t.amount = append(t.currency, currency), append(t.amount, amount)
}

// days are the days of the course's forecasts.
func (c *course) days() (list []calendar.Date) {
	for _, l := range c.lessons {
		list = append(list, calendar.DateOf(l.at, c.log.Place()))
	}
	return list
}
