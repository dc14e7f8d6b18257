package evidence_test

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"milepost/accounts"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/internal/testworld/pagetest"
	"milepost/people"
	"milepost/process/evidence"
)

// The panel shows the map, and whoever does not see the deal sees none of it.
func TestPanelIsForWhoeverSeesTheDeal(t *testing.T) {
	eachSite(t, func(t *testing.T, o *desk, as func(people.Person) visitor) {
		o.must(o.mail(o.Dan, "dan open", "need", "need-mail"))
		for _, p := range []people.Person{o.Dan, o.Ben, o.Ada, o.Olga} {
			as(p).Get(o.path("dan open", "panel")).Is(200).Has("The need is agreed", "claimed", "The solution fits", "Toward “Solution”")
			as(p).Get(o.path("dan open", "need")).Is(200).Has("Mail of 12 May")
			asks := "Ask Dan Alpha"
			if p.ID == o.Dan.ID {
				asks = "Ask yourself"
			}
			as(p).Get(o.path("dan open", "fit")).Is(200).Has(asks, "Who of theirs would vouch for it?")
		}
		for _, p := range []people.Person{o.Eve, o.Finn, o.Cleo} {
			as(p).Get(o.path("dan open", "panel")).Is(404)
			as(p).Get(o.path("dan open", "need")).Is(404)
			as(p).Get(o.path("dan open", "process")).Is(404)
			as(p).Post(o.path("dan open", "need/unclaim"), "version", o.seen("dan open", "need"), "reason", "no").Is(404)
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
		dan.Post(o.path("dan open", "fit/claim"), "version", "0").Is(422).Has("comes after “The need is agreed”")
		dan.Post(o.path("dan open", "need/claim"), "version", "0").Is(422).Has("Missing: Their mail that names the need")
		dan.Post(o.path("dan open", "need/give"), "version", "0", "marker", "need-mail", "sort", "link", "url", "javascript:alert(1)").
			Is(422).Has("This is no link", "javascript:alert(1)").Lacks(`href="javascript`)
		dan.Post(o.path("dan open", "need/give"), "version", "0", "marker", "need-mail", "sort", "link", "url", "https://mail.example/1").Is(303)
		if o.stage("dan open") != "Need" || !o.standing("dan open").Stands("need") {
			t.Errorf("after the link: %+v", o.standing("dan open"))
		}
		dan.Get(o.path("dan open", "need")).Has("https://mail.example/1", "Dan Alpha")
		dan.Upload(o.path("dan open", "fit/give"), "report.pdf", []byte("%PDF-1.4 report"), "version", "0", "marker", "fit-report", "sort", "file").Is(303)
		page := dan.Get(o.path("dan open", "fit")).Has("report.pdf").Body.String()
		file := regexp.MustCompile(`/activities/files/[0-9a-f-]+`).FindString(page)
		dan.Get(file).Is(200).Has("%PDF-1.4 report")
		dan.Get("/activities/deals/" + string(o.Deal("dan open").ID) + "/panel").Has("report.pdf")
		as(o.Eve).Get(file).Is(404)
		dan.Post(file + "/remove").Is(422).Has("evidence for the milestone “The solution fits”")
		dan.Get(file).Is(200)
		user := o.contact("dan open", "Uma User", accounts.User)
		buyer := o.contact("dan open", "Emil Economic", accounts.EconomicBuyer)
		confirm := func(who accounts.ContactID, on, how string) pagetest.Answer {
			return dan.Post(o.path("dan open", "fit/give"), "version", o.seen("dan open", "fit"), "marker", "fit-word", "sort", "contact",
				"contact", string(who), "on", on, "how", how, "back", "deal")
		}
		confirm(user, "2026-05-19", "By telephone").Is(422).Has("Uma User is in this deal as a user, and this takes the word of an economic buyer", "By telephone")
		confirm(buyer, "2026-06-19", "By telephone").Is(422).Has("still to come")
		confirm("nobody", "2026-05-19", "By telephone").Is(422).Has("Choose someone of the buyer's")
		if got := confirm(buyer, "2026-05-19", "By telephone").Is(303).Header().Get("Location"); !strings.HasSuffix(got, "#milestones") {
			t.Errorf("led to %q", got)
		}
		if got := o.stage("dan open"); got != "Solution" {
			t.Errorf("with all evidence the stage is %q", got)
		}
		dan.Get(o.path("dan open", "fit")).Has("Emil Economic confirmed it on 19 May 2026: By telephone", "claimed")
		o.sound()
	})
}

// Confidential evidence is for the owner's line; others do not even learn of it.
func TestConfidentialEvidence(t *testing.T) {
	eachSite(t, func(t *testing.T, o *desk, as func(people.Person) visitor) {
		dan := as(o.Dan)
		dan.Upload(o.path("dan open", "need/give"), "secret-budget.pdf", []byte("%PDF-1.4 secret"), "version", "0", "marker", "need-mail", "sort", "file", "confidential", "on").Is(303)
		file := regexp.MustCompile(`/activities/files/[0-9a-f-]+`).FindString(dan.Get(o.path("dan open", "need")).Body.String())
		deal, panel := "/deals/"+string(o.Deal("dan open").ID), "/activities/deals/"+string(o.Deal("dan open").ID)+"/panel"
		for _, p := range []people.Person{o.Dan, o.Ben, o.Ada} {
			as(p).Get(o.path("dan open", "need")).Has("secret-budget.pdf", "confidential")
			as(p).Get(file).Is(200)
			as(p).Get(panel).Has("secret-budget.pdf")
		}
		olga := as(o.Olga)
		olga.Get(o.path("dan open", "need")).Is(200).Has("claimed").Lacks("secret-budget", file, ">confidential<")
		olga.Get(file).Is(404)
		olga.Get(panel).Lacks("secret-budget")
		olga.Get(deal).Is(200).Lacks("gave evidence", "attached a file")
		dan.Get(deal).Has("gave evidence")
		item := o.standing("dan open").Evidence("need")[0].ID
		olga.Post(o.path("dan open", "need/withdraw"), "version", o.seen("dan open", "need"), "item", string(item)).Is(409)
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
		give := func(version string) pagetest.Answer {
			return dan.Post(o.path("dan open", "need/give"), "version", version, "marker", "need-mail", "sort", "e-mail", "text", "Ines on 18 May, subject “Scales, again”")
		}
		give(seen).Is(409).Has("it is rejected now", "That mail is a year old.", "Ines on 18 May", `value="`+o.seen("dan open", "need")+`"`)
		dan.Post(o.path("dan open", "need/answer"), "version", o.seen("dan open", "need"), "answer", "It was renewed in May.").Is(303)
		dan.Get(o.path("dan open", "need")).Has("It was renewed in May.", "Rejected by Ben Alpha")
		give(o.seen("dan open", "need")).Is(303)
		first := o.standing("dan open").Evidence("need")[0]
		dan.Get(o.path("dan open", "need")+"?replace="+string(first.ID)).Has("replaces what was given before", `name="replaces"`)
		dan.Post(o.path("dan open", "need/give"), "version", o.seen("dan open", "need"), "marker", "need-mail", "sort", "note", "text", "Seen on the wall", "replaces", string(first.ID)).Is(303)
		dan.Get(o.path("dan open", "need")).Has("Withdrawn and replaced", "replaced on 20 May 2026", "Seen on the wall", "It was rejected before")
		o.sound()
	})
}

// A deal is put under a process, or taken off, by hand; nobody offers to type its stage.
func TestProcessOfADealIsChosenByHand(t *testing.T) {
	eachSite(t, func(t *testing.T, o *desk, as func(people.Person) visitor) {
		dan, deal := as(o.Dan), "/deals/"+string(o.Deal("dan open").ID)
		o.must(o.mail(o.Dan, "dan open", "need", "need-mail"))
		from := string(o.process.ID) + "/1"
		dan.Get(o.path("dan open", "process")).Is(200).Has("Machines", "No process", "These do not go along: “The need is agreed”")
		dan.Get(deal).Is(200).Has("Milestones").Lacks("Move stage")
		dan.Get(deal + "/stage").Is(303)
		dan.Get("/board").Is(200).Has("Milestones of Scales for the harbour Alpha")
		dan.Post("/board"+deal+"/move", "stage", "Decision", "version", "0").Is(422).Has("its stage comes from the milestones")
		many := dan.Post("/bulk-changes", "deal", string(o.Deal("dan open").ID)).Is(303).Header().Get("Location")
		dan.Get(many).Is(200).Has("All of these follow a sales process")
		dan.Post(o.path("dan open", "process"), "from", "other/1", "process", "none").Is(409).Has("Somebody changed the process")
		dan.Post(o.path("dan open", "process"), "from", from, "process", "none").Is(303)
		dan.Get(o.path("dan open", "panel")).Has("follows no sales process", "Put it under a process", "Earned earlier")
		dan.Get(deal).Has("Move stage")
		o.must(evidence.CatchUp(t.Context(), o.DB, now))
		if o.standing("dan open").Process != "" {
			t.Error("a rule changed what was chosen by hand")
		}
		dan.Post(o.path("dan open", "process"), "from", "/0", "process", string(o.process.ID)).Is(303)
		dan.Get(o.path("dan open", "panel")).Has("The need is agreed").Lacks("follows no sales process")
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
		as(o.Dan).Get("/milestones/deals/"+string(id)+"/panel").Is(200).Has("The need is agreed", "missing")
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
