package audits_test

import (
	"net/http"
	"strconv"
	"testing"

	"milepost/internal/db"
	"milepost/internal/testworld"
	"milepost/internal/testworld/pagetest"
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
		as := func(p people.Person) pagetest.Desk { return pagetest.At(t, site, p.ID) }
		ben, dan, eve := as(o.Ben), as(o.Dan), as(o.Eve)
		ben.Get("/audits").Is(200).Has("0 of 2 done", "Dan Alpha", "Scales for the harbour", "Claimed on Monday; nothing in the deal is confirmed yet; one at least each",
			"EUR 12,000", "Of your own deals", "Lift for the museum", "Ada Alpha", "waits for the auditor").Lacks("Oven for the mill", "Audited by others")
		page := "/audits/" + string(dans.ID)
		ben.Get(page).Is(200).Has("Their mail that names the need", "What counts: Their own words", "Mail of 12 May", "It holds: pass", "Given by Dan Alpha", "Auditor You")
		seen := func(deal string) string { return strconv.FormatInt(o.shown(deal, "need").Version, 10) }
		ben.Post(page+"/reject", "seen", seen("dan open"), "reason", " ").Is(422).Has("Say what is missing or wrong")
		ben.Post(page+"/reject", "seen", "1", "reason", "An old mail").Is(409).Has("An old mail")
		next := ben.Post(page+"/reject", "seen", seen("dan open"), "reason", "An old mail").Is(303).Header().Get("Location")
		if next != "/audits/"+string(eves.ID) {
			t.Errorf("after Dan's comes %q, want Eve's", next)
		}
		dan.Get("/audits").Is(200).Has("The need is agreed", "rejected", "An old mail", "Ben Alpha").Lacks("Belt for the harbour")
		dan.Get(page).Is(200).Has("What you see otherwise").Lacks("It holds: pass")
		dan.Post(page+"/answer", "seen", seen("dan open"), "answer", "").Is(422).Has("Say what you see otherwise.")
		dan.Post(page+"/answer", "seen", seen("dan open"), "answer", "It is of this May.").Is(303)
		ben.Get(page).Is(200).Has("It is of this May.", "It holds: pass", "It still does not hold")
		eveSeen := strconv.FormatInt(o.shown("eve open", "fit").Version, 10)
		if next := ben.Post("/audits/"+string(eves.ID)+"/pass", "seen", eveSeen).Is(303).Header().Get("Location"); next != page {
			t.Errorf("after Eve's comes %q, want Dan's answer", next)
		}
		if next := ben.Post(page+"/pass", "seen", seen("dan open")).Is(303).Header().Get("Location"); next != "/audits" {
			t.Errorf("after the last one comes %q", next)
		}
		ben.Get("/audits").Has("2 of 2 done", "All done", "How many pass", "Too few to say")
		eve.Get("/audits/"+string(eves.ID)).Is(200).Has("passed", "Passed by Ben Alpha")
		ben.Get("/audits/" + string(own.ID)).Is(200).Has("Ada Alpha will look at it. Nobody audits their own deals.").Lacks("It holds: pass")
		as(o.Ada).Get("/audits").Is(200).Has("Lift for the museum", "Audited by others", "Cleo Alpha")
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
			who := pagetest.At(t, site, c.who.ID)
			who.Get("/audits/"+c.id).Is(c.page).Lacks("It holds: pass", "Bravo")
			who.Post("/audits/"+c.id+"/pass", "seen", seen).Is(c.deed)
			who.Post("/audits/"+c.id+"/reject", "seen", seen, "reason", "No").Is(c.deed)
			who.Get("/audits").Lacks("Bravo")
		}
		pagetest.At(t, site, o.Dan.ID).Post("/audits/"+string(secret.ID)+"/pass", "seen", "1").Is(403)
		pagetest.At(t, site, o.Eve.ID).Get("/audits/" + string(secret.ID)).Is(http.StatusNotFound)
		pagetest.At(t, site, o.Olga.ID).Get("/audits/"+string(secret.ID)).Is(200).Has("One piece of evidence is confidential", "Ben Alpha will look at it.").Lacks("Their board met")
		pagetest.At(t, site, o.Ben.ID).Get("/audits/"+string(secret.ID)).Is(200).Has("Their board met", "confidential", "It holds: pass")
		pagetest.At(t, site, o.Dan.ID).Get("/audits/" + string(secret.ID)).Is(200).Has("Their board met")
	}, schemas...)
}
