package evidence_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
	"milepost/process"
	"milepost/process/evidence"
)

// machine drives one deal through whatever people may do, in any order, and remembers
// how it stood.
type machine struct {
	*rapid.T
	*desk
	deal  deals.ID
	at    calendar.Instant
	snaps []snap
}

// snap is how the deal stood just before an instant.
type snap struct {
	at      calendar.Instant
	stage   string
	process process.ID
	number  int
	states  map[process.MilestoneID]evidence.State
	items   []evidence.ItemID
}

// Whatever people do, in whatever order: the stage is the phase that the evidence
// reaches, nothing stands without evidence, what was so at an instant stays readable,
// and the tables are what the ledger comes to.
func TestAnythingPeopleDoKeepsTheRules(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		last, most := now, map[db.Kind]int{db.SQLite: 40, db.Postgres: 6}[o.DB.Kind()]
		tried := 0
		rapid.Check(t, func(rt *rapid.T) {
			if tried++; tried > most {
				return // rapid asks a hundred times; a database answers fewer
			}
			m := &machine{T: rt, desk: o, at: last}
			defer func() { last = m.at }()
			m.begin()
			rt.Repeat(map[string]func(*rapid.T){
				"publish":  func(rt *rapid.T) { m.T = rt; m.publishNext() },
				"give":     func(rt *rapid.T) { m.T = rt; m.give() },
				"give too": func(rt *rapid.T) { m.T = rt; m.give() },
				"claim":    func(rt *rapid.T) { m.T = rt; m.pen(func(p *evidence.Pen) error { return p.Claim(m.milestone()) }) },
				"unclaim": func(rt *rapid.T) {
					m.T = rt
					m.pen(func(p *evidence.Pen) error { return p.Unclaim(m.milestone(), "It fell through") })
				},
				"confirm": func(rt *rapid.T) { m.T = rt; m.pen(func(p *evidence.Pen) error { return p.Pass(m.milestone()) }) },
				"reject": func(rt *rapid.T) {
					m.T = rt
					m.pen(func(p *evidence.Pen) error { return p.Reject(m.milestone(), "Not so") })
				},
				"answer": func(rt *rapid.T) {
					m.T = rt
					m.pen(func(p *evidence.Pen) error { return p.Answer(m.milestone(), "It is so") })
				},
				"withdraw": func(rt *rapid.T) {
					m.T = rt
					m.pen(func(p *evidence.Pen) error {
						if len(p.Items) == 0 {
							return nil
						}
						return p.Withdraw(rapid.SampledFrom(p.Items).Draw(m.T, "item").ID, "")
					})
				},
				"buyer": func(rt *rapid.T) {
					m.T = rt
					m.pen(func(p *evidence.Pen) error {
						_, err := p.ConfirmByBuyer(m.milestone(), "step-1", "contact-1", "Yes")
						return err
					})
				},
				"process": func(rt *rapid.T) { m.T = rt; m.putOrTakeOff() },
				"close":   func(rt *rapid.T) { m.T = rt; m.closeOrReopen() },
				"":        func(rt *rapid.T) { m.T = rt; m.mustHold() },
			})
			m.mustRemember()
		})
		o.sound()
	})
}

func (m *machine) begin() {
	m.write(func(ctx context.Context, w *ledger.Writer, _ *people.Viewer) error {
		opened, err := deals.Open(ctx, w, deals.Change{Kind: deals.Created, Fact: deals.Fact{Value: "A deal of chance"}},
			deals.Change{Kind: deals.OwnerSet, Fact: deals.Fact{Person: m.Dan.ID}})
		m.deal = opened.ID
		return err
	})
	m.at++
	if err := evidence.CatchUp(m.desk.t.Context(), m.DB, m.at); err != nil {
		m.Fatal(err)
	}
}

// write records in Dan's name, an instant later than before. A refusal is an answer.
func (m *machine) write(work func(context.Context, *ledger.Writer, *people.Viewer) error) {
	m.at += calendar.Instant(rapid.Int64Range(1, 90_000_000).Draw(m.T, "later"))
	err := m.record(m.Dan, m.at, work)
	if err != nil && !problem.Is(err, problem.KindInvalid) && !problem.Is(err, problem.KindConflict) && !problem.Is(err, problem.KindNotFound) {
		m.Fatal(err)
	}
}

func (m *machine) pen(act func(*evidence.Pen) error) {
	m.write(func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
		p, err := evidence.TakeUp(ctx, w, v, m.deal)
		if err != nil {
			return err
		}
		if err := act(p); err != nil {
			return err
		}
		return p.PutDown(ctx)
	})
}

func (m *machine) milestone() process.MilestoneID {
	return rapid.SampledFrom([]process.MilestoneID{"need", "fit", "visit", "money", "trial"}).Draw(m.T, "milestone")
}

func (m *machine) give() {
	m.pen(func(p *evidence.Pen) error {
		id := m.milestone()
		if p.Version == nil {
			return nil
		}
		is, _, there := p.Version.Definition.Milestone(id)
		if !there {
			return nil
		}
		k := rapid.SampledFrom(is.Markers).Draw(m.T, "marker")
		replaces := evidence.ItemID("")
		if list := p.Evidence(id); len(list) > 0 && rapid.Bool().Draw(m.T, "replaces") {
			replaces = list[0].ID
		}
		return p.Give(id, k.ID, evidence.Proof{Sort: evidence.EmailSort, Text: "Mail", Confidential: rapid.Bool().Draw(m.T, "confidential")}, replaces)
	})
}

// publishNext publishes a version that differs from the one before, and brings deals
// along: a milestone goes, comes back, is split or moved.
func (m *machine) publishNext() {
	d := threePhases()
	d.Purpose = fmt.Sprint(m.at)
	fit := &d.Phases[1].Milestones[0]
	switch rapid.IntRange(0, 3).Draw(m.T, "change") {
	case 1:
		d.Phases[1].Milestones = d.Phases[1].Milestones[:1]
	case 2:
		fit.Markers = append(fit.Markers, process.Marker{ID: "fit-more", Kind: process.Deliverable, Text: "More of it", Required: true})
	case 3:
		d.Phases[2].Milestones = append(d.Phases[2].Milestones, process.Milestone{ID: "trial", Name: "The trial went well", Required: true,
			Markers: []process.Marker{{ID: "trial-note", Kind: process.Deliverable, Text: "The protocol"}}})
	}
	o := m.desk
	saved := o.process
	m.write(func(ctx context.Context, w *ledger.Writer, _ *people.Viewer) (err error) {
		if saved, err = process.SaveDraft(ctx, w, saved.ID, 0, d); err != nil {
			return err
		}
		before := saved.Newest().Definition
		var mapping map[process.MilestoneID][]process.MilestoneID
		if _, _, there := before.Milestone("visit"); there && rapid.Bool().Draw(m.T, "split") {
			mapping = map[process.MilestoneID][]process.MilestoneID{"visit": {"need", "fit"}}
		}
		if _, err = process.Publish(ctx, w, saved.ID, 0, mapping, ""); err != nil {
			return err
		}
		_, err = evidence.Migrate(ctx, w, saved.ID, nil)
		return err
	})
}

func (m *machine) putOrTakeOff() {
	m.pen(func(p *evidence.Pen) error {
		if !p.Deal.IsOpen() {
			return nil
		}
		if p.Version != nil && rapid.Bool().Draw(m.T, "off") {
			return p.Put(nil, false)
		}
		is, _ := p.Library.Process(m.desk.process.ID)
		return p.Put(&is.Versions[rapid.IntRange(0, len(is.Versions)-1).Draw(m.T, "version")], false)
	})
}

func (m *machine) closeOrReopen() {
	at := deals.Now{At: m.at, Place: m.Organization.Place()}
	m.write(func(ctx context.Context, w *ledger.Writer, v *people.Viewer) error {
		_, err := deals.Edit(ctx, w, v, m.deal, 0, func(o *deals.Opportunity) ([]deals.Change, error) {
			if !o.IsOpen() {
				return deals.Reopen(o, "They called again")
			}
			return deals.Close(o, deals.Closing{Outcome: deals.Won, Reason: "Price"}, at)
		})
		return err
	})
	m.at += 1000
	if err := evidence.CatchUp(m.desk.t.Context(), m.DB, m.at); err != nil {
		m.Fatal(err)
	}
}

// entries and library are what the ledger says of the deal.
func (m *machine) entries() ([]ledger.Entry, process.Library) {
	ctx := m.desk.t.Context()
	library, err := process.ReadLibrary(ctx, m.DB)
	if err != nil {
		m.Fatal(err)
	}
	entries, err := ledger.OfOpportunity(ctx, m.DB, m.ID, string(m.deal))
	if err != nil {
		m.Fatal(err)
	}
	return entries, library
}

func snapOf(at calendar.Instant, s *evidence.Standing, stage string) snap {
	is := snap{at: at, stage: stage, process: s.Process, number: s.Number, states: map[process.MilestoneID]evidence.State{}}
	for id, m := range s.Shown {
		is.states[id] = m.State
	}
	for i := range s.Items {
		if s.Items[i].Stands() {
			is.items = append(is.items, s.Items[i].ID)
		}
	}
	return is
}

// mustHold checks what is so at every moment, and remembers it.
func (m *machine) mustHold() {
	entries, library := m.entries()
	s, err := evidence.Fold(entries, library, deals.Ever)
	if err != nil {
		m.Fatal(err)
	}
	o, err := deals.Find(m.desk.t.Context(), m.DB, m.ID, m.deal)
	if err != nil {
		m.Fatal(err)
	}
	if v, there := library.Version(s.Process, s.Number); there && o.IsOpen() && o.Stage != s.Stage(v) {
		m.Fatalf("the stage is %q, the evidence reaches %q", o.Stage, s.Stage(v))
	}
	if process.ID(o.Process) != s.Process {
		m.Fatalf("the deal follows %q, its entries say %q", o.Process, s.Process)
	}
	for id := range s.Shown {
		if s.Stands(id) && len(s.Evidence(id)) == 0 {
			m.Fatalf("%s stands without evidence: %+v", id, s.Of(id))
		}
	}
	m.snaps = append(m.snaps, snapOf(m.at+1, &s, o.Stage))
}

// mustRemember checks that what was so at every moment is still read so, and that the
// tables hold what the ledger says.
func (m *machine) mustRemember() {
	entries, library := m.entries()
	for _, was := range m.snaps {
		s, err := evidence.Fold(entries, library, was.at)
		if err != nil {
			m.Fatal(err)
		}
		o, _, err := deals.Fold(entries, was.at)
		if err != nil {
			m.Fatal(err)
		}
		is := snapOf(was.at, &s, o.Stage)
		if is.stage != was.stage || is.process != was.process || is.number != was.number || !maps.Equal(is.states, was.states) || !slices.Equal(is.items, was.items) {
			m.Fatalf("as of %v it reads %+v, but it was %+v", was.at, is, was)
		}
	}
	found, err := evidence.Check(m.desk.t.Context(), m.DB, m.ID)
	if err != nil || len(found) > 0 {
		m.Fatalf("the tables differ from the ledger: %v, %v", found, err)
	}
}
