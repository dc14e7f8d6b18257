package imports

import (
	"context"
	"fmt"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/money"
	"milepost/people"
)

// plan is what a batch comes to: the facts that are new and may be taken, and the
// lines that may not.
type plan struct {
	deals          []planned
	rejects        []reject
	alreadyThere   int64
	afterOutcome   int64
	beforeCreation int64
	people         map[string]people.ID       // found or made, by key
	accounts       map[string]deals.AccountID // found or made, by key
	madePeople     int64
	madeAccounts   int64
	shared         []string
}

// planned is one deal of a plan.
type planned struct {
	id     deals.ID
	fresh  bool           // the deal is not there yet
	before []ledger.Entry // all that the ledger holds of it
	facts  []fact
	ids    []string
	call   map[int]money.Currency // of the calls among the facts
}

// judge decides which facts of a batch are taken. It only reads.
func judge(ctx context.Context, d *db.DB, o people.Organization, b *batch) (*plan, error) {
	p := &plan{people: map[string]people.ID{}, accounts: map[string]deals.AccountID{}}
	known, recorded, err := recall(ctx, d, b)
	if err != nil {
		return nil, err
	}
	entries, err := entriesOfChanged(ctx, d, b, known, recorded)
	if err != nil {
		return nil, err
	}
	for n := range b.deals {
		j := judgement{plan: p, deal: &b.deals[n], recorded: recorded}
		j.id, j.there = known[b.deals[n].external]
		j.before = entries[j.id]
		if err := j.decide(o.Currency); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// judgement is the decision about one deal.
type judgement struct {
	*plan
	deal     *deal
	id       deals.ID
	there    bool
	before   []ledger.Entry
	recorded map[string]bool

	createdAt   calendar.Instant
	createdLine int64 // 0 when the deal was there before
	closedAt    calendar.Instant
	closedLine  int64 // 0 when the outcome was there before
	closed      bool
}

// decide sorts a deal's facts into those that are there, those that are taken, and
// those that cannot be.
func (j *judgement) decide(home money.Currency) error {
	j.rejects = append(j.rejects, j.deal.beyond...)
	if err := j.look(); err != nil {
		return err
	}
	out := planned{id: j.id, fresh: !j.there, before: j.before}
	for n := range j.deal.facts {
		f := &j.deal.facts[n]
		if j.recorded[j.deal.ids[n]] {
			j.alreadyThere++
			continue
		}
		if reason := j.refuse(f); reason != "" {
			j.rejects = append(j.rejects, reject{f.line, reason, f.asLine()})
			continue
		}
		out.facts = append(out.facts, *f)
		out.ids = append(out.ids, j.deal.ids[n])
	}
	j.checkCalls(&out, home)
	if len(out.facts) == 0 {
		return nil
	}
	for n := range out.facts {
		if out.facts[n].at < j.createdAt {
			j.beforeCreation++
		}
		if j.closed && out.facts[n].at > j.closedAt {
			j.afterOutcome++
		}
	}
	j.deals = append(j.deals, out)
	return nil
}

// look finds when the deal was created and whether it has an outcome.
func (j *judgement) look() error {
	if j.there {
		state, _, err := deals.Fold(j.before, deals.Ever)
		if err != nil {
			return err
		}
		j.createdAt, j.closed, j.closedAt = state.CreatedAt, !state.IsOpen(), state.ClosedAt
		return nil
	}
	for n := range j.deal.facts {
		if f := &j.deal.facts[n]; f.kind == created {
			j.createdAt, j.createdLine = f.at, f.line
			j.id = deals.ID(named("opportunity", f.opportunity, f.at))
			return nil
		}
	}
	return nil
}

// refuse says why a fact that is not there yet cannot be taken. Facts come in the
// order of their instants, so of several outcomes the first stands.
func (j *judgement) refuse(f *fact) string {
	switch {
	case !j.there && j.createdLine == 0:
		return "Nothing creates this deal: there is no line of kind created for it that could be taken, neither in this file nor before."
	case f.kind == created && j.there:
		return fmt.Sprintf("The deal is there already; it was created at %s.", j.createdAt)
	case f.kind == created && f.line != j.createdLine:
		return fmt.Sprintf("The deal is created twice; line %d did so first.", j.createdLine)
	case f.kind != outcome:
		return ""
	case f.at < j.createdAt:
		return fmt.Sprintf("The outcome is dated before the deal was created, at %s.", j.createdAt)
	case j.closed && j.closedLine == 0:
		return fmt.Sprintf("The deal has an outcome already, recorded for %s.", j.closedAt)
	case j.closed:
		return fmt.Sprintf("The deal has an outcome already; it is on line %d.", j.closedLine)
	}
	j.closed, j.closedAt, j.closedLine = true, f.at, f.line
	return ""
}
