package deals_test

import (
	"testing"

	"milepost/calendar"
	"milepost/internal/testworld"
	"milepost/internal/testworld/pagetest"
	"milepost/people"
)

// A rep names who else is in the deal and drops who is out; the names are found
// again while typing, however they are written, and stand in the past where they stood.
func TestCompetitorsOfADeal(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) pagetest.Desk) {
		dan, path := as(o.Dan), "/deals/"+string(o.Deal("dan open").ID)
		dan.Get(path).Has("Nobody is named yet")
		dan.Get("/deals/competitors?competitor=RIVÁ").Is(200).Has("Rivalin") // to whom Dan lost another deal
		dan.Post(path+"/competitor", "competitor", "rivalin").Is(303)        // as the organization writes it
		dan.Post(path+"/competitor", "competitor", "Ånders <b>& Co</b>").Is(303)
		dan.Post(path+"/competitor", "competitor", "ANDERS <B>& CO</B>").Is(303)
		dan.Get(path).Is(200).Has("Drop Rivalin", "named “Rivalin” as a competitor", "named “Ånders &lt;b&gt;&amp; Co&lt;/b&gt;” as a competitor").
			Lacks("<b>& Co", "ANDERS")
		dan.Get("/deals/competitors?competitor=anders").Is(200).Has("Ånders")
		dan.Post(path+"/drop-competitor", "competitor", "RIVALIN").Is(303)
		dan.Get(path).Has("dropped “Rivalin” from the competitors").Lacks("Drop Rivalin")
		dan.Get(path+"?as-of="+string(calendar.DateOf(testworld.SmallNow, o.Place()))).Is(200).Has("Nobody was named", "Competitors").Lacks("Drop Ånders")
		as(o.Eve).Post(path+"/competitor", "competitor", "Other").Is(404)
		as(o.Eve).Post(path+"/drop-competitor", "competitor", "Ånders").Is(404)
		mustAgree(t, o)
	})
}

// The form offers the usual reasons and who is named on the deal; one choice says
// outcome and reason, and what they said stands beside it.
func TestClosingByAChoice(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) pagetest.Desk) {
		dan, path := as(o.Dan), "/deals/"+string(o.Deal("dan open").ID)
		dan.Post(path+"/competitor", "competitor", "Söhne").Is(303)
		dan.Get(path+"/close").Is(200).Has(`value="lost:Outsold"`, `value="won:"`, `value="no_action:No money for it"`,
			`name="to" value="Söhne" checked`, `name="to" value="Rivalin">`, "They do not say")
		dan.Post(path+"/close", "end", "lost:Outsold", "to", "Söhne", "words", "They knew <i>her</i>\nfor years", "date", "2026-05-19").Is(303)
		dan.Get(path).Has("Lost to Söhne", "Outsold", "for years", "lost the deal to “Söhne”").Lacks("<i>her", `action="`+path+`/competitor"`)
		dan.Post(path+"/competitor", "competitor", "Late").Is(422).Has("This deal has ended (lost)")
		dan.Post(path+"/reopen", "reason", "They called").Is(303)
		dan.Get(path).Lacks("<blockquote")
		dan.Post(path+"/close", "end", "lost:Price", "to", "Rivalin", "competitor", "SOHNE").Is(303) // typed counts, as it is written on the deal
		dan.Get(path).Has("lost the deal to “Söhne”")
		dan.Post(path+"/reopen", "reason", "They called again").Is(303)
		dan.Post(path+"/close", "end", "no_action:", "words", "Their roof fell in").Is(303)
		dan.Get(path).Has("What stopped it", "Their roof fell in")
		mustAgree(t, o)
	})
}

// A reason becomes a choice when the deals of several people ended so; what only one
// person's deals say is not told to others.
func TestOwnReasonsAreOffered(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) pagetest.Desk) {
		close := func(who people.Person, key, reason string) {
			as(who).Post("/deals/"+string(o.Deal(key).ID)+"/close", "end", "no_action:", "words", reason).Is(303)
		}
		close(o.Dan, "dan open", "Merger")
		close(o.Eve, "eve open", "Merger")
		close(o.Eve, "eve pounds", "Hush: the owner is ill")
		offered := as(o.Ben)
		offered.Get("/deals/"+string(o.Deal("ben own").ID)+"/close").Is(200).Has(`value="no_action:Merger"`).Lacks("Hush", `value="no_action:Budget frozen"`)
	})
}

// A list is narrowed to one competitor, named or lost to, however it is written; it
// shows who is named, and so does the export.
func TestListsByCompetitor(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) pagetest.Desk) {
		dan := as(o.Dan)
		dan.Post("/deals/"+string(o.Deal("dan open").ID)+"/competitor", "competitor", "Rivalín").Is(303)
		dan.Post("/deals/"+string(o.Deal("dan open").ID)+"/competitor", "competitor", "=Zeta").Is(303)
		dan.Get("/deals?competitor=RIVALIN&columns=competitors").Is(200).Has("Scales for the harbour", "=Zeta, Rivalin", "RIVALIN")
		dan.Get("/deals?competitor=other").Is(200).Has("No deal matches")
		dan.Get("/deals?competitor=rivalin&outcome=all").Has("Scales for the harbour", "Scales for the dairy").Lacks("Scales for the bakery")
		dan.Get("/deals?competitor=rivalin&outcome=lost").Has("Scales for the dairy").Lacks("Scales for the harbour")
		as(o.Eve).Get("/deals?competitor=rivalin&outcome=all").Has("No deal matches")
		dan.Get("/deals.csv?competitor=rivalin").Is(200).Has("'=Zeta; Rivalin", "In their words")
	})
}
