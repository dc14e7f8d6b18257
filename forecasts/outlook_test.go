package forecasts

import (
	"math"
	"testing"
	"time"

	"milepost/calendar"
	. "milepost/forecasts/history"
	"milepost/people"
)

func everyone(people.ID) bool { return true }

func TestWinsBelongToThePeriodInWhichTheyWereTrue(t *testing.T) {
	w := &tiny{place: time.UTC}
	for i, ends := range [][2]float64{{85.5, 79.9}, {80, 80}, {95, 85}, {90, 90}, {92, 92}} { // recorded, true
		id := string(rune('a' + i))
		w.deal(id, .5, "offer", 0, Open)
		w.tell(id, .5, Owner, "ann", 0)
		w.tell(id, .5, Amount, "EUR", 100)
		w.late(id, ends[0], ends[1], Outcome, "", int64(Won))
	}
	w.tell("b", 82, Owner, "bob", 0)       // handed over after it was won
	w.tell("b", 83, Amount, "EUR", 120)    // put right after it was won
	w.tell("b", 84, Outcome, "", int64(0)) // says nothing: it is open again
	log := w.log()
	for _, c := range []struct {
		asOf  float64
		found string
	}{{81, "b"}, {83.5, "b"}, {86, ""}, {96, "c"}} {
		got := ""
		for _, win := range log.Before(w.at(c.asOf)).Wins(w.at(80), w.at(90)) {
			got += win.ID
			if win.ID == "b" && (log.Name(win.Owner) != "ann" || c.asOf > 83 && win.Amount != 120 || c.asOf < 83 && win.Amount != 100) {
				t.Errorf("as of day %v: %+v", c.asOf, win)
			}
		}
		if got != c.found {
			t.Errorf("as of day %v: won in the period %q, want %q", c.asOf, got, c.found)
		}
	}
}

func TestAPeriodAddsUp(t *testing.T) {
	w := pair() // a won on 4 January, b open, both at one stage
	w.tell("a", .5, Owner, "ann", 0)
	w.tell("a", .5, Amount, "EUR", 100_00)
	w.tell("b", .5, Owner, "bob", 0)
	w.tell("b", .5, Amount, "EUR", 300_00)
	w.deal("c", 4.5, "offer", 0, Open) // no owner, no amount
	f := Say(w.log(), w.at(5), []Horizon{2}, Methods())
	o := LookAhead(f, calendar.Fiscal{}.Month("2026-01-06"), Organigram{}, "", "USD", everyone)
	// In this log people have no ids: all lines are one, that without an owner.
	if len(o.Rows) != 1 || o.Currency != "EUR" || len(o.Others) != 0 || o.Hidden != 0 {
		t.Fatalf("%+v", o)
	}
	total := o.Total
	// Past yield two days ahead is 2.5/8 for b and c alike (see TestPastYieldByHand).
	if total.Deals != 2 || total.Wins != 1 || total.Open.Minor != 300_00 || total.Booked.Minor != 100_00 ||
		math.Abs(total.ExpectedWins[1]-2*2.5/8) > 1e-12 || total.Expected[1].Minor != 93_75 {
		t.Errorf("%+v", total)
	}
	if hidden := LookAhead(f, o.Period, Organigram{}, "", "EUR", func(people.ID) bool { return false }); len(hidden.Rows) != 0 || hidden.Hidden != 3 {
		t.Errorf("%+v", hidden)
	}
}

func TestTooFewToSay(t *testing.T) {
	for want, o := range map[bool][]Outlook{
		true:  {{}, {Ended: 19, Reach: 400, Days: 30}, {Ended: 500, Reach: 29, Days: 30}},
		false: {{Ended: 20, Reach: 30, Days: 30}},
	} {
		for _, o := range o {
			if o.TooFew() != want {
				t.Errorf("%d ended, %d days back, %d ahead: too few %v, want %v", o.Ended, o.Reach, o.Days, !want, want)
			}
		}
	}
	w := pair()
	if p := w.log().Before(w.at(5)); p.Ended() != 1 || p.Reach() != 5 {
		t.Errorf("%d ended, %d days back; want 1 and 5", p.Ended(), p.Reach())
	}
}
