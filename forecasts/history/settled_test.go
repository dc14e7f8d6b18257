package history

import (
	"testing"
	"time"

	"milepost/calendar"
)

// What came by day 10, as it is told on day 20: an end that was taken back by then is none,
// one that was put right at once is what it was put right to, and later news change nothing.
func TestWhatCameIsToldLater(t *testing.T) {
	at := func(day int) calendar.Instant { return calendar.Instant(int64(day) * DayMillis) }
	type ending struct {
		day   int
		kind  Kind
		cause Cause
	}
	for name, c := range map[string]struct {
		ends []ending
		want Cause
	}{
		"won":                              {[]ending{{5, Outcome, Won}}, Won},
		"won too late":                     {[]ending{{11, Outcome, Won}}, Open},
		"opened again in time":             {[]ending{{5, Outcome, Won}, {15, Reopened, 0}}, Open},
		"opened again too late":            {[]ending{{5, Outcome, Won}, {25, Reopened, 0}}, Won},
		"opened again before the end":      {[]ending{{5, Outcome, Won}, {7, Reopened, 0}}, Open},
		"and lost by then":                 {[]ending{{5, Outcome, Won}, {7, Reopened, 0}, {9, Outcome, Lost}}, Lost},
		"opened again, and lost later":     {[]ending{{5, Outcome, Won}, {15, Reopened, 0}, {16, Outcome, Lost}}, Open},
		"put right":                        {[]ending{{5, Outcome, Won}, {15, Outcome, Lost}}, Lost},
		"put right twice":                  {[]ending{{5, Outcome, Won}, {15, Outcome, Lost}, {16, Outcome, NoAction}}, NoAction},
		"put right, and then opened again": {[]ending{{5, Outcome, Won}, {15, Outcome, Lost}, {16, Reopened, 0}}, Open},
		"put right too late":               {[]ending{{5, Outcome, Won}, {25, Outcome, Lost}}, Won},
	} {
		b := NewBuilder(time.UTC)
		b.Add("A", Fact{Recorded: at(1), Effective: at(1), Kind: Created})
		for i, e := range c.ends {
			b.Add("A", Fact{Recorded: at(e.day), Effective: at(e.day), Sequence: int64(i + 2), Kind: e.kind, Value: int64(e.cause)})
		}
		settled := b.Log().Settled(at(10), at(20))
		if got := settled.Ended(0); got != c.want {
			t.Errorf("%s: it ended as %d, want %d", name, got, c.want)
		}
		if _, won := settled.Won(0); won != (c.want == Won) {
			t.Errorf("%s: won %v", name, won)
		}
	}
}
