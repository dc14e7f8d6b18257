package deals_test

import (
	"regexp"
	"testing"

	"milepost/internal/testworld"
	"milepost/people"
)

var undoField = regexp.MustCompile(`name="sequence" value="(\d+)"`)

// Every field is changed where it stands by its own rule; what is wrong is said there,
// and nothing that was typed is lost.
func TestChangingFieldsWhereTheyStand(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) desk) {
		path := "/deals/" + string(o.Deal("dan open").ID)
		dan := as(o.Dan)
		save := func(field, value string, more ...string) answer {
			form := dan.get(path + "/edit?field=" + field).is(200)
			return dan.post(path+"/edit", append([]string{"field", field, "value", value, "version", versionOn(t, form.Body.String())}, more...)...)
		}
		for _, c := range [][4]string{{"title", "Scales for the quay", "", "renamed it"}, {"account", "The quay", "", "to “The quay”"},
			{"amount", "15.000,50", "EUR", "raised the amount from EUR 12,000 to EUR 15,000.50"}, {"close_date", "2026-07-01", "", "16 days later"},
			{"stage", "Commit", "", "to “Commit”"}, {"source", "fair", "", "noted the source: “fair”"}, {"attribute.industry", "ports", "", "noted the industry"}} {
			save(c[0], c[1], "currency", c[2]).is(303)
			dan.get(path).is(200).has(c[3])
		}
		save("attribute", "harbours", "name", "INDUSTRY").is(303)
		dan.get(path).has("changed the industry from “ports” to “harbours”", `href="/accounts/`)
		for _, c := range [][3]string{{"title", "", "Give the deal a title"}, {"amount", "1.2.3", "unusual place"}, {"close_date", "2020-01-01", "has passed"},
			{"stage", "", "Say which stage"}, {"owner", string(o.Finn.ID), "in your line"}, {"attribute", "x", "What is it called?"}} {
			save(c[0], c[1], "currency", "EUR").is(422).has(c[2])
			if page := save(c[0], "Kept "+c[0], "currency", "EUR"); page.Code == 422 && c[0] != "stage" && c[0] != "owner" {
				page.has(`value="Kept ` + c[0] + `"`)
			}
		}
		dan.get(path + "/edit?field=nonsense").is(404)
		as(o.Finn).get(path + "/edit?field=title").is(404)
		as(o.Finn).post(path+"/edit", "field", "title", "value", "Mine", "version", "1").is(404)
		ended := "/deals/" + string(o.Deal("dan won").ID)
		dan.get(ended).lacks(`data-edit="amount"`).has(`data-edit="title"`)
		dan.post(ended+"/edit", "field", "amount", "value", "5", "currency", "EUR", "version", "999999").is(422).has("Reopen it to change")
		mustAgree(t, o)
	})
}

// Who changes what someone else changed meanwhile sees both; another field stands in
// nobody's way.
func TestTwoPeopleChangeOneField(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) desk) {
		path := "/deals/" + string(o.Deal("dan open").ID)
		seen := versionOn(t, as(o.Dan).get(path+"/edit?field=amount").Body.String())
		as(o.Ben).post(path+"/edit", "field", "amount", "value", "9000", "currency", "EUR", "version", seen).is(303)
		as(o.Dan).post(path+"/edit", "field", "source", "value", "fair", "version", seen).is(303)
		page := as(o.Dan).post(path+"/edit", "field", "amount", "value", "15000", "currency", "EUR", "version", seen).is(409).
			has("Ben Alpha changed this while you were at it", "It was EUR 12,000", "Now it is EUR 9,000", "You typed 15000 EUR", `value="15000"`, "Save mine", "Leave theirs")
		as(o.Dan).get(path).has("EUR 9,000").lacks("EUR 15,000")
		as(o.Dan).post(path+"/edit", "field", "amount", "value", "9000", "currency", "EUR", "version", seen).is(303) // the same is no clash
		as(o.Dan).post(path+"/edit", "field", "amount", "value", "15000", "currency", "EUR", "version", versionOn(t, page.Body.String())).is(303)
		as(o.Dan).get(path).has("raised the amount from EUR 9,000 to EUR 15,000")
		mustAgree(t, o)
	})
}

// A change that still stands is undone from the history, by a further entry; when
// someone said something newer of the same, both are shown first.
func TestUndoingFromTheHistory(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) desk) {
		path := "/deals/" + string(o.Deal("dan open").ID)
		dan := as(o.Dan)
		dan.get(path).lacks(`action="` + path + `/undo"`) // what it was opened with is nothing to take back
		dan.post(path+"/stage", "stage", "Proposal").is(303)
		first := undoField.FindStringSubmatch(dan.get(path).is(200).Body.String())[1]
		as(o.Finn).post(path+"/undo", "sequence", first).is(404)
		as(o.Ben).post(path+"/undo", "sequence", first).is(303)
		dan.get(path).has("took back a change: moved the stage from “Proposal” to “Negotiation”")
		dan.post(path+"/undo", "sequence", first).is(409).has("Something newer was said of the same", "It was Negotiation", "You take back Proposal", "Now it is Negotiation", "Ben Alpha")
		dan.post(path+"/owner", "owner", string(o.Ben.ID)).is(303)
		ben := as(o.Ben)
		ben.post(path+"/amount", "amount", "9000", "currency", "EUR").is(303)
		second := undoField.FindStringSubmatch(ben.get(path).Body.String())[1]
		ben.post(path+"/amount", "amount", "8000", "currency", "EUR").is(303)
		third := undoField.FindStringSubmatch(ben.get(path).Body.String())[1]
		ben.post(path+"/undo", "sequence", second).is(409).has("It was EUR 12,000", "Now it is EUR 8,000")
		ben.post(path+"/undo", "sequence", second, "over", third).is(303)
		ben.get(path).has("raised the amount from EUR 8,000 to EUR 12,000")
		ben.post(path+"/undo", "sequence", "1").is(404)
		mustAgree(t, o)
	})
}
