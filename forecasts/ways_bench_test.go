package forecasts

import (
	"testing"

	"milepost/calendar"
	"milepost/forecasts/landmark"
	"milepost/people"
)

// BenchmarkLook takes apart what one look at the forecast page of twenty thousand open
// deals of forty owners costs: the first one of a forecast, and those after it.
func BenchmarkLook(b *testing.B) {
	w := evidenced(3000, 20_000, 12)
	log, now := w.log(), w.at(301)
	past := log.Before(w.at(301))
	is := &taught{of: landmark.Milestones, course: newCourse(log), methods: []Method{Served{landmark.Train(past, landmark.Milestones, landmark.Options{})}}}
	is.coming, _ = NewArrivals(past)
	period := calendar.Fiscal{}.Quarter("2026-10-28")
	line := Organigram{}
	fresh := func() *Forecast { return sayTaught(log, 1, now, Ahead{Ends: 60}, is, false) }
	look := func(f *Forecast, by string) *Outlook {
		return LookAheadBy(f, period, line, "", by, "EUR", func(people.ID) bool { return true })
	}
	for _, by := range []string{"", "segment"} {
		b.Run("the deals are asked, by "+by, func(b *testing.B) {
			for b.Loop() {
				look(fresh(), by)
			}
		})
		b.Run("first look by "+by, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				f := fresh()
				o := look(f, by)
				b.StartTimer()
				drawAll(b, f, o)
			}
		})
		f := fresh()
		o := look(f, by)
		drawAll(b, f, o)
		b.Run("second look by "+by, func(b *testing.B) {
			for b.Loop() {
				drawAll(b, f, look(f, by))
			}
		})
		b.Run("its ranges by "+by, func(b *testing.B) {
			for b.Loop() {
				if err := f.Draw(look(f, by)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func drawAll(b *testing.B, f *Forecast, o *Outlook) {
	if err := f.Draw(o); err != nil || !o.Drawn {
		b.Fatal(o.Drawn, err)
	}
	if _, err := f.Fan(o); err != nil {
		b.Fatal(err)
	}
}
