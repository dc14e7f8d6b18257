package views_test

import (
	"net/url"
	"testing"

	"github.com/a-h/templ"

	"milepost/internal/ui"
	"milepost/money"
	"milepost/views"
)

// What an address asks of the shape of a list is taken in as far as the list has it.
func TestAShapeHoldsWhatTheListHas(t *testing.T) {
	groupings := []views.Grouping{{Name: "owner", Label: "owner", None: "Nobody"}}
	for _, c := range []struct {
		query string
		want  views.Shape
		wrong bool
	}{
		{query: "", want: views.Shape{}},
		{query: "columns=b,a,b,x,&group=owner&in=7&view=v", want: views.Shape{Columns: "b,a", Group: "owner", In: "7", View: "v"}},
		{query: "in=7", want: views.Shape{}},
		{query: "group=owner&in=%00", want: views.Shape{Group: "owner"}},
		{query: "group=owner&in=%ff", want: views.Shape{Group: "owner"}},
		{query: "group=size&in=7", want: views.Shape{}, wrong: true},
		{query: "columns=x", want: views.Shape{}},
	} {
		q, err := url.ParseQuery(c.query)
		if err != nil {
			t.Fatal(err)
		}
		got, err := views.ReadShape(q, []string{"a", "b"}, groupings)
		if got != c.want || (err != nil) != c.wrong {
			t.Errorf("%q is read as %+v, %v; want %+v", c.query, got, err, c.want)
		}
		again := url.Values{}
		got.Put(again)
		if same, _ := views.ReadShape(again, []string{"a", "b"}, groupings); same != got {
			t.Errorf("%+v becomes %+v by its address", got, same)
		}
	}
}

// Groups add up by currency, those that have none come last, and what is beyond a
// page is one line that adds up to the same.
func TestGroupsAddUp(t *testing.T) {
	tallies := []views.Tally{{Key: "", Currency: "EUR", Count: 2, Minor: 100}}
	for i := range 250 {
		key := string(rune('a'+i%26)) + string(rune('a'+i/26))
		tallies = append(tallies, views.Tally{Key: key, Label: key, Currency: "EUR", Count: 1, Minor: 10}, views.Tally{Key: key, Label: key, Currency: "GBP", Count: int64(i), Minor: 1})
	}
	groups := views.Gather(tallies, "Nobody")
	whole := views.Together(groups)
	shown := views.InOrder(groups, views.ByCount)
	if len(shown) != 201 || shown[0].Count != 250 || shown[200].Key != "" || shown[200].Label != "51 more groups" {
		t.Errorf("%d groups, the first %+v, the last %+v", len(shown), shown[0], shown[len(shown)-1])
	}
	if rest := shown[200].Totals[money.Currency("EUR")]; rest != 50*10+100 {
		t.Errorf("the rest comes to %d: those that have none are not among it", rest)
	}
	if again := views.Together(shown); again.Count != whole.Count || again.Totals["EUR"] != whole.Totals["EUR"] || again.Totals["GBP"] != whole.Totals["GBP"] {
		t.Errorf("the groups shown come to %+v, all to %+v", again, whole)
	}
}

// More columns than a page has room for scroll in their box.
func TestManyColumnsScroll(t *testing.T) {
	named := views.Column[string]{Cell: func(s *string) templ.Component { return ui.Text(*s) }}
	var all []views.Column[string]
	var chosen []string
	for i := range 8 {
		all, chosen = append(all, named), append(chosen, string(rune('a'+i)))
		all[i].Name = chosen[i]
		if table := views.Fill(ui.Table{}, named, all, chosen, []string{"x"}); table.Wide != (i >= 6) || len(table.Columns) != i+2 {
			t.Errorf("with %d columns wide is %v", len(table.Columns), table.Wide)
		}
	}
}
