package process

import (
	"context"
	"fmt"
	"reflect"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
)

// State is where a process stands.
type State string

// The states of a process.
const (
	Drafted State = "draft"   // never published
	Active  State = "active"  // deals are worked by it
	Ended   State = "retired" // no new deals; those under it go on
)

// Process is what the entries about it come to.
type Process struct {
	ID        ID
	State     State
	Draft     Definition // what is being edited; equal to the newest version when nothing is
	Changed   bool       // the draft differs from the newest version
	Choice    Choice
	Versions  []Version // oldest first
	Version   int64     // sequence of the newest entry about it
	ChangedAt calendar.Instant
	ChangedBy people.ID
}

// Newest is the version that new deals come under; nil for one never published.
func (p *Process) Newest() *Version {
	if len(p.Versions) == 0 {
		return nil
	}
	return &p.Versions[len(p.Versions)-1]
}

// Numbered finds a version.
func (p *Process) Numbered(number int) (*Version, bool) {
	if number < 1 || number > len(p.Versions) {
		return nil, false
	}
	return &p.Versions[number-1], true
}

// Name is that of the newest version, or of the draft.
func (p *Process) Name() string {
	if newest := p.Newest(); newest != nil {
		return newest.Definition.Name
	}
	return p.Draft.Name
}

// Fold makes a process from its entries, in the order of their sequence.
func Fold(entries []ledger.Entry) (Process, error) {
	var p Process
	for i := range entries {
		if err := p.take(&entries[i]); err != nil {
			return p, fmt.Errorf("folding process %s: %w", entries[i].Subject, err)
		}
	}
	return p, nil
}

func (p *Process) take(e *ledger.Entry) error {
	p.ID, p.Version, p.ChangedAt, p.ChangedBy = ID(e.Subject), e.Sequence, e.RecordedAt, people.ID(e.Actor)
	if p.State == "" {
		p.State = Drafted
	}
	switch e.Kind {
	case DraftSaved:
		var fact DraftFact
		if err := e.Read(&fact); err != nil {
			return err
		}
		newest := p.Newest()
		p.Draft = fact.Definition
		p.Changed = newest == nil || !reflect.DeepEqual(newest.Definition, p.Draft)
	case Published:
		var v Version
		if err := e.Read(&v); err != nil {
			return err
		}
		p.Versions = append(p.Versions, v)
		p.Draft, p.Changed = v.Definition, false
		if p.State == Drafted {
			p.State = Active
		}
	case ChoiceSet:
		return e.Read(&p.Choice)
	case Retired:
		p.State = Ended
	case Revived:
		p.State = Active
	}
	return nil
}

// pen writes about one process, as its entries make it.
type pen struct {
	w *ledger.Writer
	Process
}

// takeUp reads a process for whoever changes it. Seen is the sequence that the person
// saw; when somebody changed the process since, nothing is written.
func takeUp(ctx context.Context, w *ledger.Writer, id ID, seen int64) (*pen, error) {
	p, err := Find(ctx, w.DB, id) // the rows, which hold what this transaction wrote before
	if err == nil && seen != 0 && seen != p.Version {
		err = problem.Conflict("", "Somebody changed this process while you were at it. Nothing of yours was saved yet: look at what changed, then save again.")
	}
	return &pen{w, p}, err
}

// put adds an entry and writes what the process comes to.
func (p *pen) put(ctx context.Context, kind ledger.Kind, payload any) (Process, error) {
	e, err := p.w.Add(kind, string(p.ID), "", p.w.By.At, payload)
	if err != nil {
		return p.Process, err
	}
	if err := p.take(&e); err != nil {
		return p.Process, err
	}
	return p.Process, write(ctx, p.w.DB, &p.Process)
}

// Begin starts a process as a draft.
func Begin(ctx context.Context, w *ledger.Writer, d Definition) (Process, error) {
	return BeginAs(ctx, w, ID(db.NewID(w.By.At)), d)
}

// BeginAs is Begin with an id that the caller made.
func BeginAs(ctx context.Context, w *ledger.Writer, id ID, d Definition) (Process, error) {
	d.tidy(w.By.At)
	if err := d.checkDraft(); err != nil {
		return Process{}, err
	}
	return (&pen{w, Process{ID: id}}).put(ctx, DraftSaved, DraftFact{Definition: d})
}

// SaveDraft keeps what is being edited. A published version is not touched by it.
func SaveDraft(ctx context.Context, w *ledger.Writer, id ID, seen int64, d Definition) (Process, error) {
	return SaveAct(ctx, w, id, seen, d, "")
}

// SaveAct is SaveDraft with words that tell in the history what was done.
func SaveAct(ctx context.Context, w *ledger.Writer, id ID, seen int64, d Definition, words string) (Process, error) {
	p, err := takeUp(ctx, w, id, seen)
	if err != nil {
		return Process{}, err
	}
	d.tidy(w.By.At)
	if err := d.checkDraft(); err != nil {
		return p.Process, err
	}
	return p.put(ctx, DraftSaved, DraftFact{Definition: d, Words: words})
}

// Publish makes the draft the newest version. The mapping says what became of the
// milestones of the version before; what is neither mapped nor there any more is
// dropped. Open deals are brought along by whoever publishes (evidence.Migrate), in the
// same transaction.
func Publish(ctx context.Context, w *ledger.Writer, id ID, seen int64, mapping map[MilestoneID][]MilestoneID, note string) (Process, error) {
	p, err := takeUp(ctx, w, id, seen)
	if err != nil {
		return Process{}, err
	}
	if !p.Changed && len(p.Versions) > 0 {
		return p.Process, problem.Invalid("", "Nothing was changed since version %d.", len(p.Versions))
	}
	v := Version{Process: p.ID, Number: len(p.Versions) + 1, Definition: p.Draft, Mapping: mapping, Note: note, At: w.By.At, By: people.ID(w.By.Actor)}
	if err := v.Definition.checkPublishable(); err != nil {
		return p.Process, err
	}
	if err := v.checkMapping(p.Newest()); err != nil {
		return p.Process, err
	}
	return p.put(ctx, Published, v)
}

// checkMapping refuses a mapping from or to milestones that there are not.
func (v *Version) checkMapping(before *Version) error {
	for from, to := range v.Mapping {
		if before == nil {
			return problem.Invalid("mapping", "The first version continues nothing.")
		}
		if _, _, there := before.Definition.Milestone(from); !there {
			return problem.Invalid("mapping", "A milestone that is mapped was not in version %d. Reload the page, and look again.", before.Number)
		}
		for _, id := range to {
			if _, _, there := v.Definition.Milestone(id); !there {
				return problem.Invalid("mapping", "A milestone is mapped to one that the new version does not have. Reload the page, and look again.")
			}
		}
	}
	return nil
}

// SetChoice says for which new deals the process is meant.
func SetChoice(ctx context.Context, w *ledger.Writer, id ID, seen int64, c Choice) (Process, error) {
	p, err := takeUp(ctx, w, id, seen)
	if err != nil {
		return Process{}, err
	}
	if err := c.check(); err != nil {
		return p.Process, err
	}
	return p.put(ctx, ChoiceSet, c)
}

// Retire ends the use of a process for new deals; those under it go on.
func Retire(ctx context.Context, w *ledger.Writer, id ID, seen int64) (Process, error) {
	return change(ctx, w, id, seen, Active, Retired, "Only a process that is in use can be retired.")
}

// Revive lets new deals come under a retired process again.
func Revive(ctx context.Context, w *ledger.Writer, id ID, seen int64) (Process, error) {
	return change(ctx, w, id, seen, Ended, Revived, "Only a retired process can be brought back.")
}

func change(ctx context.Context, w *ledger.Writer, id ID, seen int64, from State, kind ledger.Kind, refusal string) (Process, error) {
	p, err := takeUp(ctx, w, id, seen)
	switch {
	case err != nil:
		return Process{}, err
	case p.State != from:
		return p.Process, problem.Invalid("", "%s", refusal)
	}
	return p.put(ctx, kind, struct{}{})
}
