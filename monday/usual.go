package monday

import (
	"milepost/calendar"
	"milepost/people"
)

// rule is one reason for which a deal may need attention.
type rule string

// The rules. The first two need no history; habit is of people, not of deals; the last
// two are of deals with an evaluation plan.
const (
	datePassed rule = "date"
	noNextStep rule = "step"
	stuck      rule = "stay"
	silent     rule = "silence"
	slipped    rule = "slips"
	jumped     rule = "amount"
	habit      rule = "habit"
	theirMoves rule = "moves" // of steps that are the buyer's, in evaluation plans
	quietPlan  rule = "quiet" // between two days on which something happened in a plan
)

// usualKey says of what something is usual: a stage and a segment, or all.
type usualKey struct {
	Rule    rule      `db:"rule"`
	Stage   string    `db:"stage"`
	Segment string    `db:"segment"`
	Person  people.ID `db:"person_id"`
}

// usual is what nine in ten cases do not exceed, and half of them.
type usual struct {
	usualKey
	Cases   int64   `db:"cases"`
	Deals   int64   `db:"deals"`
	Typical float64 `db:"typical"`
	Most    float64 `db:"most"`
}

// fewest is from how many cases on nine in ten can be told: with thirty, three lie
// beyond the line and not one accident.
const fewest = 30

// usuals is what is usual in an organization.
type usuals struct {
	of map[usualKey]usual
	At calendar.Instant // when it was reckoned; 0: not yet
}

func newUsuals(list []usual, at calendar.Instant) usuals {
	u := usuals{map[usualKey]usual{}, at}
	for _, one := range list {
		u.of[one.usualKey] = one
	}
	return u
}

// find is what is usual of deals like one: of its stage and segment where enough have
// been seen, else of its stage, else of the whole organization; false where even that
// is too little to say.
func (u usuals) find(r rule, stage, segment string) (usual, bool) {
	for _, key := range []usualKey{{Rule: r, Stage: stage, Segment: segment}, {Rule: r, Stage: stage}, {Rule: r}} {
		if one, known := u.of[key]; known && one.Cases >= fewest {
			return one, true
		}
	}
	return usual{}, false
}

// habitOf is after how many days a person is usually heard of again.
func (u usuals) habitOf(person people.ID) (usual, bool) {
	one, known := u.of[usualKey{Rule: habit, Person: person}]
	return one, known && one.Cases >= fewest
}

// silentAbout lists the rules for which there is too little history to say anything.
func (u usuals) silentAbout() []rule {
	var list []rule
	for _, r := range []rule{stuck, silent, slipped, jumped} {
		if _, is := u.find(r, "", ""); !is {
			list = append(list, r)
		}
	}
	return list
}
