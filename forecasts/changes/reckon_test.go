package changes

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"pgregory.net/rapid"

	"milepost/calendar"
	"milepost/forecasts"
	"milepost/forecasts/history"
	"milepost/forecasts/landmark"
	"milepost/money"
	"milepost/people"
)

// book is a history by hand. Days count from 2026-01-01, .5 is noon.
type book struct {
	b        *history.Builder
	sequence int64
}

func newBook() *book { return &book{b: history.NewBuilder(time.UTC)} }

func at(day float64) calendar.Instant {
	return calendar.Date("2026-01-01").Midnight(time.UTC) + calendar.Instant(day*float64(history.DayMillis))
}

func (k *book) tell(deal string, day float64, kind history.Kind, text string, value int64) {
	k.late(deal, day, day, kind, text, value)
}

func (k *book) late(deal string, recorded, effective float64, kind history.Kind, text string, value int64) {
	k.sequence++
	f := history.Fact{Recorded: at(recorded), Effective: at(effective), Sequence: k.sequence, Kind: kind, Value: value}
	switch kind {
	case history.Owner:
		f.Label = k.b.Person(text, text)
	case history.Attribute:
		f.Label, f.Value = k.b.Label(text), int64(k.b.Label("segment"))
	default:
		f.Label = k.b.Label(text)
	}
	k.b.Deal(deal, "x"+deal)
	k.b.Add(deal, f)
}

// managers are who reported to whom, at the one end and at the other.
var managers = [2]map[people.ID]people.ID{
	{"mia": "head", "max": "head", "ann": "mia", "bob": "mia", "cat": "max"},
	{"mia": "head", "max": "head", "ann": "mia", "bob": "max", "cat": "max"},
}

var everyone = []people.ID{"", "head", "mia", "max", "ann", "bob", "cat"}

// line tells who counts for a person at an end; everyone does for nobody.
func line(person people.ID, end int) func(people.ID) bool {
	return func(owner people.ID) bool {
		for at := owner; person != ""; at = managers[end][at] {
			if at == person {
				return true
			}
			if at == "" {
				return false
			}
		}
		return true
	}
}

// since and until are the two ends, in the middle of the first quarter.
const since, until = 60.0, 67.6

var quarter = calendar.Period{From: "2026-01-01", Until: "2026-04-01"}

// drawn is a random history: a few dozen deals with facts of every kind, before, between
// and after the two ends, recorded late or early, in two currencies.
func drawn(seed uint64, stages bool) *history.Log {
	r := rand.New(rand.NewPCG(seed, 11))
	k := newBook()
	some := func(list ...string) string { return list[r.IntN(len(list))] }
	for i := range 30 {
		id := fmt.Sprintf("%02d", i)
		start := r.Float64() * 66
		k.tell(id, start, history.Created, "", 0)
		k.tell(id, start, history.Owner, some("", "head", "mia", "ann", "ann", "bob", "bob", "cat"), 0)
		for range 2 + r.IntN(12) {
			effective := start + r.Float64()*(72-start)
			if r.IntN(2) == 0 {
				effective = since + r.Float64()*8
			}
			recorded := effective
			if r.IntN(5) == 0 {
				recorded += (r.Float64() - .4) * 10
			}
			tell := func(kind history.Kind, text string, value int64) { k.late(id, recorded, effective, kind, text, value) }
			switch r.IntN(14) {
			case 0, 1:
				tell(history.Amount, some("EUR", "EUR", "USD", ""), int64(r.IntN(1_000_000)))
			case 2:
				tell(history.CloseDate, "", 20454+int64(r.IntN(200)))
			case 3, 4, 5:
				tell(history.Milestone, some("pain", "budget", "board"), int64(r.IntN(3)))
			case 6:
				tell(history.Criterion, some("need", "means"), int64(r.IntN(4)))
			case 7, 8:
				tell(history.Activity, some("call", "visit"), 0)
			case 9:
				if stages {
					tell(history.Stage, some("one", "two", "three"), 0)
				}
			case 10:
				tell(history.Owner, some("mia", "ann", "bob", "cat"), 0)
			case 11:
				tell(history.Outcome, "", int64(1+r.IntN(3)))
			case 12:
				tell(history.Reopened, "", 0)
			case 13:
				tell([]history.Kind{history.Attribute, history.Competitor, history.Plan}[r.IntN(3)], some("x", "y"), int64(r.IntN(2)))
			}
		}
	}
	return k.b.Log()
}

// world is a history at both ends, with what was learned at each.
type world struct {
	then, now *history.Past
	models    [2]*landmark.Trained
	from, to  float64 // the period
}

// ahead is how far the period lies ahead of a day.
func (w *world) ahead(day float64) forecasts.Stretch {
	return forecasts.Stretch{Begins: max(0, w.from-day), Ends: w.to - day}
}

func worldOf(log *history.Log) *world {
	w := &world{then: log.Before(at(since)), now: log.Before(at(until)), to: 90}
	w.models[0] = landmark.Train(w.then, landmark.Milestones, landmark.Options{})
	w.models[1] = landmark.Train(log.Before(at(math.Floor(until))), landmark.Milestones, landmark.Options{})
	return w
}

func (w *world) ask(person people.ID, currency money.Currency) *Question {
	first := calendar.Date("2026-01-01")
	return &Question{Period: calendar.Period{From: first.AddDays(int(w.from)), Until: first.AddDays(int(w.to))}, Currency: currency,
		Then: Side{Past: w.then, Model: w.models[0], Ahead: w.ahead(since), In: line(person, 0)},
		Now:  Side{Past: w.now, Model: w.models[1], Ahead: w.ahead(until), In: line(person, 1)}}
}

// naive adds a forecast up by its definition, deal by deal.
func naive(log *history.Log, w *world, end int, person people.ID, currency money.Currency) (sum Worth) {
	asOf, past := at(until), w.now
	if end == 0 {
		asOf, past = at(since), w.then
	}
	in := line(person, end)
	add := func(owner history.Label, chance float64, currencyOf history.Label, amount int64) {
		if !in(people.ID(past.Person(owner))) {
			return
		}
		sum.Wins += int64(math.Round(chance * oneWin))
		if currencyOf != 0 && past.Name(currencyOf) == string(currency) {
			sum.Minor += int64(math.Round(chance * float64(amount)))
		}
	}
	asking := w.models[end].Ask(log.Before(asOf))
	for _, d := range past.Open() {
		ahead, curve := w.ahead(map[int]float64{0: since, 1: until}[end]), asking.Curve(&d)
		chance := w.models[end].Within(curve, ahead.Ends)[history.Won] - w.models[end].Within(curve, ahead.Begins)[history.Won]
		add(d.Owner, chance, d.Currency, d.Amount)
	}
	for _, win := range past.Wins(at(w.from), at(w.to)) {
		add(win.Owner, 1, win.Currency, win.Amount)
	}
	return sum
}

// Whatever happened: the parts of every deal, of every person and of the company add up to
// the difference of two forecasts that are made without this package, and those of a
// manager to what the people below and the manager have, to the cent.
func TestThePartsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		log := drawn(rapid.Uint64().Draw(t, "seed"), rapid.Bool().Draw(t, "stages"))
		w, currency := worldOf(log), rapid.SampledFrom([]money.Currency{"EUR", "USD"}).Draw(t, "currency")
		w.from = rapid.SampledFrom([]float64{0, 65, 80}).Draw(t, "from") // begun, between the two ends, still to come
		start, end := map[people.ID]Worth{}, map[people.ID]Worth{}
		for _, person := range everyone {
			fall := Reckon(w.ask(person, currency))
			if want := naive(log, w, 0, person, currency); fall.Start != want {
				t.Fatalf("%q begins at %v, the forecast is %v", person, fall.Start, want)
			}
			if want := naive(log, w, 1, person, currency); fall.End != want {
				t.Fatalf("%q ends at %v, the forecast is %v", person, fall.End, want)
			}
			level := fall.Start
			for i := range fall.Deals {
				check(t, &fall.Deals[i])
				for _, p := range fall.Deals[i].Parts {
					level = level.plus(p.By)
				}
			}
			if level != fall.End {
				t.Fatalf("%q: the parts lead from %v to %v, not to %v", person, fall.Start, level, fall.End)
			}
			start[person], end[person] = fall.Start, fall.End
		}
		for _, sum := range []struct {
			at   map[people.ID]Worth
			line map[people.ID]people.ID
			end  int
		}{{start, managers[0], 0}, {end, managers[1], 1}} {
			for _, parent := range []people.ID{"head", "mia", "max"} {
				own := naiveOwn(log, w, sum.end, parent, currency)
				for child, above := range sum.line {
					if above == parent {
						own = own.plus(sum.at[child])
					}
				}
				if own != sum.at[parent] {
					t.Fatalf("%s has %v, those below and %s together %v", parent, sum.at[parent], parent, own)
				}
			}
		}
	})
}

func naiveOwn(log *history.Log, w *world, end int, person people.ID, currency money.Currency) Worth {
	all := naive(log, w, end, person, currency)
	for child, above := range managers[end] {
		if above == person {
			all = all.minus(naive(log, w, end, child, currency))
		}
	}
	return all
}

// check holds a deal against what its bars promise.
func check(t *rapid.T, d *Deal) {
	level := d.Then.Worth
	seen := map[Bar]bool{}
	for _, p := range d.Parts {
		level = level.plus(p.By)
		if seen[p.Bar] {
			t.Fatalf("deal %s is in the bar %s twice", d.ID, p.Bar)
		}
		seen[p.Bar] = true
		switch p.Bar {
		case Lost, NoAction, HandedOut:
			if p.By.Minor > 0 || p.By.Wins > 0 {
				t.Fatalf("deal %s adds %v by %s", d.ID, p.By, p.Bar)
			}
		case New, HandedIn:
			if p.By.Minor < 0 || p.By.Wins < 0 {
				t.Fatalf("deal %s takes %v by %s", d.ID, p.By, p.Bar)
			}
		case PulledIn, PushedOut:
			if p.By.moves() {
				t.Fatalf("deal %s moves %v by its close date", d.ID, p.By)
			}
		}
		if labels[p.Bar] == "" || sentences[p.Bar] == "" {
			t.Fatalf("the bar %s has no words", p.Bar)
		}
	}
	if level != d.Now.Worth {
		t.Fatalf("the parts of deal %s lead to %v, it is worth %v", d.ID, level, d.Now.Worth)
	}
}

// The forecast that is taken apart is the one of the forecast page, but for the cents by
// which that page rounds each line and this one each deal.
func TestItIsTheForecastThatIsTakenApart(t *testing.T) {
	log := drawn(5, true)
	w := worldOf(log)
	f := forecasts.Say(log, at(until), []forecasts.Horizon{30}, []forecasts.Method{forecasts.Served{Model: w.models[1]}})
	model, ahead, learned := f.Learned()
	if !learned || model != w.models[1] {
		t.Fatal("the forecast does not give the model that it was made with")
	}
	q := w.ask("", "EUR")
	q.Now.Ahead = ahead
	fall := Reckon(q)
	for i := range f.Deals {
		for _, d := range fall.Deals {
			if d.ID == f.Deals[i].ID && d.Now.Chance != f.Odds[0][0][i].Won {
				t.Errorf("deal %s has a chance of %v here and %v in the forecast", d.ID, d.Now.Chance, f.Odds[0][0][i].Won)
			}
		}
	}
}
