package testworld

import (
	"math"
	"slices"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/money"
)

// mark is one thing to be told of a deal: on which day it was true, and how many
// days later it was recorded.
type mark struct {
	day, lag int
	rank     int // among those of a day
	kind     ledger.Kind
	fact     deals.Fact
}

// The order of what is told of one day.
const (
	atBirth = iota
	atWork
	atTurn
	atEnd
)

// teller turns a plan into what its owners recorded.
type teller struct {
	w     *world
	p     *plan
	marks []mark
	worth money.Amount
	title string
}

// tell adds the facts of a deal to what happens.
func (w *world) tell(p *plan) {
	t := &teller{w: w, p: p}
	p.account = w.book.assign(p)
	t.begin()
	for i, v := range p.visits {
		if i > 0 && v.from > w.time.today {
			break
		}
		if p.reopened > 0 && v.from == p.reopened {
			t.turn(v.from, deals.Reopened, deals.Fact{Reason: pick(p.chance, reopenings)})
		}
		if i > 0 && v.stage != p.visits[i-1].stage {
			t.turn(v.from, deals.StageSet, deals.Fact{Value: Stages[v.stage].Name})
		}
		t.reach(v)
		t.reprice(v)
		t.converse(v)
		t.end(v)
	}
	for _, h := range p.owners {
		t.turn(h.day, deals.OwnerSet, deals.Fact{Person: h.to.id, Value: h.to.name})
	}
	t.keepDates()
	t.hand()
	w.truth.Deals = append(w.truth.Deals, p.truth(w, t.worth))
}

func (t *teller) say(day, lag int, kind ledger.Kind, fact deals.Fact) {
	t.marks = append(t.marks, mark{day, lag, atWork, kind, fact})
}

func (t *teller) turn(day int, kind ledger.Kind, fact deals.Fact) {
	t.marks = append(t.marks, mark{day, 0, atTurn, kind, fact})
}

// late draws how many days after it was true a fact is recorded.
func (t *teller) late() int {
	if t.p.is(t.p.rep.rep.Late) {
		return t.p.between(1, 9)
	}
	return 0
}

// within draws a working day inside a visit, between two shares of its length.
func (t *teller) within(v visit, from, until float64) int {
	share := from + (until-from)*t.p.Float64()
	day := v.from + int(share*float64(v.until-v.from))
	return min(t.w.time.nextWorking(day), v.until)
}

// begin tells what was known when the deal was entered.
func (t *teller) begin() {
	p := t.p
	t.worth = t.firstWorth()
	t.title = p.product.Name + ", " + pick(p.chance, sizes)
	relation := "new customer"
	if p.existing {
		relation = "existing customer"
	}
	if p.whale {
		t.title = whaleTitle
	}
	birth := func(kind ledger.Kind, fact deals.Fact) {
		t.marks = append(t.marks, mark{p.created, 0, atBirth, kind, fact})
	}
	birth(deals.Created, deals.Fact{Value: t.title})
	birth(deals.AccountSet, deals.Fact{Value: p.account.name})
	birth(deals.OwnerSet, deals.Fact{Person: p.rep.id, Value: p.rep.name})
	for _, a := range [][2]string{{"segment", p.segment.Name}, {"source", p.source.Name}, {"product", p.product.Name},
		{"region", p.team.region}, {"relationship", relation}} {
		birth(deals.AttributeSet, deals.Fact{Name: a[0], Value: a[1]})
	}
	birth(deals.StageSet, deals.Fact{Value: Stages[0].Name})
	if p.whale || p.is(.85) {
		amount := t.worth
		birth(deals.AmountSet, deals.Fact{Amount: &amount})
	}
}

func (t *teller) firstWorth() money.Amount {
	p, currency, rate := t.p, euro, 1.0
	if p.is(p.team.share) {
		currency, rate = p.team.currency, p.team.rate
	}
	if p.whale {
		return money.Amount{Minor: whaleAmount * 100, Currency: euro}
	}
	return rounded(p.around(p.segment.Amount*p.product.Amount*rate, .6), currency)
}

// rounded is an amount as people write it: hundreds, thousands when it is large.
func rounded(major float64, currency money.Currency) money.Amount {
	step := 100.0
	if major > 50_000 {
		step = 1000
	}
	return money.Amount{Minor: int64(max(1, math.Round(major/step))*step) * 100, Currency: currency}
}

// reprice tells how the amount moves: when the fit is known, when an offer is made,
// and when a discount is given.
func (t *teller) reprice(v visit) {
	change, chance := 1.0, 0.0
	switch v.stage {
	case 1:
		change, chance = t.p.around(.97, .22), .55
	case 3:
		change, chance = t.p.around(.96, .14), 1
	case 4:
		change, chance = 1-.03-.09*t.p.Float64(), .6
	}
	if chance == 0 || !t.p.is(chance) || t.p.whale && v.stage != 4 {
		return
	}
	t.worth = rounded(t.worth.Float()*change, t.worth.Currency)
	amount := t.worth
	t.say(t.within(v, 0, .6), 0, deals.AmountSet, deals.Fact{Amount: &amount})
}

// end tells how the deal closed, if it closed with this visit.
func (t *teller) end(v visit) {
	if v.ends == "" {
		return
	}
	fact := deals.Fact{Name: string(v.ends)}
	switch v.ends {
	case deals.Lost:
		if fact.Value = t.p.competitor; fact.Value == "" {
			fact.Value = t.p.level(Competitors).Name
		}
		fact.Reason = t.p.level(LossReasons).Name
	case deals.NoAction:
		fact.Reason = t.p.level(NoActionReasons).Name
	}
	lag := 0
	if v.ends != deals.Won && t.p.is(t.p.rep.rep.Late) {
		lag = t.p.between(1, 12)
	}
	t.marks = append(t.marks, mark{v.until, lag, atEnd, deals.Closed, fact})
}

// truth is what the plan was drawn with.
func (p *plan) truth(w *world, worth money.Amount) DealTruth {
	d := DealTruth{ID: p.id, Rep: p.rep.id, Team: p.team.name, Region: p.team.region, Segment: p.segment.Name,
		Source: p.source.Name, Product: p.product.Name, Existing: p.existing, Competitor: p.competitor != "",
		Carried: p.carried, Created: w.time.dates[p.created], Win: p.win, Amount: worth}
	for _, v := range p.visits {
		d.Visits = append(d.Visits, VisitTruth{v.stage, w.time.dates[v.from], w.time.dates[min(v.until, len(w.time.dates)-1)], v.rep.id, v.goesOn})
		if d.Ends == "" {
			d.Ends = v.ends
		}
	}
	return d
}

// hand orders the marks, gives them minutes and hands them over.
func (t *teller) hand() {
	slices.SortStableFunc(t.marks, func(a, b mark) int {
		if a.day != b.day {
			return a.day - b.day
		}
		return a.rank - b.rank
	})
	for len(t.marks) > 0 && t.marks[0].day <= t.w.time.today {
		n := 1
		for n < len(t.marks) && t.marks[n].day == t.marks[0].day {
			n++
		}
		t.handDay(t.marks[:n])
		t.marks = t.marks[n:]
	}
}

// handDay spreads what is told of one day over its hours; what belongs to the
// creation is told at once.
func (t *teller) handDay(marks []mark) {
	minutes := make([]int, len(marks))
	for i := range minutes {
		minutes[i] = t.p.between(8*60+5, 17*60+40)
		if t.p.is(.04) {
			minutes[i] = t.p.between(18*60, 20*60)
		}
	}
	slices.Sort(minutes)
	for i := range marks {
		if marks[i].rank == atBirth {
			minutes[i] = minutes[0]
		}
		t.handOne(&marks[i], minutes[i]+t.p.team.offset)
	}
}

func (t *teller) handOne(m *mark, minute int) {
	w, owner := t.w, t.p.ownerThen(m.day)
	h := happening{effective: w.time.at(m.day, minute), actor: owner.id, via: ledger.ViaWeb, plan: t.p, kind: m.kind, fact: m.fact}
	h.recorded = h.effective
	if m.lag > 0 {
		h.recorded = w.time.at(w.time.nextWorking(m.day+m.lag), t.p.between(8*60+5, 11*60)+t.p.team.offset)
	}
	if m.kind == deals.ActivityLogged && m.fact.Name == "e-mail" {
		h.via = ledger.ViaAPI
	}
	if brought := w.time.at(w.time.opening, 7*60) + calendar.Instant(t.p.number*20); h.recorded < brought {
		h.recorded, h.actor, h.via = brought, w.truth.Operations, ledger.ViaImport
	}
	w.add(h)
}
