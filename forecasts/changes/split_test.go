package changes

import (
	"fmt"
	"testing"

	"milepost/forecasts/history"
	"milepost/forecasts/landmark"
	"milepost/people"
)

// taught is a history in which the budget decides: of deals that have it confirmed three in
// four are won within ten days, of the others none.
func taught() *book {
	k := newBook()
	for i := range 120 {
		id, start := fmt.Sprintf("past%03d", i), float64(i%50)*.9
		k.tell(id, start, history.Created, "", 0)
		k.tell(id, start, history.Owner, "cat", 0)
		k.tell(id, start, history.Amount, "EUR", 1000_00)
		k.tell(id, start, history.Stage, "one", 0)
		k.tell(id, start+3, history.Stage, "two", 0)
		cause := history.Lost
		if i%2 == 0 {
			k.tell(id, start+3, history.Milestone, "budget", history.Achieved)
			if i%8 != 0 {
				cause = history.Won
			}
		} else if i%3 == 0 {
			cause = history.NoAction
		}
		k.tell(id, start+5+float64(i%9), history.Outcome, "", int64(cause))
	}
	return k
}

const eur, week = int64(1000_00), 63.0

// stories are what may happen to a deal of Ann's, created on day 50 and worth EUR 1,000, and
// into which bars it goes.
var stories = map[string]struct {
	then, since func(tell teller)
	want        []Bar
	of          string // whose forecast; Ann's unless given
}{
	"nothing":              {want: []Bar{Time, Model}},
	"won":                  {since: func(t teller) { t(history.Outcome, "", int64(history.Won)) }, want: []Bar{Won}},
	"lost":                 {since: func(t teller) { t(history.Outcome, "", int64(history.Lost)) }, want: []Bar{Lost}},
	"no action":            {since: func(t teller) { t(history.Outcome, "", int64(history.NoAction)) }, want: []Bar{NoAction}},
	"won for more":         {since: func(t teller) { t(history.Amount, "EUR", 2*eur); t(history.Outcome, "", int64(history.Won)) }, want: []Bar{Won}},
	"opened again":         {then: func(t teller) { t(history.Outcome, "", int64(history.Lost)) }, since: func(t teller) { t(history.Reopened, "", 0) }, want: []Bar{Reopened}},
	"a win taken back":     {then: func(t teller) { t(history.Outcome, "", int64(history.Won)) }, since: func(t teller) { t(history.Reopened, "", 0) }, want: []Bar{Reopened}},
	"a win that was none":  {then: func(t teller) { t(history.Outcome, "", int64(history.Won)) }, since: func(t teller) { t(history.Outcome, "", int64(history.Lost)) }, want: []Bar{Lost}},
	"a win worth more":     {then: func(t teller) { t(history.Outcome, "", int64(history.Won)) }, since: func(t teller) { t(history.Amount, "EUR", 2*eur) }, want: []Bar{AmountUp}},
	"amount up":            {since: func(t teller) { t(history.Amount, "EUR", 2*eur) }, want: []Bar{AmountUp, Time, Model}},
	"amount down":          {since: func(t teller) { t(history.Amount, "EUR", eur/2) }, want: []Bar{AmountDown, Time, Model}},
	"no amount any more":   {since: func(t teller) { t(history.Amount, "", 0) }, want: []Bar{AmountDown, Time, Model}},
	"another currency":     {since: func(t teller) { t(history.Amount, "USD", 9*eur) }, want: []Bar{AmountDown, Time, Model}},
	"confirmed":            {since: func(t teller) { t(history.Milestone, "budget", history.Achieved) }, want: []Bar{EvidenceGained, Time, Model}},
	"taken back":           {then: func(t teller) { t(history.Milestone, "budget", history.Achieved) }, since: func(t teller) { t(history.Milestone, "budget", history.Revoked) }, want: []Bar{EvidenceLost, Time, Model}},
	"confirmed, then back": {since: func(t teller) { t(history.Milestone, "budget", 2); t(history.Milestone, "budget", 0) }, want: []Bar{OtherNews, Time, Model}},
	"criterion met":        {since: func(t teller) { t(history.Criterion, "means", history.Met) }, want: []Bar{EvidenceGained, Time, Model}},
	"criterion not met":    {since: func(t teller) { t(history.Criterion, "means", history.Unmet) }, want: []Bar{OtherNews, Time, Model}},
	"no longer met":        {then: func(t teller) { t(history.Criterion, "means", history.Met) }, since: func(t teller) { t(history.Criterion, "means", history.Unmet) }, want: []Bar{EvidenceLost, Time, Model}},
	"a later stage":        {since: func(t teller) { t(history.Stage, "two", 0) }, want: []Bar{EvidenceGained, Time, Model}},
	"an earlier stage":     {then: func(t teller) { t(history.Stage, "two", 0) }, since: func(t teller) { t(history.Stage, "one", 0) }, want: []Bar{EvidenceLost, Time, Model}},
	"a call":               {since: func(t teller) { t(history.Activity, "call", 0) }, want: []Bar{OtherNews, Time, Model}},
	"pushed out":           {since: func(t teller) { t(history.CloseDate, "", daysOf(quarter.Until)) }, want: []Bar{Time, Model, PushedOut}},
	"pulled in":            {then: func(t teller) { t(history.CloseDate, "", daysOf(quarter.Until)) }, since: func(t teller) { t(history.CloseDate, "", daysOf(quarter.Until)-1) }, want: []Bar{Time, Model, PulledIn}},
	"handed out":           {since: func(t teller) { t(history.Owner, "bob", 0) }, want: []Bar{HandedOut}},
	"handed on":            {since: func(t teller) { t(history.Owner, "cat", 0) }, want: []Bar{OtherNews, Time, Model}, of: "head"},
	"handed in":            {since: func(t teller) { t(history.Owner, "bob", 0) }, want: []Bar{HandedIn}, of: "bob"},
	"handed in and won":    {since: func(t teller) { t(history.Owner, "bob", 0); t(history.Outcome, "", int64(history.Won)) }, want: []Bar{Won}, of: "bob"},
	"handed out and lost":  {since: func(t teller) { t(history.Owner, "bob", 0); t(history.Outcome, "", int64(history.Lost)) }, want: []Bar{HandedOut}},
	"new":                  {want: []Bar{New}},
	"new and won":          {since: func(t teller) { t(history.Outcome, "", int64(history.Won)) }, want: []Bar{Won}},
}

type teller func(kind history.Kind, text string, value int64)

func TestWhichBarsAChangeGoesTo(t *testing.T) {
	for name, story := range stories {
		t.Run(name, func(t *testing.T) {
			k := taught()
			begin := 50.0
			if name == "new" || name == "new and won" {
				begin = since + 1
			}
			tell := func(day float64) teller {
				return func(kind history.Kind, text string, value int64) { k.tell("it", day, kind, text, value); day += .1 }
			}
			first := tell(begin)
			first(history.Created, "", 0)
			first(history.Owner, "ann", 0)
			first(history.Amount, "EUR", eur)
			first(history.Stage, "one", 0)
			first(history.CloseDate, "", daysOf(quarter.From)+80)
			if story.then != nil {
				story.then(tell(55))
			}
			if story.since != nil {
				story.since(tell(week))
			}
			person := "ann"
			if story.of != "" {
				person = story.of
			}
			w := cheapWorld(k.b.Log())
			d := dealOf(t, Reckon(w.ask(people.ID(person), "EUR")))
			got := map[Bar]bool{}
			for _, p := range d.Parts {
				got[p.Bar] = true
			}
			for _, want := range story.want {
				if !got[want] && want != Model {
					t.Errorf("it is not in the bar %s but in %v", want, d.Parts)
				}
				delete(got, want)
			}
			if len(got) > 0 {
				t.Errorf("it is in %v too", got)
			}
		})
	}
}

// cheapWorld learns once: into which bar something goes does not hang on what was learned.
func cheapWorld(log *history.Log) *world {
	w := &world{then: log.Before(at(since)), now: log.Before(at(until)), to: 90}
	w.models[0] = landmark.Train(w.then, landmark.Milestones, landmark.Options{})
	w.models[1] = w.models[0]
	return w
}

func dealOf(t *testing.T, w *Waterfall) *Deal {
	t.Helper()
	for i := range w.Deals {
		if w.Deals[i].ID == "it" {
			return &w.Deals[i]
		}
	}
	t.Fatal("the deal is in no bar")
	return nil
}

// What the bars of one deal say is what happened to it.
func TestTheBarsTellTheStory(t *testing.T) {
	k := taught()
	k.tell("it", 50, history.Created, "", 0)
	k.tell("it", 50, history.Owner, "ann", 0)
	k.tell("it", 50, history.Amount, "EUR", eur)
	k.tell("it", 50, history.Stage, "one", 0)
	k.tell("it", week, history.Amount, "EUR", 2*eur)
	k.tell("it", week+1, history.Milestone, "budget", history.Achieved)
	w := worldOf(k.b.Log())
	d := dealOf(t, Reckon(w.ask("ann", "EUR")))
	by := map[Bar]Worth{}
	for _, p := range d.Parts {
		by[p.Bar] = p.By
	}
	if doubled := by[AmountUp].Minor - d.Then.Minor; doubled < -eur/20 || doubled > eur/20 {
		t.Errorf("twice the amount adds %d to %d", by[AmountUp].Minor, d.Then.Minor)
	}
	if by[EvidenceGained].Wins < oneWin/5 {
		t.Errorf("what decides deals here moves the chance by %d millionths only", by[EvidenceGained].Wins)
	}
	if d.Rests < 3 || d.Rests > 4 {
		t.Errorf("it got further %v days ago, not 3.6", d.Rests)
	}
}

// Where too few deals have ended, what is booked is compared, and nothing else.
func TestWithoutAModelOnlyWhatIsBookedCounts(t *testing.T) {
	k := newBook()
	for i, cause := range []history.Cause{history.Won, history.Won, history.Lost, history.Open} {
		id := fmt.Sprint(i)
		k.tell(id, 50, history.Created, "", 0)
		k.tell(id, 50, history.Owner, "ann", 0)
		k.tell(id, 50, history.Amount, "EUR", eur)
		if cause != history.Open {
			k.tell(id, []float64{55, week, week, 0}[i], history.Outcome, "", int64(cause))
		}
	}
	q := worldOf(k.b.Log()).ask("", "EUR")
	q.Then.Model = nil
	w := Reckon(q)
	if w.Start != (Worth{eur, oneWin}) || w.End != (Worth{2 * eur, 2 * oneWin}) {
		t.Errorf("from %v to %v", w.Start, w.End)
	}
	tallies := w.Tallies(q)
	if len(tallies) != 1 || tallies[0].Bar != Won || tallies[0].By != (Worth{eur, oneWin}) {
		t.Errorf("the bars are %v", tallies)
	}
}
