// Package triad is how well a deal is qualified: is there a need that we can meet, is
// there money for it, do those who decide support it. Each of the three stands on a
// short list of criteria, which the sales process defines. Whoever works the deal
// assesses them, shows what they know it by, and asks again when the answer is old. The
// deal is as well qualified as the weakest of the three.
package triad

import (
	"embed"
	"slices"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/process"
	"milepost/process/evidence"
)

// Schema holds the tables of this room.
//
//go:embed schema
var Schema embed.FS

// Assessed is the kind of the entry by which a criterion is assessed. The subject and
// the opportunity are the deal; the payload is a Fact.
const Assessed ledger.Kind = "triad.assessed"

// Fact is the payload of an assessment: Name is the criterion's id, Value its question
// then, Reason the state in a word. What a person wrote stands in the proof alone, so
// that what is confidential is told nowhere else.
type Fact struct {
	deals.Fact
	Process process.ID      `json:"process"` // under which the deal was
	State   State           `json:"state"`
	Proof   *evidence.Proof `json:"proof,omitempty"`
}

// State is how a criterion was answered.
type State string

// The states of a criterion.
const (
	Unknown  State = "unknown"
	Unmet    State = "unmet"
	Met      State = "met"      // as far as we know
	Verified State = "verified" // and there is evidence of it
)

// States lists them from nothing known to shown.
var States = []State{Unknown, Unmet, Met, Verified}

// Assessment is one answer to one criterion.
type Assessment struct {
	Process  process.ID // under which it was given; empty for a history that was brought in
	ID       process.CriterionID
	Question string // as it was worded then, or the label of the history
	State    State
	evidence.Proof
	By       people.ID
	At       calendar.Instant // when it was true
	Via      ledger.Via
	Whole    bool // it was said of the part as a whole
	Sequence int64
}

// Shown tells whether anything was shown for it.
func (a *Assessment) Shown() bool { return a.Sort != "" }

// MaySee tells whether someone who sees the deal may see what was shown.
func (a *Assessment) MaySee(v *people.Viewer, owner people.ID) bool {
	item := evidence.Item{Proof: a.Proof, GivenBy: a.By}
	return item.MaySee(v, owner)
}

// Asked is a criterion of a deal with all answers to it.
type Asked struct {
	process.Criterion
	History []Assessment     // oldest first
	StaleAt calendar.Instant // from when on it is to be asked again; 0 is never
}

// Latest is the answer that counts, nil when there is none: the last that was given to
// this criterion itself, or else the last that was said of its part as a whole.
func (a *Asked) Latest() *Assessment {
	for i := len(a.History) - 1; i >= 0; i-- {
		if !a.History[i].Whole {
			return &a.History[i]
		}
	}
	if n := len(a.History); n > 0 {
		return &a.History[n-1]
	}
	return nil
}

// State is the latest answer, whether or not it is stale.
func (a *Asked) State() State {
	if latest := a.Latest(); latest != nil {
		return latest.State
	}
	return Unknown
}

// Version is the sequence of the newest entry about it; 0 while there is none.
func (a *Asked) Version() int64 {
	version := int64(0)
	for i := range a.History {
		version = max(version, a.History[i].Sequence)
	}
	return version
}

// Triad is what a deal's entries come to in this room.
type Triad struct {
	Process process.ID // empty while the deal follows none
	Number  int        // of the version
	Asked   []Asked    // the criteria of the version, in their order
	Earlier []Assessment
}

// Criterion finds a criterion of the version that the deal is under.
func (t *Triad) Criterion(id process.CriterionID) (*Asked, bool) {
	i := slices.IndexFunc(t.Asked, func(a Asked) bool { return a.ID == id })
	if i < 0 {
		return nil, false
	}
	return &t.Asked[i], true
}
