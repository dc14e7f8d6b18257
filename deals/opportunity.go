package deals

import (
	"fmt"
	"slices"

	"milepost/calendar"
	"milepost/internal/ledger"
	"milepost/money"
	"milepost/people"
)

// Opportunity is one possible sale to one account: what its facts, taken in the
// order in which they were true, come to.
type Opportunity struct {
	ID             ID
	ExternalID     string // its id in the system it came from, if any
	Title          string
	Account        AccountID // empty while none is known
	Owner          people.ID // empty while none is known
	Amount         *money.Amount
	CloseDate      calendar.Date
	Stage          string
	StageSince     calendar.Instant // 0 while it has no stage
	Category       Category         // what the owner calls it; empty while nobody has said
	Process        string           // id of the sales process that its stage follows from; empty for none
	Attributes     map[string]string
	CreatedAt      calendar.Instant
	Outcome        Outcome          // empty while open
	ClosedAt       calendar.Instant // 0 while open
	Competitor     string           // lost to whom
	Reason         string
	TheirWords     string           // what they said of why
	Competitors    []string         // named and not dropped, in the order of their keys
	Next           NextStep         // empty while nothing is planned
	LastActivityAt calendar.Instant // 0 while there was none
	Activities     int64
	Reopened       int64
	Slips          int64 // how often the close date moved later
	Version        int64 // sequence of the newest entry about it
}

// IsOpen tells whether the opportunity has no outcome.
func (o *Opportunity) IsOpen() bool { return o.Outcome == "" }

// Fold makes the opportunity from its entries: what was true before asOf, as far as
// was known before asOf. Entries count in the order in which they were true; those
// of one instant in the order in which they were recorded; what was taken back does
// not count (see Standing). It tells whether the opportunity existed.
func Fold(entries []ledger.Entry, asOf calendar.Instant) (Opportunity, bool, error) {
	known := make([]ledger.Entry, 0, len(entries))
	for _, e := range entries {
		if e.RecordedAt < asOf && e.EffectiveAt < asOf {
			known = append(known, e)
		}
	}
	slices.SortStableFunc(known, inTheirOrder)
	var o Opportunity
	exists, done, next := false, contacts{}, ahead{}
	for i := range known {
		o.Version = max(o.Version, known[i].Sequence)
	}
	known, err := Standing(known)
	if err != nil {
		return o, false, err
	}
	for i := range known {
		var fact Fact
		if err := known[i].Read(&fact); err != nil {
			return o, false, fmt.Errorf("folding opportunity %s: %w", known[i].Opportunity, err)
		}
		exists = exists || known[i].Kind == Created
		o.apply(&known[i], &fact)
		done.take(&known[i], &fact)
		next.take(&known[i], &fact)
	}
	done.tell(&o)
	next.tell(&o)
	return o, exists, nil
}

// Ever is an asOf after every instant, for the state as it is now.
const Ever = calendar.Instant(1) << 60

// apply takes in one fact; facts come in the order in which they were true.
func (o *Opportunity) apply(e *ledger.Entry, f *Fact) {
	o.Version = max(o.Version, e.Sequence)
	switch e.Kind {
	case Created:
		o.ID, o.ExternalID, o.Title, o.CreatedAt = ID(e.Opportunity), f.Name, f.Value, e.EffectiveAt
	case Retitled:
		o.Title = f.Value
	case AccountSet:
		o.Account = f.Account
	case OwnerSet:
		o.Owner = f.Person
	case AttributeSet:
		o.setAttribute(f.Name, f.Value)
	case AmountSet:
		o.Amount = f.Amount
	case CloseDateSet:
		if o.CloseDate != "" && f.Date > o.CloseDate {
			o.Slips++
		}
		o.CloseDate = f.Date
	case StageSet:
		o.Stage, o.StageSince = f.Value, e.EffectiveAt
	case CallGiven:
		if c := Category(f.Name); c.Known() {
			o.Category = c
		}
	case CompetitorNamed, CompetitorDropped:
		o.takeCompetitor(e.Kind, f.Value)
	case ProcessSet:
		o.Process = f.Name
	case Closed:
		o.Outcome, o.ClosedAt = Outcome(f.Name), e.EffectiveAt
		o.Competitor, o.Reason, o.TheirWords = f.Value, f.Reason, f.Words
	case Reopened:
		o.Outcome, o.ClosedAt, o.Competitor, o.Reason, o.TheirWords = "", 0, "", "", ""
		o.Reopened++
	}
}

func (o *Opportunity) setAttribute(name, value string) {
	if o.Attributes == nil {
		o.Attributes = map[string]string{}
	}
	if value == "" {
		delete(o.Attributes, name)
		return
	}
	o.Attributes[name] = value
}
