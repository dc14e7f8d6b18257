package testworld

import (
	"math"

	"milepost/calendar"
	"milepost/people"
	"milepost/targets"
)

// stretch is how much a team target is above what the people of the team carry: most
// managers carry a little more than the sum, one a little less.
var stretch = map[string]float64{"Nordics": 1.04, "Britain and Ireland": 1.05, "Benelux": .97, "Central Europe": 1.05, "Southern Europe": 1.03, "North America": 1.06}

// handDown sets a year's targets from the top down: the head of sales sets those of
// the directors, they those of the managers a few days later, and they those of the
// reps.
func (pl *planner) handDown(year calendar.Period, day int, growth float64) {
	above := map[string]map[targets.Cell]int64{}
	for i := range teams {
		t := &teams[i]
		manager := pl.cast.managerOf(t, day)
		var quotas []targets.Setting
		sums := map[targets.Cell]int64{}
		for _, m := range pl.cast.reps {
			if !pl.cast.here(m, day) || pl.cast.teamOn(m, day) != t {
				continue
			}
			for _, month := range targets.Months(year) {
				s := pl.quota(m, month, growth, day)
				quotas = append(quotas, s)
				sums[targets.Cell{Person: manager.id, Scope: targets.Team, Month: month, Measure: s.Measure}] += *s.Value
			}
		}
		pl.set(pl.working(day, 5), 14*60+7*i, manager.id, quotas)
		director := pl.cast.byName[t.director]
		team := teamTargets(sums, stretch[t.name])
		if manager.name == replacedName {
			pl.led = append(pl.led, team...)
		}
		pl.set(pl.working(day, 3), 10*60+9*i, director.id, team)
		if above[t.director] == nil {
			above[t.director] = map[targets.Cell]int64{}
		}
		gather(above[t.director], sums, director.id)
	}
	head := map[targets.Cell]int64{}
	var list []targets.Setting
	for _, director := range []string{"Marcus Oyelaran", "Carla Benedetti"} {
		list = append(list, teamTargets(above[director], 1.02)...)
		gather(head, above[director], pl.truth.Head)
	}
	pl.set(day, 11*60, pl.truth.Head, append(list, teamTargets(head, 1.01)...))
}

// gather adds the targets of one level to those of the person above.
func gather(into, from map[targets.Cell]int64, person people.ID) {
	for cell, value := range from {
		cell.Person = person
		into[cell] += value
	}
}

// teamTargets makes settings of sums, a little stretched and in thousands.
func teamTargets(sums map[targets.Cell]int64, by float64) []targets.Setting {
	list := make([]targets.Setting, 0, len(sums))
	for cell, value := range sums {
		value = int64(math.Round(float64(value)*by/100_000)) * 100_000
		list = append(list, targets.Setting{Cell: cell, Value: &value})
	}
	return list // in any order: they are sorted when they are set
}

// turnover sets the targets of those who came in the course of a year, and takes away
// those of the months after someone left; the team target goes from the manager who
// stepped down to the successor.
func (pl *planner) turnover(year calendar.Period, growth float64) {
	pl.succeed(year)
	for _, m := range pl.cast.reps {
		if m.from > 0 {
			pl.arrive(m, year, growth)
		}
		if m.until > 0 {
			pl.leave(m, year)
		}
	}
}

func (pl *planner) arrive(m *member, year calendar.Period, growth float64) {
	day := pl.working(pl.cast.monthDay(m.from), 4)
	if !year.Contains(pl.time.dates[day]) {
		return
	}
	var list []targets.Setting
	for _, month := range targets.Months(year) {
		if month > pl.time.dates[day].AddDays(-28) {
			list = append(list, pl.quota(m, month, growth, day))
		}
	}
	pl.set(day, 9*60+50, pl.cast.managerOf(pl.cast.teamOn(m, day), day).id, list)
}

func (pl *planner) leave(m *member, year calendar.Period) {
	day := pl.cast.monthDay(m.until)
	if !year.Contains(pl.time.dates[day]) {
		return
	}
	var list []targets.Setting
	for _, month := range targets.Months(year) {
		if month > pl.time.dates[day] {
			s := pl.quota(m, month, 1, day)
			s.Value = nil
			list = append(list, s)
		}
	}
	pl.set(day, 17*60, pl.cast.managerOf(pl.cast.teamOn(m, day), day).id, list)
}

// succeed hands the team targets of the manager who stepped down to the successor.
func (pl *planner) succeed(year calendar.Period) {
	day := pl.cast.monthDay(reorganized)
	var list []targets.Setting
	for _, s := range pl.led {
		if year.Contains(s.Month) && s.Month > pl.time.dates[day].AddDays(-28) {
			to := s
			s.Value, to.Person = nil, pl.truth.Successor
			list = append(list, s, to)
		}
	}
	pl.set(day, 9*60+40, pl.cast.byName["Carla Benedetti"].id, list)
}
