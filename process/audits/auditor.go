package audits

import (
	"context"
	"fmt"
	"slices"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/people"
)

// Line is who reports to whom as it stands, and who of them sees deals: what decides
// whose audit it is. It is read anew whenever it is asked, so a deal that was handed
// over and a rep with another manager take their audits along.
type Line struct {
	manager    map[people.ID]people.ID
	sees       map[people.ID]bool
	operations []people.ID
}

// ReadLine reads the line at an instant.
func ReadLine(ctx context.Context, d *db.DB, at calendar.Instant) (Line, error) {
	roster, err := people.RosterAsOf(ctx, d, d.Org(), at)
	if err != nil {
		return Line{}, fmt.Errorf("reading the reporting line: %w", err)
	}
	return LineOf(roster.Members), nil
}

// LineOf is the line in which some people stand.
func LineOf(members []people.Member) Line {
	l := Line{map[people.ID]people.ID{}, map[people.ID]bool{}, nil}
	for _, m := range members {
		l.add(m)
	}
	return l
}

func (l *Line) add(m people.Member) {
	l.manager[m.ID] = m.Manager
	if !m.Active() {
		return
	}
	has := func(r people.Role) bool { return slices.Contains(m.Roles, r) }
	l.sees[m.ID] = has(people.Rep) || has(people.Manager) || has(people.Operations)
	if has(people.Operations) {
		l.operations = append(l.operations, m.ID)
	}
}

// Auditor is who audits the deals of an owner: a person, operations, or nobody.
type Auditor struct {
	Person     people.ID
	Operations bool
}

// Nobody tells whether there is no one.
func (a Auditor) Nobody() bool { return a.Person == "" && !a.Operations }

// Is tells whether someone is the auditor.
func (a Auditor) Is(v *people.Viewer) bool {
	return a.Person == v.ID || a.Operations && v.Has(people.Operations)
}

// AuditorOf is who audits the deals of an owner: the manager, or the next one up who is
// here and sees deals; operations where nobody is above. Nobody audits their own deals.
func (l Line) AuditorOf(owner people.ID) Auditor {
	above := l.manager[owner]
	for range len(l.manager) {
		if above == "" {
			break
		}
		if above != owner && l.sees[above] {
			return Auditor{Person: above}
		}
		above = l.manager[above]
	}
	if slices.ContainsFunc(l.operations, func(p people.ID) bool { return p != owner }) {
		return Auditor{Operations: true}
	}
	return Auditor{}
}

// MayJudge tells whether someone may audit the deals of an owner: the auditor, and who
// is above the owner in the reporting line and stands in. Never the owner.
func (l Line) MayJudge(v *people.Viewer, owner people.ID) bool {
	if owner == "" || owner == v.ID || !v.Sees(owner) {
		return false
	}
	return v.IsAbove(owner) || l.AuditorOf(owner).Is(v)
}
