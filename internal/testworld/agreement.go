package testworld

import (
	"slices"

	"milepost/calendar"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
	"milepost/process/evidence"
	"milepost/process/plans"
)

// planStream is where evaluation plans are drawn.
const planStream = 64

// agreement is an evaluation plan of a deal, as it is worked by.
type agreement struct {
	w     *world
	c     chance
	p     *plan
	base  int // the day from which the days of its story count: today, or that of the end
	tale  *tale
	whom  *acquaintance // for whom the first link is
	id    plans.ID
	token string // of the newest link
	proof proven
}

// proven is the milestone that the buyer confirms in the plan, instead of the manager:
// when, and which. 0 for none.
type proven struct {
	at     calendar.Instant
	number int
}

// day is so many working days after the base, or before it.
func (g *agreement) day(offset int) int { return g.w.working(g.base, offset) }

func (g *agreement) date(offset int) calendar.Date { return g.w.time.dates[g.day(offset)] }

// on puts something on the agenda for a day of the story, at some hour of the forenoon or
// later.
func (g *agreement) on(offset, hour int, do func(*away) error) {
	at := g.w.time.at(g.day(offset), hour*60+g.c.between(0, 50)+g.p.team.offset)
	g.w.later(at, func(a *away) error { return refused(do(a)) }, g.p)
}

// refused lets go what the rules of the product do not let anybody do: the deal went
// another way meanwhile.
func refused(err error) error {
	if _, is := problem.Of(err); is {
		return nil
	}
	return err
}

func (g *agreement) owner(a *away) people.ID {
	return g.p.ownerThen(g.w.time.day(calendar.DateOf(a.at, g.w.time.place))).id
}

// act is an act of the deal's owner on the plan.
func (g *agreement) act(a *away, act func(*plans.Pen) error) error {
	return a.as(g.owner(a), func(l *ledger.Writer, v *people.Viewer) error {
		_, err := plans.Act(a.ctx, l, v, g.id, act)
		return err
	})
}

// buyer is who holds the newest link.
func (g *agreement) buyer(a *away) plans.ByLink {
	return plans.ByLink{DB: a.d, Token: g.token, At: a.at}
}

// make makes the plan from the process, and keeps of it what is to be done next.
func (g *agreement) make(a *away) error {
	err := a.as(g.owner(a), func(l *ledger.Writer, v *people.Viewer) error {
		made, err := plans.Make(a.ctx, l, v, g.p.id, "")
		g.id = made.ID
		return err
	})
	if err != nil || g.id == "" {
		return err
	}
	return g.act(a, g.write)
}

// write is what the owner makes of the suggestion: the steps of the near future with
// their dates, and the small ones that no process knows.
func (g *agreement) write(p *plans.Pen) error {
	kept := 0
	for _, s := range slices.Clone(p.InForce().Steps) {
		proves := g.proof.at != 0 && s.Milestone == shows(g.proof.number)
		switch {
		case proves:
			s.Due = g.w.time.dates[g.w.working(g.w.time.day(calendar.DateOf(g.proof.at, g.w.time.place)), 1)]
		case kept < g.tale.keeps:
			kept++
			s.Due = g.date(g.tale.ahead + 5*kept)
		default:
			if err := p.Drop(s.ID, s.Course.Version); err != nil {
				return err
			}
			continue
		}
		if err := p.Put(s, s.Course.Version, ""); err != nil {
			return err
		}
	}
	for _, s := range g.tale.steps {
		step := plans.Step{Text: s.text, Side: s.side, Due: g.date(s.due)}
		if s.side == plans.Theirs {
			step.Contact = g.whom.ID
		} else {
			step.Person = p.Deal.Owner
		}
		if err := p.Put(step, 0, ""); err != nil {
			return err
		}
	}
	to := p.InForce().Content
	to.Words = pick(g.c, greetings)
	to.Decision.What, to.Decision.On = "Order, or a reason not to", max(p.InForce().Last(), g.date(g.tale.ahead+5))
	return p.Decide(to, p.InForce().Decided)
}

// share makes a link for a contact.
func (g *agreement) share(whom *acquaintance, amount bool) func(*away) error {
	return func(a *away) error {
		return g.act(a, func(p *plans.Pen) error {
			made, err := p.Share(a.ctx, whom.ID, 90, false, amount)
			if err == nil {
				g.token = made.Token
			}
			return err
		})
	}
}

// step finds a step by its words.
func step(p *plans.Plan, text string) plans.Step {
	i := slices.IndexFunc(p.Steps, func(s plans.Step) bool { return s.Text == text })
	if i < 0 {
		return plans.Step{}
	}
	return p.Steps[i]
}

// seen is the plan as it stands.
func (g *agreement) seen(a *away) (plans.Plan, error) {
	all, err := plans.Of(a.ctx, a.d, g.p.id)
	if err != nil || len(all) == 0 {
		return plans.Plan{}, err
	}
	return all[0], nil
}

// proves lets the buyer confirm what the milestone asks for, where the rep claimed it in
// the story: what was told of it from then on is not told.
func (g *agreement) proves() {
	if g.proof.at == 0 {
		return
	}
	id := string(shows(g.proof.number))
	g.w.happenings = slices.DeleteFunc(g.w.happenings, func(h happening) bool {
		if h.plan != g.p || h.paper == nil || h.recorded < g.proof.at {
			return false
		}
		fact, is := h.paper.says.(evidence.Fact)
		return is && fact.Name == id
	})
	g.w.later(g.proof.at, func(a *away) error {
		now, err := g.seen(a)
		if err != nil {
			return err
		}
		return refused(g.buyer(a).Confirm(a.ctx, step(&now, Milestones[g.proof.number].Name).ID, pick(g.c, assents)))
	}, g.p)
}

// firstClaims are the milestones of deals, in the order in which they were claimed first.
func (w *world) firstClaims() map[*plan][]proven {
	list := map[*plan][]proven{}
	for i := range w.happenings {
		h := &w.happenings[i]
		if h.kind != evidence.Given || h.paper == nil {
			continue
		}
		fact, _ := h.paper.says.(evidence.Fact)
		for n := range Milestones {
			if fact.Name == string(shows(n)) && !slices.ContainsFunc(list[h.plan], func(p proven) bool { return p.number == n }) {
				list[h.plan] = append(list[h.plan], proven{h.recorded, n})
			}
		}
	}
	return list
}

// provable finds a milestone that was reached between two days, and that whoever holds
// the link may confirm.
func (g *agreement) provable(claims []proven, from, until int) proven {
	time := &g.w.time
	for _, p := range claims {
		roles := milestoneProofs[p.number].roles
		if p.at > time.at(g.day(from), 0) && p.at < time.at(g.day(until), 0) && g.p.hollow>>p.number&1 == 0 && (len(roles) == 0 || slices.Contains(roles, g.whom.kind)) {
			return p
		}
	}
	return proven{}
}
