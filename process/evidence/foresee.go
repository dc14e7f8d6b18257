package evidence

import (
	"encoding/json"
	"fmt"
	"strconv"

	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/process"
)

// Foresee is how a deal would stand under a version of a process, or under none: what
// it has earned by now goes along where the milestone is there under its id or name.
func Foresee(entries []ledger.Entry, library process.Library, v *process.Version, last ledger.Entry) (Standing, error) {
	fact := Fact{}
	if v != nil {
		fact.Fact = deals.Fact{Name: string(v.Process), Value: strconv.Itoa(v.Number), Reason: v.Definition.Name}
	}
	payload, err := json.Marshal(fact)
	if err != nil {
		return Standing{}, fmt.Errorf("packing a process to be foreseen: %w", err)
	}
	last.Kind, last.Payload = deals.ProcessSet, string(payload)
	return Fold(append(entries[:len(entries):len(entries)], last), library, deals.Ever)
}

// prospect is what becomes of a deal that is put under a process, or taken off.
type prospect struct {
	Process process.ID // empty for none
	Name    string
	Kept    []string // names of milestones that go on to stand
	Left    []string // names of those that stand now, and would not
	Stage   string
	Current bool
}

// prospects foresees every process that is offered, and none.
func (v *view) prospects(entries []ledger.Entry) ([]prospect, error) {
	if len(entries) == 0 {
		return nil, nil
	}
	last := entries[len(entries)-1]
	last.Sequence, last.EffectiveAt, last.RecordedAt = last.Sequence+1, max(v.Now.At, v.Last), v.Now.At
	var list []prospect
	foresee := func(p prospect, version *process.Version) error {
		s, err := Foresee(entries, v.Library, version, last)
		if err != nil {
			return err
		}
		p.Stage = v.Deal.Stage
		if version != nil {
			p.Stage = s.Stage(version)
			for _, m := range version.Definition.Milestones() {
				if s.Stands(m.ID) {
					p.Kept = append(p.Kept, m.Name)
				}
			}
		}
		if v.Version != nil {
			for _, m := range v.Version.Definition.Milestones() {
				if v.Stands(m.ID) && !goesOn(&s, m.ID) {
					p.Left = append(p.Left, m.Name)
				}
			}
		}
		list = append(list, p)
		return nil
	}
	for _, p := range v.offered() {
		current := p.ID == v.Process && p.Newest().Number == v.Number
		if err := foresee(prospect{Process: p.ID, Name: p.Name(), Current: current}, p.Newest()); err != nil {
			return nil, err
		}
	}
	if v.Version == nil {
		return list, nil
	}
	return list, foresee(prospect{Name: "No process"}, nil)
}

// goesOn tells whether what was earned was carried along rather than laid aside.
func goesOn(s *Standing, id process.MilestoneID) bool {
	for _, m := range s.Earlier {
		if m.ID == id {
			return false
		}
	}
	return true
}
