package testworld

import (
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/process"
	"milepost/process/audits"
	"milepost/process/evidence"
)

// What an audit finds: the share of the claims behind which nothing stands that it
// rejects, and of the others.
const (
	AuditFinds = .92
	AuditErrs  = .05
)

const (
	auditStream  = 65
	auditedWeeks = 4 // before this one
)

// auditing is the weekly look of the managers behind the claims.
type auditing struct {
	w       *world
	c       chance
	library process.Library
	drawn   map[claimed]calendar.Instant // which claims an audit was about
	touched map[claimed]calendar.Instant // when the story last spoke of a milestone, by itself
	moved   map[*plan]calendar.Instant   // when it last spoke of any
}

type claimed struct {
	p         *plan
	milestone process.MilestoneID
}

// audit puts the weeks of audits on the agenda: those before this one, and this one.
func (w *world) audit() {
	a := &auditing{w: w, c: newChance(w.options.Seed, auditStream), drawn: map[claimed]calendar.Instant{},
		touched: map[claimed]calendar.Instant{}, moved: map[*plan]calendar.Instant{}}
	for i := range w.happenings {
		h := &w.happenings[i]
		if h.kind == deals.StageSet {
			a.moved[h.plan] = max(a.moved[h.plan], h.recorded)
		}
		if h.paper == nil {
			continue
		}
		if fact, is := h.paper.says.(evidence.Fact); is {
			k := claimed{h.plan, process.MilestoneID(fact.Name)}
			a.touched[k], a.moved[h.plan] = max(a.touched[k], h.recorded), max(a.moved[h.plan], h.recorded)
		}
	}
	monday := w.time.today - (int(w.time.dates[w.time.today].Time().Weekday())+6)%7
	for week := auditedWeeks; week >= 0; week-- {
		day := monday - 7*week
		w.later(w.time.at(day, 5*60+20), func(at *away) error { return a.draw(at, day) })
	}
}

// draw draws the week that begins on a day, and lets the managers come to it.
func (a *auditing) draw(at *away, monday int) (err error) {
	if a.library, err = process.ReadLibrary(at.ctx, at.d); err != nil {
		return err
	}
	claims, fresh, err := a.claims(at)
	if err != nil {
		return err
	}
	if err := at.rows(fresh...); err != nil {
		return err
	}
	week, now := a.w.time.dates[monday], deals.Now{At: at.at, Place: a.w.time.place}
	err = ledger.Record(at.ctx, at.d, ledger.By{Via: ledger.ViaJob, At: at.at}, func(l *ledger.Writer) error {
		return audits.DrawFrom(at.ctx, l, week, now, claims)
	})
	if err != nil {
		return err
	}
	list, err := audits.OfWeek(at.ctx, at.d, week)
	if err != nil {
		return err
	}
	line, err := audits.ReadLine(at.ctx, at.d, at.at)
	if err != nil {
		return err
	}
	var about []*plan
	for i, one := range list {
		p := at.s.plans[one.Deal]
		about = append(about, p)
		a.drawn[claimed{p, one.Milestone}] = one.ClaimedAt
		if who := line.AuditorOf(one.Rep).Person; who != "" && a.comesTo(monday, i) {
			day := monday + 1 + a.c.between(0, 3)
			a.w.later(a.w.time.at(day, a.c.between(8*60+10, 17*60)+p.team.offset), func(at *away) error { return a.judge(at, p, one, who) }, p)
		}
	}
	return at.told(about...)
}

// comesTo tells whether a manager comes to an audit within its week: of this week, which
// is not over, to half of them; of a week before, to nearly all.
func (a *auditing) comesTo(monday, place int) bool {
	if monday+7 > a.w.time.today {
		return place%2 == 0
	}
	return a.c.is(.96)
}

// claims lists the claims of open deals that stand, that nobody confirmed, and that no
// audit was about: what a draw is made from. Fresh are the deals that have no row yet.
func (a *auditing) claims(at *away) (list []audits.Claim, fresh []*plan, err error) {
	for _, p := range a.w.deals {
		told := at.s.told[p.id]
		if len(told) == 0 {
			continue
		}
		s, err := evidence.Fold(told, a.library, deals.Ever)
		if err != nil {
			return nil, nil, err
		}
		own, err := a.claimsOf(p, &s, told)
		if err != nil {
			return nil, nil, err
		}
		if len(own) > 0 && !p.written {
			fresh = append(fresh, p)
		}
		list = append(list, own...)
	}
	return list, fresh, nil
}

func (a *auditing) claimsOf(p *plan, s *evidence.Standing, told []ledger.Entry) ([]audits.Claim, error) {
	var list []audits.Claim
	bare := true
	for id, m := range s.Shown {
		bare = bare && m.State != evidence.Confirmed
		at, was := a.drawn[claimed{p, id}]
		if m.State == evidence.Claimed && (!was || at != m.ClaimedAt) && len(s.Evidence(id)) > 0 {
			list = append(list, audits.Claim{Deal: p.id, Milestone: id, Name: m.Name, ClaimedAt: m.ClaimedAt})
		}
	}
	if len(list) == 0 {
		return nil, nil
	}
	o, _, err := deals.Fold(told, deals.Ever)
	if err != nil || !o.IsOpen() || o.Owner == "" {
		return nil, err
	}
	for i := range list {
		list[i].Rep, list[i].Amount, list[i].Bare = o.Owner, o.Amount, bare
	}
	return list, nil
}

// judge is what a manager finds, by what is so.
func (a *auditing) judge(at *away, p *plan, one audits.Audit, who people.ID) error {
	s, err := evidence.Read(at.ctx, at.d, a.library, p.id)
	if err != nil {
		return err
	}
	m := s.Of(one.Milestone)
	if standing, _ := one.Stands(&m); !standing.Waits() {
		return nil
	}
	fails := a.fails(p, one.Milestone, at.at)
	err = at.as(who, func(l *ledger.Writer, v *people.Viewer) error {
		if fails {
			return audits.Reject(at.ctx, l, v, one.ID, m.Version, pick(a.c, rejections))
		}
		return audits.Pass(at.ctx, l, v, one.ID, m.Version)
	})
	if err == nil && fails && a.c.is(.45) {
		owner := p.ownerThen(a.w.time.day(calendar.DateOf(at.at, a.w.time.place)))
		a.w.later(at.at+calendar.Instant(a.c.between(40, 400)*60_000), func(at *away) error { return a.reply(at, p, one, owner.id) }, p)
	}
	return refused(err)
}

// reply is what the rep says to a rejection.
func (a *auditing) reply(at *away, p *plan, one audits.Audit, rep people.ID) error {
	s, err := evidence.Read(at.ctx, at.d, a.library, p.id)
	if err != nil {
		return err
	}
	return refused(at.as(rep, func(l *ledger.Writer, v *people.Viewer) error {
		return audits.Reply(at.ctx, l, v, one.ID, s.Of(one.Milestone).Version, pick(a.c, answers))
	}))
}

// fails tells whether an audit rejects a claim. Where the story goes on to speak of the
// milestone, or of the deal's stage, it passes: what follows was told already.
func (a *auditing) fails(p *plan, id process.MilestoneID, at calendar.Instant) bool {
	if p.whale || a.touched[claimed{p, id}] > at {
		return false
	}
	for n := range Milestones {
		if shows(n) == id {
			return a.c.is(choose(p.hollow>>n&1 == 1, AuditFinds, AuditErrs))
		}
	}
	// What brought a deal to its stage was so; whether its evidence shows it is another
	// matter, and the rep who claims too much keeps little of it.
	owner := p.ownerThen(a.w.time.day(calendar.DateOf(at, a.w.time.place)))
	return a.moved[p] < at && a.c.is(owner.rep.Overclaims)
}
