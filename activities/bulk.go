package activities

import (
	"context"
	"slices"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
)

// Past is when something was recorded, and by whom: for whoever brings a history in.
type Past struct {
	Deal deals.ID
	By   people.ID
	At   calendar.Instant
}

// PastNote is a note of a history.
type PastNote struct {
	Past
	Text   string
	Pinned bool
}

// PastStep is a next step of a history. When DoneAt is not 0 it was done then.
type PastStep struct {
	Past
	Intention
	DoneAt calendar.Instant
	Result string
}

// WriteNotes records notes of a history, each at its instant and in its author's
// name. The deals must have their rows; this room's tables follow by CatchUp.
func WriteNotes(ctx context.Context, w *ledger.Writer, notes []PastNote) error {
	return inNamesOf(ctx, w, func(add func(Past, ledger.Kind, ID, any) (ID, error)) error {
		for _, n := range notes {
			text, err := cleanNote(n.Text)
			if err != nil {
				return err
			}
			id, err := add(n.Past, NoteWritten, itself, deals.Fact{Value: text})
			if err == nil && n.Pinned {
				_, err = add(n.Past, NotePinned, id, struct{}{})
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// SetNextSteps records next steps of a history, in the order given, which must be
// that in which they were set. Those that were done while a later one was open are
// told as replaced.
func SetNextSteps(ctx context.Context, w *ledger.Writer, steps []PastStep) error {
	return inNamesOf(ctx, w, func(add func(Past, ledger.Kind, ID, any) (ID, error)) error {
		for _, s := range steps {
			owner := s.Owner
			if owner == "" {
				owner = s.By
			}
			id, err := add(s.Past, StepSet, "", deals.Fact{Value: s.Text, Person: owner, Date: s.Due})
			if err == nil && s.DoneAt != 0 {
				s.Past.At = s.DoneAt
				_, err = add(s.Past, StepDone, id, deals.Fact{Name: string(StepFinished), Value: s.Result})
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// itself says that an entry is its own subject.
const itself ID = "itself"

// inNamesOf lends out a function that adds entries of a history, and then writes the
// rows of the deals anew, whose version is that of their newest entry.
func inNamesOf(ctx context.Context, w *ledger.Writer, work func(func(Past, ledger.Kind, ID, any) (ID, error)) error) error {
	by := w.By
	defer func() { w.By = by }()
	added := map[deals.ID][]ledger.Entry{}
	var order []deals.ID
	err := work(func(p Past, kind ledger.Kind, subject ID, payload any) (ID, error) {
		w.By = ledger.By{Actor: string(p.By), Via: by.Via, At: p.At}
		e := ledger.Entry{ID: db.NewID(p.At), RecordedAt: p.At, EffectiveAt: p.At, Kind: kind, Subject: string(subject),
			Opportunity: string(p.Deal)}
		switch subject {
		case itself:
			e.Subject = e.ID
		case "":
			e.Subject = string(p.Deal)
		}
		e, err := w.AddAs(e, payload)
		if len(added[p.Deal]) == 0 {
			order = append(order, p.Deal)
		}
		added[p.Deal] = append(added[p.Deal], e)
		return ID(e.ID), err
	})
	if err != nil {
		return err
	}
	for part := range slices.Chunk(order, 200) {
		told, err := entriesOf(ctx, w.DB, part)
		if err != nil {
			return err
		}
		for _, deal := range part {
			told[deal] = append(told[deal], added[deal]...)
		}
		if err := deals.Rewrite(ctx, w.DB, told, part, nil); err != nil {
			return err
		}
	}
	return nil
}
