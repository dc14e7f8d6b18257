package testworld

import (
	"milepost/accounts"
	"milepost/deals"
)

// agree draws who agreed with their prospects on plans: each tale once in the team of the
// story, and some of them in the others.
func (w *world) agree() {
	c := newChance(w.options.Seed, planStream)
	taken, claims := map[*plan]bool{}, w.firstClaims()
	for i := range tales {
		w.tellPlan(c, &tales[i], teamOfStory, taken, claims)
	}
	for n, t := range teams {
		if t.name == teamOfStory {
			continue
		}
		for k := range 3 {
			tale := tales[(2*n+k)%len(tales)]
			tale.rep = ""
			w.tellPlan(c, &tale, t.name, taken, claims)
		}
	}
}

// tellPlan finds a deal for a tale, and tells it.
func (w *world) tellPlan(c chance, t *tale, team string, taken map[*plan]bool, claims map[*plan][]proven) {
	var best *agreement
	for _, p := range w.deals {
		g := w.agreementOf(c, t, p, team, claims[p])
		if g == nil || taken[p] {
			continue
		}
		if best == nil || g.proof.at != 0 && best.proof.at == 0 || (g.proof.at != 0) == (best.proof.at != 0) && p.worth.Minor > best.p.worth.Minor {
			best = g
		}
	}
	if best == nil {
		if t.rep != "" { // then a colleague's
			anybody := *t
			anybody.rep = ""
			w.tellPlan(c, &anybody, team, taken, claims)
		}
		return
	}
	taken[best.p] = true
	best.on(t.starts, 9, best.make)
	t.tell(best)
	best.proves()
	w.plans = append(w.plans, best)
}

// agreementOf is a tale as a deal could have it, or nothing where it could not.
func (w *world) agreementOf(c chance, t *tale, p *plan, team string, claims []proven) *agreement {
	g := &agreement{w: w, c: c, p: p, base: w.time.today, tale: t}
	if t.won {
		g.base = p.closed()
	}
	if p.whale || p.reopened > 0 || p.segment.Name == Segments[0].Name || t.won == p.open || t.won && p.outcome != deals.Won || g.base > w.time.today || g.base < w.time.today-60 {
		return nil
	}
	start, stage := g.day(t.starts), 0
	for _, v := range p.visits {
		if v.from < start-1 {
			stage = v.stage
		}
	}
	owner := p.ownerThen(start)
	if p.created > start-3 || stage < 1 || stage > 3 || w.cast.teamOn(owner, start).name != team || t.rep != "" && owner.name != t.rep || p.ownerThen(g.base) != owner {
		return nil
	}
	for _, contact := range p.account.contacts {
		if contact.met < start && (g.whom == nil || contact.kind == accounts.Champion) {
			g.whom = contact
		}
	}
	if g.whom == nil {
		return nil
	}
	if t.proves {
		g.proof = g.provable(claims, t.starts+4, -1)
	}
	return g
}
