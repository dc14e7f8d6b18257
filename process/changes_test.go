package process

import (
	"reflect"
	"testing"
)

// Each way in which a version differs from the one before is told as what it is.
func TestChanges(t *testing.T) {
	before := small()
	for name, c := range map[string]struct {
		change  func(*Definition)
		mapping map[MilestoneID][]MilestoneID
		want    []ChangeKind
	}{
		"nothing": {func(*Definition) {}, nil, nil},
		"words, days": {func(d *Definition) {
			d.Phases[0].Milestones[0].Coaching, d.Phases[0].Milestones[0].TypicalDays = "Why?", 3
		}, nil, nil},
		"another case": {func(d *Definition) { d.Phases[0].Milestones[0].Name = "the NEED" }, nil, nil},
		"renamed":      {func(d *Definition) { d.Phases[0].Milestones[0].Name = "They need it" }, nil, []ChangeKind{Renamed}},
		"moved": {func(d *Definition) {
			d.Phases[2].Milestones = append(d.Phases[2].Milestones, d.Phases[1].Milestones[2])
			d.Phases[1].Milestones = d.Phases[1].Milestones[:2]
		}, nil, []ChangeKind{Moved}},
		"required":   {func(d *Definition) { d.Phases[1].Milestones[2].Required = true }, nil, []ChangeKind{Altered}},
		"its marker": {func(d *Definition) { d.Phases[1].Milestones[2].Markers[0].Text = "They came" }, nil, []ChangeKind{Altered}},
		"added": {func(d *Definition) {
			d.Phases[0].Milestones = append(d.Phases[0].Milestones, Milestone{ID: "new", Name: "New"})
		}, nil, []ChangeKind{Added}},
		"dropped":  {func(d *Definition) { d.Phases[1].Milestones = d.Phases[1].Milestones[:2] }, nil, []ChangeKind{Dropped}},
		"replaced": {func(d *Definition) { d.Phases[1].Milestones[2].ID = "tour" }, map[MilestoneID][]MilestoneID{"visit": {"tour"}}, []ChangeKind{Split}},
		"split": {func(d *Definition) {
			d.Phases[0].Milestones = append(d.Phases[0].Milestones, Milestone{ID: "new", Name: "New"})
		}, map[MilestoneID][]MilestoneID{"need": {"need", "new"}}, []ChangeKind{Split}},
		"ended by hand": {func(*Definition) {}, map[MilestoneID][]MilestoneID{"need": {}}, []ChangeKind{Dropped}},
	} {
		v := Version{Definition: before.Copy(), Mapping: c.mapping}
		c.change(&v.Definition)
		var got []ChangeKind
		for _, change := range Changes(&before, &v) {
			got = append(got, change.Kind)
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: it tells %v, want %v", name, got, c.want)
		}
	}
}

func TestContinues(t *testing.T) {
	v := Version{Definition: small(), Mapping: map[MilestoneID][]MilestoneID{"need": {"fit", "proof"}, "visit": {}}}
	for id, want := range map[MilestoneID][]MilestoneID{"need": {"fit", "proof"}, "visit": {}, "money": {"money"}, "unknown": nil} {
		if got := v.Continues(id); !reflect.DeepEqual(got, want) {
			t.Errorf("%s goes on in %v, want %v", id, got, want)
		}
	}
}
