package changes

import (
	"cmp"
	"math"
	"slices"

	"milepost/calendar"
	"milepost/forecasts"
	"milepost/forecasts/history"
	"milepost/forecasts/landmark"
	"milepost/money"
	"milepost/people"
)

// Side is one of the two ends that are compared.
type Side struct {
	Past  *history.Past
	Model *landmark.Trained // nil where too few deals have ended to expect anything
	Ahead forecasts.Stretch // until the period begins, and until it ends
	In    func(owner people.ID) bool
}

// Question is what is taken apart: booked and expected in a period, in one currency, by a
// line of people, then and now. Both pasts are of one log.
type Question struct {
	Period    calendar.Period
	Currency  money.Currency
	Outlook   *forecasts.Outlook // of the second end, which knows the rates; nil for amounts in the currency alone
	Then, Now Side
	Coming    Coming // of deals that do not exist yet
}

// Worth is what a deal, or many, add to a forecast: money in minor units, and wins in
// millionths. Whole numbers add up exactly.
type Worth struct{ Minor, Wins int64 }

// oneWin is a deal that is won.
const oneWin = 1_000_000

func (w Worth) plus(v Worth) Worth  { return Worth{w.Minor + v.Minor, w.Wins + v.Wins} }
func (w Worth) minus(v Worth) Worth { return Worth{w.Minor - v.Minor, w.Wins - v.Wins} }
func (w Worth) moves() bool         { return w != Worth{} }

// Standing is how a deal stands at an instant.
type Standing int

// The standings. A deal that was won with a date outside the period is Elsewhere.
const (
	Absent Standing = iota
	Open
	Booked
	Elsewhere
	Gone
	Idle
)

// State is a deal as a forecast sees it at one end.
type State struct {
	Standing
	In       bool // of the line
	Owner    people.ID
	Stage    history.Label
	Currency history.Label
	Amount   int64
	Close    int64   // days since 1970-01-01, or history.NoDate
	Chance   float64 // to be won by the period's end
	Worth            // 0 outside the line
}

// Part is what a deal adds to a bar.
type Part struct {
	Bar Bar
	By  Worth
}

// Deal is one deal at both ends, and what led from the one to the other.
type Deal struct {
	Number    int32 // in the log
	ID        string
	Then, Now State
	Parts     []Part
	Rests     float64 // days without getting further, as of now; of open deals
}

// Waterfall is a difference taken apart.
type Waterfall struct {
	Start, End Worth
	Deals      []Deal // by their number
}

// reckoning is a question being answered.
type reckoning struct {
	*Question
	then, now *landmark.Asking // both know all that is known now
	deals     map[int32]*Deal
}

// Reckon takes the difference apart. Where one of the ends has no model, what is expected
// is left out of both, and only what was booked is compared.
func Reckon(q *Question) *Waterfall {
	r := &reckoning{Question: q, deals: map[int32]*Deal{}}
	if r.models() {
		r.then, r.now = q.Then.Model.Ask(q.Now.Past), q.Now.Model.Ask(q.Now.Past)
	}
	r.gather(&q.Then, func(d *Deal) *State { return &d.Then })
	r.gather(&q.Now, func(d *Deal) *State { return &d.Now })
	w := &Waterfall{Start: q.Coming.Then, End: q.Coming.Now}
	for _, d := range r.deals {
		r.complete(d, &q.Then, &d.Then)
		r.complete(d, &q.Now, &d.Now)
		r.split(d)
		w.Start, w.End = w.Start.plus(d.Then.Worth), w.End.plus(d.Now.Worth)
		w.Deals = append(w.Deals, *d)
	}
	slices.SortFunc(w.Deals, func(a, b Deal) int { return cmp.Compare(a.Number, b.Number) })
	return w
}

// gather finds the deals that count at an end: open, or won in the period, in the line.
func (r *reckoning) gather(s *Side, at func(*Deal) *State) {
	find := func(number int32, id string) *State {
		d := r.deals[number]
		if d == nil {
			d = &Deal{Number: number, ID: id}
			r.deals[number] = d
		}
		return at(d)
	}
	if r.models() {
		for _, d := range s.Past.Open() {
			if owner := people.ID(s.Past.Person(d.Owner)); s.In(owner) {
				*find(d.Deal, d.ID) = r.open(s, &d, owner)
			}
		}
	}
	place := s.Past.Place()
	for _, win := range s.Past.Wins(r.Period.From.Midnight(place), r.Period.Until.Midnight(place)) {
		if owner := people.ID(s.Past.Person(win.Owner)); s.In(owner) {
			*find(win.Deal, win.ID) = State{Standing: Booked, In: true, Owner: owner, Currency: win.Currency, Amount: win.Amount,
				Close: history.NoDate, Chance: 1, Worth: r.booked(&win)}
		}
	}
}

func (r *reckoning) open(s *Side, d *history.OpenDeal, owner people.ID) State {
	state := State{Standing: Open, In: true, Owner: owner, Stage: d.Stage, Currency: d.Currency, Amount: d.Amount, Close: d.CloseDate}
	asking := r.then
	if s == &r.Now {
		asking = r.now
	}
	state.Chance = s.won(asking.Replay(d.Deal, d.Stage, s.Past.AsOf()))
	state.Worth = r.worth(state.Chance, d.Currency, d.Amount)
	return state
}

// worth is rounded once, here: everything else adds and subtracts.
func (q *Question) worth(chance float64, currency history.Label, amount int64) Worth {
	w := Worth{Wins: int64(math.Round(chance * oneWin))}
	w.Minor = int64(math.Round(chance * float64(q.value(currency, amount))))
	return w
}

// value is what an amount counts as. Both ends are told at the rates of the second one, so
// that the bars say what deals did, and not what currencies did.
func (q *Question) value(currency history.Label, amount int64) int64 {
	switch {
	case q.Outlook != nil:
		value, _ := q.Outlook.Worth(currency, amount)
		return value
	case q.counts(currency):
		return amount
	}
	return 0
}

// booked is what a won deal counts as: what it came to on the day on which it was won.
func (q *Question) booked(win *history.Win) Worth {
	w := q.worth(1, win.Currency, win.Amount)
	if q.Outlook != nil {
		w.Minor, _ = q.Outlook.Booked(win)
	}
	return w
}

func (q *Question) models() bool { return q.Then.Model != nil && q.Now.Model != nil }

func (q *Question) counts(currency history.Label) bool {
	return currency != 0 && q.Now.Past.Name(currency) == string(q.Currency)
}
