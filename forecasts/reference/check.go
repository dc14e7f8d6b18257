package reference

import (
	"errors"
	"fmt"
	"math"

	"milepost/problem"
)

// The bounds of what can be assumed: beyond them a figure is a slip, or leaves the deals
// of an organization nothing to say.
const (
	fewestRungs, mostRungs       = 2, 9
	fewestOfACause, fewestLost   = .001, .01 // nothing is impossible before any deal has ended
	shortestWait, longestWait    = .05, 50   // cycles
	mostOdds                     = 3         // about twenty times as likely, or as unlikely
	longestReason, fewestLetters = 500, 3
)

// WonField, NoActionField, RemainingField, MilestoneField and CriterionField are the names
// of the table's figures in a form, and in what is said about them.
func WonField(rung int) string       { return fmt.Sprintf("won-%d", rung+1) }
func NoActionField(rung int) string  { return fmt.Sprintf("no-action-%d", rung+1) }
func RemainingField(rung int) string { return fmt.Sprintf("remaining-%d", rung+1) }
func MilestoneField(level int) string {
	return fmt.Sprintf("milestone-%d", level)
}
func CriterionField(level int) string { return fmt.Sprintf("criterion-%d", level) }

// Check refuses a table that no forecast could lean on, with a sentence for each figure.
func (t *Table) Check() error {
	if len(t.Rungs) < fewestRungs || len(t.Rungs) > mostRungs {
		return problem.Invalid("", "The ladder has %d to %d rungs.", fewestRungs, mostRungs)
	}
	var wrong []error
	for i, r := range t.Rungs {
		wrong = append(wrong, r.check(i)...)
	}
	for level, odds := range t.Milestones {
		wrong = append(wrong, checkOdds(MilestoneField(level), odds))
	}
	for level, odds := range t.Criteria {
		wrong = append(wrong, checkOdds(CriterionField(level), odds))
	}
	return errors.Join(wrong...)
}

func (r Rung) check(i int) (wrong []error) {
	share := func(field, what string, share float64) bool {
		if share >= fewestOfACause && share <= 1-fewestLost {
			return true
		}
		wrong = append(wrong, problem.Invalid(field, "The share %s on rung %d is between 0.1 %% and 99 %%.", what, i+1))
		return false
	}
	won, noAction := share(WonField(i), "won", r.Won), share(NoActionField(i), "of no action", r.NoAction)
	if won && noAction && r.Won+r.NoAction > 1-fewestLost+1e-9 {
		wrong = append(wrong, problem.Invalid(NoActionField(i), "On rung %d, won and no action together are %.4g %%. Leave at least 1 %% for deals that are lost.", i+1, 100*(r.Won+r.NoAction)))
	}
	if !(r.Remaining >= shortestWait && r.Remaining <= longestWait) {
		wrong = append(wrong, problem.Invalid(RemainingField(i), "The time that is left on rung %d is between %.2f and %d cycles.", i+1, shortestWait, longestWait))
	}
	return wrong
}

func checkOdds(field string, odds float64) error {
	if math.Abs(odds) <= mostOdds {
		return nil
	}
	return problem.Invalid(field, "Write a number from %.2f to %.0f: how many times as likely such deals are to be won. 1 changes nothing.", math.Exp(-mostOdds), math.Exp(mostOdds))
}
