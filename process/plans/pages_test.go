package plans

import (
	"net/http"
	"strings"
	"testing"
)

// A rep makes a plan, changes it, shares it, and answers; somebody else finds nothing.
func TestPagesOfTheRep(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		dan, finn := o.as(o.Dan), o.as(o.Finn)
		panel := "/plans/deals/" + string(o.deal) + "/panel"
		dan.get(panel).is(200).has("Make a plan")
		finn.get(panel).is(404)
		finn.post("/plans/deals/" + string(o.deal)).is(404)
		path := dan.post("/plans/deals/" + string(o.deal)).is(303).Header().Get("Location")
		dan.post("/plans/deals/" + string(o.deal)).is(409).has("Somebody made a plan")
		dan.get(path).is(200).has("The need is agreed", "The solution fits", "Ana Silva", "0 of 3 done", "on track", "Nobody yet")
		dan.get(panel).is(200).has("on track", "The need is agreed")
		for _, page := range []string{"", "/print", "/calendar.ics", "/heading", "/steps/new", "/share"} {
			finn.get(path + page).is(404)
			dan.get(path + page).is(200)
		}
		dan.post(path+"/steps/new", "text", "", "owner", "theirs:").is(422).has("Say what has to happen")
		dan.post(path+"/steps/new", "text", "Legal reads the terms", "owner", "theirs:"+string(o.bob), "due", "2026-06-10", "milestone", "nonsense").is(422).has("not part of the process")
		dan.post(path+"/steps/new", "text", "Legal reads the terms", "owner", "theirs:"+string(o.bob), "due", "2026-06-10").is(303)
		dan.post(path+"/steps/new", "text", "x", "owner", "theirs:01900000-0000-7000-8000-000000000000").is(422).has("Choose somebody at this account")
		dan.post(path+"/steps/new", "text", "x", "owner", "ours:01900000-0000-7000-8000-000000000000").is(422).has("who works here")
		id := ID(strings.TrimPrefix(path, "/plans/plan/"))
		need := o.plan(id).proving("need")
		dan.get(path + "/steps/" + string(need.ID)).is(200).has("Take this step out")
		dan.post(path + "/agree").is(303)
		change := []string{"text", need.Text, "owner", "ours:" + string(o.Dan.ID), "due", "2026-08-03", "milestone", "need", "reason", "Holiday"}
		dan.post(path+"/steps/"+string(need.ID), append(change, "seen", seenOf(need))...).is(303)
		dan.post(path+"/steps/"+string(need.ID), append(change, "seen", seenOf(need), "text", "Other")...).is(409).has("Somebody changed")
		dan.get(path).has("63 days later than agreed, moved once", "slipping")
		dan.post(path+"/heading", "title", "Scales: how we decide", "what", "Buy or not", "on", "2026-08-31", "by", string(o.ana), "seen", "1").is(409)
		dan.post(path+"/heading", "title", "Scales: how we decide", "what", "Buy or not", "on", "2026-08-31", "by", string(o.ana), "seen", seen(o.plan(id).Decided)).is(303)
		legal := o.plan(id).Steps[0]
		dan.post(path+"/steps/"+string(legal.ID)+"/done", "seen", seenOf(&legal)).is(303)
		dan.post(path+"/steps/"+string(legal.ID)+"/done", "seen", seenOf(&legal)).is(409)
		legal = *mustStep(o, id, legal.ID)
		dan.post(path+"/steps/"+string(legal.ID)+"/reopen", "seen", seenOf(&legal)).is(303)
		legal = *mustStep(o, id, legal.ID)
		dan.post(path+"/steps/"+string(legal.ID)+"/drop", "seen", seenOf(&legal)).is(303)
		dan.get(path).lacks("Legal reads the terms")
		dan.post(path+"/share", "contact", "", "days", "90").is(422).has("Choose for whom")
		page := dan.post(path+"/share", "contact", string(o.ana), "days", "90", "passcode", "on").is(200).has("shown this once", "Passcode").Body.String()
		token := tokenIn(t, page)
		if strings.Contains(dan.get(path).Body.String(), token) {
			t.Error("the link is shown a second time")
		}
		o.sound()
	})
}

func seen(n int64) string { return seenOf(&Step{Course: &Course{Version: n}}) }

func mustStep(o *desk, id ID, step StepID) *Step {
	o.t.Helper()
	s, there := o.plan(id).Step(step)
	if !there {
		o.t.Fatalf("step %s is gone", step)
	}
	return s
}

// The buyer confirms, proposes, says and brings a colleague, and gets a sentence for
// what cannot be.
func TestPagesOfTheBuyer(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		p := o.make(o.Dan)
		link := o.share(p.ID, o.ana, false)
		ana, path := o.stranger(), sharedPath(link.Token)
		page := ana.get(path).is(200).has("Ana Silva", "The solution fits", "What we owe you", "Your contact at Small Alpha is Dan Alpha")
		for name, want := range map[string]string{"X-Robots-Tag": "noindex, nofollow, noarchive", "Cache-Control": "no-store", "Content-Security-Policy": sharedPolicy} {
			if got := page.Header().Get(name); got != want {
				t.Errorf("%s is %q, want %q", name, got, want)
			}
		}
		if got := ana.secure().get(path).Header().Get("Referrer-Policy"); got != "no-referrer" {
			t.Errorf("the referrer policy is %q", got)
		}
		page.lacks("<script", `href="/deals`, `href="/"`, "<nav")
		ana.get(path + "/print").is(200).has("The solution fits")
		if ics := ana.get(path + "/calendar.ics").is(200).Body.String(); !strings.Contains(ics, "BEGIN:VEVENT") {
			t.Errorf("the calendar file: %s", ics)
		}
		fit, money := p.proving("fit"), p.proving("money")
		ana.post(path+"/steps/"+string(fit.ID)+"/date", "date", "2020-01-01").is(422).has("This date is past")
		ana.post(path+"/steps/"+string(fit.ID)+"/date", "date", "2026-09-01", "words", "<b>Holiday</b>").is(303)
		ana.get(path).has("You proposed 1 September 2026").lacks("<b>Holiday")
		ana.post(path+"/steps/"+string(money.ID)+"/confirm", "words", "The board agreed").is(303)
		ana.post(path + "/steps/none/confirm").is(409).has("not in the plan any more")
		ana.get(path+"?said=confirmed").has("Thank you", "Confirmed by Ana Silva")
		ana.post(path+"/say", "words", " ").is(422).has("Write what you would like to say")
		ana.post(path+"/say", "words", "When do we start?").is(303)
		ana.post(path+"/colleague", "name", "Cem", "email", "nonsense").is(422)
		ana.post(path+"/colleague", "name", "Cem Kaya", "email", "cem@harbour.example").is(303)
		is := o.standing()
		if !is.Stands("money") {
			t.Error("the milestone does not stand after the buyer confirmed it")
		}
		dan, mine := o.as(o.Dan), planPath(p.ID)
		dan.get(mine).has("When do we start?", "Cem Kaya", "cem@harbour.example", "Proposes")
		dan.get("/plans/deals/" + string(o.deal) + "/panel").has("2 wishes of the buyer's wait")
		for _, r := range o.plan(p.ID).Waiting() {
			dan.post(mine+"/wishes/"+string(r.ID), "accept", "1", "words", "Gladly").is(303)
		}
		ana.get(path).has("Gladly").lacks("cem@harbour.example", "Cem Kaya")
		dan.post(mine + "/links/" + string(link.Link.ID) + "/end").is(303)
		dead := ana.get(path).is(404).Body.String()
		if other := ana.get(sharedPath("no-such-token")).is(404).Body.String(); other != dead {
			t.Error("a link that was ended and one that never was give two pages")
		}
		if post := ana.post(path+"/say", "words", "Hello").is(404).Body.String(); post != dead {
			t.Error("sending through a dead link gives another page")
		}
		late := o.share(p.ID, o.bob, false)
		o.now += 90 * day
		if expired := ana.get(sharedPath(late.Token)).is(404).Body.String(); expired != dead {
			t.Error("an expired link gives another page")
		}
		o.sound()
	})
}

// A passcode is asked for, its tries are counted, and one link's does not open another.
func TestPasscodeIsThrottled(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		p := o.make(o.Dan)
		link, other := o.share(p.ID, o.ana, true), o.share(p.ID, o.bob, true)
		path := sharedPath(link.Token)
		ana := o.stranger()
		ana.get(path).is(200).has("asks for a passcode").lacks("The solution fits", "Small Alpha", "Ana Silva")
		for _, page := range []string{"/print", "/calendar.ics"} {
			ana.get(path + page).lacks("The solution fits")
		}
		ana.post(path + "/steps/" + string(p.Steps[0].ID) + "/confirm").is(200).has("asks for a passcode")
		if o.plan(p.ID).Steps[0].Done() {
			t.Error("a step was confirmed without the passcode")
		}
		for range 5 {
			ana.post(path+"/passcode", "passcode", "aaaa-aaaa").is(422).has("not the passcode")
		}
		refused := ana.post(path+"/passcode", "passcode", link.Passcode).is(429).has("Please wait a little")
		if refused.Header().Get("Retry-After") == "" {
			t.Error("nobody says how long to wait")
		}
		o.now += 2 * 60_000
		right := ana.post(path+"/passcode", "passcode", strings.ToUpper(link.Passcode)).is(303)
		ana.cookies = right.Result().Cookies()
		if c := ana.cookies[0]; !c.HttpOnly || c.Path != path || c.SameSite != http.SameSiteLaxMode {
			t.Errorf("the cookie: %+v", c)
		}
		ana.get(path).is(200).has("The solution fits")
		ana.get(sharedPath(other.Token)).has("asks for a passcode")
		ana.post(path + "/steps/" + string(p.Steps[0].ID) + "/confirm").is(303)
	})
}

// Whoever tries links that are none is slowed down; others are not.
func TestStrangersAreSlowedDown(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		link := o.share(o.make(o.Dan).ID, o.ana, false)
		guessing := &browsing{t: t, site: o.site(), address: "198.51.100.7"}
		for range 40 {
			guessing.get(sharedPath("guess")).is(404)
		}
		guessing.get(sharedPath("guess")).is(429)
		o.stranger().get(sharedPath("guess")).is(404)
		guessing.get(sharedPath(link.Token)).is(200)
		for range 60 {
			guessing.post(sharedPath(link.Token)+"/say", "words", "Again").is(303)
		}
		guessing.post(sharedPath(link.Token)+"/say", "words", "Again").is(429)
		o.now += 2 * 60 * 60_000
		guessing.post(sharedPath(link.Token)+"/say", "words", "Later").is(303)
	})
}

// Other sites cannot send in a buyer's name.
func TestOtherSitesCannotConfirm(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		p := o.make(o.Dan)
		link := o.share(p.ID, o.ana, false)
		r, w := crossSite(sharedPath(link.Token) + "/steps/" + string(p.Steps[0].ID) + "/confirm")
		o.site().ServeHTTP(w, r)
		if w.Code != http.StatusForbidden || o.plan(p.ID).Steps[0].Done() {
			t.Errorf("a form of another site: %d", w.Code)
		}
	})
}
