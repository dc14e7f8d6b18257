package forecasts

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"milepost/calendar"
	"milepost/money"
	"milepost/people"
)

// Of a line of forty, the chart names the fifteen who come to most, and says where the
// others are; of fifteen it names everyone, in their order.
func TestChartOfManyNamesTheLargest(t *testing.T) {
	of := func(n int) *sheet {
		s := &sheet{outlook: &Outlook{Period: calendar.Period{Name: "Q2"}, Currency: "EUR", Methods: []string{PastYieldName}, Ended: 1000, Reach: 1000},
			line: Organigram{Names: map[people.ID]string{}}}
		for i := range n {
			id := people.ID(fmt.Sprint("p", i))
			s.line.Names[id] = fmt.Sprint("Person ", i)
			l := Line{Person: id, Booked: money.Amount{Minor: int64(i), Currency: "EUR"}, Expected: []money.Amount{{Minor: int64(2 * (i % 7)), Currency: "EUR"}}, ExpectedWins: []float64{0}}
			s.outlook.Rows = append(s.outlook.Rows, l)
			s.outlook.Total.Booked.Minor += l.Booked.Minor
		}
		return s
	}
	many := of(40).chart()
	if len(many.Categories) != mostBars || !slices.Contains(many.Categories, "Person 39") || slices.Contains(many.Categories, "Person 3") || many.Categories[0] != "Person 39" {
		t.Errorf("of forty the chart names %v", many.Categories)
	}
	if !strings.Contains(many.Summary, "other 25") {
		t.Errorf("it says of the others: %q", many.Summary)
	}
	few := of(mostBars).chart()
	if len(few.Categories) != mostBars || few.Categories[0] != "Person 0" || few.Summary != "" {
		t.Errorf("of fifteen it names %v, %q", few.Categories, few.Summary)
	}
}
