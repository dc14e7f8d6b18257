package monday

import (
	"encoding/json"
	"math"
	"testing"
	"time"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/money"
)

func entry(sequence int64, deal string, kind ledger.Kind, recorded, effective calendar.Instant, f deals.Fact) ledger.Entry {
	packed, err := json.Marshal(f)
	if err != nil {
		panic(err)
	}
	return ledger.Entry{Sequence: sequence, RecordedAt: recorded, EffectiveAt: effective, Kind: kind, Subject: deal, Opportunity: deal, Payload: string(packed)}
}

// By hand: of 1 to 10 nine in ten do not exceed 9, of 1 to 11 it takes 10, half of each
// do not exceed 5 and 6; of one case it is that case.
func TestQuantile(t *testing.T) {
	ten := []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
	eleven := append(append([]float64{}, ten...), 11)
	for _, c := range []struct {
		values []float64
		share  float64
		want   float64
	}{{ten, .9, 9}, {eleven, .9, 10}, {ten, .5, 5}, {eleven, .5, 6}, {[]float64{7}, .9, 7}, {ten, 1, 10}, {[]float64{0, 0, 0, 3}, .5, 0}} {
		if got := quantile(c.values, c.share); got != c.want {
			t.Errorf("the %.1f quantile of %v is %v, want %v", c.share, c.values, got, c.want)
		}
	}
	if !math.IsNaN(quantile(nil, .9)) {
		t.Error("of nothing, something is usual")
	}
}

// told makes one deal from facts that are given by their day.
type told struct {
	id      string
	entries []ledger.Entry
}

func (d *told) on(day float64, kind ledger.Kind, f deals.Fact) *told {
	at := calendar.Instant((1000 + day) * float64(day1))
	d.entries = append(d.entries, entry(int64(len(d.entries)+1), d.id, kind, at, at, f))
	return d
}

// undone is a slip of the hand that is taken back an hour later.
func (d *told) undone(day float64, kind ledger.Kind, f deals.Fact, before string) *told {
	d.on(day, kind, f)
	back := deals.Fact{Value: before, Undoes: int64(len(d.entries))}
	if kind == deals.CloseDateSet {
		back.Value, back.Date = "", calendar.Date(before)
	}
	return d.on(day+1./24, kind, back)
}

func euros(n int64) deals.Fact {
	return deals.Fact{Amount: &money.Amount{Minor: n, Currency: "EUR"}}
}

// Two deals by hand. The first: created on day 0 in small, spoken with on days 3 and 8,
// to Offer on day 10, spoken with on 12, worth 100 then 250, its date moved later twice,
// won on day 20; two slips of the hand on day 9 are taken back. The second: created on day 0 in large, to Offer on day 4, back to Talk
// on day 5, lost on day 9.
func TestWhatIsUsualByHand(t *testing.T) {
	r := newReckoning([]string{"Talk", "Offer"})
	one := (&told{id: "one"}).on(0, deals.Created, deals.Fact{}).on(0, deals.AttributeSet, deals.Fact{Name: "segment", Value: "small"}).
		on(0, deals.StageSet, deals.Fact{Value: "Talk"}).on(0, deals.AmountSet, euros(100)).on(1, deals.CloseDateSet, deals.Fact{Date: "2026-01-01"}).
		on(3, deals.ActivityLogged, deals.Fact{}).on(8, deals.ActivityLogged, deals.Fact{}).on(9, deals.CloseDateSet, deals.Fact{Date: "2026-02-01"}).
		undone(9.5, deals.StageSet, deals.Fact{Value: "Offer"}, "Talk").undone(9.6, deals.CloseDateSet, deals.Fact{Date: "2026-12-01"}, "2026-02-01").
		on(10, deals.StageSet, deals.Fact{Value: "Offer"}).on(11, deals.AmountSet, euros(250)).on(12, deals.ActivityLogged, deals.Fact{}).
		on(13, deals.CloseDateSet, deals.Fact{Date: "2026-03-01"}).on(20, deals.Closed, deals.Fact{Name: "won"})
	two := (&told{id: "two"}).on(0, deals.Created, deals.Fact{}).on(0, deals.AttributeSet, deals.Fact{Name: "segment", Value: "large"}).
		on(0, deals.StageSet, deals.Fact{Value: "Talk"}).on(4, deals.StageSet, deals.Fact{Value: "Offer"}).
		on(5, deals.StageSet, deals.Fact{Value: "Talk"}).on(9, deals.Closed, deals.Fact{Name: "lost"})
	for _, d := range []*told{one, two} {
		if err := r.take(d.id, d.entries); err != nil {
			t.Fatal(err)
		}
	}
	got := newUsuals(r.usual(), 1).of
	for key, want := range map[usualKey][4]float64{ // cases, deals, half, nine in ten
		{Rule: stuck, Stage: "Talk"}:                   {2, 2, 4, 10}, // 10 and 4 days; that the second went back does not pass it
		{Rule: stuck, Stage: "Offer"}:                  {1, 1, 10, 10},
		{Rule: stuck, Stage: "Talk", Segment: "large"}: {1, 1, 4, 4},
		{Rule: stuck}:                     {3, 2, 10, 10},
		{Rule: silent, Stage: "Talk"}:     {3, 1, 4, 5}, // 3, 5, and from day 8 to 12: 4
		{Rule: silent}:                    {3, 1, 4, 5},
		{Rule: slipped}:                   {1, 1, 2, 2},
		{Rule: slipped, Segment: "small"}: {1, 1, 2, 2},
		{Rule: jumped}:                    {1, 1, 2.5, 2.5},
	} {
		u := got[key]
		if is := [4]float64{float64(u.Cases), float64(u.Deals), u.Typical, u.Most}; is != want {
			t.Errorf("%+v: %v, want %v", key, is, want)
		}
	}
	if _, is := got[usualKey{Rule: stuck, Stage: "Offer", Segment: "large"}]; is {
		t.Error("a deal that went back a stage counts as having passed it")
	}
}

// What is usual is told of the narrowest group of which enough has been seen.
func TestWhereTheLineIsLookedFor(t *testing.T) {
	narrow, stage, all := usualKey{Rule: stuck, Stage: "Offer", Segment: "small"}, usualKey{Rule: stuck, Stage: "Offer"}, usualKey{Rule: stuck}
	u := func(k usualKey, cases int64) usual { return usual{usualKey: k, Cases: cases, Deals: cases} }
	for _, c := range []struct {
		list []usual
		want usualKey
		is   bool
	}{
		{[]usual{u(narrow, fewest), u(stage, 100), u(all, 200)}, narrow, true},
		{[]usual{u(narrow, fewest-1), u(stage, 100), u(all, 200)}, stage, true},
		{[]usual{u(narrow, 1), u(stage, fewest-1), u(all, fewest)}, all, true},
		{[]usual{u(narrow, 1), u(stage, 1), u(all, fewest-1)}, usualKey{}, false},
		{nil, usualKey{}, false},
	} {
		got, is := newUsuals(c.list, 1).find(stuck, "Offer", "small")
		if is != c.is || got.usualKey != c.want {
			t.Errorf("found %+v, %v; want %+v", got.usualKey, is, c.want)
		}
	}
}

func TestHabitsByHand(t *testing.T) {
	r := newReckoning(nil)
	r.heard("kim", []calendar.Date{"2026-01-01", "2026-01-02", "2026-01-05", "2026-01-12"})
	u := newUsuals(r.usual(), 1).of[usualKey{Rule: habit, Person: "kim"}]
	if u.Cases != 3 || u.Typical != 3 || u.Most != 7 {
		t.Errorf("the habit of 1, 3 and 7 days is %+v", u)
	}
	if days(0, calendar.Instant(36*time.Hour/time.Millisecond)) != 1.5 {
		t.Error("36 hours are not a day and a half")
	}
}
