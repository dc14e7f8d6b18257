package bulk

import (
	"milepost/calendar"
	"milepost/internal/db"
	"milepost/problem"
)

// plan keeps what shall become of the records, and foresees what would become of each.
func (l *List) plan(k Desk, c change) error {
	choice, err := l.choice(c.What)
	if err != nil {
		return err
	}
	ready, err := choice.Ready(k, c.Value)
	if err != nil {
		return err // it can be so of no record
	}
	c.Value = ready.Value
	for place := int64(0); ; {
		list, err := rowsAfter(k.Ctx, k.DB, c.ID, place, planBatch)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return c.keep(k, nil, planned)
		}
		found, err := ready.Look(k, idsOf(list))
		if err != nil {
			return err
		}
		for i := range list {
			glance, seen := found[list[i].ID]
			list[i].foresee(glance, seen)
		}
		if err := c.keep(k, list, c.State); err != nil {
			return err
		}
		place = list[len(list)-1].Place
	}
}

// foresee keeps what would become of a record.
func (r *Row) foresee(g Glance, seen bool) {
	r.Version, r.Before, r.After = g.Version, g.Before, g.After
	switch {
	case !seen:
		r.refuse(Hidden)
	case g.Refusal != nil:
		r.refuse(g.Refusal)
	case g.Before == g.After:
		r.refuse(SoAlready)
	default:
		r.State, r.Reason = rowReady, ""
	}
}

// refuse keeps why a record does not change, in words for whoever asked.
func (r *Row) refuse(err error) {
	r.State = rowRefused
	switch {
	case problem.Is(err, problem.KindConflict):
		err = Overtaken
	case problem.Is(err, problem.KindNotFound):
		err = Hidden
	}
	r.Reason, _ = sentence(err)
}

// sentence parts what is told to a person from what went wrong otherwise.
func sentence(err error) (string, error) {
	if found, ok := problem.Of(err); err != nil && ok {
		return found.Sentence, nil
	}
	return "", err
}

// keep writes a part of a preview, unless the change has begun meanwhile.
func (c change) keep(k Desk, list []Row, state string) error {
	return k.DB.InTx(k.Ctx, func(tx *db.DB) error {
		if err := c.move(k, tx, state, k.Now); err != nil {
			return err
		}
		return putRows(k.Ctx, tx, c.ID, list)
	})
}

// move brings a change on to its next state, unless someone was faster.
func (c change) move(k Desk, d *db.DB, to string, now calendar.Instant) error {
	from := c.State
	c.State, c.TouchedAt = to, now
	if to == done || to == undone {
		c.EndedAt = now
	}
	ok, err := moveChange(k.Ctx, d, c, from)
	if err == nil && !ok {
		err = errMoved
	}
	return err
}

func idsOf(list []Row) []string {
	ids := make([]string, len(list))
	for i, r := range list {
		ids[i] = r.ID
	}
	return ids
}
