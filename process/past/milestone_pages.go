package past

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"milepost/calendar"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
	"milepost/problem"
	"milepost/process"
)

// milestoneView is what deals say of one milestone.
type milestoneView struct {
	process.Process
	Milestone process.Milestone
	Phase     process.Phase
	Before    string // the phase that days are counted from; empty for the opening
	Days      int    // that a deal must be old to count
	All       Telling
	Teams     []named
	Quarters  []named
	Designs   bool
}

// named is what a part of the deals says.
type named struct {
	Name string
	Telling
}

// quartersBack is how many quarters are shown.
const quartersBack = 8

func (x *visit) milestone() error {
	p, err := process.Find(x.ctx, x.d, x.id())
	if err != nil {
		return err
	}
	d := &p.Draft
	if newest := p.Newest(); newest != nil {
		d = &newest.Definition
	}
	id := process.MilestoneID(x.r.PathValue("milestone"))
	m, phase, there := d.Milestone(id)
	s, _ := newScheme(d, id)
	if !there || p.State == process.Drafted && people.Decide(x.ctx, people.Manages) != nil {
		return problem.NotFound("This process has no such milestone.")
	}
	ways, err := x.memory.ways(x.ctx, x.d, &p, d)
	if err != nil {
		return err
	}
	v := milestoneView{Process: p, Milestone: *m, Phase: d.Phases[phase], Designs: people.Decide(x.ctx, people.Manages) == nil}
	if !s.opening {
		v.Before = d.Phases[phase-1].Name
	}
	if err := x.tell(&v, &s, counting(ways)); err != nil {
		return err
	}
	return web.Page(x.w, x.r, ui.Frame{Title: m.Name, Lead: "How deals came to this milestone so far.", Crumbs: v.crumbs()}, milestonePage(v))
}

func (v *milestoneView) crumbs() []ui.Crumb {
	if !v.Designs {
		return nil
	}
	return crumbs(ui.Crumb{Label: v.Name(), Path: path(v.ID)})
}

// tell parts the deals by team, as far down as the viewer sees, and by the quarter in
// which they were opened. Of others there is the total of the organization only.
func (x *visit) tell(v *milestoneView, s *scheme, ways []*Way) error {
	teams, err := x.teams()
	if err != nil {
		return err
	}
	old := s.oldEnough(ways)
	v.Days = int(math.Ceil(float64(old) / (24 * 60 * 60 * 1000)))
	opened := x.now - old
	byTeam, byQuarter := map[string]*Telling{}, map[calendar.Date]*Telling{}
	fiscal, quarter := x.v.Organization.Fiscal(), x.quarters()
	ofOwner := map[people.ID]*Telling{} // nil for those whom the viewer does not see
	for _, w := range s.byDays(ways) {
		v.All.take(w, s, opened)
		team, asked := ofOwner[w.Owner]
		if !asked {
			if x.v.Sees(w.Owner) {
				team = at(byTeam, teams(w.Owner))
			}
			ofOwner[w.Owner] = team
		}
		if team != nil {
			team.take(w, s, opened)
		}
		at(byQuarter, quarter(w.Opened)).take(w, s, opened)
	}
	for _, name := range slices.Sorted(maps.Keys(byTeam)) {
		v.Teams = append(v.Teams, named{name, *byTeam[name]})
	}
	starts := slices.Sorted(maps.Keys(byQuarter))
	for _, from := range starts[max(len(starts)-quartersBack, 0):] {
		v.Quarters = append(v.Quarters, named{fiscal.Quarter(from).Name, *byQuarter[from]})
	}
	return nil
}

// quarters finds the first day of the quarter of an instant. A quarter of an hour lies in one
// day wherever somebody is, and deals share them.
func (x *visit) quarters() func(calendar.Instant) calendar.Date {
	const moment = calendar.Instant(15 * 60 * 1000)
	fiscal, place := x.v.Organization.Fiscal(), x.v.Organization.Place()
	known := map[calendar.Instant]calendar.Date{}
	return func(opened calendar.Instant) calendar.Date {
		from, is := known[opened/moment]
		if !is {
			from = fiscal.Quarter(calendar.DateOf(opened, place)).From
			known[opened/moment] = from
		}
		return from
	}
}

func at[K comparable](all map[K]*Telling, key K) *Telling {
	if all[key] == nil {
		all[key] = &Telling{}
	}
	return all[key]
}

// teams names the team that an owner's deals count for: the viewer's own apart.
func (x *visit) teams() (func(people.ID) string, error) {
	chart, err := people.ChartAsOf(x.ctx, x.d, x.v.Org, x.now)
	if err != nil {
		return nil, err
	}
	everyone, err := people.Everyone(x.ctx, x.d, x.v.Org)
	if err != nil {
		return nil, err
	}
	byID := map[people.ID]people.Person{}
	for _, p := range everyone {
		byID[p.ID] = p
	}
	return func(owner people.ID) string {
		if owner == x.v.ID {
			return "Your own deals"
		}
		manager, has := byID[chart.Manager(owner)]
		if !has {
			return cmp.Or(byID[owner].Name, "Without an owner")
		}
		return people.TeamName("", manager)
	}, nil
}
