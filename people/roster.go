package people

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"milepost/calendar"
	"milepost/internal/db"
)

// Member is a person with what the directory says of them.
type Member struct {
	Person
	Manager ID // empty when they report to nobody
	Roles   []Role
	SignsIn bool   // has set a password
	Team    string // of the people who report to them; empty when nobody does
}

// Roster is everyone in an organization as the reporting line stands at an instant;
// roles and ways to sign in are those of now.
type Roster struct {
	Members []Member // by name, those who left too
	byID    map[ID]int
	chart   Chart
}

// RosterAsOf reads the roster.
func RosterAsOf(ctx context.Context, d *db.DB, org db.Org, at calendar.Instant) (*Roster, error) {
	d = d.For(org)
	all, err := Everyone(ctx, d, org)
	if err != nil {
		return nil, fmt.Errorf("listing people: %w", err)
	}
	chart, err := ChartAsOf(ctx, d, org, at)
	if err != nil {
		return nil, fmt.Errorf("reading the reporting line: %w", err)
	}
	grants, err := grantsNow(ctx, d)
	if err != nil {
		return nil, fmt.Errorf("listing roles: %w", err)
	}
	passwords, err := withPassword(ctx, d)
	if err != nil {
		return nil, fmt.Errorf("listing who signs in: %w", err)
	}
	teams, err := teamNames(ctx, d, org)
	if err != nil {
		return nil, fmt.Errorf("listing teams: %w", err)
	}
	r := &Roster{byID: map[ID]int{}, chart: chart}
	for i, p := range all {
		m := Member{Person: p, Manager: chart.Manager(p.ID)}
		if len(chart.Reports(p.ID)) > 0 {
			m.Team = TeamName(teams[p.ID], p)
		}
		r.Members = append(r.Members, m)
		r.byID[p.ID] = i
	}
	for _, g := range grants {
		m := &r.Members[r.byID[g.Person]]
		m.Roles = append(m.Roles, g.Role)
	}
	for _, id := range passwords {
		r.Members[r.byID[id]].SignsIn = true
	}
	return r, nil
}

// Of gives a member by id.
func (r *Roster) Of(id ID) (Member, bool) {
	i, ok := r.byID[id]
	if !ok {
		return Member{}, false
	}
	return r.Members[i], true
}

// Name is a person's name, or empty.
func (r *Roster) Name(id ID) string {
	m, _ := r.Of(id)
	return m.Name
}

// Reports lists who reports to a person directly, by name.
func (r *Roster) Reports(id ID) []Member { return r.list(r.chart.Reports(id)) }

// Top lists those who report to nobody and have people below them, and then
// everyone else who stands outside the line, as far as they were here.
func (r *Roster) Top(at calendar.Instant) (heads, outside []Member) {
	for _, m := range r.Members {
		switch {
		case m.Manager != "":
		case m.Team != "":
			heads = append(heads, m)
		case m.JoinedAt <= at && (m.Active() || m.LeftAt > at):
			outside = append(outside, m)
		}
	}
	return heads, outside
}

// Leveled is a member with how far down a branch they stand, from 1.
type Leveled struct {
	Member
	Level int
}

// Branch lists a person and everyone below, each under their manager.
func (r *Roster) Branch(head ID) []Leveled {
	var list []Leveled
	seen := map[ID]bool{} // keeps a damaged line from running on
	var walk func(ID, int)
	walk = func(id ID, level int) {
		m, known := r.Of(id)
		if !known || seen[id] {
			return
		}
		seen[id] = true
		list = append(list, Leveled{m, level})
		for _, below := range r.Reports(id) {
			walk(below.ID, level+1)
		}
	}
	walk(head, 1)
	return list
}

func (r *Roster) list(ids []ID) []Member {
	var list []Member
	for _, id := range ids {
		if m, ok := r.Of(id); ok {
			list = append(list, m)
		}
	}
	slices.SortStableFunc(list, func(a, b Member) int { return cmp.Compare(Key(a.Name), Key(b.Name)) })
	return list
}

// State is what the directory calls a person.
type State string

// The states of people.
const (
	Active       State = "active"       // here
	WithoutEntry State = "no sign-in"   // here, and cannot sign in yet
	Gone         State = "left"         // not here any more
	FromHistory  State = "from history" // here because an imported history names them, and cannot sign in
)

// In tells whether a member is in a state; the empty state is everyone.
func (m Member) In(s State) bool {
	switch s {
	case Active:
		return m.Person.Active()
	case WithoutEntry:
		return m.Person.Active() && !m.SignsIn
	case Gone:
		return !m.Person.Active()
	case FromHistory:
		return m.Person.Active() && !m.SignsIn && m.Imported
	}
	return true
}

// Matches tells whether a member's name, title or address has all words in it.
func (m Member) Matches(words string) bool {
	text := Key(m.Name + " " + m.Title + " " + m.Email + " " + m.Team)
	for _, word := range strings.Fields(Key(words)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}
