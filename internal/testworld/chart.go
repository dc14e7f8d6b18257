package testworld

import (
	"context"
	"strings"

	"milepost/calendar"
	"milepost/internal/ledger"
	"milepost/people"
)

// cast is everyone, and who was where when.
type cast struct {
	members []*member
	byName  map[string]*member
	byID    map[people.ID]*member
	reps    []*member
	time    timeline
}

func newCast(w *world) *cast {
	c := &cast{byName: map[string]*member{}, byID: map[people.ID]*member{}, time: w.time}
	random := newChance(w.options.Seed, 1)
	for _, m := range staff() {
		m.id = people.ID(random.id(c.since(&m)))
		if m.team != "" {
			m.rep = newRep(random, &m)
			w.truth.Reps = append(w.truth.Reps, *m.rep)
			c.reps = append(c.reps, &m)
		}
		c.members = append(c.members, &m)
		c.byName[m.name], c.byID[m.id] = &m, &m
	}
	t := &w.truth
	for name, id := range map[string]*people.ID{headName: &t.Head, "Femke van Dalen": &t.Manager, "Lotte Jacobs": &t.Rep,
		operationsName: &t.Operations, "Yusuf Kaya": &t.Administrator, "Helene Fournier": &t.Observer,
		strugglingName: &t.Struggling, teamNamed(strongTeam).manager: &t.StrongManager, replacedName: &t.Replaced,
		successorName: &t.Successor, movedName: &t.Moved, goneName: &t.Gone, heirName: &t.Heir} {
		*id = c.byName[name].id
	}
	return c
}

// monthDay is the first working day so many months after the opening.
func (c *cast) monthDay(months int) int {
	opening := c.time.dates[c.time.opening].Time()
	date := calendar.NewDate(opening.Year(), opening.Month(), 1).AddMonths(months)
	return c.time.nextWorking(max(c.time.day(date), c.time.opening))
}

// since is when a person began.
func (c *cast) since(m *member) calendar.Instant {
	if m.from == 0 {
		return c.time.at(c.time.opening-10, 9*60)
	}
	return c.time.at(c.monthDay(m.from), 8*60+30)
}

// here tells whether a rep sells on a day; before the opening all early ones do.
func (c *cast) here(m *member, day int) bool {
	return (m.from == 0 || day >= c.monthDay(m.from)) && (m.until == 0 || day < c.monthDay(m.until))
}

// teamOn is the team of a rep on a day.
func (c *cast) teamOn(m *member, day int) *team {
	if m.name == movedName && day >= c.monthDay(reorganized) {
		return teamNamed("Benelux")
	}
	return teamNamed(m.team)
}

// managerOf is who led a team on a day.
func (c *cast) managerOf(t *team, day int) *member {
	if t.manager == successorName && day < c.monthDay(reorganized) {
		return c.byName[replacedName]
	}
	return c.byName[t.manager]
}

func email(name string) string {
	plain := strings.NewReplacer("á", "a", "ê", "e", "É", "e", " ", ".").Replace(name)
	return strings.ToLower(plain) + "@fjordlight.example"
}

// assemble tells how everyone came, and of the reorganization.
func (w *world) assemble() {
	for _, m := range w.cast.members {
		at := w.cast.since(m)
		w.happens(at, "", func(ctx context.Context, l *ledger.Writer) error {
			return join(ctx, l, w.cast, m, at)
		})
	}
	at := w.time.at(w.cast.monthDay(reorganized), 9*60)
	carla, central := w.cast.byName["Carla Benedetti"], w.cast.byName[successorName]
	for _, m := range w.cast.reps {
		manager := central.id
		switch {
		case m.name == movedName:
			manager = w.cast.byName["Femke van Dalen"].id
		case m.manager != replacedName:
			continue
		}
		w.happens(at, carla.id, func(ctx context.Context, l *ledger.Writer) error {
			return people.SetManager(ctx, l, m.id, manager, at)
		})
	}
	w.part()
	w.nameTeams(at)
}

// part tells of those who left, in the evening of their last day, when their deals
// are in other hands.
func (w *world) part() {
	for _, m := range w.cast.members {
		if m.until == 0 {
			continue
		}
		at := w.time.at(w.cast.monthDay(m.until), 20*60+30)
		w.happens(at, w.truth.Head, func(ctx context.Context, l *ledger.Writer) error {
			return people.Leave(ctx, l, m.id, at)
		})
	}
}

// nameTeams gives the teams their names, in the week after the opening; the
// successor's when she has come.
func (w *world) nameTeams(reorganization calendar.Instant) {
	opening := w.time.at(w.time.nextWorking(w.time.opening), 10*60)
	name := func(at calendar.Instant, manager, name string) {
		w.happens(at, w.truth.Operations, func(ctx context.Context, l *ledger.Writer) error {
			return people.NameTeam(ctx, l, w.cast.byName[manager].id, name)
		})
	}
	name(opening, headName, "Sales")
	name(opening, "Marcus Oyelaran", "North")
	name(opening, "Carla Benedetti", "South and overseas")
	for _, t := range teams {
		if t.manager == successorName {
			name(reorganization, t.manager, t.name)
			name(opening, replacedName, t.name+" (until the reorganization)")
			continue
		}
		name(opening, t.manager, t.name)
	}
}

// join records a person with the first manager and roles.
func join(ctx context.Context, l *ledger.Writer, c *cast, m *member, at calendar.Instant) error {
	person := people.Person{ID: m.id, Name: m.name, Email: email(m.name), Title: m.title}
	if _, err := people.Join(ctx, l, person, at); err != nil {
		return err
	}
	if m.manager != "" {
		if err := people.SetManager(ctx, l, m.id, c.byName[m.manager].id, at); err != nil {
			return err
		}
	}
	for _, role := range m.roles {
		if err := people.Grant(ctx, l, m.id, role); err != nil {
			return err
		}
	}
	return nil
}
