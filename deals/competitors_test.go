package deals_test

import (
	"testing"

	"milepost/calendar"
	"milepost/internal/testworld"
	"milepost/people"
)

// A rep names who else is in the deal and drops who is out; the names are found
// again while typing, however they are written, and stand in the past where they stood.
func TestCompetitorsOfADeal(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) desk) {
		dan, path := as(o.Dan), "/deals/"+string(o.Deal("dan open").ID)
		dan.get(path).has("Nobody is named yet")
		dan.get("/deals/competitors?competitor=RIVÁ").is(200).has("Rivalin") // to whom Dan lost another deal
		dan.post(path+"/competitor", "competitor", "rivalin").is(303)        // as the organization writes it
		dan.post(path+"/competitor", "competitor", "Ånders <b>& Co</b>").is(303)
		dan.post(path+"/competitor", "competitor", "ANDERS <B>& CO</B>").is(303)
		dan.get(path).is(200).has("Drop Rivalin", "named “Rivalin” as a competitor", "named “Ånders &lt;b&gt;&amp; Co&lt;/b&gt;” as a competitor").
			lacks("<b>& Co", "ANDERS")
		dan.get("/deals/competitors?competitor=anders").is(200).has("Ånders")
		dan.post(path+"/drop-competitor", "competitor", "RIVALIN").is(303)
		dan.get(path).has("dropped “Rivalin” from the competitors").lacks("Drop Rivalin")
		dan.get(path+"?as-of="+string(calendar.DateOf(testworld.SmallNow, o.Place()))).is(200).has("Nobody was named", "Competitors").lacks("Drop Ånders")
		as(o.Eve).post(path+"/competitor", "competitor", "Other").is(404)
		as(o.Eve).post(path+"/drop-competitor", "competitor", "Ånders").is(404)
		mustAgree(t, o)
	})
}

// The form offers the usual reasons and who is named on the deal; one choice says
// outcome and reason, and what they said stands beside it.
func TestClosingByAChoice(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) desk) {
		dan, path := as(o.Dan), "/deals/"+string(o.Deal("dan open").ID)
		dan.post(path+"/competitor", "competitor", "Söhne").is(303)
		dan.get(path+"/close").is(200).has(`value="lost:Outsold"`, `value="won:"`, `value="no_action:No money for it"`,
			`name="to" value="Söhne" checked`, `name="to" value="Rivalin">`, "They do not say")
		dan.post(path+"/close", "end", "lost:Outsold", "to", "Söhne", "words", "They knew <i>her</i>\nfor years", "date", "2026-05-19").is(303)
		dan.get(path).has("Lost to Söhne", "Outsold", "for years", "lost the deal to “Söhne”").lacks("<i>her", `action="`+path+`/competitor"`)
		dan.post(path+"/competitor", "competitor", "Late").is(422).has("This deal has ended (lost)")
		dan.post(path+"/reopen", "reason", "They called").is(303)
		dan.get(path).lacks("<blockquote")
		dan.post(path+"/close", "end", "lost:Price", "to", "Rivalin", "competitor", "SOHNE").is(303) // typed counts, as it is written on the deal
		dan.get(path).has("lost the deal to “Söhne”")
		dan.post(path+"/reopen", "reason", "They called again").is(303)
		dan.post(path+"/close", "end", "no_action:", "words", "Their roof fell in").is(303)
		dan.get(path).has("What stopped it", "Their roof fell in")
		mustAgree(t, o)
	})
}

// A reason becomes a choice when the deals of several people ended so; what only one
// person's deals say is not told to others.
func TestOwnReasonsAreOffered(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) desk) {
		close := func(who people.Person, key, reason string) {
			as(who).post("/deals/"+string(o.Deal(key).ID)+"/close", "end", "no_action:", "words", reason).is(303)
		}
		close(o.Dan, "dan open", "Merger")
		close(o.Eve, "eve open", "Merger")
		close(o.Eve, "eve pounds", "Hush: the owner is ill")
		offered := as(o.Ben)
		offered.get("/deals/"+string(o.Deal("ben own").ID)+"/close").is(200).has(`value="no_action:Merger"`).lacks("Hush", `value="no_action:Budget frozen"`)
	})
}

// A list is narrowed to one competitor, named or lost to, however it is written; it
// shows who is named, and so does the export.
func TestListsByCompetitor(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) desk) {
		dan := as(o.Dan)
		dan.post("/deals/"+string(o.Deal("dan open").ID)+"/competitor", "competitor", "Rivalín").is(303)
		dan.post("/deals/"+string(o.Deal("dan open").ID)+"/competitor", "competitor", "=Zeta").is(303)
		dan.get("/deals?competitor=RIVALIN&columns=competitors").is(200).has("Scales for the harbour", "=Zeta, Rivalin", "RIVALIN")
		dan.get("/deals?competitor=other").is(200).has("No deal matches")
		dan.get("/deals?competitor=rivalin&outcome=all").has("Scales for the harbour", "Scales for the dairy").lacks("Scales for the bakery")
		dan.get("/deals?competitor=rivalin&outcome=lost").has("Scales for the dairy").lacks("Scales for the harbour")
		as(o.Eve).get("/deals?competitor=rivalin&outcome=all").has("No deal matches")
		dan.get("/deals.csv?competitor=rivalin").is(200).has("'=Zeta; Rivalin", "In their words")
	})
}
