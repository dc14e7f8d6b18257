package audits

import (
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/process"
	"milepost/process/evidence"
)

// folded lists the kinds that Fold reads.
var folded = []ledger.Kind{Drawn, Passed, Rejected, evidence.Reject}

// Fold makes the audits of one deal from its entries, in the order of their sequence.
func Fold(entries []ledger.Entry) ([]Audit, error) {
	var list []Audit
	at := map[ID]int{}
	fell := map[string]ledger.Entry{} // the newest rejection of each milestone
	for i := range entries {
		e := &entries[i]
		var fact Fact
		switch e.Kind {
		case Drawn, Passed, Rejected, evidence.Reject:
			if err := e.Read(&fact); err != nil {
				return nil, err
			}
		}
		switch e.Kind {
		case evidence.Reject:
			fell[fact.Name] = *e
		case Drawn:
			at[ID(e.Subject)] = len(list)
			list = append(list, drawnAs(e, &fact))
		case Passed, Rejected:
			if i, known := at[ID(e.Subject)]; known {
				list[i].judge(e, &fact)
				if rejection, there := fell[fact.Name]; there && e.Kind == Rejected {
					list[i].JudgedAt = rejection.EffectiveAt
				}
			}
		}
	}
	return list, nil
}

func drawnAs(e *ledger.Entry, fact *Fact) Audit {
	return Audit{ID: ID(e.Subject), Deal: deals.ID(e.Opportunity), Milestone: process.MilestoneID(fact.Name), Name: fact.Value, Week: fact.Week,
		Place: int64(fact.Place), Why: fact.Reason, Rep: fact.Person, ClaimedAt: fact.ClaimedAt, DrawnAt: e.EffectiveAt, Version: e.Sequence}
}

// judge takes in what the auditor found; what was rejected may pass later, after an
// answer.
func (a *Audit) judge(e *ledger.Entry, fact *Fact) {
	a.JudgedAt, a.JudgedBy, a.Version = e.EffectiveAt, people.ID(e.Actor), e.Sequence
	if e.Kind == Rejected {
		a.Result, a.Words = DidReject, fact.Reason
		return
	}
	if a.Result == DidReject {
		a.Turned = 1
	}
	a.Result = DidPass
}

// weekOf is the week that an entry says was drawn.
func weekOf(e *ledger.Entry) (Week, error) {
	var fact WeekFact
	err := e.Read(&fact)
	return Week{calendar.Date(e.Subject), e.EffectiveAt, int64(fact.Claims), int64(fact.Drawn), e.Sequence}, err
}
