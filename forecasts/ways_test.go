package forecasts

import (
	"runtime"
	"slices"
	"sync"
	"testing"

	"milepost/calendar"
	"milepost/forecasts/history"
	"milepost/internal/db"
	"milepost/money"
	"milepost/people"
)

// drawnAtOnce is what the lines of an outlook come to when all is drawn for it alone.
func drawnAtOnce(t *testing.T, f *Forecast, o *Outlook) (wins, minor [][]int64) {
	t.Helper()
	line, staff := o.groups(), f.staffing()
	owner := func(deal int32) people.ID { return people.ID(f.past.Person(f.past.Describe(deal).Owner)) }
	plan := f.plan(OfRecord(f.Methods), 0, f.taught.course.at(f.Horizons[0]), &staff, len(o.Rows), func(i int) int {
		return line(f.Deals[i].Deal, people.ID(f.past.Person(f.Deals[i].Owner)))
	})
	for i := range plan.Items {
		plan.Items[i].Amount, _ = o.Worth(f.Deals[i].Currency, f.Deals[i].Amount)
	}
	var like []int
	for _, name := range f.taught.coming.recent {
		deal, _ := f.past.Named(name)
		like = append(like, line(deal, owner(deal)))
	}
	plan.New = f.taught.coming.exchanged(o.exchange).plan(f.stretch(), func(history.Label) []int { return like })
	drawn, err := plan.Draw()
	if err != nil {
		t.Fatal(err)
	}
	for i := range o.Rows {
		for n := range drawn.GroupWins[i] {
			drawn.GroupWins[i][n] += int64(o.Rows[i].Wins)
			drawn.GroupAmount[i][n] += o.Rows[i].Booked.Minor
		}
	}
	return drawn.GroupWins, drawn.GroupAmount
}

// What is drawn once for all comes to what would be drawn for one page alone, by people
// and by segment, at the first look and at the second, in every way; so does the total of
// a set of owners.
func TestWhatIsDrawnOnceServesEveryLook(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o people.Organization) {
		f := hire(t, d, o, (&tiny{place: o.Place()}).at(120.4))
		f.busy(t, 120)
		(&tiny{place: o.Place()}).dollar(t, f.d, 50, 50, "0.9137")
		_, said := learnedMemory(t, f, f.now, 61)
		line, period := chartOf(t, f.d, o, f.now), o.Fiscal().Quarter("2026-05-01")
		sees := map[string]func(people.ID) bool{"Hanna Head": everyone, "Mia North": func(p people.ID) bool { return p != f.ids["Rob Two"] }}
		for at, by := range []string{"", "segment", "", ""} {
			in := []money.Currency{"EUR", "EUR", "EUR", "USD"}[at]
			for who, sees := range sees {
				outlook := LookAheadBy(said, period, line, f.ids[who], by, in, sees)
				if err := said.Draw(outlook); err != nil || !outlook.Drawn || len(outlook.Rows) == 0 {
					t.Fatal(outlook.Drawn, err)
				}
				wins, minor := drawnAtOnce(t, said, outlook)
				for i, l := range outlook.Rows {
					if !slices.Equal(l.Range.drawn[0], wins[i]) || !slices.Equal(l.Range.drawn[1], minor[i]) {
						t.Errorf("%s by %q: line %d is not what is drawn for it alone", who, by, i)
					}
				}
				below := func(p people.ID) bool { return outlook.inside(p) == 1 }
				total, drawn, err := said.TotalOf(period, in, below)
				if err != nil || !drawn || !slices.Equal(total.Range.drawn[1], outlook.Total.Range.drawn[1]) || total.Booked != outlook.Total.Booked {
					t.Errorf("%s by %q: as a set of owners %+v, on the page %+v (%v)", who, by, total.Range, outlook.Total.Range, err)
				}
			}
		}
	})
}

// Whoever looks at once waits for one drawing, and is shown the same.
func TestManyLookAtOnce(t *testing.T) {
	w := evidenced(200, 300, 3)
	log := w.log()
	is := &taught{course: newCourse(log)}
	is.coming, _ = NewArrivals(log.Before(w.at(301)))
	f := sayTaught(log, 1, w.at(301), Ahead{Ends: 60}, is, false)
	var work sync.WaitGroup
	period, medians := calendar.Fiscal{}.Quarter("2026-10-28"), make([]Spread, 8)
	for i := range medians {
		work.Go(func() {
			total, drawn, err := f.TotalOf(period, "EUR", everyone)
			if err != nil || !drawn {
				t.Error(drawn, err)
			}
			medians[i] = total.Range.Money
		})
	}
	work.Wait()
	for _, m := range medians {
		if m != medians[0] || m.Median == 0 {
			t.Errorf("one was shown %+v, another %+v", m, medians[0])
		}
	}
}

// The shelf lets go of what was asked longest ago, and of what nobody serves any more.
func TestTheShelfIsBounded(t *testing.T) {
	s := &shelf{most: 100}
	forecasts := make([]*Forecast, 4)
	for i := range forecasts {
		forecasts[i] = &Forecast{}
		forecasts[i].ways.Store(&ways{})
	}
	kept := func() (list []bool) {
		for _, f := range forecasts {
			list = append(list, f.ways.Load() != nil)
		}
		return list
	}
	s.put(forecasts[0], 40)
	s.put(forecasts[1], 40)
	s.put(forecasts[0], 45) // asked again, and grown
	s.put(forecasts[2], 40)
	if got := kept(); !slices.Equal(got, []bool{true, false, true, true}) {
		t.Errorf("kept %v: the second was asked longest ago", got)
	}
	s.put(forecasts[3], 1000)
	if got := kept(); !slices.Equal(got, []bool{false, false, false, true}) {
		t.Errorf("kept %v beside one that is larger than all room", got)
	}
	forecasts[3] = nil
	runtime.GC()
	s.put(forecasts[2], 10)
	if len(s.list) != 1 {
		t.Errorf("%d forecasts are on the shelf, one of them served by nobody", len(s.list))
	}
}
