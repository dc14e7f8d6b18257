package people

import (
	"context"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/problem"
)

// SetManager records to whom a person reports from an instant on; an empty manager
// means nobody. The line before it ends there and stays on record. A circle is
// refused: nobody reports to someone who reports to them, at any time.
func SetManager(ctx context.Context, w *ledger.Writer, person, manager ID, from calendar.Instant) error {
	line, err := lineNow(ctx, w.DB, person)
	if err != nil {
		return err
	}
	if line.Manager == manager {
		return nil
	}
	if err := mustFollow(ctx, w, person, line, from); err != nil {
		return err
	}
	if manager != "" {
		if err := mayManage(ctx, w.DB, person, manager, from); err != nil {
			return err
		}
	}
	e, err := w.Add(ReportsTo, string(person), "", from, Fact{Manager: manager})
	if err != nil {
		return err
	}
	if err := endLineAt(ctx, w.DB, line, from); err != nil {
		return err
	}
	if manager != "" {
		if err := insertLine(ctx, w.DB, Line{Person: person, Manager: manager, From: from}); err != nil {
			return err
		}
	}
	return touch(ctx, w.DB, person, e.Sequence)
}

// mustFollow refuses a line that would begin before the newest one does, or before
// a former one ends: what was true then stays on record.
func mustFollow(ctx context.Context, w *ledger.Writer, person ID, line Line, from calendar.Instant) error {
	if from > w.By.At {
		return problem.Invalid("from", "A reporting line is recorded when it is there: today, or on an earlier day.")
	}
	if line.Manager != "" && from < line.From {
		return problem.Invalid("from", "The present reporting line began later than that; a new one cannot start before it.")
	}
	ended, err := lastLineEnd(ctx, w.DB, person)
	if err == nil && from < ended {
		err = problem.Invalid("from", "A former reporting line ended later than that; a new one cannot start before it.")
	}
	return err
}

// endLineAt ends a line. One that began at that very instant never held: it makes
// room for the line that takes its place, and the ledger remembers both.
func endLineAt(ctx context.Context, d *db.DB, line Line, at calendar.Instant) error {
	switch {
	case line.Manager == "":
		return nil
	case line.From == at:
		return deleteLine(ctx, d, line)
	}
	return endLine(ctx, d, line.Person, at)
}

// mayManage refuses a manager who is not there, or with whom the line would run in
// a circle now or at any time since it began.
func mayManage(ctx context.Context, d *db.DB, person, manager ID, from calendar.Instant) error {
	m, err := PersonOf(ctx, d, d.Org(), manager)
	if problem.Is(err, problem.KindNotFound) {
		return problem.Invalid("manager", "There is no such person to report to.")
	}
	if err != nil {
		return err
	}
	if !m.Active() {
		return problem.Invalid("manager", "%s has left. Choose someone who is here.", m.Name)
	}
	lines, err := linesSince(ctx, d, from)
	if err != nil {
		return err
	}
	moments := map[calendar.Instant]bool{from: true}
	for _, l := range lines {
		moments[max(l.From, from)] = true
	}
	for at := range moments {
		if circles(lines, person, manager, at) {
			return problem.Invalid("manager", "Nobody can report to themselves, directly or around a corner.")
		}
	}
	return nil
}

// circles tells whether someone above the manager at an instant is the person.
func circles(lines []Line, person, manager ID, at calendar.Instant) bool {
	above := map[ID]ID{}
	for _, l := range lines {
		if l.holds(at) {
			above[l.Person] = l.Manager
		}
	}
	for who, steps := manager, 0; who != ""; who, steps = above[who], steps+1 {
		if who == person || steps > len(lines) {
			return true
		}
	}
	return false
}

// Line is one stretch of the reporting line.
type Line struct {
	Person  ID               `db:"person_id"`
	Manager ID               `db:"manager_id"`
	From    calendar.Instant `db:"from_at"`
	Until   calendar.Instant `db:"until_at"` // 0 while it holds
}

// holds tells whether the line counts at an instant: from its start up to, and not
// including, its end.
func (l Line) holds(at calendar.Instant) bool {
	return l.From <= at && (l.Until == 0 || at < l.Until)
}

// Chart is the reporting line as it stood at one instant.
type Chart struct {
	manager map[ID]ID
	reports map[ID][]ID
}

// ChartAsOf is the reporting line as it stood at an instant: who managed whom then.
func ChartAsOf(ctx context.Context, d *db.DB, org db.Org, at calendar.Instant) (Chart, error) {
	lines, err := linesAsOf(ctx, d, org, at)
	if err != nil {
		return Chart{}, err
	}
	return newChart(lines), nil
}

func newChart(lines []Line) Chart {
	c := Chart{map[ID]ID{}, map[ID][]ID{}}
	for _, l := range lines {
		c.manager[l.Person] = l.Manager
		c.reports[l.Manager] = append(c.reports[l.Manager], l.Person)
	}
	return c
}

// Manager is to whom a person reported, or empty.
func (c Chart) Manager(person ID) ID { return c.manager[person] }

// Reports lists who reported to a person directly, in a steady order.
func (c Chart) Reports(person ID) []ID { return c.reports[person] }

// Below lists everyone down the line from a person, not the person, level by level.
func (c Chart) Below(person ID) []ID {
	var list []ID
	seen := map[ID]bool{person: true}
	for next := c.reports[person]; len(next) > 0; {
		var deeper []ID
		for _, p := range next {
			if seen[p] {
				continue
			}
			seen[p] = true
			list = append(list, p)
			deeper = append(deeper, c.reports[p]...)
		}
		next = deeper
	}
	return list
}
