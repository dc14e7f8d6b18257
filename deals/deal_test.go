package deals_test

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/internal/testworld"
	"milepost/internal/testworld/pagetest"
	"milepost/people"
)

var versionField = regexp.MustCompile(`name="version" value="(\d+)"`)

func versionOn(t *testing.T, page string) string {
	t.Helper()
	m := versionField.FindStringSubmatch(page)
	if m == nil {
		t.Fatal("the page carries no version")
	}
	return m[1]
}

func TestWorkingADealFromFirstCallToWon(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) pagetest.Desk) {
		dan := as(o.Dan)
		to := dan.Post("/deals/new", "title", "Scales for the zoo", "account", "The zoo", "amount", "12.500,50", "currency", "EUR",
			"close_date", "2026-09-30", "new_stage", "First talk", "source", "fair", "owner", string(o.Dan.ID)).Leads()
		dan.Get(to).Is(200).Has("Scales for the zoo", "The zoo, sold by Dan Alpha", "EUR 12,500.50", "First talk", "30 Sep 2026", "opened the deal",
			"Put it with the account “The zoo”, took it on, put the amount at EUR 12,500.50")
		for _, step := range [][]string{
			{"/activity", "type", "visit", "text", "They showed us\nthe elephants.", "date", "2026-05-19"},
			{"/stage", "stage", "Negotiation"},
			{"/amount", "amount", "11000", "currency", "EUR"},
			{"/close-date", "close_date", "2026-10-15"},
			{"/details", "title", "Scales for the elephants", "account", "The zoo", "source", "", "segment", "public"},
			{"/close", "outcome", "won", "reason", "Only ours carry elephants", "date", "2026-05-20"},
		} {
			version := versionOn(t, dan.Get(to).Body.String())
			if got := dan.Post(to+step[0], append(step[1:], "version", version)...).Leads(); got != to {
				t.Errorf("%s leads to %s", step[0], got)
			}
		}
		dan.Get(to).Is(200).Has("Scales for the elephants", "logged a visit", "the elephants.", "moved the stage from “First talk” to “Negotiation”",
			"lowered the amount from EUR 12,500.50 to EUR 11,000", "moved the expected close from 30 Sep 2026 to 15 Oct 2026, 15 days later",
			"renamed it from “Scales for the zoo” to “Scales for the elephants”", "cleared the source, which was “fair”", "noted the segment: “public”",
			"won the deal", "Only ours carry elephants", "Recorded on 20 May 2026, 12:00", "Reopen").Lacks(`action="` + to + `/stage"`)
		dan.Post(to+"/stage", "stage", "First talk").Is(422).Has("This deal has ended (won). Reopen it to change the stage.")
		dan.Post(to+"/reopen", "reason", "They changed their mind").Is(303)
		dan.Get(to).Is(200).Has("opened it again", "Negotiation")
		mustAgree(t, o)
	})
}

func mustAgree(t *testing.T, o *testworld.SmallOrganization) {
	t.Helper()
	differences, err := deals.Check(t.Context(), o.DB, o.ID)
	if err != nil || len(differences) > 0 {
		t.Errorf("the tables differ from the ledger: %v %v", differences, err)
	}
	if _, err := ledger.Verify(t.Context(), o.DB, o.ID); err != nil {
		t.Error(err)
	}
}

// A refused form comes back with what was typed, and says what is wrong beside it.
func TestRefusalsLoseNothing(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) pagetest.Desk) {
		path := "/deals/" + string(o.Deal("dan open").ID)
		for _, c := range []struct {
			name  string
			typed []string
			want  string
		}{
			{"amount", []string{"amount", "1.2.3", "currency", "EUR"}, "parts its thousands in an unusual place"},
			{"amount", []string{"amount", "-100", "currency", "EUR"}, "The amount is negative"},
			{"amount", []string{"amount", "100", "currency", "§§"}, "is not a currency"},
			{"close-date", []string{"close_date", "2026-02-30"}, "“2026-02-30” is not a day in the calendar"},
			{"close", []string{"outcome", "lost", "competitor", "", "reason", "Too dear <b>"}, "To whom was it lost?"},
			{"close", []string{"end", "lost:", "competitor", "Rivalin", "words", ""}, "Why was it lost?"},
			{"close", []string{"end", "lost:Price", "competitor", "No Action", "words", "They <b>wait</b>"}, "it is an outcome of its own"},
			{"close", []string{"words", "We do not know"}, "Say how it ended"},
			{"competitor", []string{"competitor", ""}, "Who else is talking to them?"},
			{"competitor", []string{"competitor", "no action"}, "it needs no naming"},
			{"close", []string{"outcome", "won", "reason", "Yes", "date", "2030-01-01"}, "still to come"},
			{"details", []string{"title", strings.Repeat("long ", 2000)}, "The title has 9999 characters; up to 200 fit."},
			{"activity", []string{"type", "call", "text", "", "date", "2026-05-01"}, "Say in a few words"},
			{"stage", []string{"stage", "", "new_stage", ""}, "Say which stage"},
		} {
			page := as(o.Dan).Post(path+"/"+c.name, c.typed...).Is(422).Has(c.want, "data-form-problem")
			for i := 1; i < len(c.typed); i += 2 {
				if typed := c.typed[i]; typed != "" && !strings.Contains(page.Body.String(), htmlOf(typed)) && !strings.Contains(page.Body.String(), strings.TrimSpace(htmlOf(typed))) {
					t.Errorf("%s: what was typed as %s is lost", c.name, c.typed[i-1])
				}
			}
		}
		as(o.Dan).Post("/deals/new", "title", "", "amount", "x", "currency", "EUR", "close_date", "2020-01-01", "owner", string(o.Eve.ID)).Is(422).
			Has("Give the deal a title", "“x” is not an amount", "1 Jan 2020 has passed", "4 answers need another look")
	})
}

func htmlOf(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
}

// Two people edit one deal: the second is told what changed, keeps what was typed,
// and may save over it. What was merely added stands in nobody's way.
func TestConflictShowsWhatChangedMeanwhile(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) pagetest.Desk) {
		path := "/deals/" + string(o.Deal("dan open").ID)
		seen := versionOn(t, as(o.Dan).Get(path).Body.String())
		as(o.Ben).Post(path+"/activity", "type", "call", "text", "Spoke to them", "version", seen).Is(303)
		as(o.Ben).Post(path+"/amount", "amount", "9000", "currency", "EUR", "version", seen).Is(303)

		page := as(o.Dan).Post(path+"/amount", "amount", "15000", "currency", "EUR", "version", seen).Is(409).
			Has("Someone changed this deal while you were at it", "Ben Alpha", "lowered the amount from EUR 12,000 to EUR 9,000", `value="15000"`, "It is now: 9000").
			Lacks("Spoke to them")
		newer := versionOn(t, page.Body.String())
		if newer == seen {
			t.Fatal("the form that comes back would conflict again")
		}
		as(o.Dan).Get(path).Has("EUR 9,000")
		// A slip in the second try does not forget what was compared.
		again := as(o.Dan).Post(path+"/amount", "amount", "15000x", "currency", "EUR", "version", newer).Is(422)
		as(o.Dan).Post(path+"/amount", "amount", "15000", "currency", "EUR", "version", versionOn(t, again.Body.String())).Is(303)
		as(o.Dan).Get(path).Has("raised the amount from EUR 9,000 to EUR 15,000")
		mustAgree(t, o)
	})
}

func TestTheDealAsItStoodOnADate(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) pagetest.Desk) {
		path := "/deals/" + string(o.Deal("finn reopened").ID) // opened 5 January, ended 16 March, reopened 6 May
		finn := as(o.Finn)
		finn.Get(path+"?as-of=2026-04-01").Is(200).Has("This is the deal as it stood at 1 Apr 2026, 00:00", "No action", "Sponsor left",
			"What has changed since", "Outcome no action open", "Show it as it is now").Lacks("New sponsor", "<dialog", "Reopen it", "Log activity")
		finn.Get(path+"?as-of=2026-03-16").Is(200).Has("What has changed since").Lacks("Sponsor left", "New sponsor")
		finn.Get(path + "?as-of=2026-05-19").Is(200).Has("Nothing. The deal stands as it stood then.")
		finn.Get(path+"?as-of=2026-01-05").Is(200).Has("There was no such deal at 5 Jan 2026, 00:00", "It was opened on 5 Jan 2026, 10:00").Lacks("History")
		finn.Get(path + "?as-of=" + url.QueryEscape("2026-03-16T10:00:00Z")).Is(200).Has("as it stood at 16 Mar 2026, 11:00")
		finn.Get(path+"?as-of=2026-02-30").Is(422).Has("“2026-02-30” is not a day in the calendar", "The deal is shown as it is now")
		finn.Get(path + "?as-of=2027-01-01").Is(422).Has("1 Jan 2027, 00:00 is still to come")
	})
}

// A fact that is true from an earlier day but was learned later does not change what
// was known before.
func TestWhatWasLearnedLaterIsNotKnownBefore(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) pagetest.Desk) {
		path := "/deals/" + string(o.Deal("dan open").ID)
		before := pagetest.Words(as(o.Dan).Get(path + "?as-of=2026-05-18").Body.String())
		as(o.Dan).Post(path+"/close", "outcome", "lost", "competitor", "Rivalin", "reason", "Price", "date", "2026-05-11").Is(303)
		after := pagetest.Words(as(o.Dan).Get(path + "?as-of=2026-05-18").Body.String())
		history := func(page string) string { _, h, _ := strings.Cut(page, "History"); return h }
		if history(before) != history(after) {
			t.Errorf("what was known on 18 May reads otherwise after a fact was learned on 20 May:\n%s\n%s", before, after)
		}
		as(o.Dan).Get(path).Has("Lost to Rivalin", "11 May 2026", "Recorded on 20 May 2026")
		as(o.Dan).Post(path+"/reopen", "reason", "Wrong deal").Is(303)
		as(o.Dan).Post(path+"/close", "outcome", "won", "reason", "Price", "date", "2026-05-12").Is(422).Has("The deal was reopened after that day")
		mustAgree(t, o)
	})
}

// Names are text wherever they come to stand, whatever they are made of.
func TestHostileTextIsText(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) pagetest.Desk) {
		evil := `"><script>alert(1)</script><img src=x onerror=alert(2)>`
		rtl := "\u202eنظام القياس 🧪"
		to := as(o.Dan).Post("/deals/new", "title", evil, "account", evil+rtl, "new_stage", evil, "source", evil, "segment", rtl, "product", "👩‍🔧",
			"amount", "", "currency", "EUR", "owner", string(o.Dan.ID)).Leads()
		as(o.Dan).Post(to+"/activity", "type", "other", "text", evil+"\n"+rtl).Is(303)
		for _, path := range []string{"/deals", "/deals?q=" + url.QueryEscape(evil), "/deals?stage=" + url.QueryEscape(evil), to, to + "/stage", to + "/details",
			to + "?as-of=2026-05-01", "/deals/accounts?account=scr", "/deals/new?account=" + url.QueryEscape(evil), to + "?as-of=" + url.QueryEscape(evil),
			"/deals?outcome=" + url.QueryEscape(evil) + "&from=" + url.QueryEscape(evil)} {
			as(o.Dan).Get(path).Lacks("<script>alert", "<img src=x", "\u202e", ` onerror=alert(2)>"`)
		}
		as(o.Dan).Get(to).Has("نظام القياس", "👩‍🔧")
		as(o.Dan).Post("/deals/new", "title", "Another", "account", evil+rtl, "owner", string(o.Dan.ID)).Is(200).
			Has("has an open deal already", "Open it beside them", `value="Another"`).Lacks("<script>alert")
		as(o.Dan).Post("/deals/new", "title", "Another", "account", evil+rtl, "owner", string(o.Dan.ID), "beside", "yes").Is(303)
		mustAgree(t, o)
	})
}

func TestPanelsOfOthersHaveTheirPlace(t *testing.T) {
	o, pages := smallWithPanels(t, "/forecasts/deals/{id}/panel")
	path := "/deals/" + string(o.Deal("dan open").ID)
	at := pagetest.At(t, pages, o.Dan.ID)
	at.Get(path).Has(fmt.Sprintf(`hx-get="/forecasts%s/panel"`, path))
	at.Get(path + "?as-of=2026-05-01").Lacks("/forecasts/")
}

func TestEveryoneStartsSomewhere(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) pagetest.Desk) {
		for _, c := range []struct {
			who people.Person
			to  string
		}{{o.Dan, "/day"}, {o.Ben, "/monday"}, {o.Ada, "/monday"}, {o.Olga, "/deals"}, {o.Vera, "/forecasts"}, {o.Adam, "/people"}} {
			if got := as(c.who).Get("/").Leads(); got != c.to {
				t.Errorf("%s starts at %s, want %s", c.who.Name, got, c.to)
			}
		}
		as(o.Rita).Get("/").Is(200).Has("Nothing here for your role yet")
	})
}

// A long story comes in pages, each entry once.
func TestLongStoriesComeInPages(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) pagetest.Desk) {
		id := o.Deal("dan open").ID
		for i := range 130 {
			o.Record(testworld.SmallNow.Add(-1).Add(-calendar.Instant(i).Sub(0)), o.Dan, id,
				deals.Change{Kind: deals.ActivityLogged, Fact: deals.Fact{Name: "call", Value: fmt.Sprintf("Call number %d.", i)}})
		}
		all := ""
		pages := 0
		for next := "/deals/" + string(id); next != ""; pages++ {
			page := as(o.Dan).Get(next).Is(200).Body.String()
			all += page
			next = follow(nextLink, page)
		}
		if pages != 3 {
			t.Errorf("the story has %d pages", pages)
		}
		for i := range 130 {
			if n := strings.Count(all, fmt.Sprintf("Call number %d.", i)); n != 1 {
				t.Errorf("call %d is told %d times", i, n)
			}
		}
	})
}
