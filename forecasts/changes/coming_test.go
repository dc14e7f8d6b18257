package changes

import (
	"math"
	"strings"
	"testing"
	"time"

	"milepost/calendar"
	"milepost/forecasts"
	"milepost/internal/slice"
	"milepost/internal/testworld"
	"milepost/people"
)

// reported is what the page is made from, once both models have learned.
func (s *site) reported(memory *forecasts.Memory, person people.ID, since calendar.Date) *report {
	s.t.Helper()
	p := &pages{slice.Program{DB: s.DB, Clock: calendar.Stopped(testworld.SmallNow)}, memory}
	viewer := &people.Viewer{Org: s.Organization.ID, ID: s.Olga.ID, Roles: []people.Role{people.Operations}, Organization: s.Organization}
	a := asking{Asking: forecasts.Asking{Span: "quarter", Person: person, Currency: "EUR"}, Viewer: viewer, Today: "2026-05-20", Day: "2026-05-20", Since: since}
	a.Period = a.Asking.Period(a.Day, s.Fiscal())
	for range 400 {
		r, err := p.gather(s.t.Context(), a, testworld.SmallNow)
		if err != nil {
			s.t.Fatal(err)
		}
		if !r.Learning {
			return r
		}
		time.Sleep(20 * time.Millisecond)
	}
	s.t.Fatal("the models never learned")
	return nil
}

// What is taken apart is all that the forecast page counts: booked, likely and not yet
// created. The bars, and the lines of people, add up to it exactly; and the part that time
// took is what the days that passed were worth.
func TestTheWholeIsTakenApart(t *testing.T) {
	each(t, 60, func(t *testing.T, s *site) {
		for _, person := range []people.ID{"", s.Cleo.ID} {
			memory := &forecasts.Memory{}
			r := s.reported(memory, person, "2026-05-04")
			c := r.Ask.Coming
			if !c.any() || c.Passed.Wins >= c.Then.Wins || c.Now.Minor <= 0 {
				t.Fatalf("%s: not yet created %+v", person, c)
			}
			sum, deals := r.Fall.Start, Worth{}
			for _, tally := range r.Fall.Tallies(r.Ask) {
				sum = sum.plus(tally.By)
			}
			for i := range r.Fall.Deals {
				deals = deals.plus(r.Fall.Deals[i].Now.Worth)
			}
			if sum != r.Fall.End || deals.plus(c.Now) != r.Fall.End {
				t.Errorf("%s: the bars lead to %+v, the end is %+v, deals and coming %+v", person, sum, r.Fall.End, deals.plus(c.Now))
			}
			f, err := memory.Ask(t.Context(), s.DB, s.Organization, testworld.SmallNow, true, forecasts.Horizon(r.Day.DaysUntil(r.Period.Until)))
			if err != nil {
				t.Fatal(err)
			}
			total, drawn, err := f.TotalOf(r.Period, "EUR", r.Ask.Now.In)
			if err != nil || !drawn {
				t.Fatal(drawn, err)
			}
			whole := total.Booked.Minor + total.Expected[forecasts.OfRecord(f.Methods)].Minor + total.New.Minor
			if off := math.Abs(float64(r.Fall.End.Minor - whole)); off > 50 { // cents, from rounding deal by deal
				t.Errorf("%s: taken apart are %d, the forecast page has %d", person, r.Fall.End.Minor, whole)
			}
			if r.Middle == nil || r.Middle.Minor != total.Range.Money.Median {
				t.Errorf("%s: the middle is %+v", person, r.Middle)
			}
		}
		page := s.at(s.Ada, pagePath+"?since=2026-05-04").Is(200).Words()
		for _, want := range []string{"Not yet created", "Time that passed: −", "The forecast page says"} {
			if !strings.Contains(page, want) {
				t.Errorf("the page does not say %q", want)
			}
		}
	})
}
