package imports

import (
	"context"
	"fmt"
	"strings"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/money"
	"milepost/people"
)

// judgeOnly is take without writing: what --strict does first.
func (i *Import) judgeOnly(ctx context.Context, b *batch) error {
	p, err := judge(ctx, i.handle(), i.Org, b)
	if err != nil {
		return err
	}
	return i.keepRejects(p)
}

// take writes one batch in one transaction.
func (i *Import) take(ctx context.Context, b *batch) error {
	if i.Org.ID == "" {
		if p, err := judge(ctx, i.handle(), i.Org, b); err != nil || len(p.deals) == 0 {
			if err == nil {
				err = i.keepRejects(p)
			}
			return err
		}
		if err := i.found(ctx); err != nil {
			return err
		}
	}
	by := ledger.By{Actor: string(i.Actor), Via: ledger.ViaImport, At: i.Program.Clock()}
	var p *plan
	err := ledger.Record(ctx, i.handle(), by, func(w *ledger.Writer) (err error) {
		if p, err = judge(ctx, w.DB, i.Org, b); err != nil {
			return err
		}
		if err := i.resolveAccounts(ctx, w, p); err != nil {
			return err
		}
		if err := i.resolvePeople(ctx, w, p); err != nil {
			return err
		}
		return i.record(ctx, w, p)
	})
	if err != nil {
		return fmt.Errorf("writing deals %q to %q: %w", b.deals[0].external, b.deals[len(b.deals)-1].external, err)
	}
	i.tally(p)
	return i.keepRejects(p)
}

func (i *Import) found(ctx context.Context) error {
	if i.Found == nil {
		return fmt.Errorf("there is no organization to import into")
	}
	o, err := i.Found(ctx, i.names.commonest())
	i.Org = o
	return err
}

func (i *Import) keepRejects(p *plan) error {
	for _, r := range p.rejects {
		if err := i.rejects.add(r); err != nil {
			return err
		}
	}
	return nil
}

// tally counts a batch once it is committed.
func (i *Import) tally(p *plan) {
	i.names.keep(p)
	for n := range p.deals {
		i.sum.Taken += int64(len(p.deals[n].facts))
		if p.deals[n].fresh {
			i.sum.DealsNew++
		} else {
			i.sum.DealsChanged++
		}
	}
	i.sum.AlreadyThere += p.alreadyThere
	i.sum.AfterOutcome += p.afterOutcome
	i.sum.BeforeCreation += p.beforeCreation
	i.sum.People += p.madePeople
	i.sum.Accounts += p.madeAccounts
	for _, name := range p.shared {
		if !i.names.shared[people.Key(name)] {
			i.names.shared[people.Key(name)] = true
			i.sum.SharedNames = append(i.sum.SharedNames, name)
		}
	}
}

// record adds the plan's facts to the ledger and folds their deals.
func (i *Import) record(ctx context.Context, w *ledger.Writer, p *plan) error {
	entries := make(map[deals.ID][]ledger.Entry, len(p.deals))
	order := make([]deals.ID, len(p.deals))
	fresh := make(map[deals.ID]bool, len(p.deals))
	for n := range p.deals {
		d := &p.deals[n]
		all := append(make([]ledger.Entry, 0, len(d.before)+len(d.facts)), d.before...)
		for m := range d.facts {
			f := &d.facts[m]
			said, err := i.payload(p, d, m)
			if err != nil {
				return err
			}
			e, err := w.AddAs(ledger.Entry{ID: d.ids[m], RecordedAt: f.at, EffectiveAt: f.at,
				Kind: ledgerKinds[f.kind], Subject: string(d.id), Opportunity: string(d.id)}, said)
			if err != nil {
				return err
			}
			all = append(all, e)
		}
		entries[d.id], order[n], fresh[d.id] = all, d.id, d.fresh
	}
	return deals.Rewrite(ctx, w.DB, entries, order, fresh)
}

// payload is what the ledger keeps of a fact.
func (i *Import) payload(p *plan, d *planned, n int) (said deals.Fact, err error) {
	f := &d.facts[n]
	switch f.kind {
	case created:
		said = deals.Fact{Name: f.opportunity, Value: f.name}
		if f.name == "" {
			said.Value = f.opportunity
		}
	case account:
		said = deals.Fact{Account: i.accountOf(p, f.name), Value: f.name}
	case owner:
		said = deals.Fact{Person: i.personOf(p, f.name)}
	case amount:
		said.Amount, err = amountIn(f.value, money.Currency(f.name))
	case closeDate:
		said.Date = calendar.Date(strings.TrimSpace(f.date()))
	case stage:
		said.Value = f.name
	case call:
		said.Name = f.name
		if f.value != "" {
			said.Amount, err = amountIn(f.value, d.call[n])
		}
	case outcome:
		said = closing(f)
	default: // attribute, milestone, criterion, activity
		said = deals.Fact{Name: f.name, Value: f.value}
	}
	return said, err
}

// closing is an outcome: a deal is lost to someone, and won or left for a reason.
func closing(f *fact) deals.Fact {
	if deals.Outcome(f.name) == deals.Lost {
		return deals.Fact{Name: f.name, Value: f.value}
	}
	return deals.Fact{Name: f.name, Reason: f.value}
}

func amountIn(text string, code money.Currency) (*money.Amount, error) {
	in, err := money.ParseCurrency(string(code))
	if err != nil {
		return nil, err
	}
	a, err := money.Parse(text, in)
	return &a, err
}
