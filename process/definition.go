package process

import (
	"slices"

	"milepost/accounts"
)

// Definition is what a process consists of.
type Definition struct {
	Name       string      `json:"name"`
	Purpose    string      `json:"purpose,omitempty"` // for which sales it is meant
	Phases     []Phase     `json:"phases"`
	Criteria   []Criterion `json:"criteria,omitempty"`
	StaleAfter int         `json:"stale_after,omitempty"` // days after which a criterion is to be asked again; 0 is never
	Nothing    []string    `json:"nothing,omitempty"`     // labels of histories of which somebody said that they mean nothing here
}

// Phase is a stretch of the buyer's way to a decision; its name is the stage of the
// deals that reached it.
type Phase struct {
	ID         PhaseID     `json:"id"`
	Name       string      `json:"name"`
	Question   string      `json:"question,omitempty"` // what the buyer is settling meanwhile
	Milestones []Milestone `json:"milestones"`
}

// Milestone is something that must be true of the deal, in the buyer's terms.
type Milestone struct {
	ID          MilestoneID   `json:"id"`
	Name        string        `json:"name"`
	Required    bool          `json:"required,omitempty"`     // the phase is not reached without it
	TypicalDays int           `json:"typical_days,omitempty"` // from reaching the phase before, or opening the deal; 0 is unknown
	Coaching    string        `json:"coaching,omitempty"`     // the question that coaches on what
	Practice    string        `json:"practice,omitempty"`     // where the practice card is found
	Markers     []Marker      `json:"markers"`
	After       []MilestoneID `json:"after,omitempty"` // those that must stand before
	Also        []string      `json:"also,omitempty"`  // labels that mean the same in histories that were brought in
}

// MarkerKind is the sort of proof.
type MarkerKind string

// The kinds of marker.
const (
	Deliverable MarkerKind = "deliverable" // a document, a link, a reference to an e-mail
	Confirmed   MarkerKind = "confirmed"   // an action that somebody of the buyer's confirms
)

// Marker is one way in which a milestone shows.
type Marker struct {
	ID         MarkerID        `json:"id"`
	Kind       MarkerKind      `json:"kind"`
	Text       string          `json:"text"`                  // what there is to be shown
	Proof      string          `json:"proof,omitempty"`       // what counts as proof, and what does not
	Roles      []accounts.Role `json:"roles,omitempty"`       // who may confirm; empty is anyone of the buyer's
	Required   bool            `json:"required,omitempty"`    // the milestone cannot be claimed without it
	SellerOnly bool            `json:"seller_only,omitempty"` // the buyer never sees it
}

// Part is a leg of the qualification triad.
type Part string

// The parts of the triad.
const (
	Functional Part = "functional" // there is a need that we can meet
	Financial  Part = "financial"  // there is money for it
	Political  Part = "political"  // those who decide support it
)

// Parts lists them in the order in which screens show them.
var Parts = []Part{Functional, Financial, Political}

// HighestLevel is the highest level of qualification.
const HighestLevel = 3

// Criterion is one question of the triad. A part is at a level when every criterion up
// to that level is met.
type Criterion struct {
	ID       CriterionID `json:"id"`
	Part     Part        `json:"part"`
	Question string      `json:"question"`
	Verified string      `json:"verified,omitempty"` // what counts as verified
	Level    int         `json:"level"`              // 1 to HighestLevel
	Also     []string    `json:"also,omitempty"`     // labels in histories that were brought in
}

// Milestone finds a milestone and the place of its phase; false when there is none.
func (d *Definition) Milestone(id MilestoneID) (*Milestone, int, bool) {
	for i := range d.Phases {
		for j := range d.Phases[i].Milestones {
			if m := &d.Phases[i].Milestones[j]; m.ID == id {
				return m, i, true
			}
		}
	}
	return nil, -1, false
}

// Milestones lists all milestones in order.
func (d *Definition) Milestones() []Milestone {
	var list []Milestone
	for i := range d.Phases {
		list = append(list, d.Phases[i].Milestones...)
	}
	return list
}

// Criterion finds a criterion of the triad.
func (d *Definition) Criterion(id CriterionID) (*Criterion, bool) {
	i := slices.IndexFunc(d.Criteria, func(c Criterion) bool { return c.ID == id })
	if i < 0 {
		return nil, false
	}
	return &d.Criteria[i], true
}

// Marker finds a marker of a milestone.
func (m *Milestone) Marker(id MarkerID) (*Marker, bool) {
	i := slices.IndexFunc(m.Markers, func(k Marker) bool { return k.ID == id })
	if i < 0 {
		return nil, false
	}
	return &m.Markers[i], true
}

// Required lists the markers without which the milestone cannot be claimed; where none
// is marked so, any one of them will do, and the list is empty.
func (m *Milestone) RequiredMarkers() []Marker {
	var list []Marker
	for _, k := range m.Markers {
		if k.Required {
			list = append(list, k)
		}
	}
	return list
}

// Labelled finds the milestone that a label of a brought-in history means.
func (d *Definition) Labelled(label string) (MilestoneID, bool) {
	key := labelKey(label)
	for _, m := range d.Milestones() {
		if labelKey(m.Name) == key || slices.ContainsFunc(m.Also, func(a string) bool { return labelKey(a) == key }) {
			return m.ID, true
		}
	}
	return "", false
}

// MeansNothing tells whether somebody said that a label of a history means nothing here.
func (d *Definition) MeansNothing(label string) bool {
	return slices.ContainsFunc(d.Nothing, func(n string) bool { return labelKey(n) == labelKey(label) })
}

// LabelledCriterion finds the criterion that a label of a brought-in history means.
func (d *Definition) LabelledCriterion(label string) (CriterionID, bool) {
	key := labelKey(label)
	for _, c := range d.Criteria {
		if labelKey(c.Question) == key || slices.ContainsFunc(c.Also, func(a string) bool { return labelKey(a) == key }) {
			return c.ID, true
		}
	}
	return "", false
}
