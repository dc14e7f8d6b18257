package changes

import (
	"cmp"
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
	Outlook   *forecasts.Outlook // of the second end, which knows its rates; nil for amounts in the currency alone
	Before    *forecasts.Outlook // of the first end, at its rates; nil for those of the second
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
	At       calendar.Instant // of what is booked: when it was won
	Close    int64            // days since 1970-01-01, or history.NoDate
	Chance   float64          // to be won by the period's end
	Worth                     // 0 outside the line
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
			*find(win.Deal, win.ID) = State{Standing: Booked, In: true, Owner: owner, Currency: win.Currency, Amount: win.Amount, At: win.At,
				Close: history.NoDate, Chance: 1, Worth: r.booked(r.at(s), &win)}
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
	state.Worth = r.worthAt(r.at(s), state.Chance, d.Currency, d.Amount)
	return state
}

func (q *Question) models() bool { return q.Then.Model != nil && q.Now.Model != nil }
