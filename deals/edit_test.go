package deals_test

import (
	"regexp"
	"testing"

	"milepost/internal/testworld"
	"milepost/internal/testworld/pagetest"
	"milepost/people"
)

var undoField = regexp.MustCompile(`name="sequence" value="(\d+)"`)

// Every field is changed where it stands by its own rule; what is wrong is said there,
// and nothing that was typed is lost.
func TestChangingFieldsWhereTheyStand(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) pagetest.Desk) {
		path := "/deals/" + string(o.Deal("dan open").ID)
		dan := as(o.Dan)
		save := func(field, value string, more ...string) pagetest.Answer {
			form := dan.Get(path + "/edit?field=" + field).Is(200)
			return dan.Post(path+"/edit", append([]string{"field", field, "value", value, "version", versionOn(t, form.Body.String())}, more...)...)
		}
		for _, c := range [][4]string{{"title", "Scales for the quay", "", "renamed it"}, {"account", "The quay", "", "to “The quay”"},
			{"amount", "15.000,50", "EUR", "raised the amount from EUR 12,000 to EUR 15,000.50"}, {"close_date", "2026-07-01", "", "16 days later"},
			{"stage", "Commit", "", "to “Commit”"}, {"source", "fair", "", "noted the source: “fair”"}, {"attribute.industry", "ports", "", "noted the industry"}} {
			save(c[0], c[1], "currency", c[2]).Is(303)
			dan.Get(path).Is(200).Has(c[3])
		}
		save("attribute", "harbours", "name", "INDUSTRY").Is(303)
		dan.Get(path).Has("changed the industry from “ports” to “harbours”", `href="/accounts/`)
		for _, c := range [][3]string{{"title", "", "Give the deal a title"}, {"amount", "1.2.3", "unusual place"}, {"close_date", "2020-01-01", "has passed"},
			{"stage", "", "Say which stage"}, {"owner", string(o.Finn.ID), "in your line"}, {"attribute", "x", "What is it called?"}} {
			save(c[0], c[1], "currency", "EUR").Is(422).Has(c[2])
			if page := save(c[0], "Kept "+c[0], "currency", "EUR"); page.Code == 422 && c[0] != "stage" && c[0] != "owner" {
				page.Has(`value="Kept ` + c[0] + `"`)
			}
		}
		dan.Get(path + "/edit?field=nonsense").Is(404)
		as(o.Finn).Get(path + "/edit?field=title").Is(404)
		as(o.Finn).Post(path+"/edit", "field", "title", "value", "Mine", "version", "1").Is(404)
		ended := "/deals/" + string(o.Deal("dan won").ID)
		dan.Get(ended).Lacks(`data-edit="amount"`).Has(`data-edit="title"`)
		dan.Post(ended+"/edit", "field", "amount", "value", "5", "currency", "EUR", "version", "999999").Is(422).Has("Reopen it to change")
		mustAgree(t, o)
	})
}

// Who changes what someone else changed meanwhile sees both; another field stands in
// nobody's way.
func TestTwoPeopleChangeOneField(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) pagetest.Desk) {
		path := "/deals/" + string(o.Deal("dan open").ID)
		seen := versionOn(t, as(o.Dan).Get(path+"/edit?field=amount").Body.String())
		as(o.Ben).Post(path+"/edit", "field", "amount", "value", "9000", "currency", "EUR", "version", seen).Is(303)
		as(o.Dan).Post(path+"/edit", "field", "source", "value", "fair", "version", seen).Is(303)
		page := as(o.Dan).Post(path+"/edit", "field", "amount", "value", "15000", "currency", "EUR", "version", seen).Is(409).
			Has("Ben Alpha changed this while you were at it", "It was EUR 12,000", "Now it is EUR 9,000", "You typed 15000 EUR", `value="15000"`, "Save mine", "Leave theirs")
		as(o.Dan).Get(path).Has("EUR 9,000").Lacks("EUR 15,000")
		as(o.Dan).Post(path+"/edit", "field", "amount", "value", "9000", "currency", "EUR", "version", seen).Is(303) // the same is no clash
		as(o.Dan).Post(path+"/edit", "field", "amount", "value", "15000", "currency", "EUR", "version", versionOn(t, page.Body.String())).Is(303)
		as(o.Dan).Get(path).Has("raised the amount from EUR 9,000 to EUR 15,000")
		mustAgree(t, o)
	})
}

// A change that still stands is undone from the history, by a further entry; when
// someone said something newer of the same, both are shown first.
func TestUndoingFromTheHistory(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) pagetest.Desk) {
		path := "/deals/" + string(o.Deal("dan open").ID)
		dan := as(o.Dan)
		dan.Get(path).Lacks(`action="` + path + `/undo"`) // what it was opened with is nothing to take back
		dan.Post(path+"/stage", "stage", "Proposal").Is(303)
		first := undoField.FindStringSubmatch(dan.Get(path).Is(200).Body.String())[1]
		as(o.Finn).Post(path+"/undo", "sequence", first).Is(404)
		as(o.Ben).Post(path+"/undo", "sequence", first).Is(303)
		dan.Get(path).Has("took back a change: moved the stage from “Proposal” to “Negotiation”")
		dan.Post(path+"/undo", "sequence", first).Is(409).Has("Something newer was said of the same", "It was Negotiation", "You take back Proposal", "Now it is Negotiation", "Ben Alpha")
		dan.Post(path+"/owner", "owner", string(o.Ben.ID)).Is(303)
		ben := as(o.Ben)
		ben.Post(path+"/amount", "amount", "9000", "currency", "EUR").Is(303)
		second := undoField.FindStringSubmatch(ben.Get(path).Body.String())[1]
		ben.Post(path+"/amount", "amount", "8000", "currency", "EUR").Is(303)
		third := undoField.FindStringSubmatch(ben.Get(path).Body.String())[1]
		ben.Post(path+"/undo", "sequence", second).Is(409).Has("It was EUR 12,000", "Now it is EUR 8,000")
		ben.Post(path+"/undo", "sequence", second, "over", third).Is(303)
		ben.Get(path).Has("raised the amount from EUR 8,000 to EUR 12,000")
		ben.Post(path+"/undo", "sequence", "1").Is(404)
		mustAgree(t, o)
	})
}
