package record

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"milepost/calendar"
	"milepost/forecasts"
	"milepost/forecasts/history"
	"milepost/money"
)

// One forecast of four deals by hand: A was won, B lost, C is open still, D is not in the
// log. Deals count from 1 May 2026, the horizon is 30 days.
func TestOneForecastByHand(t *testing.T) {
	b := history.NewBuilder(time.UTC)
	at := func(day calendar.Date) calendar.Instant { return day.Midnight(time.UTC) }
	facts := int64(0)
	tell := func(deal string, day calendar.Date, kind history.Kind, label string, value int64) {
		facts++
		b.Deal(deal, deal)
		b.Add(deal, history.Fact{Recorded: at(day), Effective: at(day), Sequence: facts, Kind: kind, Label: b.Label(label), Value: value})
	}
	for _, deal := range []string{"A", "B", "C"} {
		tell(deal, "2026-04-01", history.Created, "", 0)
		tell(deal, "2026-04-01", history.Amount, "EUR", 100_00)
	}
	tell("A", "2026-05-10", history.Amount, "EUR", 250_00)
	tell("A", "2026-05-10", history.Outcome, "", int64(history.Won))
	tell("B", "2026-05-30", history.Outcome, "", int64(history.Lost))
	tell("C", "2026-05-31", history.Outcome, "", int64(history.Won)) // the end itself is too late
	tell("E", "2026-05-05", history.Created, "", 0)
	tell("E", "2026-05-05", history.Amount, "EUR", 40_00)
	tell("E", "2026-05-20", history.Outcome, "", int64(history.Won)) // did not exist yet
	log := b.Log()
	kept := &forecasts.Kept{Ranges: &forecasts.KeptRanges{Company: map[string]forecasts.KeptTotals{"30d": {
		Open:    &forecasts.KeptTotal{Wins: &forecasts.KeptSpread{Median: 1, Half: [2]float64{1, 1}, Most: [2]float64{0, 2}, Nearly: [2]float64{0, 3}}, ByCurrency: map[string]forecasts.KeptSpread{"EUR": {Median: 150_00, Half: [2]float64{100_00, 200_00}, Most: [2]float64{0, 250_00}, Nearly: [2]float64{0, 300_00}}}},
		WithNew: &forecasts.KeptTotal{Wins: &forecasts.KeptSpread{Median: 3, Half: [2]float64{3, 4}, Most: [2]float64{2, 5}, Nearly: [2]float64{1, 6}}}}}}}
	kept.Ranges.Owners = map[string]map[string]forecasts.KeptTotals{"ann": kept.Ranges.Company} // three deals: too few to judge
	for i, p := range []forecasts.Odds{{Won: .8, Lost: .1, NoAction: .1}, {Won: .5, Lost: .25}, {Won: .1}, {Won: .9}} {
		kept.Deals = append(kept.Deals, forecasts.KeptDeal{External: string(rune('A' + i)), Owner: "ann", Amount: "100.00", Currency: "EUR", Methods: map[string]map[string]forecasts.Odds{"m": {"30d": p}}})
	}
	s, d, err := ScoreOf(log, log.Finder(), kept, &forecasts.FrozenHead{Day: "2026-05-01", Method: "m", AsOf: at("2026-05-01")}, 30)
	if err != nil {
		t.Fatal(err)
	}
	if s.Deals != 3 || s.WinsCame != 1 || d.LeftOut != 1 || s.Until != at("2026-05-31") {
		t.Errorf("%+v, left out %d", s, d.LeftOut)
	}
	near(t, "wins said", s.WinsSaid, 1.4, 1e-12)
	near(t, "Brier", s.Brier, .04+.25+.01, 1e-12)
	near(t, "log score", s.Log, -math.Log(.8)-math.Log(.5)-math.Log(.9), 1e-12)
	near(t, "all endings", s.Classes, -math.Log(.8)-math.Log(.25)-math.Log(.9), 1e-12)
	near(t, "variance", s.Variance, .16+.25+.09, 1e-12)
	near(t, "money said", d.Money["EUR"].Said, 140, 1e-9)
	near(t, "money came", d.Money["EUR"].Came, 250, 1e-9) // as when it was won
	near(t, "money variance", d.Money["EUR"].Variance, 5000, 1e-9)
	if got := d.Company[wins]; !got.Holds(0) || got.Came != 1 {
		t.Errorf("wins: %+v", got)
	}
	if got := d.Company["EUR"]; got.Holds(0) || !got.Holds(1) || got.Median != 150 {
		t.Errorf("money: %+v", got)
	}
	if got := d.Company[wins+withNew]; got.Holds(0) || !got.Holds(1) || got.Came != 2 {
		t.Errorf("with new: %+v", got)
	}
	if len(d.Owners) > 0 || len(d.Bins) != 3 || d.Bins[2] != (Bin{At: 80, Count: 1, Won: 1, Said: .8}) {
		t.Errorf("bins: %+v", d.Bins)
	}
}

// Chances that mean what they say have a slope of 1 and an offset of 0; bold ones a smaller
// slope, and too low ones an offset above 0. Without fine bins the hundredths stand for them.
func TestCalibrationByHand(t *testing.T) {
	of := func(won ...int) Details { // of a hundred each at 20, 50 and 80 %
		d := Details{}
		for i, n := range won {
			p := .2 + .3*float64(i)
			d.Fine = append(d.Fine, Bin{At: i, Count: 100, Won: n, Said: 100 * p})
		}
		return d
	}
	for _, c := range []struct {
		name                string
		days                []Details
		slope               [2]float64
		offset              [2]float64
		hasSlope, hasOffset bool
	}{
		{"true", []Details{of(20, 50, 80), of(20, 50, 80)}, [2]float64{.999, 1.001}, [2]float64{-.001, .001}, true, true},
		{"bold", []Details{of(35, 50, 65)}, [2]float64{.4, .5}, [2]float64{-.001, .001}, true, true},
		{"low", []Details{of(30, 60, 90)}, [2]float64{1, 1.2}, [2]float64{.4, .7}, true, true},
		{"coarse", []Details{{Bins: of(20, 50, 80).Fine}}, [2]float64{.999, 1.001}, [2]float64{-.001, .001}, true, true},
		{"all won", []Details{of(100, 100, 100)}, [2]float64{}, [2]float64{}, false, false},
		{"one chance for all", []Details{of(20)}, [2]float64{}, [2]float64{-.001, .001}, false, true},
		{"nothing", nil, [2]float64{}, [2]float64{}, false, false},
	} {
		got := CalibrationOf(c.days)
		if got.HasSlope != c.hasSlope || got.HasOffset != c.hasOffset || c.hasSlope && (got.Slope < c.slope[0] || got.Slope > c.slope[1]) || c.hasOffset && (got.Offset < c.offset[0] || got.Offset > c.offset[1]) {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

// rows are made-up scores: a method misses so much a deal, on days a week apart.
func rows(method string, n int, brier func(day int) float64) (list []Score) {
	for i, day := range weeks("2026-01-05", n) {
		list = append(list, Score{Day: day, Method: method, Horizon: 7, Deals: 100, WinsCame: 30, WinsSaid: 30, Variance: 20, Brier: 100 * brier(i), Same: "s" + string(day)})
	}
	return list
}

func TestDaysAreApartAndShared(t *testing.T) {
	daily := func(method string, n int) (list []Score) {
		for i := range n {
			day := calendar.Date("2026-01-01").AddDays(i)
			list = append(list, Score{Day: day, Method: method, Deals: 5, WinsCame: 1, Same: string(day)})
		}
		return list
	}
	list := slices.Concat(daily("past-yield", 60), daily("generation-3", 60), daily("with-calls", 20))
	list[60+30].Same = "others" // generation 3 was asked about other deals on 31 January
	c := Compare(list, 30)
	if !slices.Equal(c.Methods, []string{"past-yield", "generation-3"}) || len(c.LeftOut) != 1 || c.LeftOut[0] != (Absent{"with-calls", 20}) {
		t.Errorf("compared %v, left out %v", c.Methods, c.LeftOut)
	}
	if !slices.Equal(c.Days, []calendar.Date{"2026-01-01", "2026-02-01"}) || c.Available != 59 || c.Events() != 2 {
		t.Errorf("days %v of %d", c.Days, c.Available)
	}
}

func TestTheHeadlineSaysWhatItMeans(t *testing.T) {
	wave := func(base, swing float64) func(int) float64 {
		return func(day int) float64 { return base + swing*float64(day%3-1) }
	}
	for _, c := range []struct {
		name string
		list []Score
		want string
	}{
		{"clear", slices.Concat(rows("past-yield", 12, wave(.2, .01)), rows("generation-3", 12, wave(.18, .011))), "“By evidence” has been best here: its chances missed by 10 % less than those of “As deals here went before”, and that is more than chance does."},
		{"within chance", slices.Concat(rows("past-yield", 12, wave(.2, .03)), rows("generation-3", 12, wave(.198, -.03))), "“By evidence” missed least, by 1 % less than “As deals here went before”; the difference is within what chance does."},
		{"the simple one", slices.Concat(rows("past-yield", 12, wave(.18, .01)), rows("generation-3", 12, wave(.2, .01)), rows("stage-weighted", 12, wave(.25, .01))), "“As deals here went before” has been best here: its chances missed by 10 % less than those of “By evidence”"},
		{"too few wins", slices.Concat(rows("past-yield", 5, wave(.2, .01)), rows("generation-3", 5, wave(.1, .01))), "Too early to judge: 150 of 200 won deals."},
	} {
		if got := headline(Compare(c.list, 7)); !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: %s", c.name, got)
		}
	}
	alone := Compare(slices.Concat(rows("past-yield", 2, wave(.2, .01)), rows("generation-3", 12, wave(.2, .01))), 7)
	if got := headline(alone) + because(alone); !strings.Contains(got, "nothing to compare with yet") || strings.Contains(got, "Below that") {
		t.Error(got)
	}
	few := rows("past-yield", 3, wave(.2, 0))
	for i := range few {
		few[i].WinsCame = 90
	}
	if got := headline(Compare(few, 7)); got != "Too early to judge: 3 of 4 days so far apart that their 7 days do not overlap." {
		t.Error(got)
	}
}

// Among methods that are alike, one is called the best for good in five of a hundred
// companies at most.
func TestTheHeadlineIsSeldomFooled(t *testing.T) {
	r, fooled, runs := rand.New(rand.NewPCG(3, 4)), 0, 600
	for range runs {
		var list []Score
		for _, m := range forecasts.Backtested() {
			list = append(list, rows(m.Name(), 12, func(int) float64 { return .2 + .02*r.NormFloat64() })...)
		}
		if v, ok := Compare(list, 7).Judge(); ok && v.Clear() {
			fooled++
		}
	}
	if fooled > runs*6/100 {
		t.Errorf("fooled in %d of %d", fooled, runs)
	}
}

func TestADriftIsToldWhereThereIsOne(t *testing.T) {
	made := func(said func(day int) float64) (list []Score) {
		for i, s := range rows("m", 12, func(int) float64 { return .2 }) {
			s.WinsSaid, s.WinsCame = said(i), 30+i%3*2-2
			list = append(list, s)
		}
		return list
	}
	if d, ok := DriftOf(made(func(int) float64 { return 31 })); !ok || d.Changed || d.Recent != 4 {
		t.Errorf("steady: %+v", d)
	}
	if d, _ := DriftOf(made(func(day int) float64 { return 30 + 8*float64(day/8) })); !d.Changed || d.Lately < .2 || math.Abs(d.Before) > .02 {
		t.Errorf("changed: %+v", d)
	}
	if d, _ := DriftOf(made(func(day int) float64 { return 30 + float64(day%4*9-13) })); d.Changed {
		t.Errorf("restless, but not drifting: %+v", d)
	}
	if d, _ := DriftOf(made(func(day int) float64 { return 30 + 4.5*float64(day/8) })); d.Changed || d.Lately < driftSize {
		t.Errorf("a sixth more, as chance may do: %+v", d)
	}
	if _, ok := DriftOf(made(func(int) float64 { return 30 })[:5]); ok {
		t.Error("five days tell of a drift")
	}
}

func TestPointsHoldAllDeals(t *testing.T) {
	days := []Details{{Bins: []Bin{{At: 0, Count: 600, Won: 2, Said: 3}, {At: 20, Count: 100, Won: 25, Said: 20.5}}},
		{Bins: []Bin{{At: 20, Count: 100, Won: 15, Said: 20.5}, {At: 90, Count: 50, Won: 45, Said: 45}}}}
	got := PointsOf(days)
	if len(got) != 3 || got[1].Count != 200 || got[1].Won != 40 {
		t.Fatalf("%+v", got)
	}
	near(t, "said", got[1].Said, .205, 1e-12)
	near(t, "low", got[1].Low, .1504, 1e-4) // R: prop.test(40, 200, correct = FALSE)
	near(t, "high", got[1].High, .2609, 1e-4)
}

func TestHoldingCountsRanges(t *testing.T) {
	span := func(came float64) Span {
		return Span{Median: 5, Ranges: [3][2]float64{{4, 6}, {2, 8}, {0, 10}}, Came: came}
	}
	owners := Tally{}
	owners.add(span(4))
	owners.add(span(9))
	list := HoldingOf([]Details{{Company: map[string]Span{wins: span(5)}, Owners: map[string]Tally{wins: owners}}, {Company: map[string]Span{wins: span(8)}}, {}}, []string{wins, "EUR"})
	if len(list) != 2 || list[0].By[0].Inside != 1 || list[0].By[1].Inside != 2 || list[0].By[1].MeanWidth != 6 || !list[1].Owners || list[1].By[1].Inside != 1 || list[1].By[2].Count != 2 {
		t.Errorf("%+v", list)
	}
}

// A quarter is looked at so many days before its end; a day that is missing may be stood
// for by one near it, not by one far from it.
func TestTheDayBeforeTheEnd(t *testing.T) {
	p := calendar.Fiscal{Start: 1}.Quarter("2026-05-20")
	said := func(days ...int) (list []Score) {
		for _, day := range days {
			list = append(list, Score{Day: p.Until.AddDays(-day), Horizon: forecasts.Horizon(day), Method: "m", Deals: 1})
		}
		return list
	}
	for _, c := range []struct{ lead, want int }{{90, 90}, {60, 62}, {30, 0}, {7, 7}} {
		q, is := about(p, c.lead, said(90, 66, 62, 34, 7))
		if is != (c.want > 0) || is && q.Day != p.Until.AddDays(-c.want) {
			t.Errorf("%d days before: %v %v", c.lead, q.Day, is)
		}
	}
	methods, shared := LeadOf([]Quarter{{Period: p, Day: "2026-06-01", Said: map[string]Score{"past-yield": {Day: "2026-06-01", Method: "past-yield", Deals: 10, Brier: 2, Log: 5, WinsSaid: 4, WinsCame: 5, Variance: 3}},
		More: map[string]Details{"past-yield": {Money: map[string]Money{"EUR": {Said: 50, Came: 40, Variance: 100}}}}}}, string(money.Currency("EUR")))
	if len(methods) != 1 || len(shared) != 1 {
		t.Fatalf("%+v", methods)
	}
	near(t, "WAPE", methods[0].Wins.WAPE, .2, 1e-12)
	near(t, "bias", methods[0].Money.Bias, .25, 1e-12)
	near(t, "floor", methods[0].Wins.Floor, math.Sqrt(2/math.Pi)*math.Sqrt(3)/4, 1e-12)
}
