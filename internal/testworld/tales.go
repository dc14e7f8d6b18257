package testworld

import "milepost/process/plans"

// tale is how a plan went: its days count in working days from today, or from the end of
// the deal.
type tale struct {
	name   string
	starts int    // when the plan is made
	rep    string // whose deal it is; anybody's when empty
	won    bool   // the deal was won, and the plan is done
	keeps  int    // of the steps that the process suggests
	ahead  int    // from where on those are due
	steps  []wish
	proves bool // the buyer confirms a milestone in it
	tell   func(*agreement)
}

// wish is a step that no process knows.
type wish struct {
	text string
	side plans.Side
	due  int
}

const lotte, sofie = "Lotte Jacobs", "Sofie Claes"

// tales are those of the team whose manager the demonstration signs in; the other teams
// have some of the same kinds.
var tales = []tale{
	{name: "on track", rep: lotte, starts: -12, keeps: 3, ahead: 2, proves: true, tell: onTrack, steps: []wish{
		{"Name the two cold rooms for the trial", plans.Theirs, -8}, {"Deliver forty sensors and the gateway", plans.Ours, -5},
		{"Walk through the first week's readings together", plans.Theirs, 3}}},
	{name: "slipping", rep: sofie, starts: -30, keeps: 1, ahead: -6, tell: slipsTwice, steps: []wish{
		{"Send the list of rooms and routes", plans.Theirs, -24}, {"Offer for two sites", plans.Ours, -12},
		{"The board decides on the budget", plans.Theirs, -9}}},
	{name: "waiting for us", rep: lotte, starts: -16, keeps: 2, ahead: 3, tell: waitsForUs, steps: []wish{
		{"Send the interface of the warehouse system", plans.Theirs, -10}, {"Answer on the interface, in writing", plans.Ours, -3}}},
	{name: "quiet", rep: strugglingName, starts: -38, keeps: 2, ahead: 2, tell: fallsQuiet, steps: []wish{
		{"Sign the terms of the trial", plans.Theirs, -27}, {"Invite the night shift to the trial", plans.Theirs, -16}}},
	{name: "new", rep: lotte, starts: -1, keeps: 4, ahead: 1, tell: func(*agreement) {}, steps: []wish{
		{"Send two references with cold rooms like theirs", plans.Ours, 2}}},
	{name: "done", rep: "", won: true, starts: -26, keeps: 0, proves: true, tell: getsDone, steps: []wish{
		{"Agree on how the trial is judged", plans.Theirs, -20}, {"Report on the trial", plans.Ours, -9}, {"Terms of the contract settled", plans.Theirs, -3}}},
	{name: "link ended", rep: "", starts: -14, keeps: 2, ahead: 2, tell: endsLink, steps: []wish{
		{"Agree on who evaluates", plans.Theirs, -9}, {"Train the three users of the trial", plans.Ours, 2}}},
}

func onTrack(g *agreement) {
	g.on(-11, 11, g.share(g.whom, false))
	g.on(-9, 9, g.confirm(0, "Rooms 3 and 7, both at the ramp."))
	g.on(-5, 15, g.finish(1))
	g.on(-4, 8, g.remark("All forty blink. Our people are already arguing about the alarm sound."))
	g.on(-3, 10, g.answer("Good sign. We bring the quieter sound on Thursday."))
}

func slipsTwice(g *agreement) {
	g.on(-28, 14, g.share(g.whom, true))
	g.on(-24, 10, g.confirm(0, ""))
	g.on(-12, 16, g.finish(1))
	g.on(-10, 9, g.wishes(2, 2, "The board has moved its meeting."))
	g.on(-10, 14, g.accepts())
	g.on(-1, 9, g.wishes(2, 8, "Not on the agenda this time; the next meeting is after that."))
	g.on(-1, 16, g.accepts())
}

func waitsForUs(g *agreement) {
	g.on(-15, 10, g.share(g.whom, false))
	g.on(-11, 15, g.confirm(0, "Sent to you this morning, with the old document too."))
	g.on(-1, 8, g.remark("Our IT asks when the answer comes. They have a free day next week, and then none this month."))
}

func fallsQuiet(g *agreement) {
	g.on(-37, 11, g.share(g.whom, false))
	g.on(-29, 9, g.remark("The terms are with our lawyers."))
	g.on(-20, 10, g.answer("Did your lawyers come to it?"))
}

func getsDone(g *agreement) {
	g.on(-25, 10, g.share(g.whom, true))
	g.on(-20, 11, g.confirm(0, "Agreed: fewer than two false alarms a week."))
	g.on(-9, 16, g.finish(1))
	g.on(-3, 9, g.confirm(2, "Signed on our side today."))
}

func endsLink(g *agreement) {
	g.on(-13, 9, g.share(g.whom, false))
	g.on(-9, 14, g.confirm(0, ""))
	other := g.whom
	for _, c := range g.p.account.contacts {
		if c != g.whom && c.met < g.day(-8) {
			other = c
		}
	}
	if other != g.whom {
		g.on(-7, 9, g.share(other, false))
	}
	g.on(-6, 10, func(a *away) error { // who held the first link went to another project
		return g.act(a, func(p *plans.Pen) error { return p.End(a.ctx, p.InForce().Links[0].ID) })
	})
}

// confirm is what the buyer says of a step of the tale.
func (g *agreement) confirm(number int, words string) func(*away) error {
	return g.byBuyer(func(a *away, p *plans.Plan) error {
		return g.buyer(a).Confirm(a.ctx, step(p, g.tale.steps[number].text).ID, words)
	})
}

func (g *agreement) wishes(number, to int, words string) func(*away) error {
	return g.byBuyer(func(a *away, p *plans.Plan) error {
		return g.buyer(a).Propose(a.ctx, step(p, g.tale.steps[number].text).ID, g.date(to), words)
	})
}

func (g *agreement) remark(words string) func(*away) error {
	return g.byBuyer(func(a *away, _ *plans.Plan) error { return g.buyer(a).Say(a.ctx, words) })
}

// byBuyer is an act of the buyer, who sees the plan as it is; one without a link acts
// not.
func (g *agreement) byBuyer(act func(*away, *plans.Plan) error) func(*away) error {
	return func(a *away) error {
		p, err := g.seen(a)
		if err != nil || g.token == "" {
			return err
		}
		return act(a, &p)
	}
}

func (g *agreement) finish(number int) func(*away) error {
	return func(a *away) error {
		return g.act(a, func(p *plans.Pen) error {
			s := step(p.InForce(), g.tale.steps[number].text)
			return p.Finish(s.ID, s.Course.Version)
		})
	}
}

// accepts is the owner's yes to a date that the buyer wished for.
func (g *agreement) accepts() func(*away) error {
	return func(a *away) error {
		return g.act(a, func(p *plans.Pen) error {
			for _, r := range p.InForce().Waiting() {
				return p.Answer(a.ctx, r.ID, true, "")
			}
			return nil
		})
	}
}

func (g *agreement) answer(words string) func(*away) error {
	return func(a *away) error { return g.act(a, func(p *plans.Pen) error { return p.Say("", words) }) }
}

var (
	greetings = []string{"This is what we agreed in the meeting. Change what does not fit.", "From here to your decision, date by date. Please say so when a date does not suit you.",
		"The steps until you can decide. What we owe you is in here too."}
	assents = []string{"Yes, as discussed.", "Done; the document is with you.", "Confirmed by our side."}
)
