package deals

import (
	"fmt"
	"net/url"
	"slices"

	"milepost/calendar"
	"milepost/internal/ledger"
	"milepost/money"
	"milepost/people"
	"milepost/problem"
)

// difference is something about a deal that is otherwise today than it was.
type difference struct{ What, Then, Now string }

// goBack shows the deal as it stood at the moment asked for: what was true before
// it, as far as was known before it. A date means its first moment.
func (v *dealView) goBack(entries []ledger.Entry) error {
	at, err := calendar.ParseMoment(v.AsOfText, v.Now.Place)
	switch {
	case err != nil:
		v.Problem = problem.Invalid("as-of", "“%s” is not a day in the calendar; write it like 2026-01-31.", clip(v.AsOfText))
		return nil
	case at > v.Now.At:
		v.Problem = problem.Invalid("as-of", "%s is still to come.", v.Now.moment(at))
		return nil
	}
	v.AsOf = at
	v.Opportunity, v.Existed, err = Fold(entries, at)
	if err != nil {
		return err
	}
	if !v.Existed {
		v.Opportunity = Opportunity{ID: v.Today.ID, Title: v.Today.Title}
		return nil
	}
	then := v.Opportunity
	accountThen := accountAsOf(entries, at)
	v.Changed = v.differences(&then, accountThen)
	v.AccountName = accountThen
	return nil
}

// accountAsOf is the name that a deal's account went by in the entry that set it.
func accountAsOf(entries []ledger.Entry, asOf calendar.Instant) string {
	entries = slices.Clone(entries)
	slices.SortStableFunc(entries, inTheirOrder)
	name := ""
	for i := range entries {
		e := &entries[i]
		var fact Fact
		if e.Kind == AccountSet && e.RecordedAt < asOf && e.EffectiveAt < asOf && e.Read(&fact) == nil {
			name = fact.Value
		}
	}
	return name
}

// differences lists what has changed since, in the order in which the page shows it.
func (v *dealView) differences(then *Opportunity, accountThen string) []difference {
	now := &v.Today
	all := []difference{
		{"Outcome", stateText(then), stateText(now)},
		{"Stage", then.Stage, now.Stage},
		{"Amount", optional(then.Amount), optional(now.Amount)},
		{"Competitors", namesText(then.Competitors), namesText(now.Competitors)},
		{"Called", then.Category.Label(), now.Category.Label()},
		{"Next step", then.Next.says(), now.Next.says()},
		{"Expected close", optionalDay(then.CloseDate), optionalDay(now.CloseDate)},
		{"Moved later", fmt.Sprint(then.Slips), fmt.Sprint(now.Slips)},
		{"Owner", v.Names[then.Owner], v.Names[now.Owner]},
		{"Account", accountThen, v.AccountName},
		{"Title", then.Title, now.Title},
		{"Activities", fmt.Sprint(then.Activities), fmt.Sprint(now.Activities)},
	}
	for _, name := range attributeNames(then, now) {
		all = append(all, difference{upperFirst(name), then.Attributes[name], now.Attributes[name]})
	}
	return slices.DeleteFunc(all, func(d difference) bool { return d.Then == d.Now })
}

func attributeNames(list ...*Opportunity) []string {
	var names []string
	for _, o := range list {
		for name := range o.Attributes {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// stateText is whether a deal is open, or how it ended.
func stateText(o *Opportunity) string {
	switch {
	case o.IsOpen():
		return "open"
	case o.Competitor != "":
		return o.Outcome.Label() + " to " + o.Competitor
	}
	return o.Outcome.Label()
}

func optional(a *money.Amount) string {
	if a == nil {
		return ""
	}
	return a.String()
}

func optionalDay(d calendar.Date) string {
	if d == "" {
		return ""
	}
	return d.Short()
}

// path is the address of the page with one more parameter, at the same moment.
func (v *dealView) path(name, value string) string {
	q := url.Values{}
	if v.AsOf != 0 {
		q.Set("as-of", v.AsOfText)
	}
	if value != "" {
		q.Set(name, value)
	}
	return at(v.ID.Path(), q)
}

func (v *dealView) title() string {
	if v.Title == "" {
		return untitled
	}
	return v.Title
}

// lead says for whom and by whom in one line.
func (v *dealView) lead() string {
	switch owner := v.ownerName(v.Owner); {
	case !v.Existed:
		return ""
	case v.AccountName != "" && owner != "":
		return isolate(v.AccountName) + ", sold by " + isolate(owner)
	case owner != "":
		return "Sold by " + isolate(owner)
	default:
		return v.AccountName
	}
}

func (v *dealView) ownerName(id people.ID) string {
	if id == "" {
		return ""
	}
	return cmpName(v.Names[id])
}

func cmpName(name string) string {
	if name == "" {
		return "someone"
	}
	return name
}
