package process

import (
	"bytes"
	"encoding/json"
	"testing"
)

// What organizations begin from can be published as it is, and the advice that others
// get has nothing to say about it.
func TestReadyMadeProcessesArePublishable(t *testing.T) {
	want := map[string]struct{ phases, milestones int }{"complex": {6, 20}, "short": {3, 8}, "renewal": {4, 9}}
	list := ReadyMadeProcesses()
	if len(list) != len(want) {
		t.Fatalf("%d ready-made processes, want %d", len(list), len(want))
	}
	for _, r := range list {
		t.Run(r.Key, func(t *testing.T) {
			d := r.Definition
			if err := d.checkPublishable(); err != nil {
				t.Errorf("it cannot be published: %v", err)
			}
			for _, a := range d.Lint() {
				t.Errorf("%s: %s", a.Where, a.Sentence)
			}
			if got := len(d.Phases); got != want[r.Key].phases || len(d.Milestones()) != want[r.Key].milestones {
				t.Errorf("%d phases and %d milestones, want %+v", got, len(d.Milestones()), want[r.Key])
			}
			for _, p := range d.Phases {
				for _, m := range p.Milestones {
					for _, k := range m.Markers {
						if k.Proof == "" {
							t.Errorf("“%s” does not say what counts as proof", k.Text)
						}
					}
				}
			}
			for _, part := range Parts {
				for level := 1; level <= HighestLevel; level++ {
					if !asks(&d, part, level) {
						t.Errorf("nothing is asked about the %s part at level %d", part, level)
					}
				}
			}
			if d.StaleAfter == 0 || d.Purpose == "" || r.About == "" {
				t.Error("it does not say what it is for, or when criteria are asked again")
			}
		})
	}
}

func asks(d *Definition, part Part, level int) bool {
	for _, c := range d.Criteria {
		if c.Part == part && c.Level == level && c.Verified != "" {
			return true
		}
	}
	return false
}

// The files say nothing that a definition does not know.
func TestReadyMadeFilesAreUnderstood(t *testing.T) {
	files, err := readyMade.ReadDir("readymade")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := readyMade.ReadFile("readymade/" + file.Name())
		if err != nil {
			t.Fatal(err)
		}
		reader := json.NewDecoder(bytes.NewReader(text))
		reader.DisallowUnknownFields()
		var r ReadyMade
		if err := reader.Decode(&r); err != nil {
			t.Errorf("%s: %v", file.Name(), err)
		}
	}
}

// A process that was made from another shares nothing with it, and is in the same order.
func TestFreshSharesNothing(t *testing.T) {
	made, _ := FindReadyMade("complex")
	fresh := made.Definition.Fresh(1)
	if err := fresh.checkPublishable(); err != nil {
		t.Fatalf("the copy cannot be published: %v", err)
	}
	for i, m := range fresh.Milestones() {
		from := made.Definition.Milestones()[i]
		if m.ID == from.ID || m.Markers[0].ID == from.Markers[0].ID || m.Name != from.Name || len(m.After) != len(from.After) {
			t.Errorf("“%s” became %+v", from.Name, m)
		}
	}
	fresh.Phases[0].Milestones[0].Markers[0].Roles[0] = "blocker"
	fresh.Phases[0].Milestones[0].Name = "Something else"
	if again := made.Definition.Phases[0].Milestones[0]; again.Name == "Something else" || again.Markers[0].Roles[0] == "blocker" {
		t.Error("changing the copy changed what it was made from")
	}
}
