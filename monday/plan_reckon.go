package monday

import (
	"context"
	"fmt"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/people"
	"milepost/process/plans"
)

// readPlans reads how the evaluation plans so far went: how often the steps slipped that
// buyers took, and after how long something happened in a plan again. What happens on one
// day is one: whoever makes a plan does much at once.
func readPlans(ctx context.Context, d *db.DB, o people.Organization, r *reckoning) error {
	err := plans.Every(ctx, d, func(p *plans.Plan) error {
		for i := range p.Steps {
			if s := &p.Steps[i]; s.Side == plans.Theirs && s.Done() && s.Course.First != "" {
				r.noteOfAll(theirMoves, string(p.Deal), float64(slipsOf(s)))
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("reading plans: %w", err)
	}
	place := o.Place()
	var last toldOf
	err = eachTold(ctx, d, func(t *toldOf) error {
		same := t.Deal == last.Deal && calendar.DateOf(t.At, place) == calendar.DateOf(last.At, place)
		if t.Deal == last.Deal && !same {
			r.noteOfAll(quietPlan, t.Deal, days(last.At, t.At))
		}
		last = *t
		return nil
	})
	if err != nil {
		return fmt.Errorf("reading what happened in plans: %w", err)
	}
	return nil
}

// noteOfAll puts a case in for the whole organization.
func (r *reckoning) noteOfAll(rule rule, deal string, value float64) {
	key := usualKey{Rule: rule}
	if r.samples[key] == nil {
		r.samples[key] = &sample{}
	}
	r.samples[key].add(deal, value)
}
