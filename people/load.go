package people

import (
	"context"
	"fmt"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/problem"
)

// LoadViewer reads what decides a person's access, as it is at an instant. A
// person who has left sees nothing; what they sold is seen by those above whom
// they worked last.
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
	return loadViewer(ctx, d, organization, p, now)
}

func loadViewer(ctx context.Context, d *db.DB, o Organization, p Person, now calendar.Instant) (*Viewer, error) {
	roles, err := rolesOf(ctx, d, p.ID)
	if err != nil {
		return nil, fmt.Errorf("reading roles: %w", err)
	}
	below, err := everyoneBelow(ctx, d, p.ID, now)
	if err != nil {
		return nil, fmt.Errorf("reading the reporting line: %w", err)
	}
	v := newViewer(o, p, roles)
	for _, person := range below {
		v.manages(person)
	}
	return v, nil
}

// NewViewer puts a viewer together from a reporting line that is known already.
func NewViewer(o Organization, p Person, roles []Role, chart Chart) *Viewer {
	v := newViewer(o, p, roles)
	for _, id := range chart.Below(p.ID) {
		v.manages(id)
	}
	return v
}

func newViewer(o Organization, p Person, roles []Role) *Viewer {
	return &Viewer{Org: o.ID, ID: p.ID, Name: p.Name, Email: p.Email, Roles: roles, Organization: o, below: map[ID]bool{}}
}

// manages puts someone under the viewer.
func (v *Viewer) manages(person ID) {
	if person == v.ID || v.below[person] {
		return
	}
	v.below[person] = true
	v.belowIDs = append(v.belowIDs, person)
}
