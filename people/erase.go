package people

import (
	"context"
	"slices"

	"milepost/internal/ledger"
	"milepost/problem"
)

// erasedName stands where the name of someone stood whose data were erased.
const erasedName = "Erased person"

// telling are the kinds of entry whose payload can tell who someone is. Reporting
// lines and roles name ids only: they stay, so that who managed whom last year can
// still be asked.
var telling = []ledger.Kind{Joined, Described, SignedInAtDevice, SignedOutOfDevice, TeamNamed}

// Erase removes what tells who someone was, for their right to be forgotten: name,
// address, title, devices, from the tables and from the ledger. What they sold
// stays, under "Erased person". It is for people who have left, and cannot be
// undone.
func Erase(ctx context.Context, w *ledger.Writer, person ID) error {
	p, err := PersonOf(ctx, w.DB, w.DB.Org(), person)
	if err != nil {
		return err
	}
	if p.Active() {
		return problem.Conflict("", "%s is still here. Only the data of someone who has left can be erased.", p.Name)
	}
	entries, err := ledger.OfSubject(ctx, w.DB, w.DB.Org(), string(person))
	if err != nil {
		return err
	}
	var sequences []int64
	for _, e := range entries {
		if e.Payload != "" && slices.Contains(telling, e.Kind) {
			sequences = append(sequences, e.Sequence)
		}
	}
	if err := ledger.Erase(ctx, w, string(person), sequences, "a person's data were erased"); err != nil {
		return err
	}
	e, err := w.Add(Erased, string(person), "", w.By.At, Fact{})
	if err != nil {
		return err
	}
	if err := closeWaysIn(ctx, w, person); err != nil {
		return err
	}
	if err := deleteTeam(ctx, w.DB, person); err != nil {
		return err
	}
	p.Name, p.Email, p.Title, p.Version = erasedName, "", "", e.Sequence
	return updatePerson(ctx, w.DB, p)
}
