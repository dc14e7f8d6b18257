package evidence_test

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"milepost/accounts"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/process/evidence"
)

// The panel shows the map, and whoever does not see the deal sees none of it.
func TestPanelIsForWhoeverSeesTheDeal(t *testing.T) {
	eachSite(t, func(t *testing.T, o *desk, as func(people.Person) visitor) {
		o.must(o.mail(o.Dan, "dan open", "need", "need-mail"))
		for _, p := range []people.Person{o.Dan, o.Ben, o.Ada, o.Olga} {
			as(p).get(o.path("dan open", "panel")).is(200).has("The need is agreed", "claimed", "The solution fits", "Toward “Solution”")
			as(p).get(o.path("dan open", "need")).is(200).has("Mail of 12 May")
			asks := "Ask Dan Alpha"
			if p.ID == o.Dan.ID {
				asks = "Ask yourself"
			}
			as(p).get(o.path("dan open", "fit")).is(200).has(asks, "Who of theirs would vouch for it?")
		}
		for _, p := range []people.Person{o.Eve, o.Finn, o.Cleo} {
			as(p).get(o.path("dan open", "panel")).is(404)
			as(p).get(o.path("dan open", "need")).is(404)
			as(p).get(o.path("dan open", "process")).is(404)
			as(p).post(o.path("dan open", "need/unclaim"), "version", o.seen("dan open", "need"), "reason", "no").is(404)
		}
		if !o.standing("dan open").Stands("need") {
			t.Error("somebody who does not see the deal took its claim back")
		}
	})
}

// A rep gives evidence of every sort; the claim, and the stage, follow.
func TestGivingEvidence(t *testing.T) {
	eachSite(t, func(t *testing.T, o *desk, as func(people.Person) visitor) {
		dan := as(o.Dan)
		dan.post(o.path("dan open", "fit/claim"), "version", "0").is(422).has("comes after “The need is agreed”")
		dan.post(o.path("dan open", "need/claim"), "version", "0").is(422).has("Missing: Their mail that names the need")
		dan.post(o.path("dan open", "need/give"), "version", "0", "marker", "need-mail", "sort", "link", "url", "javascript:alert(1)").
			is(422).has("This is no link", "javascript:alert(1)").lacks(`href="javascript`)
		dan.post(o.path("dan open", "need/give"), "version", "0", "marker", "need-mail", "sort", "link", "url", "https://mail.example/1").is(303)
		if o.stage("dan open") != "Need" || !o.standing("dan open").Stands("need") {
			t.Errorf("after the link: %+v", o.standing("dan open"))
		}
		dan.get(o.path("dan open", "need")).has("https://mail.example/1", "Dan Alpha")
		dan.upload(o.path("dan open", "fit/give"), "report.pdf", []byte("%PDF-1.4 report"), "version", "0", "marker", "fit-report", "sort", "file").is(303)
		page := dan.get(o.path("dan open", "fit")).has("report.pdf").Body.String()
		file := regexp.MustCompile(`/activities/files/[0-9a-f-]+`).FindString(page)
		dan.get(file).is(200).has("%PDF-1.4 report")
		dan.get("/activities/deals/" + string(o.Deal("dan open").ID) + "/panel").has("report.pdf")
		as(o.Eve).get(file).is(404)
		dan.post(file + "/remove").is(422).has("evidence for the milestone “The solution fits”")
		dan.get(file).is(200)
		user := o.contact("dan open", "Uma User", accounts.User)
		buyer := o.contact("dan open", "Emil Economic", accounts.EconomicBuyer)
		confirm := func(who accounts.ContactID, on, how string) answer {
			return dan.post(o.path("dan open", "fit/give"), "version", o.seen("dan open", "fit"), "marker", "fit-word", "sort", "contact",
				"contact", string(who), "on", on, "how", how, "back", "deal")
		}
		confirm(user, "2026-05-19", "By telephone").is(422).has("Uma User is in this deal as a user, and this takes the word of an economic buyer", "By telephone")
		confirm(buyer, "2026-06-19", "By telephone").is(422).has("still to come")
		confirm("nobody", "2026-05-19", "By telephone").is(422).has("Choose someone of the buyer's")
		if got := confirm(buyer, "2026-05-19", "By telephone").is(303).Header().Get("Location"); !strings.HasSuffix(got, "#milestones") {
			t.Errorf("led to %q", got)
		}
		if got := o.stage("dan open"); got != "Solution" {
			t.Errorf("with all evidence the stage is %q", got)
		}
		dan.get(o.path("dan open", "fit")).has("Emil Economic confirmed it on 19 May 2026: By telephone", "claimed")
		o.sound()
	})
}

// Confidential evidence is for the owner's line; others do not even learn of it.
func TestConfidentialEvidence(t *testing.T) {
	eachSite(t, func(t *testing.T, o *desk, as func(people.Person) visitor) {
		dan := as(o.Dan)
		dan.upload(o.path("dan open", "need/give"), "secret-budget.pdf", []byte("%PDF-1.4 secret"), "version", "0", "marker", "need-mail", "sort", "file", "confidential", "on").is(303)
		file := regexp.MustCompile(`/activities/files/[0-9a-f-]+`).FindString(dan.get(o.path("dan open", "need")).Body.String())
		deal, panel := "/deals/"+string(o.Deal("dan open").ID), "/activities/deals/"+string(o.Deal("dan open").ID)+"/panel"
		for _, p := range []people.Person{o.Dan, o.Ben, o.Ada} {
			as(p).get(o.path("dan open", "need")).has("secret-budget.pdf", "confidential")
			as(p).get(file).is(200)
			as(p).get(panel).has("secret-budget.pdf")
		}
		olga := as(o.Olga)
		olga.get(o.path("dan open", "need")).is(200).has("claimed").lacks("secret-budget", file, ">confidential<")
		olga.get(file).is(404)
		olga.get(panel).lacks("secret-budget")
		olga.get(deal).is(200).lacks("gave evidence", "attached a file")
		dan.get(deal).has("gave evidence")
		item := o.standing("dan open").Evidence("need")[0].ID
		olga.post(o.path("dan open", "need/withdraw"), "version", o.seen("dan open", "need"), "item", string(item)).is(409)
		if !o.standing("dan open").Stands("need") {
			t.Error("somebody withdrew what they may not see")
		}
	})
}

// Whoever works on what was rejected meanwhile sees the rejection, and keeps what they
// typed.
func TestConflictKeepsWhatWasTyped(t *testing.T) {
	eachSite(t, func(t *testing.T, o *desk, as func(people.Person) visitor) {
		dan := as(o.Dan)
		o.must(o.mail(o.Dan, "dan open", "need", "need-mail"))
		seen := o.seen("dan open", "need")
		o.must(o.act(o.Ben, "dan open", "need", func(p *evidence.Pen) error { return p.Reject("need", "That mail is a year old.") }))
		give := func(version string) answer {
			return dan.post(o.path("dan open", "need/give"), "version", version, "marker", "need-mail", "sort", "e-mail", "text", "Ines on 18 May, subject “Scales, again”")
		}
		give(seen).is(409).has("it is rejected now", "That mail is a year old.", "Ines on 18 May", `value="`+o.seen("dan open", "need")+`"`)
		dan.post(o.path("dan open", "need/answer"), "version", o.seen("dan open", "need"), "answer", "It was renewed in May.").is(303)
		dan.get(o.path("dan open", "need")).has("It was renewed in May.", "Rejected by Ben Alpha")
		give(o.seen("dan open", "need")).is(303)
		first := o.standing("dan open").Evidence("need")[0]
		dan.get(o.path("dan open", "need")+"?replace="+string(first.ID)).has("replaces what was given before", `name="replaces"`)
		dan.post(o.path("dan open", "need/give"), "version", o.seen("dan open", "need"), "marker", "need-mail", "sort", "note", "text", "Seen on the wall", "replaces", string(first.ID)).is(303)
		dan.get(o.path("dan open", "need")).has("Withdrawn and replaced", "replaced on 20 May 2026", "Seen on the wall", "It was rejected before")
		o.sound()
	})
}

// A deal is put under a process, or taken off, by hand; nobody offers to type its stage.
func TestProcessOfADealIsChosenByHand(t *testing.T) {
	eachSite(t, func(t *testing.T, o *desk, as func(people.Person) visitor) {
		dan, deal := as(o.Dan), "/deals/"+string(o.Deal("dan open").ID)
		o.must(o.mail(o.Dan, "dan open", "need", "need-mail"))
		from := string(o.process.ID) + "/1"
		dan.get(o.path("dan open", "process")).is(200).has("Machines", "No process", "These do not go along: “The need is agreed”")
		dan.get(deal).is(200).has("Milestones").lacks("Move stage")
		dan.get(deal + "/stage").is(303)
		dan.get("/board").is(200).has("Milestones of Scales for the harbour Alpha")
		dan.post("/board"+deal+"/move", "stage", "Decision", "version", "0").is(422).has("its stage comes from the milestones")
		many := dan.post("/bulk-changes", "deal", string(o.Deal("dan open").ID)).is(303).Header().Get("Location")
		dan.get(many).is(200).has("All of these follow a sales process")
		dan.post(o.path("dan open", "process"), "from", "other/1", "process", "none").is(409).has("Somebody changed the process")
		dan.post(o.path("dan open", "process"), "from", from, "process", "none").is(303)
		dan.get(o.path("dan open", "panel")).has("follows no sales process", "Put it under a process", "Earned earlier")
		dan.get(deal).has("Move stage")
		o.must(evidence.CatchUp(t.Context(), o.DB, now))
		if o.standing("dan open").Process != "" {
			t.Error("a rule changed what was chosen by hand")
		}
		dan.post(o.path("dan open", "process"), "from", "/0", "process", string(o.process.ID)).is(303)
		dan.get(o.path("dan open", "panel")).has("The need is agreed").lacks("follows no sales process")
		o.sound()
	})
}

// A deal that was opened a moment ago has its process when its page is shown.
func TestPanelIsFreshAfterADealWasOpened(t *testing.T) {
	eachSite(t, func(t *testing.T, o *desk, as func(people.Person) visitor) {
		var id deals.ID
		o.must(o.record(o.Dan, now, func(ctx context.Context, w *ledger.Writer, _ *people.Viewer) error {
			opened, err := deals.Open(ctx, w, deals.Change{Kind: deals.Created, Fact: deals.Fact{Value: "Scales for the zoo"}},
				deals.Change{Kind: deals.OwnerSet, Fact: deals.Fact{Person: o.Dan.ID}})
			id = opened.ID
			return err
		}))
		as(o.Dan).get("/milestones/deals/"+string(id)+"/panel").is(200).has("The need is agreed", "missing")
	})
}

// sound fails unless the tables agree with the ledger.
func (o *desk) sound() {
	o.t.Helper()
	found, err := evidence.Check(o.t.Context(), o.DB, o.ID)
	o.must(err)
	more, err := deals.CheckDeals(o.t.Context(), o.DB, o.ID)
	o.must(err)
	for _, difference := range append(found, more...) {
		o.t.Error(difference)
	}
}
