package deals

import (
	"milepost/calendar"
	"milepost/internal/ledger"
	"milepost/money"
	"milepost/people"
)

// ID names an opportunity; AccountID names an account.
type (
	ID        string
	AccountID string
)

// Path leads to the deal's page.
func (id ID) Path() string { return "/deals/" + string(id) }

// Path leads to the account's page.
func (id AccountID) Path() string { return "/accounts/" + string(id) }

// Outcome is how an opportunity ended.
type Outcome string

// The outcomes. No action, when the prospect bought from nobody, is a competitor
// like any other.
const (
	Won      Outcome = "won"
	Lost     Outcome = "lost"
	NoAction Outcome = "no_action"
)

// Outcomes lists them in the order in which screens show them.
var Outcomes = []Outcome{Won, Lost, NoAction}

// Label is the outcome as a person reads it.
func (o Outcome) Label() string {
	if o == NoAction {
		return "no action"
	}
	return string(o)
}

// The kinds of entry that are about an opportunity. Each entry states one fact;
// its payload is a Fact, of which it uses the fields named here.
const (
	Created           ledger.Kind = "opportunity.created"        // Value: title; Name: id in the system it came from
	Retitled          ledger.Kind = "opportunity.retitled"       // Value: title
	AccountSet        ledger.Kind = "opportunity.account_set"    // Account; Value: its name then
	OwnerSet          ledger.Kind = "opportunity.owner_set"      // Person, and never the name: an erasure of the person would not find it here
	AttributeSet      ledger.Kind = "opportunity.attribute_set"  // Name: which (source, segment, product, ...); Value
	AmountSet         ledger.Kind = "opportunity.amount_set"     // Amount
	CloseDateSet      ledger.Kind = "opportunity.close_date_set" // Date
	StageSet          ledger.Kind = "opportunity.stage_set"      // Value: the stage's label
	MilestoneRecorded ledger.Kind = "milestone.recorded"         // Name: the milestone's label; Value: claimed, achieved or revoked
	CriterionAssessed ledger.Kind = "criterion.assessed"         // Name: triad part or criterion; Value: unknown, unmet, met or verified
	ActivityLogged    ledger.Kind = "activity.logged"            // Name: its type; Value: what was said
	ActivityCorrected ledger.Kind = "activity.corrected"         // the subject is the activity; At: when it was
	ActivityWithdrawn ledger.Kind = "activity.withdrawn"         // the subject is the activity, which does not count
	CallGiven         ledger.Kind = "call.given"                 // Name: commit, best, pipeline or omitted; Amount, if one was given
	ProcessSet        ledger.Kind = "opportunity.process_set"    // Name: the sales process's id, empty for none; Value: the number of its version; Reason: its name then
	ProductAdded      ledger.Kind = "product_line.added"         // the subject is the line; Name: the product's; Value: the line in words
	ProductChanged    ledger.Kind = "product_line.changed"       // as of one that was added
	ProductRemoved    ledger.Kind = "product_line.removed"       // as of one that was added
	ProductsFollowed  ledger.Kind = "product_line.followed"      // Name: on or off
	StepSet           ledger.Kind = "next_step.set"              // Value: what is next; Person: who will do it; Date: by when. It replaces the open one
	StepDone          ledger.Kind = "next_step.done"             // the subject is the step's entry; Name: done or dropped; Value: what came of it
	Closed            ledger.Kind = "opportunity.closed"         // Name: the outcome; Value: lost to whom; Reason: why
	Reopened          ledger.Kind = "opportunity.reopened"       // Reason: why
)

// Kinds lists every kind that is about an opportunity.
var Kinds = []ledger.Kind{Created, Retitled, AccountSet, OwnerSet, AttributeSet, AmountSet, CloseDateSet, StageSet,
	ProcessSet, MilestoneRecorded, CriterionAssessed, ActivityLogged, CallGiven, CompetitorNamed,
	CompetitorDropped, Closed, Reopened}

// AccountCreated is the kind of the entry that makes an account; Value: its name.
const AccountCreated ledger.Kind = "account.created"

// Fact is the payload of an entry about an opportunity: one thing that became
// true of it. The kind says which fields it uses.
type Fact struct {
	Name    string        `json:"name,omitempty"`
	Value   string        `json:"value,omitempty"`
	Reason  string        `json:"reason,omitempty"`
	Words   string        `json:"words,omitempty"` // of an outcome: what they said
	Account AccountID     `json:"account,omitempty"`
	Person  people.ID     `json:"person,omitempty"`
	Amount  *money.Amount `json:"amount,omitempty"`
	Date    calendar.Date `json:"date,omitempty"`
	// Of activities, whose room adds more to the same payload.
	At      *calendar.Instant `json:"at,omitempty"`
	Planned string            `json:"planned,omitempty"` // the plan that was carried out
	// Undoes is the sequence of the entry of the same kind that this one takes back, by
	// stating what was so before it; see Standing.
	Undoes int64 `json:"undoes,omitempty"`
	// Confidential says that the deal's story tells this to the owner, to those above
	// the owner and to whoever recorded it, and to nobody else.
	Confidential bool `json:"confidential,omitempty"`
}
