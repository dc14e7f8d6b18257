package monday

import (
	"cmp"
	"slices"

	"milepost/calendar"
	"milepost/money"
	"milepost/people"
	"milepost/targets"
)

// group is one line of the people at a glance: a rep, a team, or what a manager sells.
type group struct {
	Person  people.ID // whose team; empty for deals that are in nobody's line
	Name    string
	Members []people.ID // those who are here
	Team    bool
	Own     bool // a manager's own deals
	Sells   bool // somebody in it does

	Deals         int64
	Totals        money.Totals
	priced        money.Totals // what those of a currency come to, where they are exchanged
	Forward, Back int64
	Won           int64
	Wins          money.Totals
	Attention     int64
	Quiet         []quiet // those who are here, the quietest first
	Figures       targets.Figures
}

// quiet is since when nothing was heard of a person, against that person's own habit.
type quiet struct {
	Person people.ID
	Days   int     // since the last recorded activity
	Never  bool    // none is recorded at all
	Usual  float64 // nine in ten times they were heard of again within so many days
	Known  bool    // there is enough of a habit to compare with
}

// beyond tells whether somebody is quiet for longer than they usually are.
func (q quiet) beyond() bool { return q.Known && float64(q.Days) > q.Usual }

// assembly is everyone in a scope, each in the group through which they report.
type assembly struct {
	groups []*group
	of     map[people.ID]*group
	rest   *group // of deals in scope that belong to no group
	// converted tells that several currencies were added up.
	converted bool
}

// assemble makes the groups below a person: one for each direct report with whoever
// they lead, and one for the person's own deals. Of the whole organization, where all
// report to one head, it is the groups below that head.
func assemble(r *roster, person people.ID) *assembly {
	a := &assembly{of: map[people.ID]*group{}, rest: &group{Name: "Nobody in a team", Totals: money.Totals{}, priced: money.Totals{}, Wins: money.Totals{}}}
	if person == "" {
		if heads := r.heads(); len(heads) == 1 {
			person = heads[0]
		} else {
			for _, head := range heads {
				a.add(r, head, true)
			}
			return a
		}
	}
	for _, report := range r.byName(r.Chart.Reports(person)) {
		a.add(r, report, len(r.Chart.Reports(report)) > 0)
	}
	own := a.add(r, person, false)
	own.Own = len(a.groups) > 1
	return a
}

func (a *assembly) add(r *roster, person people.ID, team bool) *group {
	g := &group{Person: person, Name: r.name(person), Team: team, Totals: money.Totals{}, priced: money.Totals{}, Wins: money.Totals{}}
	for _, id := range append([]people.ID{person}, r.Chart.Below(person)...) {
		if a.of[id] != nil || !team && id != person {
			continue
		}
		a.of[id] = g
		if r.Here[id] {
			g.Members = append(g.Members, id)
		}
		g.Sells = g.Sells || r.Sells[id]
	}
	a.groups = append(a.groups, g)
	return g
}

// groupOf is where an owner's deals are counted.
func (a *assembly) groupOf(owner people.ID) *group {
	if g := a.of[owner]; g != nil {
		return g
	}
	return a.rest
}

// shown lists the groups that have anything to say: everyone who sells or leads those
// who do; deals of one's own, of nobody, or of others only where there are any.
func (a *assembly) shown() []*group {
	var list []*group
	for _, g := range append(a.groups, a.rest) {
		if (g.Own || g == a.rest || !g.Sells) && g.Deals+g.Won == 0 {
			continue
		}
		list = append(list, g)
	}
	return list
}

// load is how many open deals each seller of a group carries against the middle of the
// groups; false where there are too few to compare.
func (a *assembly) load(g *group) (times float64, is bool) {
	var each []float64
	for _, other := range a.groups {
		if !other.Own && other.Sells && len(other.Members) > 0 {
			each = append(each, other.perHead())
		}
	}
	if len(each) < 3 || g.Own || g == a.rest {
		return 0, false
	}
	slices.Sort(each)
	middle := quantile(each, .5)
	if middle == 0 {
		return 0, false
	}
	return g.perHead() / middle, true
}

// perHead is how many open deals come to one member; of a team, its head is not
// counted, who leads and does not sell as a rule.
func (g *group) perHead() float64 {
	heads := len(g.Members)
	if g.Team && heads > 1 {
		heads--
	}
	return float64(g.Deals) / float64(max(heads, 1))
}

func (r *roster) name(id people.ID) string { return cmp.Or(r.Names[id], "someone") }

// heads lists those who lead others and report to nobody.
func (r *roster) heads() []people.ID {
	var list []people.ID
	for id := range r.Names {
		if r.Chart.Manager(id) == "" && len(r.Chart.Reports(id)) > 0 {
			list = append(list, id)
		}
	}
	return r.byName(list)
}

func (r *roster) byName(ids []people.ID) []people.ID {
	list := slices.Clone(ids)
	slices.SortFunc(list, func(a, b people.ID) int {
		return cmp.Or(cmp.Compare(people.Key(r.name(a)), people.Key(r.name(b))), cmp.Compare(a, b))
	})
	return list
}

// listen puts in since when nothing was heard of whom.
func (a *assembly) listen(heard map[people.ID]calendar.Instant, u usuals, today calendar.Date, place placeOf) {
	for _, g := range a.groups {
		for _, id := range g.Members {
			at, known := heard[id]
			if !known {
				continue
			}
			q := quiet{Person: id, Never: at == 0}
			if !q.Never {
				q.Days = max(0, place(at).DaysUntil(today))
			}
			if usual, known := u.habitOf(id); known {
				q.Usual, q.Known = usual.Most, true
			}
			g.Quiet = append(g.Quiet, q)
		}
		slices.SortStableFunc(g.Quiet, func(x, y quiet) int { return cmp.Compare(y.Days, x.Days) })
	}
}

// silentOnes counts those of a group who are quiet for longer than they usually are.
func (g *group) silentOnes() int64 {
	n := int64(0)
	for _, q := range g.Quiet {
		if q.beyond() {
			n++
		}
	}
	return n
}
