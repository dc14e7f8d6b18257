package deals

import (
	"net/url"
	"strconv"
	"strings"

	"milepost/bulk"
	"milepost/calendar"
	"milepost/internal/ledger"
	"milepost/problem"
)

// bulkRule is the rule that a change applies to each of its deals.
func bulkRule(k bulk.Desk, what, value string) (Rule, error) {
	now := nowOf(k)
	switch what {
	case bulkOwner:
		asks := doing{k.Ctx, &ledger.Writer{DB: k.DB}, k.Viewer, now, url.Values{"owner": {value}}, usual{}}
		to, reach, err := successor(k.Ctx, asks, "owner")
		return func(o *Opportunity) ([]Change, error) { return HandOver(o, to, reach) }, err
	case bulkStage:
		return func(o *Opportunity) ([]Change, error) { return MoveTo(o, value) }, nil
	case bulkClose:
		date, err := parseDate("close_date", value)
		if err == nil && date == "" {
			err = problem.Invalid("close_date", "Which day?")
		}
		return func(o *Opportunity) ([]Change, error) { return ExpectCloseOn(o, date, now.Today()) }, err
	}
	days, err := strconv.Atoi(strings.TrimSpace(value))
	if err != nil || days == 0 || days > farthest || days < -farthest {
		return nil, problem.Invalid("shift", "By how many days? Write 14 for two weeks later, -7 for a week sooner.")
	}
	return func(o *Opportunity) ([]Change, error) { return shift(o, days, now.Today()) }, nil
}

// shift moves the expected close by days.
func shift(o *Opportunity, days int, today calendar.Date) ([]Change, error) {
	if o.IsOpen() && o.CloseDate == "" {
		return nil, problem.Invalid("close_date", "It has no expected close that could be moved.")
	}
	if !o.IsOpen() {
		return ExpectCloseOn(o, "", today) // which says why not
	}
	return ExpectCloseOn(o, o.CloseDate.AddDays(days), today)
}

// readyDeals makes a change of deals ready for a value.
func readyDeals(what string) func(bulk.Desk, string) (bulk.Ready, error) {
	return func(k bulk.Desk, value string) (ready bulk.Ready, err error) {
		if ready.Value = strings.TrimSpace(value); what == bulkStage {
			if ready.Value, err = oneLine("stage", "The stage", value, longestLabel); err != nil {
				return ready, err
			}
		}
		rule, err := bulkRule(k, what, ready.Value)
		if err != nil {
			return ready, err
		}
		if _, err := rule(&Opportunity{CloseDate: k.Today()}); err != nil && what != bulkShift {
			return ready, err // it can be so of no deal
		}
		ready.Look = func(k bulk.Desk, ids []string) (map[string]bulk.Glance, error) { return foresee(k, ids, what, rule) }
		ready.Change = func(k bulk.Desk, w *ledger.Writer, r bulk.Row, _ bulk.Glance) (int64, error) {
			after, err := Edit(k.Ctx, w, k.Viewer, ID(r.ID), r.Version, rule)
			return after.Version, err
		}
		return ready, nil
	}
}

// foresee says what a rule would make of deals as they stand.
func foresee(k bulk.Desk, ids []string, what string, rule Rule) (map[string]bulk.Glance, error) {
	found, err := several(k.Ctx, k.DB, ids)
	glances := make(map[string]bulk.Glance, len(found))
	for id, o := range found {
		if !k.Viewer.Sees(o.Owner) {
			continue
		}
		g := bulk.Glance{Version: o.Version, Before: bulkValue(&o, what)}
		g.After = g.Before
		changes, refusal := rule(&o)
		if g.Refusal = refusal; refusal == nil && len(changes) > 0 {
			after := o.after(changes[0].Kind, &changes[0].Fact)
			g.After = bulkValue(&after, what)
		}
		glances[id] = g
	}
	return glances, err
}

// bulkValue is what a deal has of what is changed.
func bulkValue(o *Opportunity, what string) string {
	switch what {
	case bulkOwner:
		return string(o.Owner)
	case bulkStage:
		return o.Stage
	}
	return string(o.CloseDate)
}
