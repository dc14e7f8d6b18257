package people

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
)

// told is what the ledger says of a person, for comparing with the tables.
type told struct {
	Name, Email, Title string
	Here               bool
	Roles              map[Role]bool
	Line               Line // the present one
}

// peopleKinds are the kinds of entry from which the tables can be made again.
var peopleKinds = []ledger.Kind{Joined, Described, ReportsTo, RoleGranted, RoleRevoked, Left, Returned, Erased}

// checkTables compares the tables of people with the ledger, for milepost verify.
func checkTables(ctx context.Context, d *db.DB, org db.Org) ([]string, error) {
	all := map[ID]*told{}
	err := ledger.EachOfKinds(ctx, d, org, peopleKinds, ever, func(e *ledger.Entry) error {
		var fact Fact
		if err := e.Read(&fact); err != nil {
			return err
		}
		p := all[ID(e.Subject)]
		if p == nil {
			p = &told{Roles: map[Role]bool{}}
			all[ID(e.Subject)] = p
		}
		p.hear(e, fact)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return compare(ctx, d, org, all)
}

// ever is after every instant.
const ever = calendar.Instant(1) << 60

// hear takes in one entry; they come in the order in which they were recorded.
func (p *told) hear(e *ledger.Entry, f Fact) {
	switch e.Kind {
	case Joined:
		p.Name, p.Email, p.Title, p.Here = f.Name, f.Email, f.Title, true
	case Described:
		p.Name, p.Email, p.Title = f.Name, f.Email, f.Title
	case ReportsTo:
		p.Line = Line{Person: ID(e.Subject), Manager: f.Manager, From: e.EffectiveAt}
	case RoleGranted:
		p.Roles[f.Role] = true
	case RoleRevoked:
		delete(p.Roles, f.Role)
	case Left:
		p.Here, p.Line.Manager = false, ""
		clear(p.Roles)
	case Returned:
		p.Here = true
	case Erased:
		p.Name, p.Email, p.Title = erasedName, "", ""
	}
}

func compare(ctx context.Context, d *db.DB, org db.Org, all map[ID]*told) ([]string, error) {
	roster, err := RosterAsOf(ctx, d, org, ever)
	if err != nil {
		return nil, err
	}
	var differences []string
	differ := func(id ID, what string, table, ledger any) {
		if table != ledger {
			differences = append(differences, fmt.Sprintf("person %s: the table has the %s %v, the ledger %v", id, what, table, ledger))
		}
	}
	for _, m := range roster.Members {
		p := all[m.ID]
		if p == nil {
			differences = append(differences, fmt.Sprintf("person %s is in the table and not in the ledger", m.ID))
			continue
		}
		delete(all, m.ID)
		differ(m.ID, "name", m.Name, p.Name)
		differ(m.ID, "address", m.Email, p.Email)
		differ(m.ID, "title", m.Title, p.Title)
		differ(m.ID, "presence", m.Person.Active(), p.Here)
		differ(m.ID, "manager", m.Manager, p.Line.Manager)
		slices.Sort(m.Roles)
		differ(m.ID, "roles", fmt.Sprint(m.Roles), fmt.Sprint(slices.Sorted(maps.Keys(p.Roles))))
	}
	for _, id := range slices.Sorted(maps.Keys(all)) {
		differences = append(differences, fmt.Sprintf("person %s is in the ledger and not in the table", id))
	}
	return differences, nil
}
