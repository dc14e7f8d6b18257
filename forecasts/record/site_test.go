package record

import (
	"strings"
	"testing"

	"milepost/forecasts"
	"milepost/internal/testworld/pagetest"
	"milepost/people"
)

func (f *firm) as(person people.ID) pagetest.Desk { return pagetest.At(f.t, f.pages, person) }

// Everyone of the organization reads the record; it names no person and no deal.
func TestEveryoneReadsTheRecord(t *testing.T) {
	each(t, func(t *testing.T, f *firm) {
		f.as(f.truth.Rep).Get(Path).Is(200).Has("No forecast has come due yet")
		f.freeze(append(weeks("2026-06-29", 12), "2026-07-03", "2026-08-02", "2026-09-01", "2026-09-24")...)
		f.score(noon)
		names := map[people.ID]bool{f.truth.Rep: true, f.truth.Manager: true, f.truth.Head: true, f.truth.Operations: true, f.truth.Administrator: true, f.truth.Observer: true}
		for who := range names {
			page := f.as(who).Get(Path).Is(200).Has("Too early to judge: ", "of 200 won deals", "rehearsed", "90 days before the end, 1 quarter", "and “With the reps&#39; word” have given no forecast here that is due")
			for _, r := range f.truth.Reps {
				if r.Person != who {
					page.Lacks(r.Name)
				}
			}
		}
		f.as(f.truth.Rep).Get(Path + "?days=7&method=past-yield&made=then").Is(200)
		f.as(f.truth.Rep).Get(Path + "?days=90&made=rehearsed&method=nobody").Is(200)
		f.as(f.truth.Rep).Get(Path + "?days=nonsense&made=%00&method=%3Cscript%3E").Is(200).Lacks("<script>x")
	})
}

// Forecasts that were made later are told from those made then, and never mixed unsaid.
func TestRehearsalsAreToldApart(t *testing.T) {
	each(t, func(t *testing.T, f *firm) {
		f.freeze(weeks("2026-06-01", 6)...)
		f.score(noon)
		if _, err := f.d.Exec(t.Context(), `update forecast_scores set rehearsed = 1 where org_id = $1 and day < '2026-06-22'`, f.o.ID); err != nil {
			t.Fatal(err)
		}
		rep := f.as(f.truth.Rep)
		rep.Get(Path + "?days=7").Is(200).Has("Of the days, 3 were said then and 3 are rehearsed")
		rep.Get(Path + "?days=7&made=then").Is(200).Has("All of it was said then.")
		rep.Get(Path + "?days=7&made=rehearsed").Is(200).Has("All of it is rehearsed")
	})
}

// The page says with which assumptions the forecasts began that it judges.
func TestTheRecordSaysWhatForecastsLeanedOn(t *testing.T) {
	heads := []forecasts.FrozenHead{{Settings: `{"table":1}`}, {Settings: `{"table":0}`}, {Settings: `{"table":1}`}, {Settings: `{}`}}
	for n, want := range []string{"", "“By evidence” began with table 1 on 1 day.", "“By evidence” began with different assumptions: the table as shipped on 1 day and table 1 on 1 day.",
		"“By evidence” began with different assumptions: the table as shipped on 1 day and table 1 on 2 days.", "“By evidence” began with different assumptions: the table as shipped on 1 day and table 1 on 2 days."} {
		if got, err := leantOn("generation-3", heads[:n]); err != nil || got != want {
			t.Errorf("%d days: %q, %v, want %q", n, got, err, want)
		}
	}
	if _, err := leantOn("generation-3", []forecasts.FrozenHead{{Settings: "{"}}); err == nil {
		t.Error("settings that cannot be read say something")
	}
}

func TestSentences(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{signed(.123), "+12 %"}, {signed(-.123), "−12 %"}, {signed(-.001), "0 %"}, {percentFine(.034), "3.4 %"}, {percentFine(.34), "34 %"},
		{less(.1), "10 % less"}, {less(-.1), "10 % more"}, {plural(1, "day", "days"), "1 day"}, {plural(1200, "day", "days"), "1,200 days"},
		{overText(.2), "20 % more wins"}, {overText(-.2), "20 % fewer wins"}, {overText(0), "as many wins"},
		{measureText(Holding{Measure: wins}), "Wins of the company, from deals that were open"},
		{measureText(Holding{Measure: "EUR" + withNew}), "EUR won by the company, with deals that did not exist yet"},
		{currencyOf([]Details{{Money: map[string]Money{"USD": {}}}}, "EUR"), "USD"}, {currencyOf(nil, "EUR"), "EUR"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

// Where deals are in several currencies, the page says which are not in its amounts.
func TestWhichAmountsAreScored(t *testing.T) {
	v := &view{currency: "EUR", details: []Details{{Money: map[string]Money{"EUR": {}, "USD": {}}}, {Money: map[string]Money{"GBP": {}}}}}
	if got := v.currencyWords(); !strings.Contains(got, "those of deals in EUR. Deals in GBP and USD are in the wins") {
		t.Errorf("it says %q", got)
	}
	if v.details = v.details[:0]; v.currencyWords() != "" {
		t.Error("it speaks of currencies where there is one")
	}
}
