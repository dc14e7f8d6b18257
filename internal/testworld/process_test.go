package testworld

import (
	"testing"

	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/process"
	"milepost/process/evidence"
)

// The company's deals follow its processes: at each of them the stage is the one that
// the evidence comes to, as of now and as of the days before, in whichever version.
func TestStagesOfTheCompanyFollowFromEvidence(t *testing.T) {
	m := furnished(t)
	org, truth := m.d, m.truth
	library, err := process.ReadLibrary(t.Context(), org)
	if err != nil || len(library) != 2 {
		t.Fatalf("%d processes, %v", len(library), err)
	}
	states, versions, open := map[evidence.State]int{}, map[int]int{}, 0
	for _, one := range truth.Deals {
		entries, err := ledger.OfOpportunity(t.Context(), org, org.Org(), string(one.ID))
		if err != nil {
			t.Fatal(err)
		}
		for i := range entries {
			if entries[i].Kind != deals.StageSet && i < len(entries)-1 {
				continue
			}
			asOf := entries[i].RecordedAt + 1
			o, _, err := deals.Fold(entries, asOf)
			if err != nil {
				t.Fatal(err)
			}
			s, err := evidence.Fold(entries, library, asOf)
			if err != nil {
				t.Fatal(err)
			}
			if i == len(entries)-1 {
				for _, m := range s.Shown {
					states[m.State]++
				}
			}
			if s.Process == "" || !o.IsOpen() {
				continue
			}
			v, _ := library.Version(s.Process, s.Number)
			if got := s.Stage(v); got != o.Stage {
				t.Fatalf("deal %s after entry %d: the stage is %q, its evidence comes to %q", one.ID, entries[i].Sequence, o.Stage, got)
			}
			for id, m := range s.Shown {
				if m.Stands() && len(s.Evidence(id)) == 0 {
					t.Fatalf("deal %s: %s stands without evidence", one.ID, m.Name)
				}
			}
			if i == len(entries)-1 {
				open++
				versions[s.Number]++
			}
		}
	}
	for _, state := range []evidence.State{evidence.Claimed, evidence.Confirmed, evidence.Rejected} {
		if states[state] == 0 {
			t.Errorf("no milestone is %s: %v", state, states)
		}
	}
	if open < 20 || versions[2] == 0 || versions[1] == 0 {
		t.Errorf("%d open deals follow a process, by version %v", open, versions)
	}
}
