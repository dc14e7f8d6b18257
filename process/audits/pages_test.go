package audits_test

import (
	"net/http"
	"strconv"
	"testing"

	"milepost/internal/db"
	"milepost/internal/testworld"
	"milepost/internal/testworld/testdb"
	"milepost/people"
	"milepost/process/evidence"
)

// A manager goes through the week's queue: why, what there is to see, and one after the
// other; the rep reads what came of it and answers; the manager reads the answer.
func TestQueueOfAWeek(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		o.claim(now.Add(-2*day), o.Dan, "dan open", "need")
		o.claim(now.Add(-2*day), o.Eve, "eve open", "fit")
		o.claim(now.Add(-2*day), o.Finn, "finn late", "need")
		o.claim(now.Add(-2*day), o.Ben, "ben own", "need")
		dans, eves, own := o.drawn(now, "dan open")[0], o.drawn(now, "eve open")[0], o.drawn(now, "ben own")[0]
		site := o.site()
		as := func(p people.Person) asker { return asker{t, site, p} }
		ben, dan, eve := as(o.Ben), as(o.Dan), as(o.Eve)
		ben.get("/audits").is(200).has("0 of 2 done", "Dan Alpha", "Scales for the harbour", "Claimed on Monday; nothing in the deal is confirmed yet; one at least each",
			"EUR 12,000", "Of your own deals", "Lift for the museum", "Ada Alpha", "waits for the auditor").lacks("Oven for the mill", "Audited by others")
		page := "/audits/" + string(dans.ID)
		ben.get(page).is(200).has("Their mail that names the need", "What counts: Their own words", "Mail of 12 May", "It holds: pass", "Given by Dan Alpha", "Auditor You")
		seen := func(deal string) string { return strconv.FormatInt(o.shown(deal, "need").Version, 10) }
		ben.post(page+"/reject", "seen", seen("dan open"), "reason", " ").is(422).has("Say what is missing or wrong")
		ben.post(page+"/reject", "seen", "1", "reason", "An old mail").is(409).has("An old mail")
		next := ben.post(page+"/reject", "seen", seen("dan open"), "reason", "An old mail").is(303).Header().Get("Location")
		if next != "/audits/"+string(eves.ID) {
			t.Errorf("after Dan's comes %q, want Eve's", next)
		}
		dan.get("/audits").is(200).has("The need is agreed", "rejected", "An old mail", "Ben Alpha").lacks("Belt for the harbour")
		dan.get(page).is(200).has("What you see otherwise").lacks("It holds: pass")
		dan.post(page+"/answer", "seen", seen("dan open"), "answer", "").is(422).has("Say what you see otherwise.")
		dan.post(page+"/answer", "seen", seen("dan open"), "answer", "It is of this May.").is(303)
		ben.get(page).is(200).has("It is of this May.", "It holds: pass", "It still does not hold")
		eveSeen := strconv.FormatInt(o.shown("eve open", "fit").Version, 10)
		if next := ben.post("/audits/"+string(eves.ID)+"/pass", "seen", eveSeen).is(303).Header().Get("Location"); next != page {
			t.Errorf("after Eve's comes %q, want Dan's answer", next)
		}
		if next := ben.post(page+"/pass", "seen", seen("dan open")).is(303).Header().Get("Location"); next != "/audits" {
			t.Errorf("after the last one comes %q", next)
		}
		ben.get("/audits").has("2 of 2 done", "All done", "How many pass", "Too few to say")
		eve.get("/audits/"+string(eves.ID)).is(200).has("passed", "Passed by Ben Alpha")
		ben.get("/audits/" + string(own.ID)).is(200).has("Ada Alpha will look at it. Nobody audits their own deals.").lacks("It holds: pass")
		as(o.Ada).get("/audits").is(200).has("Lift for the museum", "Audited by others", "Cleo Alpha")
	})
}

// Each page and deed is for who may: not sideways, not the owner, not those of another
// organization, and what is confidential stays so.
func TestPagesKeepToThemselves(t *testing.T) {
	testdb.Each(t, func(t *testing.T, d *db.DB) {
		alpha, bravo := testworld.SmallPair(t, d)
		o, other := newDesk(t, alpha), newDesk(t, bravo)
		o.claim(now, o.Ben, "ben own", "need")
		other.claim(now, other.Dan, "dan open", "need")
		own, theirs := o.drawn(now, "ben own")[0], other.drawn(now, "dan open")[0]
		o.must(o.act(now, o.Dan, "dan open", "need", func(p *evidence.Pen) error {
			return p.Give("need", "need-mail", evidence.Proof{Sort: evidence.NoteSort, Text: "Their board met", Confidential: true}, "")
		}))
		secret := o.drawn(now.Add(7*day), "dan open")[0]
		site, seen := o.site(), strconv.FormatInt(o.shown("ben own", "need").Version, 10)
		for _, c := range []struct {
			who  people.Person
			id   string
			page int
			deed int
		}{
			{o.Ben, string(own.ID), 200, 403}, {o.Cleo, string(own.ID), 404, 404}, {o.Dan, string(own.ID), 404, 404}, {o.Olga, string(own.ID), 200, 403},
			{o.Vera, string(own.ID), 403, 403}, {o.Adam, string(own.ID), 403, 403}, {o.Rita, string(own.ID), 403, 403},
			{o.Ben, string(theirs.ID), 404, 404}, {o.Ada, string(theirs.ID), 404, 404}, {o.Olga, string(theirs.ID), 404, 404},
		} {
			who := asker{t, site, c.who}
			who.get("/audits/"+c.id).is(c.page).lacks("It holds: pass", "Bravo")
			who.post("/audits/"+c.id+"/pass", "seen", seen).is(c.deed)
			who.post("/audits/"+c.id+"/reject", "seen", seen, "reason", "No").is(c.deed)
			who.get("/audits").lacks("Bravo")
		}
		asker{t, site, o.Dan}.post("/audits/"+string(secret.ID)+"/pass", "seen", "1").is(403)
		asker{t, site, o.Eve}.get("/audits/" + string(secret.ID)).is(http.StatusNotFound)
		asker{t, site, o.Olga}.get("/audits/"+string(secret.ID)).is(200).has("One piece of evidence is confidential", "Ben Alpha will look at it.").lacks("Their board met")
		asker{t, site, o.Ben}.get("/audits/"+string(secret.ID)).is(200).has("Their board met", "confidential", "It holds: pass")
		asker{t, site, o.Dan}.get("/audits/" + string(secret.ID)).is(200).has("Their board met")
	}, schemas...)
}
