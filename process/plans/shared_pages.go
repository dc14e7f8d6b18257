package plans

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	"milepost/calendar"
	"milepost/internal/web"
	"milepost/people"
)

// sharedPath is where a link leads.
func sharedPath(token string) string { return "/plans/shared/" + token }

// sharedPolicy lets the buyer's page use its own looks, and nothing that runs.
const sharedPolicy = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// call is one request of a buyer who holds a link.
type call struct {
	*pages
	w     http.ResponseWriter
	r     *http.Request
	ctx   context.Context
	token string
	now   calendar.Instant
}

func (p *pages) sharedRoutes() []web.Route {
	open := func(pattern string, handle func(*call) error) web.Route {
		return web.Route{Pattern: pattern, Rule: people.Anyone, Handle: p.shared(handle)}
	}
	return []web.Route{
		open("GET /plans/shared/{token}", (*call).plan),
		open("GET /plans/shared/{token}/print", (*call).print),
		open("GET /plans/shared/{token}/calendar.ics", (*call).calendar),
		open("POST /plans/shared/{token}/passcode", (*call).passcode),
		open("POST /plans/shared/{token}/steps/{step}/confirm", (*call).confirm),
		open("POST /plans/shared/{token}/steps/{step}/date", (*call).propose),
		open("POST /plans/shared/{token}/say", (*call).say),
		open("POST /plans/shared/{token}/colleague", (*call).bring),
	}
}

// shared answers a buyer. A link that opens nothing gets the same page whatever the
// reason, and so does whoever tries too many.
func (p *pages) shared(handle func(*call) error) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		header := w.Header()
		header.Set("Content-Security-Policy", sharedPolicy)
		header.Set("X-Robots-Tag", "noindex, nofollow, noarchive")
		header.Set("Cache-Control", "no-store")
		// Without a referrer browsers send forms as from nowhere, and where there is no TLS
		// they do not say either that it was this site: the guard against other sites would
		// refuse them. So there the referrer stays, within the site.
		if overTLS(r) {
			header.Set("Referrer-Policy", "no-referrer")
		}
		c := &call{pages: p, w: w, r: r, ctx: r.Context(), token: r.PathValue("token"), now: p.Clock()}
		if r.Method == http.MethodPost {
			r.Body = http.MaxBytesReader(w, r.Body, mostTyped)
			if err := r.ParseForm(); err != nil {
				return c.show(http.StatusUnprocessableEntity, deadEnd("This did not arrive whole", "Please go back and send it again."))
			}
		}
		return c.refuse(handle(c))
	}
}

// refuse says to a buyer why there is nothing to see.
func (c *call) refuse(err error) error {
	var many *tooMany
	if errors.Is(err, errNoLink) {
		if err = admit(c.ctx, c.DB, strangers, "stranger "+people.AddressOf(c.r), c.now); err == nil {
			return c.show(http.StatusNotFound, deadEnd("There is nothing here", "This link does not open anything, or not any more. Ask the person who sent it to you for another."))
		}
	}
	switch {
	case errors.As(err, &many):
		c.w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(many.wait.Seconds()))))
		return c.show(http.StatusTooManyRequests, deadEnd("Please wait a little", "There were too many tries. Wait "+minutes(many)+", then open the link again."))
	case errors.Is(err, errPasscode):
		return c.show(http.StatusOK, passcodePage(c.token, ""))
	}
	return err
}

func minutes(t *tooMany) string {
	n := int(math.Ceil(t.wait.Minutes()))
	if n <= 1 {
		return "a minute"
	}
	return strconv.Itoa(n) + " minutes"
}

func (c *call) show(status int, body templ.Component) error { return write(c.w, c.r, status, body) }

// write answers with a page, or a part of one, once it is made as a whole.
func write(w http.ResponseWriter, r *http.Request, status int, body templ.Component) error {
	var made bytes.Buffer
	if err := body.Render(r.Context(), &made); err != nil {
		return fmt.Errorf("rendering a plan: %w", err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	w.Write(made.Bytes()) // a reader that went away needs no answer
	return nil
}

// cookieName is what a browser keeps once the passcode of a link was right.
const cookieName = "milepost_plan"

func (c *call) proof() string {
	cookie, err := c.r.Cookie(cookieName)
	if err != nil || len(cookie.Value) > 100 {
		return ""
	}
	return cookie.Value
}

func (c *call) enter() (*guest, error) { return enter(c.ctx, c.DB, c.token, c.proof(), c.now) }

func (c *call) plan() error {
	g, err := c.enter()
	if err != nil {
		return err
	}
	return c.showPlan(g, answers[c.r.URL.Query().Get("said")], "", nil)
}

func (c *call) showPlan(g *guest, said, of string, refused error) error {
	b, err := readBook(c.ctx, c.DB.For(g.key.Org), &g.Deal)
	if err != nil {
		return err
	}
	v := &sharedView{guest: g, book: b, Token: c.token, Today: calendar.DateOf(c.now, g.Org.Place()), Said: said, Problem: refused, Of: of, Typed: c.r.PostForm}
	status := http.StatusOK
	if refused != nil {
		status = web.FormStatus(refused)
	}
	return c.show(status, sharedPage(v))
}

func (c *call) print() error {
	g, err := c.enter()
	if err != nil {
		return err
	}
	b, err := readBook(c.ctx, c.DB.For(g.key.Org), &g.Deal)
	if err != nil {
		return err
	}
	return c.show(http.StatusOK, printed(&g.Plan, &b, g.Org.Name, "Your side"))
}

func (c *call) calendar() error {
	g, err := c.enter()
	if err != nil {
		return err
	}
	b, err := readBook(c.ctx, c.DB.For(g.key.Org), &g.Deal)
	if err != nil {
		return err
	}
	writeCalendar(c.w, g.Plan.Title, g.Plan.events(&b, g.Org.Name, "your side"), c.now)
	return nil
}
