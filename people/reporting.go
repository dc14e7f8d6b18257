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
// refused: nobody reports to someone who reports to them.
func SetManager(ctx context.Context, w *ledger.Writer, person, manager ID, from calendar.Instant) error {
	line, err := lineNow(ctx, w.DB, person)
	if err != nil {
		return err
	}
	if line.Manager == manager {
		return nil
	}
	if line.Manager != "" && from < line.From {
		return problem.Invalid("from", "The present reporting line began later than that; a new one cannot start before it.")
	}
	if manager != "" {
		if err := mustNotCircle(ctx, w.DB, person, manager); err != nil {
			return err
		}
	}
	e, err := w.Add(ReportsTo, string(person), "", from, Fact{Manager: manager})
	if err != nil {
		return err
	}
	if err := endLine(ctx, w.DB, person, from); err != nil {
		return err
	}
	if manager != "" {
		if err := insertLine(ctx, w.DB, Line{Person: person, Manager: manager, From: from}); err != nil {
			return err
		}
	}
	return touch(ctx, w.DB, person, e.Sequence)
}

func mustNotCircle(ctx context.Context, d *db.DB, person, manager ID) error {
	lines, err := linesNow(ctx, d)
	if err != nil {
		return err
	}
	above := map[ID]ID{}
	for _, l := range lines {
		above[l.Person] = l.Manager
	}
	for at, steps := manager, 0; at != ""; at, steps = above[at], steps+1 {
		if at == person || steps > len(lines) {
			return problem.Invalid("manager", "Nobody can report to themselves, directly or around a corner.")
		}
	}
	return nil
}

// Line is one stretch of the reporting line.
type Line struct {
	Person  ID               `db:"person_id"`
	Manager ID               `db:"manager_id"`
	From    calendar.Instant `db:"from_at"`
	Until   calendar.Instant `db:"until_at"` // 0 while it holds
}

// Chart is the reporting line as it stood at one instant.
type Chart struct {
	manager map[ID]ID
	reports map[ID][]ID
}

// ChartAsOf is the reporting line as it stood at an instant: a line counts from
// its start up to, and not including, its end.
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
