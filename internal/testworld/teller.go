package testworld

import (
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

// priced is an amount from a day on.
type priced struct {
	day    int
	amount money.Amount
}

// teller turns a plan into what its owners recorded.
type teller struct {
	w     *world
	p     *plan
	marks []mark
	worth money.Amount
	told  []priced // the amounts, as they are told
	title string
	said  map[string]bool // of texts, so that no deal says the same twice
}

// tell adds the facts of a deal to what happens.
func (w *world) tell(p *plan) {
	t := &teller{w: w, p: p, said: map[string]bool{}}
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
		t.turn(h.day, deals.OwnerSet, deals.Fact{Person: h.to.id})
	}
	t.keepDates()
	t.hand()
	p.worth = t.worth
	if w.time.at(p.created, 24*60) <= w.time.now {
		w.truth.Deals = append(w.truth.Deals, p.truth(w, t.worth))
	}
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

// soon is a working day some days later, inside the visit.
func (t *teller) soon(v visit, day, from, until int) int {
	return min(t.w.time.nextWorking(day+t.p.between(from, until)), v.until)
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
	birth(deals.OwnerSet, deals.Fact{Person: p.rep.id})
	for _, a := range [][2]string{{"segment", p.segment.Name}, {"source", p.source.Name}, {"product", p.product.Name},
		{"region", p.team.region}, {"relationship", relation}} {
		birth(deals.AttributeSet, deals.Fact{Name: a[0], Value: a[1]})
	}
	birth(deals.StageSet, deals.Fact{Value: Stages[0].Name})
	if p.whale || p.is(.85) {
		amount := t.worth
		birth(deals.AmountSet, deals.Fact{Amount: &amount})
		t.told = append(t.told, priced{p.created, amount})
	}
}

// end tells how the deal closed, if it closed with this visit.
func (t *teller) end(v visit) {
	if v.ends == "" {
		return
	}
	fact, lag := t.farewell(v), 0
	if v.ends != deals.Won && t.p.is(t.p.rep.rep.Late) {
		lag = t.p.between(1, 12)
	}
	t.marks = append(t.marks, mark{v.until, lag, atEnd, deals.Closed, fact})
}
