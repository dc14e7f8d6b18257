package deals_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"milepost/calendar"
	"milepost/deals"
	"milepost/money"
	"milepost/people"
	"milepost/problem"
)

func TestAmountsAsPeopleTypeThem(t *testing.T) {
	for _, c := range []struct {
		text string
		in   money.Currency
		want string // the amount, or a part of the sentence that refuses
	}{
		{"15000", "EUR", "15000"}, {" 15 000 ", "EUR", "15000"}, {"15,000", "EUR", "15000"}, {"15.000", "EUR", "15000"},
		{"1.234,50", "EUR", "1234.5"}, {"1,234.50", "EUR", "1234.5"}, {"1.234.567", "EUR", "1234567"}, {"1,234,567.89", "EUR", "1234567.89"},
		{"1234,5", "EUR", "1234.5"}, {"0,5", "EUR", "0.5"}, {"0.50", "EUR", "0.5"}, {"12'345.60", "CHF", "12345.6"}, {"€ 1.500", "EUR", "1500"},
		{"EUR 15000", "EUR", "15000"}, {"15000 eur", "EUR", "15000"}, {"0", "EUR", "0"}, {"5.00", "EUR", "5"}, {"007", "EUR", "7"},
		{"1500", "JPY", "1500"}, {"1,500", "JPY", "1500"}, {"2.5", "MW", "2.5"}, {"1.2500", "MW", "1.25"}, {"12,000.5", "MW", "12000.5"},
		{"1.250", "MW", "could mean 1250 or 1.250"}, {"1,250", "KWD", "could mean"}, {"-5", "EUR", "negative"}, {"−5", "EUR", "negative"}, {"(5)", "EUR", "negative"},
		{"1,23,456", "EUR", "unusual place"}, {"1.2345.678", "EUR", "unusual place"}, {"1,234.567,8", "EUR", "unusual place"}, {"5.", "EUR", "5"},
		{"1.5", "JPY", "decimals"}, {"1.234567", "EUR", "decimals"}, {"abc", "EUR", "not an amount"}, {"1e9", "EUR", "not an amount"},
		{"12k", "EUR", "not an amount"}, {"USD 5", "EUR", "not an amount"}, {"<b>5</b>", "EUR", "not an amount"}, {"٥٠٠", "EUR", "not an amount"},
		{"99999999999999999999999", "EUR", "larger than can be kept"}, {"99999999999999", "EUR", "larger than can be kept"}, {".", "EUR", "not an amount"}, {",,", "EUR", ""},
	} {
		amount, err := deals.ParseAmount("amount", c.text, c.in)
		switch {
		case err != nil:
			if p, ok := problem.Of(err); !ok || p.Field != "amount" || !strings.Contains(p.Sentence, c.want) {
				t.Errorf("%q in %s is refused with %q, want %q", c.text, c.in, err, c.want)
			}
		case amount == nil || amount.Decimal() != c.want:
			t.Errorf("%q in %s is %v, want %s", c.text, c.in, amount, c.want)
		}
	}
	if amount, err := deals.ParseAmount("amount", "  ", "EUR"); amount != nil || err != nil {
		t.Errorf("nothing typed is %v, %v; want no amount", amount, err)
	}
}

// Whatever is typed is an amount that reads back as itself, or refused in words.
func FuzzParseAmount(f *testing.F) {
	for _, seed := range []string{"15000", "1.234,50", "1,234.50", "-1", "€ 5", "..", "1'000", "9.999.999.999,99", "\x00", "1,,2"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, in := range []money.Currency{"EUR", "JPY", "KWD", "MW"} {
			amount, err := deals.ParseAmount("amount", text, in)
			if err != nil {
				if _, ok := problem.Of(err); !ok {
					t.Errorf("%q: %v is no sentence for a person", text, err)
				}
				continue
			}
			if amount == nil {
				continue
			}
			if amount.Minor < 0 || amount.Minor > money.Largest {
				t.Errorf("%q is %d minor units", text, amount.Minor)
			}
			again, err := money.Parse(amount.Decimal(), in)
			if err != nil || again != *amount {
				t.Errorf("%q is %v, which reads back as %v (%v)", text, amount, again, err)
			}
		}
	})
}

var noon = deals.Now{At: calendar.InstantOf(time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC)), Place: time.UTC}

func open() *deals.Opportunity {
	return &deals.Opportunity{ID: "x", Stage: "Offer", CreatedAt: noon.At.Add(-72 * time.Hour), CloseDate: "2026-06-01"}
}

func won() *deals.Opportunity {
	o := open()
	o.Outcome, o.ClosedAt = deals.Won, noon.At.Add(-time.Hour)
	return o
}

// refusal is the field and the sentence of an error, "field: sentence".
func refusal(err error) string {
	if err == nil {
		return ""
	}
	p, ok := problem.Of(err)
	if !ok {
		return err.Error()
	}
	return p.Field + ": " + p.Sentence
}

func TestRules(t *testing.T) {
	ben, gone := people.Person{ID: "ben", Name: "Ben"}, people.Person{ID: "gone", Name: "Gone", LeftAt: 1}
	reach := deals.ReachOf(people.NewViewer(people.Organization{}, people.Person{ID: "ada"}, []people.Role{people.Operations}, people.Chart{}), people.Chart{})
	two := &money.Amount{Minor: 2, Currency: "EUR"}
	long := strings.Repeat("ä", 10_000)
	for name, c := range map[string]struct {
		changes []deals.Change
		err     error
		facts   int
		refused string
	}{
		"to a stage":             of(deals.MoveTo(open(), " Negotiation\n"))(1, ""),
		"to the same stage":      of(deals.MoveTo(open(), "Offer"))(0, ""),
		"to no stage":            of(deals.MoveTo(open(), " \t"))(0, "stage: Say which stage"),
		"to an endless stage":    of(deals.MoveTo(open(), long))(0, "stage: The stage has 10000 characters; up to 80 fit."),
		"stage of an ended deal": of(deals.MoveTo(won(), "X"))(0, "stage: This deal has ended (won). Reopen it to change the stage."),
		"amount":                 of(deals.SetAmount(open(), two))(1, ""),
		"no amount":              of(deals.SetAmount(open(), nil))(0, ""),
		"amount of an ended":     of(deals.SetAmount(won(), two))(0, "amount: This deal has ended"),
		"date":                   of(deals.ExpectCloseOn(open(), "2026-07-01", noon.Today()))(1, ""),
		"no date":                of(deals.ExpectCloseOn(open(), "", noon.Today()))(1, ""),
		"same date":              of(deals.ExpectCloseOn(open(), "2026-06-01", noon.Today()))(0, ""),
		"passed date":            of(deals.ExpectCloseOn(open(), "2026-05-19", noon.Today()))(0, "close_date: 19 May 2026 has passed."),
		"mistyped year":          of(deals.ExpectCloseOn(open(), "2062-07-01", noon.Today()))(0, "close_date: 1 Jul 2062 is more than ten years ahead."),
		"won":                    of(deals.Close(open(), deals.Closing{Outcome: deals.Won, Reason: "price"}, noon))(1, ""),
		"won without why":        of(deals.Close(open(), deals.Closing{Outcome: deals.Won}, noon))(0, "reason: Why did they buy?"),
		"lost":                   of(deals.Close(open(), deals.Closing{Outcome: deals.Lost, Competitor: "Rival", Reason: "price"}, noon))(1, ""),
		"lost to whom":           of(deals.Close(open(), deals.Closing{Outcome: deals.Lost, Reason: "price"}, noon))(0, "competitor: To whom was it lost?"),
		"no action":              of(deals.Close(open(), deals.Closing{Outcome: deals.NoAction, Reason: "budget"}, noon))(1, ""),
		"what stopped it":        of(deals.Close(open(), deals.Closing{Outcome: deals.NoAction}, noon))(0, "reason: What stopped it?"),
		"a competitor":           of(deals.NameCompetitor(open(), " Rival\n& Sons "))(1, ""),
		"a competitor again":     of(deals.NameCompetitor(against("Rivál"), "RIVAL"))(0, ""),
		"one competitor more":    of(deals.NameCompetitor(against("Rival"), "Rivale"))(1, ""),
		"nobody in particular":   of(deals.NameCompetitor(open(), " \t"))(0, "competitor: Who else"),
		"nothing to read":        of(deals.NameCompetitor(open(), "\u200b"))(0, "competitor: The competitor's name has nothing in it"),
		"no action as one":       of(deals.NameCompetitor(open(), "No  Action"))(0, "competitor: No action is in every deal"),
		"too many competitors":   of(deals.NameCompetitor(against(strings.Split("abcdefghijklmnopqrst", "")...), "u"))(0, "competitor: This deal has 20 competitors already."),
		"competitor of an ended": of(deals.NameCompetitor(won(), "Rival"))(0, "competitor: This deal has ended (won)."),
		"dropped":                of(deals.DropCompetitor(against("Rival"), "rival"))(1, ""),
		"dropped twice":          of(deals.DropCompetitor(open(), "Rival"))(0, ""),
		"dropped from an ended":  of(deals.DropCompetitor(won(), "Rival"))(0, "competitor: This deal has ended (won)."),
		"lost to no action":      of(deals.Close(open(), deals.Closing{Outcome: deals.Lost, Competitor: "no_action", Reason: "price"}, noon))(0, "competitor: No action is in every deal"),
		"lost, in their words":   of(deals.Close(open(), deals.Closing{Outcome: deals.Lost, Competitor: "Rival", Words: "Too dear."}, noon))(1, ""),
		"no outcome":             of(deals.Close(open(), deals.Closing{Reason: "x"}, noon))(0, "outcome: Say how it ended"),
		"won tomorrow":           of(deals.Close(open(), deals.Closing{Outcome: deals.Won, Reason: "x", On: "2026-05-21"}, noon))(0, "date: 21 May 2026 is still to come."),
		"won on its first day":   of(deals.Close(open(), deals.Closing{Outcome: deals.Won, Reason: "x", On: "2026-05-17"}, noon))(1, ""),
		"won before it was":      of(deals.Close(open(), deals.Closing{Outcome: deals.Won, Reason: "x", On: "2026-05-16"}, noon))(0, "date: The deal was opened on 17 May 2026; it cannot have ended before."),
		"won twice":              of(deals.Close(won(), deals.Closing{Outcome: deals.Won, Reason: "x"}, noon))(0, "outcome: This deal has ended already"),
		"reopened":               of(deals.Reopen(won(), "they called"))(1, ""),
		"reopened without why":   of(deals.Reopen(won(), " "))(0, "reason: Say why"),
		"reopened while open":    of(deals.Reopen(open(), "x"))(0, ": This deal is open already."),
		"handed over":            of(deals.HandOver(open(), ben, reach))(1, ""),
		"to who left":            of(deals.HandOver(open(), gone, reach))(0, "owner: Gone has left."),
		"out of reach":           of(deals.HandOver(open(), ben, deals.Reach{}))(0, "owner: You can hand a deal to"),
		"a call":                 of(deals.LogActivity(deals.Activity{Type: "call", Text: "Hello\r\nagain"}, noon))(1, ""),
		"a rumour":               of(deals.LogActivity(deals.Activity{Type: "rumour", Text: "x"}, noon))(0, "type: Say what it was"),
		"a call of no words":     of(deals.LogActivity(deals.Activity{Type: "call"}, noon))(0, "text: Say in a few words"),
		"a call tomorrow":        of(deals.LogActivity(deals.Activity{Type: "call", Text: "x", On: "2026-05-21"}, noon))(0, "date: 21 May 2026 is still to come."),
		"bytes that are no text": of(deals.MoveTo(open(), "\xff\xfe"))(0, "stage: The stage has characters that cannot be read."),
	} {
		if got := refusal(c.err); !strings.HasPrefix(got, c.refused) || (c.refused == "") != (got == "") || len(c.changes) != c.facts {
			t.Errorf("%s: %d facts, refused with %q; want %d facts, %q", name, len(c.changes), got, c.facts, c.refused)
		}
	}
}

// against is an open deal in which others compete.
func against(names ...string) *deals.Opportunity {
	o := open()
	o.Competitors = names
	return o
}

// What they said stands beside the reason, or is it where there is no other.
func TestWordsBesideTheReason(t *testing.T) {
	for _, c := range []struct{ reason, words, wantReason, wantWords string }{
		{"Price", "Twenty percent\r\nbelow us", "Price", "Twenty percent\nbelow us"},
		{" ", "Their uncle sells them", "Their uncle sells them", ""},
		{"Price", "", "Price", ""},
	} {
		changes, err := deals.Close(open(), deals.Closing{Outcome: deals.Won, Reason: c.reason, Words: c.words}, noon)
		if err != nil || changes[0].Fact.Reason != c.wantReason || changes[0].Fact.Words != c.wantWords {
			t.Errorf("%q, %q: %+v %v", c.reason, c.words, changes, err)
		}
	}
}

type outcome = struct {
	changes []deals.Change
	err     error
	facts   int
	refused string
}

func of(changes []deals.Change, err error) func(int, string) outcome {
	return func(facts int, refused string) outcome { return outcome{changes, err, facts, refused} }
}

// Text comes out on one line, without what would disguise its neighbours, and
// otherwise as it was typed.
func TestTextIsCleaned(t *testing.T) {
	for in, want := range map[string]string{
		"  Line\n four \t": "Line four", "zero\x00byte": "zero byte", "نظام القياس": "نظام القياس",
		"right\u202eleft": "rightleft", "👩‍🔧 crew": "👩‍🔧 crew", "<script>": "<script>",
	} {
		changes, err := deals.MoveTo(open(), in)
		if err != nil || changes[0].Fact.Value != want {
			t.Errorf("%q becomes %q (%v), want %q", in, changes[0].Fact.Value, err, want)
		}
	}
}

// What ended on an earlier day is true from the end of that day: the deal as it
// stood that morning does not know of it.
func TestEndingOnAnEarlierDay(t *testing.T) {
	place, _ := time.LoadLocation("Europe/Amsterdam")
	now := deals.Now{At: noon.At, Place: place}
	changes, err := deals.Close(open(), deals.Closing{Outcome: deals.Won, Reason: "x", On: "2026-05-18"}, now)
	if err != nil {
		t.Fatal(err)
	}
	if got := changes[0].From.In(place).Format("2006-01-02 15:04:05.000"); got != "2026-05-18 23:59:59.999" {
		t.Errorf("it ended at %s", got)
	}
	if changes, _ = deals.Close(open(), deals.Closing{Outcome: deals.Won, Reason: "x", On: "2026-05-20"}, now); changes[0].From != noon.At {
		t.Errorf("what ended today ended at %s, want now", changes[0].From)
	}
}

func TestStagesOfAProcessComeFirst(t *testing.T) {
	for _, c := range []struct{ labels, meant, want []string }{
		{[]string{"old a", "Proof", "old b", "Need"}, []string{"Need", "Way", "Proof"}, []string{"Need", "Proof", "old a", "old b"}},
		{[]string{"b", "a"}, nil, []string{"b", "a"}},
		{nil, []string{"Need"}, nil},
	} {
		if got := deals.MeantFirst(c.labels, c.meant); !slices.Equal(got, c.want) {
			t.Errorf("%v, meant %v: %v, want %v", c.labels, c.meant, got, c.want)
		}
	}
}
