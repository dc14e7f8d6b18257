package people

import (
	"context"
	"strconv"

	"milepost/calendar"
	"milepost/internal/ledger"
	"milepost/problem"
)

// Leave records that a person has left: roles, reporting line, sign-ins, links and
// password end; what they did stays. It refuses while people report to them, and
// for the last administrator. Their open deals are handed over by whoever calls
// this, in the same transaction.
func Leave(ctx context.Context, w *ledger.Writer, person ID, at calendar.Instant) error {
	p, err := PersonOf(ctx, w.DB, w.DB.Org(), person)
	if err != nil {
		return err
	}
	if err := mayLeave(ctx, w, p, at); err != nil {
		return err
	}
	e, err := w.Add(Left, string(person), "", at, Fact{})
	if err != nil {
		return err
	}
	line, err := lineNow(ctx, w.DB, person)
	if err != nil {
		return err
	}
	if err := endLineAt(ctx, w.DB, line, at); err != nil {
		return err
	}
	if err := endGrants(ctx, w.DB, person, w.By.At); err != nil {
		return err
	}
	if err := closeWaysIn(ctx, w, person); err != nil {
		return err
	}
	return markLeft(ctx, w.DB, person, at, e.Sequence)
}

func mayLeave(ctx context.Context, w *ledger.Writer, p Person, at calendar.Instant) error {
	switch {
	case !p.Active():
		return problem.Conflict("", "%s has left already.", p.Name)
	case at > w.By.At:
		return problem.Invalid("at", "Record that %s leaves on the last day, or afterwards.", p.Name)
	case at < p.JoinedAt:
		return problem.Invalid("at", "%s joined later than that.", p.Name)
	}
	line, err := lineNow(ctx, w.DB, p.ID)
	if err != nil {
		return err
	}
	if line.Manager != "" && at < line.From {
		return problem.Invalid("at", "%s was given another manager later than that. Choose that day, or a later one.", p.Name)
	}
	reports, err := reportsNow(ctx, w.DB, p.ID)
	if err != nil {
		return err
	}
	if len(reports) > 0 {
		return problem.Conflict("", "%s to %s. Give them another manager first.", countOf(len(reports), "person reports", "people report"), p.Name)
	}
	roles, err := rolesOf(ctx, w.DB, p.ID)
	if err != nil {
		return err
	}
	for _, role := range roles {
		if role == Administrator {
			return mustNotBeLastAdministrator(ctx, w.DB, p.ID)
		}
	}
	return nil
}

// closeWaysIn ends everything by which a person could come in.
func closeWaysIn(ctx context.Context, w *ledger.Writer, person ID) error {
	if err := EndOtherSignIns(ctx, w, person, ""); err != nil {
		return err
	}
	if err := deleteLinks(ctx, w.DB, person); err != nil {
		return err
	}
	if err := deleteResetRequest(ctx, w.DB, person); err != nil {
		return err
	}
	return deleteHash(ctx, w.DB, person)
}

// Return records that someone who left is here again. Roles, a manager and an
// invitation are given anew.
func Return(ctx context.Context, w *ledger.Writer, person ID, at calendar.Instant) error {
	p, err := PersonOf(ctx, w.DB, w.DB.Org(), person)
	if err != nil {
		return err
	}
	switch {
	case p.Active():
		return problem.Conflict("", "%s is here.", p.Name)
	case at < p.LeftAt || at > w.By.At:
		return problem.Invalid("at", "%s returns after having left, and today at the latest.", p.Name)
	case p.Name == erasedName && p.Email == "":
		return problem.Conflict("", "Who this was has been erased. Add them as someone new.")
	}
	e, err := w.Add(Returned, string(person), "", at, Fact{})
	if err != nil {
		return err
	}
	return markLeft(ctx, w.DB, person, 0, e.Sequence)
}

func countOf(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}
