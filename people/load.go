package people

import (
	"context"
	"fmt"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/problem"
)

// LoadViewer reads what decides a person's access, as it is at an instant. A
// person who has left sees nothing.
func LoadViewer(ctx context.Context, d *db.DB, org db.Org, person ID, now calendar.Instant) (*Viewer, error) {
	d = d.For(org)
	p, err := PersonOf(ctx, d, org, person)
	if err != nil {
		return nil, fmt.Errorf("reading who is asking: %w", err)
	}
	if !p.Active() {
		return nil, problem.Forbidden("This account has been closed.")
	}
	organization, err := OrganizationOf(ctx, d, org)
	if err != nil {
		return nil, fmt.Errorf("reading the organization: %w", err)
	}
	roles, err := rolesOf(ctx, d, person)
	if err != nil {
		return nil, fmt.Errorf("reading roles: %w", err)
	}
	chart, err := ChartAsOf(ctx, d, org, now)
	if err != nil {
		return nil, fmt.Errorf("reading the reporting line: %w", err)
	}
	return NewViewer(organization, p, roles, chart), nil
}

// NewViewer puts a viewer together; LoadViewer reads the parts.
func NewViewer(o Organization, p Person, roles []Role, chart Chart) *Viewer {
	v := &Viewer{Org: o.ID, ID: p.ID, Name: p.Name, Email: p.Email, Roles: roles, Organization: o,
		belowIDs: chart.Below(p.ID), directReports: chart.Reports(p.ID), below: map[ID]bool{}}
	for _, id := range v.belowIDs {
		v.below[id] = true
	}
	return v
}
