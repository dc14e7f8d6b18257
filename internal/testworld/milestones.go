package testworld

import (
	"slices"

	"milepost/deals"
)

// MilestoneTruth is a milestone of a stage: how often it is reached in a visit that
// goes on, and in one that does not.
type MilestoneTruth struct {
	Name      string
	Stage     int
	IfGoesOn  float64
	IfNot     float64
	Confirmed float64 // of those claimed, the share that is confirmed
}

// Milestones are what can be shown on the way, in the order in which they come.
var Milestones = []MilestoneTruth{
	{"Need confirmed by the users", 0, .92, .40, .85},
	{"Sponsor named", 0, .84, .30, .80},
	{"Requirements agreed in writing", 1, .90, .34, .85},
	{"Economic buyer met", 1, .76, .22, .90},
	{"Evaluation plan agreed", 2, .88, .36, .85},
	{"Trial accepted by the users", 2, .84, .22, .90},
	{"Business case confirmed", 2, .72, .16, .85},
	{"Offer presented to the economic buyer", 3, .90, .42, .90},
	{"Legal terms reviewed", 3, .70, .20, .85},
	{"Terms agreed", 4, .93, .20, .95},
}

// Revoked is the share of reached milestones that are taken back, in visits that go
// on and in others.
const (
	RevokedIfGoesOn = .02
	RevokedIfNot    = .13
)

// CriterionTruth is a part of the qualification triad: when it is assessed, and how
// often it is met.
type CriterionTruth struct {
	Name     string
	Stage    int
	IfGoesOn float64
	IfNot    float64
	Verified float64 // of those met, the share that is verified later
}

// Criteria are the three parts of the triad.
var Criteria = []CriterionTruth{
	{"functional need", 0, .90, .52, .55},
	{"financial means", 1, .86, .44, .50},
	{"political support", 2, .84, .33, .50},
}

// When a milestone that is reached in a visit shows, as shares of the visit's days, both
// evenly spread: from early to late. ClaimedFirst is the share of them of which the rep
// says so some days before they are confirmed: from ConfirmedSoon to ConfirmedLate
// calendar days, evenly spread. The others are told with their confirmation, or not at
// all.
const (
	ShownFrom     = .25
	ShownUntil    = .95
	ClaimedFirst  = .7
	ConfirmedSoon = 1
	ConfirmedLate = 8
)

// reach tells of the milestones of a visit, and of its criteria.
func (t *teller) reach(v visit) {
	for n, m := range Milestones {
		if m.Stage != v.stage {
			continue
		}
		if !t.reaches(v, m) {
			t.overclaim(v, n)
			continue
		}
		t.p.hollow &^= 1 << n
		day := t.within(v, ShownFrom, ShownUntil)
		if t.p.is(ClaimedFirst) {
			t.say(day, t.late(), deals.MilestoneRecorded, deals.Fact{Name: m.Name, Value: "claimed"})
			day = t.soon(v, day, ConfirmedSoon, ConfirmedLate)
		}
		if t.p.is(m.Confirmed) {
			t.say(day, t.late(), deals.MilestoneRecorded, deals.Fact{Name: m.Name, Value: "achieved"})
			if t.p.is(choose(v.goesOn, RevokedIfGoesOn, RevokedIfNot)) {
				t.say(t.soon(v, day, 4, 20), 0, deals.MilestoneRecorded, deals.Fact{Name: m.Name, Value: "revoked"})
			}
		}
	}
	t.assess(v)
}

// reaches tells whether a visit reaches a milestone. The whale reaches what does not
// need the one person who could sign.
func (t *teller) reaches(v visit, m MilestoneTruth) bool {
	if t.p.whale {
		return !slices.Contains(whaleLacks, m.Name)
	}
	return t.p.is(choose(v.goesOn, m.IfGoesOn, m.IfNot))
}

// assess tells of the criteria of a visit.
func (t *teller) assess(v visit) {
	for _, c := range Criteria {
		if c.Stage != v.stage {
			continue
		}
		day, state := t.within(v, .15, .8), "unmet"
		if t.p.is(choose(v.goesOn, c.IfGoesOn, c.IfNot)) && !(t.p.whale && slices.Contains(whaleLacks, c.Name)) {
			state = "met"
		}
		t.say(day, 0, deals.CriterionAssessed, deals.Fact{Name: c.Name, Value: state})
		if state == "met" && t.p.is(c.Verified) {
			t.say(t.soon(v, day, 5, 25), 0, deals.CriterionAssessed, deals.Fact{Name: c.Name, Value: "verified"})
		}
	}
}

func choose(first bool, a, b float64) float64 {
	if first {
		return a
	}
	return b
}
