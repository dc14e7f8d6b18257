package testworld

import "milepost/deals"

// Overclaims is how often a rep claims a milestone that was not reached, as a share of
// the milestones of the stages that their deals come to and do not reach. Nobody confirms
// such a claim. GamingOverclaims is the share of the rep who struggles: a claim of theirs
// says less about how the deal will end.
const (
	Overclaims       = .10
	GamingOverclaims = .55
)

// claimStream is the first of the streams from which claims are drawn that nothing
// stands behind: the rest of the story does not depend on them.
const claimStream = 1 << 41

// overclaim tells, now and then, of a milestone that was not reached.
func (t *teller) overclaim(v visit, number int) {
	if t.p.whale {
		return
	}
	c := newChance(t.w.options.Seed, claimStream+uint64(t.p.number)<<20+uint64(v.from)<<4+uint64(number))
	if !c.is(v.rep.rep.Overclaims) {
		return
	}
	drawn := t.p.chance
	t.p.chance = c
	t.say(t.within(v, ShownFrom, ShownUntil), t.late(), deals.MilestoneRecorded, deals.Fact{Name: Milestones[number].Name, Value: "claimed"})
	t.p.chance = drawn
	t.p.hollow |= 1 << number
}
