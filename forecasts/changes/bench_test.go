package changes

import (
	"strconv"
	"testing"

	"milepost/forecasts/history"
)

// BenchmarkReckon takes the forecast of 2,000 open deals apart, of which one in five has
// news; it tells the time of the whole.
func BenchmarkReckon(b *testing.B) {
	k := taught()
	for i := range 2_000 {
		id := "open" + string(rune('a'+i%26)) + strconv.Itoa(i)
		k.tell(id, float64(i%50), history.Created, "", 0)
		k.tell(id, float64(i%50), history.Owner, "ann", 0)
		k.tell(id, float64(i%50), history.Amount, "EUR", eur)
		k.tell(id, float64(i%50), history.Stage, "one", 0)
		for range 8 {
			k.tell(id, float64(i%50)+1, history.Activity, "call", 0)
		}
		if i%5 == 0 {
			k.tell(id, week, history.Milestone, "budget", history.Achieved)
			k.tell(id, week, history.Activity, "call", 0)
		}
	}
	w := cheapWorld(k.b.Log())
	q := w.ask("", "EUR")
	b.ResetTimer()
	for b.Loop() {
		if fall := Reckon(q); len(fall.Deals) < 2_000 {
			b.Fatal("deals are missing")
		}
	}
}
