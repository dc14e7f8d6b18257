package reference

import (
	"errors"
	"math"
	"strconv"
	"strings"

	"milepost/problem"
)

// measure is what sort of number a figure of the table is, and how people write it.
type measure int

const (
	share  measure = iota // 0.18 is written 18, in percent
	cycles                // as it is
	odds                  // a logarithm, of which the number is written: how many times as likely
)

// figure is one number of a table.
type figure struct {
	field, words string
	measure      measure
	value        *float64
}

var milestoneWords = [...]string{"A milestone that is not shown", "A milestone that is claimed", "A milestone that is confirmed"}

var criterionWords = [...]string{"A criterion that is unknown", "A criterion that is not met", "A criterion that is met", "A criterion that is verified"}

// figures lists the numbers of a table, each where it is.
func (t *Table) figures() []figure {
	var list []figure
	for i := range t.Rungs {
		r, rung := &t.Rungs[i], "rung "+strconv.Itoa(i+1)
		list = append(list, figure{WonField(i), "Won from " + rung, share, &r.Won}, figure{NoActionField(i), "No action from " + rung, share, &r.NoAction},
			figure{RemainingField(i), "Time left on " + rung, cycles, &r.Remaining})
	}
	for level := range t.Milestones {
		list = append(list, figure{MilestoneField(level), milestoneWords[level], odds, &t.Milestones[level]})
	}
	for level := range t.Criteria {
		list = append(list, figure{CriterionField(level), criterionWords[level], odds, &t.Criteria[level]})
	}
	return list
}

// text is a figure as it stands in its field.
func (f figure) text() string {
	switch f.measure {
	case share:
		return strconv.FormatFloat(100**f.value, 'g', 5, 64)
	case odds:
		return trim(strconv.FormatFloat(math.Exp(*f.value), 'f', 2, 64))
	}
	return strconv.FormatFloat(*f.value, 'g', 5, 64)
}

func trim(text string) string { return strings.TrimSuffix(strings.TrimRight(text, "0"), ".") }

// said is a figure as it stands in a sentence.
func (f figure) said() string {
	return f.text() + map[measure]string{share: " %", cycles: " cycles", odds: " times as likely"}[f.measure]
}

// Changes says in which figures a table differs from the one before it.
func Changes(before, after Table) []string {
	old := map[string]figure{}
	for _, f := range before.figures() {
		old[f.field] = f
	}
	var list []string
	for _, f := range after.figures() {
		was, had := old[f.field]
		switch {
		case !had:
			list = append(list, f.words+": "+f.said())
		case *was.value != *f.value:
			list = append(list, f.words+": "+was.said()+" before, now "+f.said())
		}
	}
	return list
}

// texts are the figures of a table as they stand in their fields.
func (t Table) texts() map[string]string {
	all := map[string]string{}
	for _, f := range t.figures() {
		all[f.field] = f.text()
	}
	return all
}

// longestNumber bounds what is read as a number.
const longestNumber = 12

// read takes the figures of a table from what was typed. What stands in a field as one of
// some known tables has it means that table's figure, to the last digit.
func read(typed func(field string) string, rungs int, known ...Table) (Table, error) {
	t := Table{Rungs: make([]Rung, rungs)}
	var wrong []error
	for _, f := range t.figures() {
		text := strings.TrimSpace(typed(f.field))
		if f.takeFrom(text, known) {
			continue
		}
		v, err := number(text)
		switch {
		case err != nil:
			wrong = append(wrong, problem.Invalid(f.field, "%s", map[measure]string{share: "Write a share in percent, like 18 or 18.5.",
				cycles: "Write how many cycles, like 1.5.", odds: "Write how many times as likely, like 1.2; 1 changes nothing."}[f.measure]))
		case f.measure == share:
			*f.value = v / 100
		case f.measure == odds:
			*f.value = math.Log(v) // of 0 it is infinite, which the check refuses
		default:
			*f.value = v
		}
	}
	return t, errors.Join(wrong...)
}

func (f figure) takeFrom(text string, known []Table) bool {
	for i := range known {
		for _, k := range known[i].figures() {
			if k.field == f.field && k.text() == text {
				*f.value = *k.value
				return true
			}
		}
	}
	return false
}

// number reads a plain number; a comma may stand for the point.
func number(text string) (float64, error) {
	if text == "" || len(text) > longestNumber || strings.Trim(text, "0123456789.,") != "" || strings.Count(text, ",") > 1 {
		return 0, errors.New("no number")
	}
	return strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
}
