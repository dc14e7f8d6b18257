package activities

import (
	"cmp"
	"fmt"
	"slices"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
)

// Folder is what a deal's entries come to in this room.
type Folder struct {
	Activities []Activity
	Notes      []Note
	Steps      []Step
	Files      []File
}

// holding is that a person owned a deal from an instant on.
type holding struct {
	sequence int64
	from     calendar.Instant
	person   people.ID
}

// Fold makes a deal's folder from its entries, in order of sequence. It serves the
// tables and their check, so that the two cannot disagree about what is meant.
func Fold(entries []ledger.Entry) (Folder, error) {
	f := folding{activities: map[ID]int{}, notes: map[ID]int{}, steps: map[ID]int{}, files: map[ID]int{}}
	for i := range entries {
		if err := f.take(&entries[i]); err != nil {
			return Folder{}, fmt.Errorf("folding the activities of deal %s: %w", entries[i].Opportunity, err)
		}
	}
	owner := ownerNow(f.held)
	for i := range f.Activities {
		f.Activities[i].Owner = owner
	}
	return f.Folder, nil
}

type folding struct {
	Folder
	activities, notes, steps, files map[ID]int // where each is in its list
	held                            []holding
}

func (f *folding) take(e *ledger.Entry) error {
	switch e.Kind {
	case deals.OwnerSet:
		h, err := heldFrom(e)
		f.held = append(f.held, h)
		return err
	case deals.ActivityLogged, Planned, Corrected, Withdrawn:
		return f.activity(e)
	case NoteWritten, NotePinned, NoteUnpinned, NoteRemoved:
		return f.note(e)
	case StepSet, StepDone:
		return f.step(e)
	case FileAttached, FileRemoved:
		return f.file(e)
	}
	return nil
}

func (f *folding) activity(e *ledger.Entry) error {
	var r Report
	if err := e.Read(&r); err != nil {
		return err
	}
	if i, known := f.activities[cmp.Or(r.Planned, ID(e.Subject))]; known {
		a := &f.Activities[i]
		a.Version = e.Sequence
		switch e.Kind {
		case Withdrawn:
			a.State = TakenBack
		case Corrected:
			a.tell(&r)
			if a.Person = cmp.Or(r.Person, a.Person); r.Nobody {
				a.Person = ""
			}
		case Planned:
			if a.State == TakenBack {
				a.tell(&r)
				a.State = Ahead
			}
		case deals.ActivityLogged:
			a.tell(&r)
			a.State, a.At, a.Person = Done, e.EffectiveAt, f.doer(e, &r)
		}
		return nil
	}
	if e.Kind == Corrected || e.Kind == Withdrawn {
		return nil // of something that was never here
	}
	f.activities[ID(e.ID)] = len(f.Activities)
	f.Activities = append(f.Activities, newActivity(e, &r, f.doer(e, &r)))
	return nil
}

// newActivity is the activity that one entry begins.
func newActivity(e *ledger.Entry, r *Report, person people.ID) Activity {
	a := Activity{ID: ID(e.ID), Deal: deals.ID(e.Opportunity), Person: person, State: Done, At: e.EffectiveAt,
		Via: e.Via, RecordedAt: e.RecordedAt, Version: e.Sequence}
	a.tell(r)
	if e.Kind == Planned {
		a.State = Ahead
	}
	return a
}

func (f *folding) doer(e *ledger.Entry, r *Report) people.ID { return doerOf(e, r, f.held) }

// doerOf tells who did what an entry reports: whom it names; else whoever recorded
// it by hand; else, for what came by import, who owned the deal then, as far as had
// been recorded.
func doerOf(e *ledger.Entry, r *Report, held []holding) people.ID {
	if r.Person != "" {
		return r.Person
	}
	if e.Actor != "" && (e.Via == ledger.ViaWeb || e.Via == ledger.ViaAPI) {
		return people.ID(e.Actor)
	}
	var best holding
	for _, h := range held {
		if h.sequence < e.Sequence && h.from <= e.EffectiveAt && !h.before(best) {
			best = h
		}
	}
	return best.person
}

func (h holding) before(other holding) bool {
	return cmp.Or(cmp.Compare(h.from, other.from), cmp.Compare(h.sequence, other.sequence)) < 0
}

func heldFrom(e *ledger.Entry) (holding, error) {
	var fact deals.Fact
	err := e.Read(&fact)
	return holding{e.Sequence, e.EffectiveAt, fact.Person}, err
}

// ownerNow is the owner as deals.Fold sees it.
func ownerNow(held []holding) people.ID {
	if len(held) == 0 {
		return ""
	}
	return slices.MaxFunc(held, func(a, b holding) int {
		if a.before(b) {
			return -1
		}
		return 1
	}).person
}
