package history

import (
	"context"
	"encoding/json"
	"fmt"

	"milepost/calendar"
	"milepost/deals"
	"milepost/forecasts/reference"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/money/rates"
	"milepost/people"
	"milepost/process/evidence"
	"milepost/process/plans"
	"milepost/process/triad"
)

// kinds are the kinds of entry that carry facts for forecasts.
var kinds = map[ledger.Kind]Kind{
	deals.Created:           Created,
	deals.StageSet:          Stage,
	deals.MilestoneRecorded: Milestone,
	evidence.Claim:          Milestone,
	evidence.Confirm:        Milestone,
	evidence.Reject:         Milestone,
	evidence.Unclaim:        Milestone,
	deals.OwnerSet:          Owner,
	deals.AmountSet:         Amount,
	deals.CloseDateSet:      CloseDate,
	deals.Closed:            Outcome,
	deals.Reopened:          Reopened,
	deals.CriterionAssessed: Criterion,
	triad.Assessed:          Criterion,
	deals.ActivityLogged:    Activity,
	deals.AttributeSet:      Attribute,
	deals.CompetitorNamed:   Competitor,
	deals.CompetitorDropped: Competitor,
	deals.CallGiven:         Call,
	plans.Made:              Plan,
}

var usedKinds = func() (list []ledger.Kind) {
	for kind := range kinds {
		list = append(list, kind)
	}
	return list
}()

var milestoneValues = map[string]int64{"claimed": Claimed, "achieved": Achieved, "revoked": Revoked}

// shownValues are what the entries say that are made where a sales process holds: they
// name a milestone by its id, and by what it was called then.
var shownValues = map[ledger.Kind]int64{evidence.Claim: Claimed, evidence.Confirm: Achieved, evidence.Reject: Revoked, evidence.Unclaim: Revoked}

var criterionValues = map[string]int64{"unmet": Unmet, "not met": Unmet, "met": Met, "verified": Verified}

var outcomeCauses = map[deals.Outcome]Cause{deals.Won: Won, deals.Lost: Lost, deals.NoAction: NoAction}

// Read makes the log of an organization from its ledger, up to its newest entry,
// whose sequence it gives.
func Read(ctx context.Context, d *db.DB, o people.Organization) (*Log, int64, error) {
	head, err := ledger.Head(ctx, d, o.ID)
	if err != nil {
		return nil, 0, fmt.Errorf("finding the end of the ledger: %w", err)
	}
	log, err := ReadUpTo(ctx, d, o, head)
	return log, head, err
}

// ReadUpTo makes the log as it was when the ledger ended at a sequence.
func ReadUpTo(ctx context.Context, d *db.DB, o people.Organization, sequence int64) (*Log, error) {
	return ReadOn(ctx, d, o, nil, 0, sequence)
}

// ReadOn makes the log up to a sequence from one that was read up to another, which
// stays as it is; nil and 0 begin at the beginning.
func ReadOn(ctx context.Context, d *db.DB, o people.Organization, log *Log, after, sequence int64) (*Log, error) {
	b := NewBuilder(o.Place())
	if log != nil {
		b = Resume(log)
	}
	if err := eachLine(ctx, d, o.ID, after, sequence, b.take); err != nil {
		return nil, fmt.Errorf("reading the history of deals: %w", err)
	}
	tables, err := reference.Between(ctx, d, o.ID, after, sequence)
	if err != nil {
		return nil, err
	}
	for _, v := range tables {
		b.Assume(v)
	}
	given, err := rates.Between(ctx, d, o.ID, after, sequence)
	if err != nil {
		return nil, fmt.Errorf("reading exchange rates: %w", err)
	}
	for _, v := range given {
		b.Rate(v)
	}
	return b.Log(), nil
}

// take puts an entry in. Entries of other kinds only tell how far the log reaches.
func (b *Builder) take(l *entryLine) error {
	b.Know(l.RecordedAt)
	kind, used := kinds[ledger.Kind(l.Kind)]
	if !used {
		return nil
	}
	var said deals.Fact
	if l.Payload != "" { // emptied by an erasure
		if err := json.Unmarshal([]byte(l.Payload), &said); err != nil {
			return fmt.Errorf("reading the payload of entry %d: %w", l.Sequence, err)
		}
	}
	b.put(ledger.Kind(l.Kind), l.Opportunity, Fact{Recorded: l.RecordedAt, Effective: l.EffectiveAt, Sequence: l.Sequence, Kind: kind}, &said)
	return nil
}

// Put adds what an entry of the ledger says; fact has its instants and its sequence.
// An entry of a kind that tells nothing here tells how far the log reaches.
func (b *Builder) Put(kind ledger.Kind, id string, fact Fact, said *deals.Fact) {
	b.Know(fact.Recorded)
	var used bool
	if fact.Kind, used = kinds[kind]; used {
		b.put(kind, id, fact, said)
	}
}

func (b *Builder) put(kind ledger.Kind, id string, fact Fact, said *deals.Fact) {
	switch value, shown := shownValues[kind]; {
	case shown:
		fact.Label, fact.Value = b.Label(said.Value), value
	case kind == triad.Assessed: // the criterion's question then, and the answer
		fact.Label, fact.Value = b.Label(said.Value), criterionValues[said.Reason]
	default:
		b.fill(kind, &fact, said)
	}
	if fact.Kind == Created {
		b.Deal(id, said.Name)
	}
	b.Add(id, fact)
}

// fill takes from a payload what its kind uses.
func (b *Builder) fill(kind ledger.Kind, fact *Fact, said *deals.Fact) {
	switch fact.Kind {
	case Stage:
		fact.Label = b.Label(said.Value)
	case Milestone:
		fact.Label, fact.Value = b.Label(said.Name), milestoneValues[said.Value]
	case Owner:
		fact.Label = b.Person(string(said.Person), said.Value)
	case Amount:
		if said.Amount != nil {
			fact.Label, fact.Value = b.Label(string(said.Amount.Currency)), said.Amount.Minor
		}
	case CloseDate:
		fact.Value = NoDate
		if said.Date != "" {
			fact.Value = int64(calendar.Date("1970-01-01").DaysUntil(said.Date))
		}
	case Criterion:
		fact.Label, fact.Value = b.Label(said.Name), criterionValues[said.Value]
	case Activity:
		fact.Label = b.Label(said.Name)
	case Attribute:
		fact.Label, fact.Value = b.Label(said.Value), int64(b.Label(said.Name))
	case Competitor:
		fact.Label = b.Label(deals.CompetitorKey(said.Value))
		if kind == deals.CompetitorNamed {
			fact.Value = 1
		}
	case Call:
		fact.Label, fact.Value = b.Label(said.Name), NoAmount
		if said.Amount != nil {
			fact.Value = said.Amount.Minor
		}
	case Outcome:
		fact.Value = int64(outcomeCauses[deals.Outcome(said.Name)])
	}
}
