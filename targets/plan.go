package targets

import (
	"net/url"
	"slices"
	"strings"

	"milepost/calendar"
	"milepost/people"
)

// sheet is the grid of a fiscal year as it was shown: what it held, and how a
// quarter or a year that is typed is spread over its months.
type sheet struct {
	Year    calendar.Period
	Measure Measure
	Seen    int64 // the newest entry of the ledger when it was shown
	Book    *Book // as it is now, with everything before
	Season  Season
	Names   map[people.ID]string
}

// changed is one month that would change, and what someone else did to it meanwhile.
type changed struct {
	Cell
	From, To *int64
	Now      *int64 // what stands now; differs from From when Other is set
	Other    *setRow
}

// plan is what a form comes to: what would change, what collides with another's
// change, and what cannot be read, by the name of its input.
type plan struct {
	Changes   []changed
	Conflicts []changed
	Wrong     map[string]string
}

// Inputs of the grid are named by what they hold: "m" a month, "q" a quarter, "y" the
// year, then the person, the scope and the first month.
func inputName(part string, person people.ID, scope Scope, first calendar.Date) string {
	return strings.Join([]string{part, string(person), string(scope), string(first[:7])}, ".")
}

// rowOf names one line of the grid.
type rowOf struct {
	Person people.ID
	Scope  Scope
}

// typedRows lists the lines that a form has inputs of, in a steady order, and refuses
// what is no input of a grid.
func typedRows(form url.Values) ([]rowOf, []calendar.Date, error) {
	var rows []rowOf
	var months []calendar.Date
	for name := range form {
		parts := strings.Split(name, ".")
		if len(parts) != 4 || !slices.Contains([]string{"m", "q", "y"}, parts[0]) {
			continue
		}
		month, err := calendar.ParseDate(parts[3] + "-01")
		if err != nil || parts[2] != string(Own) && parts[2] != string(Team) {
			return nil, nil, errNotYours
		}
		rows = append(rows, rowOf{people.ID(parts[1]), Scope(parts[2])})
		if parts[0] == "m" {
			months = append(months, month)
		}
	}
	slices.SortFunc(rows, func(a, b rowOf) int {
		if a.Person != b.Person {
			return strings.Compare(string(a.Person), string(b.Person))
		}
		return strings.Compare(string(a.Scope), string(b.Scope))
	})
	slices.Sort(months)
	return slices.Compact(rows), slices.Compact(months), nil
}

// work makes a plan of a form. Months outside the year are taken too, for imports
// that reach over several years.
func (s *sheet) work(form url.Values, a Access) (plan, error) {
	p := plan{Wrong: map[string]string{}}
	rows, typed, err := typedRows(form)
	if err != nil {
		return p, err
	}
	months := append(Months(s.Year), typed...)
	slices.Sort(months)
	months = slices.Compact(months)
	for _, row := range rows {
		if _, known := s.Names[row.Person]; !known {
			return p, errNotYours
		}
		l := line{sheet: s, rowOf: row, form: form, wrong: p.Wrong, values: map[calendar.Date]*int64{}}
		l.read(months)
		changes := l.changes(months)
		if len(changes) > 0 {
			if err := a.mustSet(row.Person); err != nil {
				return p, err
			}
		}
		for _, c := range changes {
			if c.Other != nil {
				p.Conflicts = append(p.Conflicts, c)
			} else {
				p.Changes = append(p.Changes, c)
			}
		}
	}
	return p, nil
}
