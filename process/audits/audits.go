// Package audits is the look behind the claims. Each week a manager is handed a small
// sample of the milestones that reps claimed and nobody confirmed: the larger deals, the
// fresh claims, and more of those reps whose claims did not hold before. The manager
// opens the evidence and passes the claim or rejects it with a reason; a rejected claim
// falls, and the stage of the deal with it. Why each claim was drawn stands beside it in
// words, and the draw can be made again from the organization and the week.
package audits

import (
	"embed"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/process"
)

// Schema holds the tables of audits.
//
//go:embed schema
var Schema embed.FS

// The kinds of entry of this room. Of the first three the opportunity is the deal; the
// payload is a Fact, whose Name is the milestone's id and whose Value is its name then.
const (
	Drawn     ledger.Kind = "audit.drawn"      // the entry is its own subject; Reason: why it was drawn
	Passed    ledger.Kind = "audit.passed"     // subject: the audit
	Rejected  ledger.Kind = "audit.rejected"   // subject: the audit; Reason: why
	WeekDrawn ledger.Kind = "audit.week_drawn" // subject: the Monday of the week; payload: WeekFact
)

// Fact is the payload of an entry about one audit.
type Fact struct {
	deals.Fact                  // Person, when drawn: whose deal it was
	Week       calendar.Date    `json:"week,omitempty"`
	Place      int              `json:"place,omitempty"` // in the order of drawing, from 1
	ClaimedAt  calendar.Instant `json:"claimed_at,omitempty"`
}

// WeekFact is the payload of the entry that says a week was drawn.
type WeekFact struct {
	Claims int `json:"claims"` // of how many
	Drawn  int `json:"drawn"`
}

// ID names an audit: the id of the entry that drew it.
type ID string

// Result is what an audit came to.
type Result string

// The results.
const (
	Unjudged  Result = ""
	DidPass   Result = "passed"
	DidReject Result = "rejected"
)

// Audit is one claim that was drawn, as it was then, and what came of it.
type Audit struct {
	ID        ID                  `db:"id"`
	Deal      deals.ID            `db:"deal_id"`
	Milestone process.MilestoneID `db:"milestone_id"`
	Name      string              `db:"name"` // the milestone's, then
	Week      calendar.Date       `db:"week"` // its Monday
	Place     int64               `db:"place"`
	Why       string              `db:"why"` // it was drawn
	Rep       people.ID           `db:"rep_id"`
	ClaimedAt calendar.Instant    `db:"claimed_at"` // which claim it is about
	DrawnAt   calendar.Instant    `db:"drawn_at"`
	Result    Result              `db:"result"`
	JudgedAt  calendar.Instant    `db:"judged_at"`
	JudgedBy  people.ID           `db:"judged_by"`
	Words     string              `db:"words"`  // why it was rejected
	Turned    int64               `db:"turned"` // 1: rejected first, and passed after the rep's answer
	Version   int64               `db:"version"`
}

// Monday is the first day of the week of an instant, by the calendar of a place.
func Monday(at calendar.Instant, now deals.Now) calendar.Date {
	day := calendar.DateOf(at, now.Place)
	return day.AddDays(-(int(day.Time().Weekday()) + 6) % 7)
}
