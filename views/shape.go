package views

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"milepost/problem"
)

// Shape is how a list is shown, beside what it is narrowed to. Every list has these
// parameters in its address:
//
//	columns  names of columns with commas between, in the order in which they stand
//	group    what the rows are counted and added up by
//	in       which of these groups is open; "-" is the one of those that have none
//	view     the saved view that the list is in
type Shape struct {
	Columns string // as chosen; empty for the usual ones
	Group   string
	In      string // the group that is open; empty for all
	View    string
}

// Grouping is one way in which the rows of a list are counted and added up.
type Grouping struct {
	Name, Label string
	None        string // how those without it are called
}

// GroupingNamed finds a grouping; it is empty when there is none of that name.
func GroupingNamed(list []Grouping, name string) Grouping {
	for _, g := range list {
		if g.Name == name && name != "" {
			return g
		}
	}
	return Grouping{}
}

// longestKey is how many letters the key of a group may have; no list has longer ones.
const longestKey = 200

// ReadShape reads how a list is to be shown, of the columns and groupings that it
// has. What there is not is left out; a grouping that there is not is also said.
func ReadShape(q url.Values, columns []string, groupings []Grouping) (Shape, error) {
	s := Shape{Columns: knownNames(q.Get("columns"), columns), Group: q.Get("group")}
	if id := q.Get(viewParam); len(id) <= 36 {
		s.View = id
	}
	if s.Group != "" && GroupingNamed(groupings, s.Group).Name == "" {
		wrong := problem.Invalid("group", "This list cannot be grouped by “%s”.", clip(strings.ToValidUTF8(s.Group, "")))
		s.Group = ""
		return s, wrong
	}
	if in := q.Get("in"); s.Group != "" && utf8.ValidString(in) && utf8.RuneCountInString(in) <= longestKey &&
		!strings.ContainsFunc(in, unicode.IsControl) {
		s.In = in
	}
	return s, nil
}

// knownNames is a choice of columns without what there is not and what comes twice.
func knownNames(text string, known []string) string {
	var names []string
	for _, name := range strings.Split(text, ",") {
		if slices.Contains(known, name) && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, ",")
}

// Put adds the shape to the parameters of an address.
func (s Shape) Put(q url.Values) {
	for name, value := range map[string]string{"columns": s.Columns, "group": s.Group, "in": s.In, viewParam: s.View} {
		if value != "" {
			q.Set(name, value)
		}
	}
}

// Keep adds what a filter form keeps of the shape: what is narrowed anew closes the
// group that was open.
func (s Shape) Keep(fields map[string]string) {
	for name, value := range map[string]string{"columns": s.Columns, "group": s.Group, viewParam: s.View} {
		if value != "" {
			fields[name] = value
		}
	}
}

// Narrows tells whether the shape leaves rows out.
func (s Shape) Narrows() bool { return s.In != "" }
