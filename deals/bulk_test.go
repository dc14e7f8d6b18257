package deals_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"milepost/deals"
	"milepost/internal/testworld"
	"milepost/people"
)

// picks chooses deals in the list and gives the address of the change.
func (d desk) picks(fields ...string) string {
	d.t.Helper()
	return d.post("/bulk-changes", fields...).is(303).Header().Get("Location")
}

// goesOn works on a change until it has come to its end.
func (d desk) goesOn(at string) answer {
	d.t.Helper()
	for range 500 {
		if page := d.get(at).is(200); !strings.Contains(page.Body.String(), at+"/step") {
			return page
		}
		d.post(at + "/step").is(303)
	}
	d.t.Fatal("the change does not come to an end")
	return answer{}
}

func ticked(ids ...deals.ID) (fields []string) {
	for _, id := range ids {
		fields = append(fields, "deal", string(id))
	}
	return fields
}

func find(t testing.TB, o *testworld.SmallOrganization, id deals.ID) deals.Opportunity {
	t.Helper()
	found, err := deals.Find(t.Context(), o.DB, o.ID, id)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// The preview says what changes and what does not, and why; what someone else changed
// meanwhile is left alone, in the change and in its undoing.
func TestABulkChangeIsPreviewedDoneAndUndone(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) desk) {
		dan, eve, won := o.Deal("dan open").ID, o.Deal("eve open").ID, o.Deal("dan won").ID
		pounds := o.Deal("eve pounds").ID
		ben := as(o.Ben)
		at := ben.picks(ticked(dan, eve, pounds, won)...)
		ben.get(at).is(200).has("Change 4 deals", "You see a preview")
		ben.post(at+"/plan", "what", "stage", "value", " ").is(422).has("Say which stage")
		ben.post(at+"/plan", "what", "stage", "value", "Negotiation").is(303)
		ben.get(at).has("2 deals will change", "2 deals will not change", "It is so already", "This deal has ended (won)", "Nothing has happened yet")
		o.Record(testworld.SmallNow, o.Eve, pounds, deals.Change{Kind: deals.StageSet, Fact: deals.Fact{Value: "Evaluation"}})
		ben.post(at + "/start").is(303)
		ben.goesOn(at).has("1 deal changed", "Someone changed it since you looked", "Undo the change")
		if now := find(t, o, eve); now.Stage != "Negotiation" || find(t, o, pounds).Stage != "Evaluation" {
			t.Errorf("Eve's deal is at %q", now.Stage)
		}
		ben.post(at + "/start").is(303) // once more does nothing
		as(o.Ada).get(at).is(404)
		as(o.Ada).post(at + "/undo").is(404)
		ben.post(at + "/undo").is(303)
		ben.goesOn(at).has("1 deal back as before")
		if now := find(t, o, eve); now.Stage != "Proposal" {
			t.Errorf("after undoing, Eve's deal is at %q", now.Stage)
		}
	})
}

// A deal that someone changed after the change keeps what they did.
func TestUndoingLeavesWhatOthersDid(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) desk) {
		dan, eve := o.Deal("dan open").ID, o.Deal("eve open").ID
		ben := as(o.Ben)
		at := ben.picks(ticked(dan, eve)...)
		ben.post(at+"/plan", "what", "shift", "value", "14").is(303)
		ben.get(at).has("29 Jun 2026", "14 Jul 2026")
		ben.post(at + "/start").is(303)
		ben.goesOn(at).has("2 deals changed")
		o.Record(testworld.SmallNow, o.Dan, dan, deals.Change{Kind: deals.Retitled, Fact: deals.Fact{Value: "Mine"}})
		ben.post(at + "/undo").is(303)
		ben.goesOn(at).has("1 deal could not be brought back", "Someone changed it since.")
		if find(t, o, dan).CloseDate != "2026-06-29" || find(t, o, eve).CloseDate != "2026-06-30" {
			t.Errorf("the dates are %s and %s", find(t, o, dan).CloseDate, find(t, o, eve).CloseDate)
		}
	})
}

// A rep changes nothing that is not theirs, by no id and by no filter, and hands over
// to nobody out of reach.
func TestABulkChangeStaysWithinReach(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) desk) {
		dan := as(o.Dan)
		dan.post("/bulk-changes", ticked(o.Deal("eve open").ID, "forged", deals.ID(strings.Repeat("0", 36)))...).is(422).has("No deal is selected")
		for _, filter := range []string{"", "owner=" + string(o.Eve.ID), "owner=none", "group=owner&in=" + string(o.Eve.ID)} {
			answer := dan.post("/bulk-changes", "all", "1", "filter", filter)
			if answer.Code == 303 {
				dan.get(answer.Header().Get("Location")).has("Change 1 deal")
			} else if filter == "" {
				t.Error("Dan's own deal is not chosen")
			}
		}
		dan.post("/bulk-changes", "all", "1", "filter", "outcome=everything").is(422) // not understood is not all
		at := dan.picks(ticked(o.Deal("dan open").ID)...)
		dan.post(at+"/plan", "what", "owner", "value", string(o.Finn.ID)).is(422).has("your own manager")
		dan.post(at+"/plan", "what", "owner", "value", string(o.Ben.ID)).is(303)
		dan.post(at + "/start").is(303)
		dan.goesOn(at).has("1 deal changed")
		if owner := find(t, o, o.Deal("dan open").ID).Owner; owner != o.Ben.ID {
			t.Errorf("the owner is %s", owner)
		}
		dan.post(at + "/undo").is(303)
		dan.goesOn(at)
		if owner := find(t, o, o.Deal("dan open").ID).Owner; owner != o.Dan.ID {
			t.Errorf("after undoing, the owner is %s", owner)
		}
		as(o.Vera).post("/bulk-changes", "all", "1").is(403)
	})
}

// Whatever is changed of whichever deals, undoing it brings back what each had.
func TestUndoingBringsBackWhatWas(t *testing.T) {
	o, pages := smallWithPanels(t)
	crowd(t, o, 130)
	olga := desk{t, pages, o.Olga}
	rapid.Check(t, func(r *rapid.T) {
		what := rapid.SampledFrom([][2]string{{"owner", string(o.Gus.ID)}, {"owner", string(o.Ben.ID)}, {"stage", "Commit"}, {"stage", "Proposal"},
			{"close_date", "2026-09-01"}, {"shift", "21"}, {"shift", "-3"}}).Draw(r, "what")
		filter := rapid.SampledFrom([]string{"", "stage=Proposal", "outcome=all", "group=owner&in=-", "period=undated"}).Draw(r, "filter")
		answer := olga.post("/bulk-changes", "all", "1", "filter", filter)
		if answer.Code == 422 {
			return // nothing matches
		}
		at, before := answer.Header().Get("Location"), standing(t, olga)
		olga.post(at+"/plan", "what", what[0], "value", what[1]).is(303)
		changes := strings.Contains(olga.get(at).Body.String(), "/start")
		if !changes {
			return
		}
		olga.post(at + "/start").is(303)
		olga.goesOn(at)
		if slices.Equal(before, standing(t, olga)) {
			r.Fatal("nothing changed")
		}
		olga.post(at + "/undo").is(303)
		olga.goesOn(at)
		if after := standing(t, olga); !slices.Equal(before, after) {
			r.Fatalf("undoing brought back\n%v, which was\n%v", after, before)
		}
	})
	if differences, err := deals.Check(t.Context(), o.DB, o.ID); err != nil || len(differences) > 0 {
		t.Errorf("the tables differ from the ledger: %q, %v", differences, err)
	}
}

// standing is what every deal has of what a bulk change can change.
func standing(t *testing.T, olga desk) []string {
	t.Helper()
	var list []string
	for _, row := range rowsOf(t, olga.get("/deals.csv?outcome=all&sort=created")) {
		list = append(list, fmt.Sprint(row[18], row[2], row[3], row[4], row[7], row[8], row[9]))
	}
	return list
}
