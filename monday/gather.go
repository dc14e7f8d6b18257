package monday

import (
	"context"
	"fmt"
	"slices"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/money"
	"milepost/people"
	"milepost/targets"
)

// report is what the page of a Monday shows, gathered.
type report struct {
	asking
	People   roster
	Figures  []figures
	Tally    *tally
	Expected *expected // nil while it is being read
	Together *together // nil while it is not worked out
	Biases   map[string]bias
	Bridge   *bridge
	Prices   *pricing
	Concerns []concern // the heaviest
	Flagged  int64     // how many there are
	Assembly *assembly
	Praise   []praise
	Usual    usuals
	Steps    bool  // somebody here records next steps
	Plans    bool  // and has evaluation plans
	Audits   int64 // claims for the viewer to audit
	Open     int64 // open deals in the line
	Stepless int64 // of them without a next step
	Behind   behind
	Stalls   []standstill
}

// place shows an instant as the organization's calendars do.
func (a *asking) place(at calendar.Instant) calendar.Date {
	return calendar.DateOf(at, a.Viewer.Organization.Place())
}

// behind is what is still being brought in of a large import: pages show what is there
// and say what is not.
type behind struct {
	Wins       bool // what is booked stands with the present owners until it is counted
	Activities bool // who was heard of when is still being read
}

// gather makes the report from the shelf. It waits for the history to be read for the
// forecast only when it is told to.
func (p *pages) gather(ctx context.Context, d *db.DB, a asking, wait bool) (*report, error) {
	r := &report{asking: a, Tally: newTally(nil)}
	var err error
	if r.Expected, err = p.oracle.ask(ctx, d, a.Viewer.Organization, a.Now, a.horizon(), wait); err != nil {
		return nil, fmt.Errorf("asking for the forecast: %w", err)
	}
	s := p.library.of(a.Viewer.Org)
	at, err := s.freshen(ctx, d, a.Now, a.sinceInstant())
	if err != nil {
		return nil, err
	}
	attained, err := s.attain(ctx, d, a, at.Head)
	if err != nil {
		return nil, err
	}
	book, err := s.rates(ctx, d, a.Today)
	if err != nil {
		return nil, err
	}
	r.Behind = behind{Wins: attained.Behind > 0, Activities: at.Head-at.Activities > muchNew}
	r.Prices = pricingOf(book, r.countsIn(attained), a.Today)
	var owners func(people.ID) bool
	var won []*move
	err = s.read(a.sinceInstant(), func(s *shelf, w *week) error {
		if a.Person != "" && s.people.Names[a.Person] == "" {
			return errNobody
		}
		owners = a.owners(s.people.Chart)
		won = r.fill(s, w, owners)
		r.settle(attained, won)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return r, p.complete(ctx, d, r, won, owners)
}

// fill makes what needs nothing but the shelf, and lists what was won. The shelf's deals
// are replaced when they change and never altered, so the report may keep them.
func (r *report) fill(s *shelf, w *week, owners func(people.ID) bool) (won []*move) {
	r.People, r.Usual, r.Biases = s.people, s.usual, s.biasesFor(r.Span)
	r.Assembly = assemble(&s.people, r.Person)
	r.Stalls = s.standstillsIn(r.Person, r.Viewer.Organization.Fiscal(), r.Viewer.Sees)
	r.Steps, r.Plans = s.steps, s.plans
	if r.whole() || r.Person == r.Viewer.ID {
		r.Audits = s.toAudit(r.Viewer)
	}
	r.Bridge = s.handedOn(r, w, owners)
	for _, m := range w.handed {
		if w.wonSince(m) && owners(m.Now.Owner) {
			won = append(won, m)
		}
	}
	heaviest := ranking{most: mostConcerns}
	if r.All {
		heaviest.most = allConcerns
	}
	portfolios, judge := s.portfolios.list(s, r, w, owners)
	for _, p := range portfolios {
		r.take(r.Assembly.groupOf(p.owner), p.portfolio)
		won = append(won, p.won...)
		heaviest.take(p.attention)
	}
	heaviest.cut()
	for _, d := range heaviest.list {
		r.Concerns = append(r.Concerns, judge.concernOf(d.deal))
	}
	return won
}

// take adds what one owner has.
func (r *report) take(g *group, p *portfolio) {
	g.Deals += p.deals
	g.Totals.Join(p.tally.open)
	for from, worth := range p.tally.priced {
		g.priced[from] += worth.minor
	}
	g.Attention += int64(len(p.attention))
	g.Forward += p.bridge.sum(partForward).Moves
	g.Back += p.bridge.sum(partBack).Moves
	r.Open += p.deals
	r.Stepless += p.stepless
	r.Flagged += int64(len(p.attention))
	r.Tally.join(p.tally)
	r.Bridge.join(p.bridge)
}

// figuresIn is what is attained of the line that the page is about.
func (r *report) figuresIn(attained targets.Attained) targets.Figures {
	if r.whole() {
		return attained.Whole
	}
	return attained.Of(r.Person)
}

// countsIn is the currency that the page adds up in. Until wins are counted they are not
// added up in one, and what is open stands beside them: then there is none.
func (r *report) countsIn(attained targets.Attained) money.Currency {
	if attained.Behind > 0 {
		return ""
	}
	return r.figuresIn(attained).Counts(r.Viewer.Organization.Currency)
}

// settle counts the week's movement, and puts in what is attained.
func (r *report) settle(attained targets.Attained, won []*move) {
	for _, s := range r.Bridge.own[partForward] { // of deals that were handed on; the others are counted
		r.Assembly.groupOf(s.Move.Now.Owner).Forward++
	}
	for _, s := range r.Bridge.own[partBack] {
		r.Assembly.groupOf(s.Move.Now.Owner).Back++
	}
	for _, m := range won {
		g := r.Assembly.groupOf(m.Now.Owner)
		g.Won++
		addAmount(g.Wins, m.Now.Amount)
	}
	of := r.figuresIn(attained)
	for _, g := range r.Assembly.groups {
		g.Figures = attained.Of(g.Person)
		if !g.Team {
			g.Figures = attained.Own[g.Person]
		}
	}
	if in := r.Prices.in(); in != "" {
		r.Tally.exchange(in)
		r.Bridge.exchange(r.Prices.book, in, r.Today)
		r.Assembly.exchange(in)
	}
	r.Figures = r.Tally.lines(of, r.Viewer.Organization.Currency, r.Expected)
}

// watch is what the shelf judges deals by.
func (s *shelf) watch(a *asking, w *week) *watch {
	return &watch{Now: a.Now, Today: a.Today, Usual: s.usual, Steps: s.steps, Median: s.median, Moves: w.moves}
}

// complete reads what a report needs of few people: who was heard of when, and what is
// special about the wins.
func (p *pages) complete(ctx context.Context, d *db.DB, r *report, won []*move, owners func(people.ID) bool) error {
	var members []people.ID
	for _, g := range r.Assembly.groups {
		members = append(members, g.Members...)
	}
	s := p.library.of(r.Viewer.Org)
	heard, err := s.lastHeard(ctx, d, members, r.Now)
	if err != nil {
		return err
	}
	r.Assembly.listen(heard, r.Usual, r.Today, r.place)
	if len(won) == 0 {
		return nil
	}
	var winners []people.ID
	for _, m := range won {
		if !slices.Contains(winners, m.Now.Owner) && m.Now.Owner != "" {
			winners = append(winners, m.Now.Owner)
		}
	}
	firsts, err := s.firstWins(ctx, d, winners)
	if err != nil {
		return err
	}
	quarter := r.Viewer.Organization.Fiscal().Quarter(r.Today)
	largest, err := s.largestWins(ctx, d, quarter, r.Viewer.Organization)
	if err != nil {
		return err
	}
	r.Praise = wins(won, owners, firsts, largest, r.place)
	return nil
}
