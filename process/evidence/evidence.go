// Package evidence is what was shown of a deal's milestones. A rep gives evidence for
// the markers of a milestone and so claims it; the buyer or an audit confirms it, or an
// audit rejects it. What was withdrawn or rejected stays in the history. The stage of a
// deal that is worked by a sales process follows from the milestones that stand, and
// falls back when they fall.
package evidence

import (
	"embed"

	"milepost/accounts"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/process"
)

// Schema holds the tables of evidence.
//
//go:embed schema
var Schema embed.FS

// The kinds of entry about what was shown of a deal. The opportunity is the deal; the
// payload is a Fact, whose Name is the milestone's id and whose Value is its name then.
const (
	Given     ledger.Kind = "evidence.given"      // subject: the item, whose id is the entry's
	TakenBack ledger.Kind = "evidence.withdrawn"  // subject: the item
	Claim     ledger.Kind = "milestone.claimed"   // subject: the deal
	Confirm   ledger.Kind = "milestone.confirmed" // subject: the deal
	Reject    ledger.Kind = "milestone.rejected"  // subject: the deal; Reason: why
	Answer    ledger.Kind = "milestone.answered"  // subject: the deal; Reason: what the rep says to a rejection
	Unclaim   ledger.Kind = "milestone.withdrawn" // subject: the deal; Reason: why it does not stand any more
)

// Kinds lists every kind of this room.
var Kinds = []ledger.Kind{Given, TakenBack, Claim, Confirm, Reject, Answer, Unclaim}

// Fact is the payload of an entry of this room.
type Fact struct {
	deals.Fact
	Marker   process.MarkerID   `json:"marker,omitempty"`
	Proof    *Proof             `json:"proof,omitempty"`
	Replaces ItemID             `json:"replaces,omitempty"`
	Contact  accounts.ContactID `json:"contact,omitempty"` // who of the buyer's confirmed
	ByRule   bool               `json:"by_rule,omitempty"` // of deals.ProcessSet: nobody chose it for this deal
}

// ItemID names a piece of evidence: the id of the entry that gave it.
type ItemID string

// Sort is what a piece of evidence is.
type Sort string

// The sorts of evidence.
const (
	FileSort    Sort = "file"    // Ref: the file's id in activities
	LinkSort    Sort = "link"    // URL
	EmailSort   Sort = "e-mail"  // Text: what to look for, where
	NoteSort    Sort = "note"    // Text
	ContactSort Sort = "contact" // Contact, On, How: who confirmed, when and how
	MeetingSort Sort = "meeting" // Ref: the activity's id
	PlanSort    Sort = "plan"    // Ref: the step's id in the evaluation plan; Contact
	ImportSort  Sort = "import"  // recorded in a history that was brought in
)

// Proof is what somebody gives as evidence. Names of contacts are not kept in it, so
// that erasing a contact finds all there is.
type Proof struct {
	Sort         Sort               `json:"sort"`
	Ref          string             `json:"ref,omitempty"`
	URL          string             `json:"url,omitempty"`
	Text         string             `json:"text,omitempty"`
	Contact      accounts.ContactID `json:"contact,omitempty"`
	On           calendar.Date      `json:"on,omitempty"`
	How          string             `json:"how,omitempty"`
	Confidential bool               `json:"confidential,omitempty"` // for the owner's reporting line only
}

// Item is a piece of evidence as it stands.
type Item struct {
	ID        ItemID
	Milestone process.MilestoneID // as it is called under the version of now
	Marker    process.MarkerID    // empty for what needs none: a history, a buyer's word
	Proof
	GivenBy   people.ID
	GivenAt   calendar.Instant
	Via       ledger.Via
	EndedAt   calendar.Instant // withdrawn or replaced; 0 while it stands
	EndReason string
	Replaced  ItemID // by which
	Sequence  int64
}

// Stands tells whether the item was neither withdrawn nor replaced.
func (i *Item) Stands() bool { return i.EndedAt == 0 }

// MaySee tells whether someone who sees the deal may see this item. Confidential
// evidence is for its owner, for those above the owner, and for whoever gave it.
func (i *Item) MaySee(v *people.Viewer, owner people.ID) bool {
	return !i.Confidential || v.ID == owner || v.IsAbove(owner) || v.ID == i.GivenBy
}

// State is where a milestone of a deal stands.
type State string

// The states of a milestone.
const (
	Missing   State = ""
	Claimed   State = "claimed"
	Confirmed State = "confirmed"
	Rejected  State = "rejected"
)

// Milestone is what was shown of one milestone of a deal.
type Milestone struct {
	ID          process.MilestoneID
	Name        string // as it was called when it was last spoken of
	State       State
	Since       calendar.Instant // when it came to stand; 0 while it does not
	ClaimedAt   calendar.Instant // last
	ClaimedBy   people.ID
	ConfirmedAt calendar.Instant
	ConfirmedBy people.ID          // of our own people, in an audit
	Contact     accounts.ContactID // of the buyer's
	RejectedAt  calendar.Instant   // last; stays when it is claimed again
	RejectedBy  people.ID
	Reason      string // why it was rejected, or fell
	Reply       string // what the rep says to that
	Earned      int    // the number of the version under which it came to stand
	Rejections  int    // how often
	rejectedIn  int64  // the sequence of the last rejection
	Version     int64  // sequence of the newest entry about it
}

// Stands tells whether the milestone counts: claimed or confirmed.
func (m *Milestone) Stands() bool { return m.State == Claimed || m.State == Confirmed }
