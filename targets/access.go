package targets

import (
	"context"
	"fmt"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/people"
	"milepost/problem"
)

// Access is the one place that says whose targets someone sees and sets. A person
// sees their own and those of everyone down their reporting line; a manager sets
// those below, and not their own, which is set by whoever they report to; the head
// of sales, who reports to nobody, sets their own too; operations see and set all.
// Nobody sees sideways. Observers see the organization's totals and no person's.
type Access struct {
	viewer *people.Viewer
	chart  people.Chart // the reporting line as it is now
}

var errNotYours = problem.NotFound("There is no such target, or it is not yours to see.")

// AccessOf reads what a viewer's access rests on, as it is now.
func AccessOf(ctx context.Context, d *db.DB, v *people.Viewer, now calendar.Instant) (Access, error) {
	chart, err := people.ChartAsOf(ctx, d, v.Org, now)
	if err != nil {
		return Access{}, fmt.Errorf("reading the reporting line: %w", err)
	}
	return Access{v, chart}, nil
}

// MaySee tells whether the viewer sees a person's targets and attainment.
func (a Access) MaySee(person people.ID) bool { return a.viewer.Sees(person) }

// MaySet tells whether the viewer sets a person's quota and team target.
func (a Access) MaySet(person people.ID) bool {
	switch v := a.viewer; {
	case v.SeesEveryDeal():
		return true
	case v.SeesNoDeals():
		return false
	case person == v.ID:
		return v.Manages() && a.chart.Manager(person) == ""
	default:
		return v.IsAbove(person)
	}
}

// SetsAny tells whether there is anyone whose targets the viewer sets.
func (a Access) SetsAny() bool {
	return a.viewer.SeesEveryDeal() || !a.viewer.SeesNoDeals() && a.viewer.Manages()
}

// mustSee refuses in words that do not tell whether the person exists.
func (a Access) mustSee(person people.ID) error {
	if a.MaySee(person) {
		return nil
	}
	return errNotYours
}

// mustSet refuses to set what is another's to set.
func (a Access) mustSet(person people.ID) error {
	if a.MaySet(person) {
		return nil
	}
	if person == a.viewer.ID {
		return problem.Forbidden("Your own target is set by whoever you report to.")
	}
	return errNotYours
}
