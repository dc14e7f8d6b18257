// Package history is what is known of an organization's deals, for whoever learns from
// them. A Log holds all of it: every fact, when it was true, and when the system came
// to know it. Methods never get a Log. They get a Past: what was known as of an instant,
// and nothing later. A Past has no way to its Log, so that a method which looks into
// the future cannot be written, let alone believed.
//
// Beside the facts, a Past knows what is asked of them again and again: at which stage
// a deal stood from when to when (Stay), how it ended (Closing), and on which days of a
// regular grid someone would have looked (Snapshots).
package history

import (
	"time"

	"milepost/calendar"
	"milepost/forecasts/reference"
	"milepost/money/rates"
)

// Kind is what a fact tells.
type Kind uint8

// The kinds of facts, and what Label and Value of such a fact hold.
const (
	Created    Kind = iota // nothing
	Stage                  // Label: the stage
	Milestone              // Label: the milestone; Value: Revoked, Claimed or Achieved
	Owner                  // Label: the person
	Amount                 // Label: the currency; Value: minor units
	CloseDate              // Value: days since 1970-01-01, or NoDate
	Outcome                // Label: competitor or reason; Value: a Cause
	Reopened               // nothing
	Criterion              // Label: the part of the triad, or the criterion; Value: Unknown, Unmet, Met or Verified
	Activity               // Label: its type
	Attribute              // Label: its value; Value: the Label of its name
	Competitor             // Label: who; Value: 1, or 0 when dropped
	Call                   // Label: commit, best, pipeline or omitted; Value: minor units, or NoAmount
	Plan                   // an evaluation plan was made; nothing
)

// How far a milestone is evidenced.
const (
	Revoked int64 = iota
	Claimed
	Achieved
)

// How a criterion of the qualification triad was answered.
const (
	Unknown int64 = iota
	Unmet
	Met
	Verified
)

// NoAmount is the value of a call without an amount.
const NoAmount = int64(-1 << 62)

// NoDate is the value of a close date that was taken away.
const NoDate = int64(-1 << 40)

// Cause is how a deal ended.
type Cause uint8

// The causes. Open is a deal that has not ended, or was reopened.
const (
	Open Cause = iota
	Won
	Lost
	NoAction
	Causes // how many there are
)

// Label is a text that many facts share, interned; 0 is the empty text.
type Label int32

// Fact is one line of a deal's history: what became known, when the system came
// to know it, and when it was true. Facts are ordered by (Effective, Sequence):
// the last one of a kind is what holds.
type Fact struct {
	Recorded, Effective calendar.Instant
	Sequence            int64
	Value               int64
	Label               Label
	Kind                Kind
}

// Counts is the instant after which the fact counts: it must have been recorded
// and be true. As of T a fact is known if it counts before T.
func (f *Fact) Counts() calendar.Instant { return max(f.Recorded, f.Effective) }

// After tells whether a fact overrules another of its kind.
func (f *Fact) After(g *Fact) bool {
	if f.Effective != g.Effective {
		return f.Effective > g.Effective
	}
	return f.Sequence > g.Sequence
}

// Log is the history of an organization's deals, in memory: deals ordered by
// external id, then id; facts grouped by deal in the order in which they came to
// count. It never changes; Before gives the part of it that was known then.
type Log struct {
	place  *time.Location
	names  []string         // of labels
	people map[Label]string // ids of the people among them
	deals  []deal
	facts  []Fact
	first  []int32 // facts of deal i: facts[first[i]:first[i+1]]

	tracks     tracks           // by stage, for all as-ofs
	firstStage calendar.Instant // when the first stage fact counts, or never
	known      calendar.Instant
	days       midnights
	assumed    []reference.Version // tables of assumptions, as they were set
	rates      []rates.Version     // exchange rates, as they were given and taken back
}

type deal struct {
	id, external string
	created      calendar.Instant // from when it counts; never for a deal that has no creation
}

// never is later than every instant.
const never = calendar.Instant(1<<63 - 1)

// Deals is how many deals the log has.
func (l *Log) Deals() int { return len(l.deals) }

// Facts is how many facts the log has.
func (l *Log) Facts() int { return len(l.facts) }

// Known is the last instant at which anything was recorded: what the log says
// about later times is nothing.
func (l *Log) Known() calendar.Instant { return l.known }

// Starts is the instant at which the first deal counts, or false for a log
// without deals.
func (l *Log) Starts() (calendar.Instant, bool) {
	first := never
	for i := range l.deals {
		first = min(first, l.deals[i].created)
	}
	return first, first != never
}

// Place is the organization's time zone, whose midnights the snapshots are.
func (l *Log) Place() *time.Location { return l.place }

// Name is the text of a label.
func (l *Log) Name(label Label) string { return l.names[label] }

// Person is the id of the person that a label stands for, or empty.
func (l *Log) Person(label Label) string { return l.people[label] }

func (l *Log) of(deal int32) []Fact { return l.facts[l.first[deal]:l.first[deal+1]] }
