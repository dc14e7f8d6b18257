package testworld

import "milepost/deals"

// drawWhale is the very large deal of the story: sixteen months old, in Negotiation
// for four of them, always about to be signed at the end of the quarter. Everybody
// likes it; nobody has met who signs.
func (w *world) drawWhale() *plan {
	c := newChance(w.options.Seed, 2)
	owner := w.cast.byName[whaleOwner]
	day := w.time.nextWorking(w.time.today - 490)
	p := &plan{chance: c, rep: owner, team: teamNamed(owner.team), created: day, whale: true,
		segment: &Segments[2], source: &Sources[4], product: &Products[1], competitor: Competitors[0].Name}
	p.id = deals.ID(c.id(w.time.at(day, 0)))
	p.win = p.chanceOfWinning()
	for stage, days := range []int{62, 84, 148, 74, 400} {
		until := w.time.nextWorking(day + days)
		p.visits = append(p.visits, visit{stage: stage, from: day, until: until, rep: owner, goesOn: true})
		day = until
	}
	p.visits[len(Stages)-1].ends, p.outcome = deals.Won, deals.Won
	w.truth.Whale = p.id
	return p
}

const (
	whaleTitle   = "Cold-room monitoring for all 214 sites"
	whaleAccount = "Halvmark Grocery Group"
	whaleAmount  = 2_400_000
)

// whaleLacks is what a manager would ask about first.
var whaleLacks = []string{"Economic buyer met", "Offer presented to the economic buyer", "Terms agreed", "political support"}
