package deals_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"milepost/deals"
	"milepost/internal/testworld"
	"milepost/internal/testworld/pagetest"
	"milepost/people"
)

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
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) pagetest.Desk) {
		dan, eve, won := o.Deal("dan open").ID, o.Deal("eve open").ID, o.Deal("dan won").ID
		pounds := o.Deal("eve pounds").ID
		ben := as(o.Ben)
		at := ben.Post("/bulk-changes", ticked(dan, eve, pounds, won)...).Leads()
		ben.Get(at).Is(200).Has("Change 4 deals", "You see a preview")
		ben.Post(at+"/plan", "what", "stage", "value", " ").Is(422).Has("Say which stage")
		ben.Post(at+"/plan", "what", "stage", "value", "Negotiation").Is(303)
		ben.Get(at).Has("2 deals will change", "2 deals will not change", "It is so already", "This deal has ended (won)", "Nothing has happened yet")
		o.Record(testworld.SmallNow, o.Eve, pounds, deals.Change{Kind: deals.StageSet, Fact: deals.Fact{Value: "Evaluation"}})
		ben.Post(at + "/start").Is(303)
		ben.Through(at).Has("1 deal changed", "Someone changed it since you looked", "Undo the change")
		if now := find(t, o, eve); now.Stage != "Negotiation" || find(t, o, pounds).Stage != "Evaluation" {
			t.Errorf("Eve's deal is at %q", now.Stage)
		}
		ben.Post(at + "/start").Is(303) // once more does nothing
		as(o.Ada).Get(at).Is(404)
		as(o.Ada).Post(at + "/undo").Is(404)
		ben.Post(at + "/undo").Is(303)
		ben.Through(at).Has("1 deal back as before")
		if now := find(t, o, eve); now.Stage != "Proposal" {
			t.Errorf("after undoing, Eve's deal is at %q", now.Stage)
		}
	})
}

// A deal that someone changed after the change keeps what they did.
func TestUndoingLeavesWhatOthersDid(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) pagetest.Desk) {
		dan, eve := o.Deal("dan open").ID, o.Deal("eve open").ID
		ben := as(o.Ben)
		at := ben.Post("/bulk-changes", ticked(dan, eve)...).Leads()
		ben.Post(at+"/plan", "what", "shift", "value", "14").Is(303)
		ben.Get(at).Has("29 Jun 2026", "14 Jul 2026")
		ben.Post(at + "/start").Is(303)
		ben.Through(at).Has("2 deals changed")
		o.Record(testworld.SmallNow, o.Dan, dan, deals.Change{Kind: deals.Retitled, Fact: deals.Fact{Value: "Mine"}})
		ben.Post(at + "/undo").Is(303)
		ben.Through(at).Has("1 deal could not be brought back", "Someone changed it since.")
		if find(t, o, dan).CloseDate != "2026-06-29" || find(t, o, eve).CloseDate != "2026-06-30" {
			t.Errorf("the dates are %s and %s", find(t, o, dan).CloseDate, find(t, o, eve).CloseDate)
		}
	})
}

// A rep changes nothing that is not theirs, by no id and by no filter, and hands over
// to nobody out of reach.
func TestABulkChangeStaysWithinReach(t *testing.T) {
	eachSmall(t, func(t *testing.T, o *testworld.SmallOrganization, as func(people.Person) pagetest.Desk) {
		dan := as(o.Dan)
		dan.Post("/bulk-changes", ticked(o.Deal("eve open").ID, "forged", deals.ID(strings.Repeat("0", 36)))...).Is(422).Has("No deal is selected")
		for _, filter := range []string{"", "owner=" + string(o.Eve.ID), "owner=none", "group=owner&in=" + string(o.Eve.ID)} {
			answer := dan.Post("/bulk-changes", "all", "1", "filter", filter)
			if answer.Code == 303 {
				dan.Get(answer.Header().Get("Location")).Has("Change 1 deal")
			} else if filter == "" {
				t.Error("Dan's own deal is not chosen")
			}
		}
		dan.Post("/bulk-changes", "all", "1", "filter", "outcome=everything").Is(422) // not understood is not all
		at := dan.Post("/bulk-changes", ticked(o.Deal("dan open").ID)...).Leads()
		dan.Post(at+"/plan", "what", "owner", "value", string(o.Finn.ID)).Is(422).Has("your own manager")
		dan.Post(at+"/plan", "what", "owner", "value", string(o.Ben.ID)).Is(303)
		dan.Post(at + "/start").Is(303)
		dan.Through(at).Has("1 deal changed")
		if owner := find(t, o, o.Deal("dan open").ID).Owner; owner != o.Ben.ID {
			t.Errorf("the owner is %s", owner)
		}
		dan.Post(at + "/undo").Is(303)
		dan.Through(at)
		if owner := find(t, o, o.Deal("dan open").ID).Owner; owner != o.Dan.ID {
			t.Errorf("after undoing, the owner is %s", owner)
		}
		as(o.Vera).Post("/bulk-changes", "all", "1").Is(403)
	})
}

// Whatever is changed of whichever deals, undoing it brings back what each had.
func TestUndoingBringsBackWhatWas(t *testing.T) {
	o, pages := smallWithPanels(t)
	crowd(t, o, 130)
	olga := pagetest.At(t, pages, o.Olga.ID)
	rapid.Check(t, func(r *rapid.T) {
		what := rapid.SampledFrom([][2]string{{"owner", string(o.Gus.ID)}, {"owner", string(o.Ben.ID)}, {"stage", "Commit"}, {"stage", "Proposal"},
			{"close_date", "2026-09-01"}, {"shift", "21"}, {"shift", "-3"}}).Draw(r, "what")
		filter := rapid.SampledFrom([]string{"", "stage=Proposal", "outcome=all", "group=owner&in=-", "period=undated"}).Draw(r, "filter")
		answer := olga.Post("/bulk-changes", "all", "1", "filter", filter)
		if answer.Code == 422 {
			return // nothing matches
		}
		at, before := answer.Header().Get("Location"), standing(t, olga)
		olga.Post(at+"/plan", "what", what[0], "value", what[1]).Is(303)
		changes := strings.Contains(olga.Get(at).Body.String(), "/start")
		if !changes {
			return
		}
		olga.Post(at + "/start").Is(303)
		olga.Through(at)
		if slices.Equal(before, standing(t, olga)) {
			r.Fatal("nothing changed")
		}
		olga.Post(at + "/undo").Is(303)
		olga.Through(at)
		if after := standing(t, olga); !slices.Equal(before, after) {
			r.Fatalf("undoing brought back\n%v, which was\n%v", after, before)
		}
	})
	if differences, err := deals.Check(t.Context(), o.DB, o.ID); err != nil || len(differences) > 0 {
		t.Errorf("the tables differ from the ledger: %q, %v", differences, err)
	}
}

// standing is what every deal has of what a bulk change can change.
func standing(t *testing.T, olga pagetest.Desk) []string {
	t.Helper()
	var list []string
	for _, row := range rowsOf(t, olga.Get("/deals.csv?outcome=all&sort=created")) {
		list = append(list, fmt.Sprint(row[18], row[2], row[3], row[4], row[7], row[8], row[9]))
	}
	return list
}
