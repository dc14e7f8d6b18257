package plans_test

import (
	. "milepost/process/plans"
	"net/http"
	"strings"
	"testing"

	"milepost/internal/testworld/pagetest"
)

// A rep makes a plan, changes it, shares it, and answers; somebody else finds nothing.
func TestPagesOfTheRep(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		dan, finn := o.as(o.Dan), o.as(o.Finn)
		panel := "/plans/deals/" + string(o.deal) + "/panel"
		dan.Get(panel).Is(200).Has("Make a plan")
		finn.Get(panel).Is(404)
		finn.Post("/plans/deals/" + string(o.deal)).Is(404)
		path := dan.Post("/plans/deals/" + string(o.deal)).Is(303).Header().Get("Location")
		dan.Post("/plans/deals/" + string(o.deal)).Is(409).Has("Somebody made a plan")
		dan.Get(path).Is(200).Has("The need is agreed", "The solution fits", "Ana Silva", "0 of 3 done", "on track", "Nobody yet")
		dan.Get(panel).Is(200).Has("on track", "The need is agreed")
		for _, page := range []string{"", "/print", "/calendar.ics", "/heading", "/steps/new", "/share"} {
			finn.Get(path + page).Is(404)
			dan.Get(path + page).Is(200)
		}
		dan.Post(path+"/steps/new", "text", "", "owner", "theirs:").Is(422).Has("Say what has to happen")
		dan.Post(path+"/steps/new", "text", "Legal reads the terms", "owner", "theirs:"+string(o.bob), "due", "2026-06-10", "milestone", "nonsense").Is(422).Has("not part of the process")
		dan.Post(path+"/steps/new", "text", "Legal reads the terms", "owner", "theirs:"+string(o.bob), "due", "2026-06-10").Is(303)
		dan.Post(path+"/steps/new", "text", "x", "owner", "theirs:01900000-0000-7000-8000-000000000000").Is(422).Has("Choose somebody at this account")
		dan.Post(path+"/steps/new", "text", "x", "owner", "ours:01900000-0000-7000-8000-000000000000").Is(422).Has("who works here")
		id := ID(strings.TrimPrefix(path, "/plans/plan/"))
		need := o.plan(id).Proving("need")
		dan.Get(path + "/steps/" + string(need.ID)).Is(200).Has("Take this step out")
		dan.Post(path + "/agree").Is(303)
		change := []string{"text", need.Text, "owner", "ours:" + string(o.Dan.ID), "due", "2026-08-03", "milestone", "need", "reason", "Holiday"}
		dan.Post(path+"/steps/"+string(need.ID), append(change, "seen", seenOf(need))...).Is(303)
		dan.Post(path+"/steps/"+string(need.ID), append(change, "seen", seenOf(need), "text", "Other")...).Is(409).Has("Somebody changed")
		dan.Get(path).Has("63 days later than agreed, moved once", "slipping")
		dan.Post(path+"/heading", "title", "Scales: how we decide", "what", "Buy or not", "on", "2026-08-31", "by", string(o.ana), "seen", "1").Is(409)
		dan.Post(path+"/heading", "title", "Scales: how we decide", "what", "Buy or not", "on", "2026-08-31", "by", string(o.ana), "seen", seen(o.plan(id).Decided)).Is(303)
		legal := o.plan(id).Steps[0]
		dan.Post(path+"/steps/"+string(legal.ID)+"/done", "seen", seenOf(&legal)).Is(303)
		dan.Post(path+"/steps/"+string(legal.ID)+"/done", "seen", seenOf(&legal)).Is(409)
		legal = *mustStep(o, id, legal.ID)
		dan.Post(path+"/steps/"+string(legal.ID)+"/reopen", "seen", seenOf(&legal)).Is(303)
		legal = *mustStep(o, id, legal.ID)
		dan.Post(path+"/steps/"+string(legal.ID)+"/drop", "seen", seenOf(&legal)).Is(303)
		dan.Get(path).Hides("Legal reads the terms")
		dan.Post(path+"/share", "contact", "", "days", "90").Is(422).Has("Choose for whom")
		page := dan.Post(path+"/share", "contact", string(o.ana), "days", "90", "passcode", "on").Is(200).Has("shown this once", "Passcode", "data-copy").Body.String()
		token := tokenIn(t, page)
		if strings.Contains(dan.Get(path).Body.String(), token) {
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
		ana, path := o.stranger(), SharedPath(link.Token)
		page := ana.Get(path).Is(200).Has("Ana Silva", "The solution fits", "What we owe you", "Your contact at Small Alpha is Dan Alpha")
		for name, want := range map[string]string{"X-Robots-Tag": "noindex, nofollow, noarchive", "Cache-Control": "no-store", "Content-Security-Policy": SharedPolicy} {
			if got := page.Header().Get(name); got != want {
				t.Errorf("%s is %q, want %q", name, got, want)
			}
		}
		if got := ana.With("X-Forwarded-Proto", "https").Get(path).Header().Get("Referrer-Policy"); got != "no-referrer" {
			t.Errorf("the referrer policy is %q", got)
		}
		page.Hides("<script", `href="/deals`, `href="/"`, "<nav")
		ana.Get(path + "/print").Is(200).Has("The solution fits")
		if ics := ana.Get(path + "/calendar.ics").Is(200).Body.String(); !strings.Contains(ics, "BEGIN:VEVENT") {
			t.Errorf("the calendar file: %s", ics)
		}
		fit, money := p.Proving("fit"), p.Proving("money")
		ana.Post(path+"/steps/"+string(fit.ID)+"/date", "date", "2020-01-01").Is(422).Has("This date is past")
		ana.Post(path+"/steps/"+string(fit.ID)+"/date", "date", "2026-09-01", "words", "<b>Holiday</b>").Is(303)
		ana.Get(path).Has("You proposed 1 September 2026").Hides("<b>Holiday")
		ana.Post(path+"/steps/"+string(money.ID)+"/confirm", "words", "The board agreed").Is(303)
		ana.Post(path + "/steps/none/confirm").Is(409).Has("not in the plan any more")
		ana.Get(path+"?said=confirmed").Has("Thank you", "Confirmed by Ana Silva")
		ana.Post(path+"/say", "words", " ").Is(422).Has("Write what you would like to say")
		ana.Post(path+"/say", "words", "When do we start?").Is(303)
		ana.Post(path+"/colleague", "name", "Cem", "email", "nonsense").Is(422)
		ana.Post(path+"/colleague", "name", "Cem Kaya", "email", "cem@harbour.example").Is(303)
		is := o.standing()
		if !is.Stands("money") {
			t.Error("the milestone does not stand after the buyer confirmed it")
		}
		dan, mine := o.as(o.Dan), PlanPath(p.ID)
		dan.Get(mine).Has("When do we start?", "Cem Kaya", "cem@harbour.example", "Proposes")
		dan.Get("/plans/deals/" + string(o.deal) + "/panel").Has("2 wishes of the buyer's wait")
		for _, r := range o.plan(p.ID).Waiting() {
			dan.Post(mine+"/wishes/"+string(r.ID), "accept", "1", "words", "Gladly").Is(303)
		}
		ana.Get(path).Has("Gladly").Hides("cem@harbour.example", "Cem Kaya")
		dan.Post(mine + "/links/" + string(link.Link.ID) + "/end").Is(303)
		dead := ana.Get(path).Is(404).Body.String()
		if other := ana.Get(SharedPath("no-such-token")).Is(404).Body.String(); other != dead {
			t.Error("a link that was ended and one that never was give two pages")
		}
		if post := ana.Post(path+"/say", "words", "Hello").Is(404).Body.String(); post != dead {
			t.Error("sending through a dead link gives another page")
		}
		late := o.share(p.ID, o.bob, false)
		o.now += 90 * day
		if expired := ana.Get(SharedPath(late.Token)).Is(404).Body.String(); expired != dead {
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
		path := SharedPath(link.Token)
		ana := o.stranger()
		ana.Get(path).Is(200).Has("asks for a passcode").Hides("The solution fits", "Small Alpha", "Ana Silva")
		for _, page := range []string{"/print", "/calendar.ics"} {
			ana.Get(path + page).Hides("The solution fits")
		}
		ana.Post(path + "/steps/" + string(p.Steps[0].ID) + "/confirm").Is(200).Has("asks for a passcode")
		if o.plan(p.ID).Steps[0].Done() {
			t.Error("a step was confirmed without the passcode")
		}
		for range 5 {
			ana.Post(path+"/passcode", "passcode", "aaaa-aaaa").Is(422).Has("not the passcode")
		}
		refused := ana.Post(path+"/passcode", "passcode", link.Passcode).Is(429).Has("Please wait a little")
		if refused.Header().Get("Retry-After") == "" {
			t.Error("nobody says how long to wait")
		}
		o.now += 2 * 60_000
		right := ana.Post(path+"/passcode", "passcode", strings.ToUpper(link.Passcode)).Is(303)
		ana = ana.Keeping(right.Result().Cookies()...)
		if c := right.Result().Cookies()[0]; !c.HttpOnly || c.Path != path || c.SameSite != http.SameSiteLaxMode {
			t.Errorf("the cookie: %+v", c)
		}
		ana.Get(path).Is(200).Has("The solution fits")
		ana.Get(SharedPath(other.Token)).Has("asks for a passcode")
		ana.Post(path + "/steps/" + string(p.Steps[0].ID) + "/confirm").Is(303)
	})
}

// Whoever tries links that are none is slowed down; others are not.
func TestStrangersAreSlowedDown(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		link := o.share(o.make(o.Dan).ID, o.ana, false)
		guessing := pagetest.At(t, o.site(), "").From("198.51.100.7")
		for range 40 {
			guessing.Get(SharedPath("guess")).Is(404)
		}
		guessing.Get(SharedPath("guess")).Is(429)
		o.stranger().Get(SharedPath("guess")).Is(404)
		guessing.Get(SharedPath(link.Token)).Is(200)
		for range 60 {
			guessing.Post(SharedPath(link.Token)+"/say", "words", "Again").Is(303)
		}
		guessing.Post(SharedPath(link.Token)+"/say", "words", "Again").Is(429)
		o.now += 2 * 60 * 60_000
		guessing.Post(SharedPath(link.Token)+"/say", "words", "Later").Is(303)
	})
}

// Other sites cannot send in a buyer's name.
func TestOtherSitesCannotConfirm(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		p := o.make(o.Dan)
		link := o.share(p.ID, o.ana, false)
		r, w := crossSite(SharedPath(link.Token) + "/steps/" + string(p.Steps[0].ID) + "/confirm")
		o.site().ServeHTTP(w, r)
		if w.Code != http.StatusForbidden || o.plan(p.ID).Steps[0].Done() {
			t.Errorf("a form of another site: %d", w.Code)
		}
	})
}
