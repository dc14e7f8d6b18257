// Package plans is the evaluation plan: what has to happen, by when and by whom, until
// the prospect can decide. A rep makes it from the sales process and agrees it with the
// prospect, who finds it behind a private link and confirms there what is done. A step
// that the buyer confirms proves its milestone.
//
// A plan that keeps slipping is the earliest sign that a deal will: the dates that were
// agreed first are kept, and every move is counted against them.
package plans

import (
	"embed"

	"milepost/accounts"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
)

// Schema holds the tables of plans.
//
//go:embed schema
var Schema embed.FS

type (
	// ID names a plan: the id of the entry that made it.
	ID string
	// StepID names a step.
	StepID string
	// LinkID names a private link: the id of the entry that shared the plan.
	LinkID string
	// RemarkID names something that was said: the id of its entry.
	RemarkID string
)

// The kinds of entry about a plan. The opportunity is the deal, the payload a Fact; what
// the buyer does comes by ledger.ViaBuyerLink, without an actor.
const (
	Made          ledger.Kind = "plan.made"           // subject: the plan
	Changed       ledger.Kind = "plan.changed"        // subject: the plan; Did: what
	Shared        ledger.Kind = "plan.shared"         // subject: the plan; the entry's id is the link's
	Revoked       ledger.Kind = "plan.revoked"        // subject: the plan; Link
	StepConfirmed ledger.Kind = "plan.step_confirmed" // subject: the step; Contact, unless it was one of ours
	StepMoved     ledger.Kind = "plan.step_moved"     // subject: the step; Date
	Commented     ledger.Kind = "plan.commented"      // subject: the plan; Reason: the words
)

// Kinds lists every kind of this room.
var Kinds = []ledger.Kind{Made, Changed, Shared, Revoked, StepConfirmed, StepMoved, Commented}

// Did says what a change of a plan was.
type Did string

// The changes of a plan.
const (
	PutStep     Did = "put step"     // Step: as it is from now on
	DroppedStep Did = "dropped step" // StepID
	Reopened    Did = "reopened"     // StepID: it is not done after all
	Decided     Did = "decision"     // Content's decision, title and words
	Agreed      Did = "agreed"       // with the prospect, outside of a link
	Answered    Did = "answered"     // Remark: what the buyer wished was seen to; Accepted
)

// Fact is the payload of an entry of this room. It names people and contacts by id.
type Fact struct {
	deals.Fact                    // Value: what it is about, in words; Reason: what was said; Date: the new date
	Plan       ID                 `json:"plan,omitempty"`
	Did        Did                `json:"did,omitempty"`
	Content    *Content           `json:"content,omitempty"`
	Step       *Step              `json:"step,omitempty"`
	StepID     StepID             `json:"step_id,omitempty"`
	Contact    accounts.ContactID `json:"contact,omitempty"`
	Link       LinkID             `json:"link,omitempty"`
	Terms      *Terms             `json:"terms,omitempty"` // of a link
	Remark     RemarkID           `json:"remark,omitempty"`
	Colleague  bool               `json:"colleague,omitempty"` // a remark that names someone to be added
	Accepted   bool               `json:"accepted,omitempty"`
}

// Terms are what a private link is good for.
type Terms struct {
	Expires  calendar.Instant `json:"expires"`
	Passcode bool             `json:"passcode,omitempty"` // it is asked for
	Amount   bool             `json:"amount,omitempty"`   // the deal's amount is shown
}
