package process

import (
	"slices"

	"milepost/calendar"
	"milepost/people"
)

// Version is a process as it was published. It is never changed afterwards.
type Version struct {
	Process    ID         `json:"process"`
	Number     int        `json:"number"` // from 1
	Definition Definition `json:"definition"`
	// Mapping says what became of milestones of the version before: the milestones in
	// which each is continued, none when it was dropped. Those that are not named go on
	// under the same id.
	Mapping map[MilestoneID][]MilestoneID `json:"mapping,omitempty"`
	Note    string                        `json:"note,omitempty"` // why it was changed
	At      calendar.Instant              `json:"at"`
	By      people.ID                     `json:"by"`
}

// Continues lists the milestones of this version in which one of the version before
// goes on.
func (v *Version) Continues(before MilestoneID) []MilestoneID {
	if to, said := v.Mapping[before]; said {
		return to
	}
	if _, _, there := v.Definition.Milestone(before); there {
		return []MilestoneID{before}
	}
	return nil
}

// ChangeKind says how something differs between two versions.
type ChangeKind string

// The kinds of change.
const (
	Added   ChangeKind = "added"
	Renamed ChangeKind = "renamed"
	Moved   ChangeKind = "moved"   // to another phase
	Altered ChangeKind = "altered" // its markers, whether it is required, what it comes after
	Split   ChangeKind = "split"   // goes on in others
	Dropped ChangeKind = "dropped"
)

// Change is one difference between a version and the one before.
type Change struct {
	Kind   ChangeKind
	Before Milestone // empty when added
	Phase  string    // the name of the phase, now; before, when dropped
	After  []Milestone
}

// Changes lists what differs from the version before, milestone by milestone, in the
// order of the new version; what was dropped or split comes last.
func Changes(before *Definition, v *Version) []Change {
	var list []Change
	came := map[MilestoneID]bool{}
	for _, old := range before.Milestones() {
		for _, id := range v.Continues(old.ID) {
			came[id] = true
		}
	}
	for i := range v.Definition.Phases {
		for _, m := range v.Definition.Phases[i].Milestones {
			old, phase, there := before.Milestone(m.ID)
			switch {
			case !there && !came[m.ID]:
				list = append(list, Change{Added, Milestone{}, v.Definition.Phases[i].Name, []Milestone{m}})
			case !there:
			case labelKey(old.Name) != labelKey(m.Name):
				list = append(list, Change{Renamed, *old, v.Definition.Phases[i].Name, []Milestone{m}})
			case before.Phases[phase].ID != v.Definition.Phases[i].ID:
				list = append(list, Change{Moved, *old, v.Definition.Phases[i].Name, []Milestone{m}})
			case !sameRule(old, &m):
				list = append(list, Change{Altered, *old, v.Definition.Phases[i].Name, []Milestone{m}})
			}
		}
	}
	return append(list, gone(before, v)...)
}

// gone lists the milestones that do not go on as themselves.
func gone(before *Definition, v *Version) []Change {
	var list []Change
	for i := range before.Phases {
		for _, old := range before.Phases[i].Milestones {
			to := v.Continues(old.ID)
			if slices.Contains(to, old.ID) && len(to) == 1 {
				continue
			}
			change := Change{Kind: Split, Before: old, Phase: before.Phases[i].Name}
			if len(to) == 0 {
				change.Kind = Dropped
			}
			for _, id := range to {
				if m, _, there := v.Definition.Milestone(id); there {
					change.After = append(change.After, *m)
				}
			}
			list = append(list, change)
		}
	}
	return list
}

func sameRule(a, b *Milestone) bool {
	return a.Required == b.Required && slices.Equal(a.After, b.After) &&
		slices.EqualFunc(a.Markers, b.Markers, func(x, y Marker) bool {
			return x.ID == y.ID && x.Kind == y.Kind && x.Required == y.Required && x.Text == y.Text && slices.Equal(x.Roles, y.Roles)
		})
}
