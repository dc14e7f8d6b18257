package audits

import (
	"context"

	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
	"milepost/process/evidence"
)

const noAudit = "There is no such audit, or it is not yours to see."

// Pass says that the claim holds: the milestone is confirmed. Seen is the version of the
// milestone that the auditor looked at. A rejected claim may pass once the rep answered.
func Pass(ctx context.Context, w *ledger.Writer, v *people.Viewer, id ID, seen int64) error {
	return judge(ctx, w, v, id, seen, func(p *evidence.Pen, a *Audit) error {
		if err := p.Pass(a.Milestone); err != nil {
			return err
		}
		return tell(p, a, Passed, "")
	})
}

// Reject says, with a reason, that the claim does not hold: it falls, and the stage of
// the deal with it.
func Reject(ctx context.Context, w *ledger.Writer, v *people.Viewer, id ID, seen int64, reason string) error {
	return judge(ctx, w, v, id, seen, func(p *evidence.Pen, a *Audit) error {
		if err := p.Reject(a.Milestone, reason); err != nil {
			return err
		}
		m := p.Of(a.Milestone)
		return tell(p, a, Rejected, m.Reason)
	})
}

func tell(p *evidence.Pen, a *Audit, kind ledger.Kind, reason string) error {
	_, err := p.Tell(kind, string(a.ID), Fact{Fact: deals.Fact{Name: string(a.Milestone), Value: a.Name, Reason: reason}})
	return err
}

// judge lets an auditor act on an audit that waits for one, with the deal's only pen.
func judge(ctx context.Context, w *ledger.Writer, v *people.Viewer, id ID, seen int64, act func(*evidence.Pen, *Audit) error) error {
	a, p, err := takeUp(ctx, w, v, id)
	if err != nil {
		return err
	}
	line, err := ReadLine(ctx, w.DB, w.By.At)
	if err != nil {
		return err
	}
	if err := mustJudge(line, v, p.Deal.Owner); err != nil {
		return err
	}
	m := p.Of(a.Milestone)
	switch standing, because := a.Stands(&m); {
	case standing == Closed:
		return problem.Conflict("", "There is nothing left to audit. %s", because)
	case !standing.Waits():
		return problem.Conflict("", "This audit is done: “%s” was %s.", a.Name, a.Result)
	}
	if err := p.Seen(a.Milestone, seen); err != nil {
		return err
	}
	if err := act(p, &a); err != nil {
		return err
	}
	if err := p.PutDown(ctx); err != nil {
		return err
	}
	list, err := Fold(p.Entries())
	if err != nil {
		return err
	}
	return settle(ctx, w.DB, map[deals.ID][]Audit{a.Deal: list})
}

// mustJudge refuses who may not audit the deals of an owner.
func mustJudge(line Line, v *people.Viewer, owner people.ID) error {
	switch {
	case line.MayJudge(v, owner):
		return nil
	case v.ID == owner:
		return problem.Forbidden("Nobody audits their own deals. This one is for whoever you report to.")
	}
	return problem.Forbidden("This audit is for the manager of whoever owns the deal.")
}

// Reply is what the owner of the deal says to a rejection.
func Reply(ctx context.Context, w *ledger.Writer, v *people.Viewer, id ID, seen int64, text string) error {
	a, p, err := takeUp(ctx, w, v, id)
	if err != nil {
		return err
	}
	if p.Deal.Owner != v.ID {
		return problem.Forbidden("The owner of the deal answers.")
	}
	if m := p.Of(a.Milestone); a.Result != DidReject || m.RejectedAt != a.JudgedAt {
		return problem.Conflict("", "There is no rejection to answer any more.")
	}
	if err := p.Seen(a.Milestone, seen); err != nil {
		return err
	}
	if err := p.Answer(a.Milestone, text); err != nil {
		return err
	}
	return p.PutDown(ctx)
}

// takeUp reads an audit and readies the pen of its deal, for who sees the deal.
func takeUp(ctx context.Context, w *ledger.Writer, v *people.Viewer, id ID) (Audit, *evidence.Pen, error) {
	a, err := find(ctx, w.DB, id)
	if err != nil {
		return a, nil, hidden(err)
	}
	p, err := evidence.TakeUp(ctx, w, v, a.Deal)
	return a, p, hidden(err)
}

// hidden says of what is not there, and of what is not to be seen, the same.
func hidden(err error) error {
	if problem.Is(err, problem.KindNotFound) {
		return problem.NotFound(noAudit)
	}
	return err
}
