package evidence

import (
	"context"
	"strconv"

	"milepost/activities"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
	"milepost/process"
)

// Pen writes about what was shown of one deal. It decides on what the ledger says while
// the place in the ledger is held, so two people who act at once act one after the
// other. Rooms above (plans, audits) write through it.
type Pen struct {
	Deal    deals.Opportunity
	Version *process.Version // nil while the deal is worked by no process
	Library process.Library
	Standing
	w       *ledger.Writer
	entries []ledger.Entry
	files   bool // a file was attached
}

// TakeUp readies a pen for a deal that the person sees.
func TakeUp(ctx context.Context, w *ledger.Writer, v *people.Viewer, deal deals.ID) (*Pen, error) {
	o, err := deals.FindFor(ctx, w.DB, v, deal)
	if err != nil {
		return nil, err
	}
	return PenFor(ctx, w, o)
}

// PenFor readies a pen for a deal, whoever asks: for jobs, and for a buyer who holds a
// link.
func PenFor(ctx context.Context, w *ledger.Writer, o deals.Opportunity) (*Pen, error) {
	library, err := process.ReadLibrary(ctx, w.DB)
	if err != nil {
		return nil, err
	}
	entries, err := ledger.OfOpportunity(ctx, w.DB, w.DB.Org(), string(o.ID))
	if err != nil {
		return nil, err
	}
	return penOf(w, o, library, entries)
}

func penOf(w *ledger.Writer, o deals.Opportunity, library process.Library, entries []ledger.Entry) (*Pen, error) {
	p := &Pen{Deal: o, Library: library, w: w, entries: entries}
	return p, p.fold()
}

func (p *Pen) fold() (err error) {
	if p.Standing, err = Fold(p.entries, p.Library, deals.Ever); err != nil {
		return err
	}
	p.Version = nil
	if p.Process != "" {
		p.Version, _ = p.Library.Version(p.Process, p.Number)
	}
	return nil
}

// Seen refuses when a milestone is not as the person saw it: version is the sequence of
// the newest entry about it then, 0 for one of which nothing was shown.
func (p *Pen) Seen(id process.MilestoneID, version int64) error {
	if m := p.Of(id); m.Version != version {
		return problem.Conflict("", "Somebody else worked on “%s” while you were at it: it is %s now. Nothing of yours was saved yet; look at it, then decide again.", m.Name, m.State.words())
	}
	return nil
}

func (s State) words() string {
	if s == Missing {
		return "not claimed"
	}
	return string(s)
}

// at is when something is true that is said now: never before what was said already,
// whose order would otherwise turn round when clocks differ.
func (p *Pen) at() calendar.Instant { return max(p.w.By.At, p.Last) }

// add gathers an entry and takes it in.
func (p *Pen) add(kind ledger.Kind, subject string, fact Fact) error {
	e, err := p.w.Add(kind, subject, string(p.Deal.ID), p.at(), fact)
	if err != nil {
		return err
	}
	return p.take(e)
}

// take takes in an entry that is true after all others (see at), without folding those
// again.
func (p *Pen) take(e ledger.Entry) error {
	p.entries = append(p.entries, e)
	f := folding{Standing: p.Standing, library: p.Library, version: p.Version}
	err := f.take(&e)
	p.Standing, p.Version = f.Standing, f.version
	return err
}

// begin gathers an entry that is its own subject.
func (p *Pen) begin(kind ledger.Kind, id string, fact Fact) error {
	e, err := p.w.AddAs(ledger.Entry{ID: id, RecordedAt: p.w.By.At, EffectiveAt: p.at(), Kind: kind, Subject: id, Opportunity: string(p.Deal.ID)}, fact)
	if err != nil {
		return err
	}
	return p.take(e)
}

// about is a fact that names a milestone as it is called now.
func (p *Pen) about(id process.MilestoneID, reason string) Fact {
	name := p.Of(id).Name
	if p.Version != nil {
		if m, _, there := p.Version.Definition.Milestone(id); there {
			name = m.Name
		}
	}
	return Fact{Fact: deals.Fact{Name: string(id), Value: name, Reason: reason}}
}

// Put brings the deal under a version of a process; a nil version takes it off. ByRule
// says that nobody chose the process for this deal.
func (p *Pen) Put(v *process.Version, byRule bool) error {
	fact := deals.Fact{}
	if v != nil {
		fact = deals.Fact{Name: string(v.Process), Value: strconv.Itoa(v.Number), Reason: v.Definition.Name}
	}
	return p.add(deals.ProcessSet, string(p.Deal.ID), Fact{Fact: fact, ByRule: byRule})
}

// followStage lets the stage follow from what stands. The stage of a deal that has
// ended stays what it was.
func (p *Pen) followStage() error {
	if p.Version == nil || !p.Deal.IsOpen() {
		return nil
	}
	stage := p.Stage(p.Version)
	if stage == p.Deal.Stage {
		return nil
	}
	p.Deal.Stage = stage
	return p.add(deals.StageSet, string(p.Deal.ID), Fact{Fact: deals.Fact{Value: stage}})
}

// PutDown lets the stage follow, and writes the rows.
func (p *Pen) PutDown(ctx context.Context) error {
	b := newBatch()
	if err := b.take(p); err != nil {
		return err
	}
	if err := b.write(ctx, p.w); err != nil || !p.files {
		return err
	}
	return activities.Settle(ctx, p.w.DB, p.Deal.ID, p.entries)
}

// Attach keeps a file with the deal, for evidence to refer to. Whoever is not to see
// confidential evidence is not to see its file.
func (p *Pen) Attach(vault activities.FileVault, u *activities.Upload, confidential bool) (string, error) {
	if err := p.mustBeWorked(); err != nil {
		return "", err
	}
	e, err := vault.Attach(p.w, p.Deal.ID, u, confidential)
	if err != nil {
		return "", err
	}
	p.entries, p.files = append(p.entries, e), true
	return e.ID, p.fold()
}

// Act is one act of a person on a milestone of a deal: it reads, checks that the
// milestone is as the person saw it (see Pen.Seen), acts, and writes.
func Act(ctx context.Context, w *ledger.Writer, v *people.Viewer, deal deals.ID, id process.MilestoneID, seen int64, act func(*Pen) error) (*Pen, error) {
	p, err := TakeUp(ctx, w, v, deal)
	if err != nil {
		return nil, err
	}
	if err := p.Seen(id, seen); err != nil {
		return p, err
	}
	if err := act(p); err != nil {
		return p, err
	}
	return p, p.PutDown(ctx)
}
