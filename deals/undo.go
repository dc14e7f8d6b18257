package deals

import (
	"context"
	"maps"
	"slices"

	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
)

// aboutOf names the field of a deal that a fact sets, or "" for a fact that sets none.
// Attributes other than the three that every deal has go by attribute.NAME.
func aboutOf(kind ledger.Kind, f *Fact) string {
	switch kind {
	case Created, Retitled:
		return "title"
	case AccountSet:
		return "account"
	case OwnerSet:
		return "owner"
	case AmountSet:
		return "amount"
	case CloseDateSet:
		return "close_date"
	case StageSet:
		return "stage"
	case AttributeSet:
		return attributeField(f.Name)
	}
	return ""
}

// back is the change that gives the deal what it had before an entry; nil when there
// is no such change. On the way it notes what the entry is about.
func (t telling) back(e *Event) *Change {
	if e.About = aboutOf(t.entry.Kind, t.fact); e.About == "" || e.Payload == "" {
		return nil
	}
	after := t.before.after(t.entry.Kind, t.fact)
	e.Was, e.Is = t.says(t.before, t.account, e.About), t.says(&after, t.fact.Value, e.About)
	former := Fact{Undoes: t.entry.Sequence}
	switch t.entry.Kind {
	case Created:
		return nil
	case Retitled:
		former.Value = t.before.Title
	case AccountSet:
		former.Account, former.Value = t.before.Account, t.account
	case OwnerSet:
		former.Person = t.before.Owner
	case AmountSet:
		former.Amount = t.before.Amount
	case CloseDateSet:
		former.Date = t.before.CloseDate
	case StageSet:
		former.Value = t.before.Stage
	case AttributeSet:
		former.Name, former.Value = t.fact.Name, t.before.Attributes[t.fact.Name]
	}
	if sameDeal(t.before, &after) || t.entry.Kind == Retitled && former.Value == "" || t.entry.Kind == OwnerSet && former.Person == "" {
		return nil
	}
	return &Change{Kind: t.entry.Kind, Fact: former}
}

// after is the deal as a fact leaves it.
func (o *Opportunity) after(kind ledger.Kind, f *Fact) Opportunity {
	after := *o
	after.Attributes = maps.Clone(o.Attributes)
	after.apply(&ledger.Entry{Kind: kind}, f)
	return after
}

// sameDeal tells whether the fields of a deal are alike.
func sameDeal(a, b *Opportunity) bool {
	return a.Title == b.Title && a.Account == b.Account && a.Owner == b.Owner && same(a.Amount, b.Amount) &&
		a.CloseDate == b.CloseDate && a.Stage == b.Stage && maps.Equal(a.Attributes, b.Attributes)
}

// says is what a deal has in a field, as a person reads it.
func (t telling) says(o *Opportunity, account, field string) string {
	if field == "owner" && o.Owner != "" {
		return t.name(o.Owner, "")
	}
	if field == "account" {
		return account
	}
	return fieldText(o, field)
}

// newestOf finds the last word on a field.
func newestOf(events []Event, field string) *Event {
	for i := range slices.Backward(events) {
		if events[i].About == field {
			return &events[i]
		}
	}
	return nil
}

// closedTo tells whether a field of a deal cannot be changed by hand: one that has ended
// keeps what it ended with until it is reopened, and a stage may follow from a process.
func closedTo(o *Opportunity, field string) bool {
	if field == "stage" && o.Process != "" {
		return true
	}
	return !o.IsOpen() && slices.Contains([]string{"amount", "close_date", "stage", "owner"}, field)
}

// mayBeUndone tells whether a page offers someone to take an event back. The rule has
// the last word.
func (e *Event) mayBeUndone(o *Opportunity, v *people.Viewer) bool {
	return e.back != nil && !closedTo(o, e.About) && (e.back.Kind != OwnerSet || v.Sees(e.back.Fact.Person))
}

// overtaken refuses to take back what is not the last word any more.
var overtaken = problem.Conflict("", "Something newer was said of the same meanwhile. Nothing was taken back yet.")

// Undo records what a deal had before an entry, as a further entry, for a person who
// sees the deal. When something newer was said of the same, it is refused, unless over
// is the sequence of the newest word, which the person has seen then; what was before
// comes back as a change like any other.
func Undo(ctx context.Context, w *ledger.Writer, v *people.Viewer, now Now, id ID, version, sequence, over int64) (Opportunity, error) {
	entries, err := ledger.OfOpportunity(ctx, w.DB, w.DB.Org(), string(id))
	if err != nil {
		return Opportunity{}, err
	}
	events, err := Tell(entries, nil)
	if err != nil {
		return Opportunity{}, err
	}
	return Edit(ctx, w, v, id, version, func(o *Opportunity) ([]Change, error) {
		i := slices.IndexFunc(events, func(e Event) bool { return e.Sequence == sequence })
		if i < 0 || events[i].back == nil {
			return nil, problem.NotFound("There is no such change that could be taken back.")
		}
		change := *events[i].back
		switch newest := newestOf(events, events[i].About); {
		case newest.Sequence == sequence:
		case newest.Sequence != over:
			return nil, overtaken
		default:
			change.Fact.Undoes = 0
		}
		return giveBack(doing{ctx: ctx, w: w, v: v, now: now}, o, change)
	})
}

// giveBack applies to a change that gives something back the rules that hold for
// making it, as far as they still matter: a date that has passed was expected once.
func giveBack(d doing, o *Opportunity, change Change) ([]Change, error) {
	field := aboutOf(change.Kind, &change.Fact)
	if !o.IsOpen() && closedTo(o, field) {
		return nil, mustBeOpen(o, "", "what it ended with")
	}
	if closedTo(o, field) {
		return MoveTo(o, change.Fact.Value) // which says why not
	}
	if field == "owner" {
		d.form = map[string][]string{"owner": {string(change.Fact.Person)}}
		to, reach, err := successor(d.ctx, d, "owner")
		if err != nil {
			return nil, err
		}
		if changes, err := HandOver(o, to, reach); err != nil || len(changes) == 0 {
			return nil, err
		}
	}
	if after := o.after(change.Kind, &change.Fact); sameDeal(o, &after) {
		return nil, nil
	}
	return []Change{change}, nil
}
