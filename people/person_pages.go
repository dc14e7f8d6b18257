package people

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"milepost/calendar"
	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/problem"
)

// personPage is the page of one person.
type personPage struct {
	Viewer  *Viewer
	Roster  *Roster
	Member  Member
	Now     calendar.Instant
	About   aboutForm
	Line    lineForm
	Team    teamForm
	Links   []link // by which a password can still be set
	SignIns []SignIn
	Asked   calendar.Instant // when a new password was asked for; 0 when none was
	History []ui.Event
	NewLink string // shown once, after it was made
	Problem error  // of what has no form of its own
}

// aboutForm describes a person. Version is what the one who edits saw; what others
// changed since is told in Meanwhile.
type aboutForm struct {
	Name, Email, Title string
	Roles              []string
	Version            int64
	Meanwhile          []ui.Event
	Problem            error
}

// lineForm says to whom a person reports, from when.
type lineForm struct {
	Manager   string
	From      string
	Version   int64
	Meanwhile []ui.Event
	Problem   error
}

// teamForm names the team of a manager.
type teamForm struct {
	Name    string
	Problem error
}

func (p *personPage) administers() bool { return p.Viewer.Has(Administrator) }

func (p pages) personPage(w http.ResponseWriter, r *http.Request) error {
	page, err := p.readPerson(r, ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	return p.showPerson(w, r, page)
}

// showPerson shows the page again with what was typed, when something was refused.
func (p pages) showPerson(w http.ResponseWriter, r *http.Request, page *personPage) error {
	refused := page.Problem
	for _, err := range []error{page.About.Problem, page.Line.Problem, page.Team.Problem} {
		if err != nil {
			refused = err
		}
	}
	frame := ui.Frame{Title: page.Member.Name, Lead: page.Member.Title, Crumbs: []ui.Crumb{{Label: "People", Path: "/people"}}}
	return web.PageWithStatus(w, r, statusOf(refused), frame, personView(page))
}

// readPerson reads what the page shows: for administrators, and for the person,
// more than for the others.
func (p pages) readPerson(r *http.Request, id ID) (*personPage, error) {
	ctx, v := r.Context(), ViewerFrom(r.Context())
	page := &personPage{Viewer: v, Now: p.Clock()}
	var err error
	if page.Roster, err = RosterAsOf(ctx, p.DB, v.Org, page.Now); err != nil {
		return nil, err
	}
	var known bool
	if page.Member, known = page.Roster.Of(id); !known {
		return nil, problem.NotFound("There is no such person in your organization.")
	}
	m := page.Member
	page.About = aboutForm{Name: m.Name, Email: m.Email, Title: m.Title, Version: m.Version}
	for _, role := range m.Roles {
		page.About.Roles = append(page.About.Roles, string(role))
	}
	page.Line = lineForm{Manager: string(m.Manager), Version: m.Version, From: string(calendar.DateOf(page.Now, v.Organization.Place()))}
	page.Team.Name = m.Team
	if !page.administers() {
		return page, nil
	}
	return page, p.readPrivate(ctx, page)
}

// readPrivate reads what only administrators see.
func (p pages) readPrivate(ctx context.Context, page *personPage) (err error) {
	d, id := p.DB.For(page.Viewer.Org), page.Member.ID
	if page.Links, err = openLinksOf(ctx, d, id, page.Now); err != nil {
		return err
	}
	all, err := signInsOf(ctx, d, id)
	if err != nil {
		return err
	}
	page.SignIns = stillGood(all, page.Now)
	requests, err := resetRequests(ctx, d)
	if err != nil {
		return err
	}
	for _, request := range requests {
		if request.Person == id {
			page.Asked = request.AskedAt
		}
	}
	page.History, err = p.history(ctx, page, 0)
	return err
}

// history is what happened to a person after a sequence.
func (p pages) history(ctx context.Context, page *personPage, after int64) ([]ui.Event, error) {
	entries, err := ledger.OfSubject(ctx, p.DB.For(page.Viewer.Org), page.Viewer.Org, string(page.Member.ID))
	if err != nil {
		return nil, err
	}
	c := &chronicle{names: page.Roster.Name, place: page.Viewer.Organization.Place()}
	before := slices.IndexFunc(entries, func(e ledger.Entry) bool { return e.Sequence > after })
	if before < 0 {
		return nil, nil
	}
	c.events(entries[:before]) // lets it know how the person was described before
	return c.events(entries[before:]), nil
}

func stillGood(all []SignIn, now calendar.Instant) []SignIn {
	return slices.DeleteFunc(all, func(s SignIn) bool { return s.ExpiresAt <= now })
}

// mustBeAt refuses to change a person whom someone else changed meanwhile.
func mustBeAt(ctx context.Context, w *ledger.Writer, id ID, version int64) error {
	now, err := PersonOf(ctx, w.DB, w.DB.Org(), id)
	if problem.Is(err, problem.KindNotFound) {
		return problem.NotFound("There is no such person in your organization.")
	}
	if err == nil && now.Version != version {
		err = errMeanwhile
	}
	return err
}

var errMeanwhile = problem.Conflict("", "Someone changed this person while you were at it, so nothing of yours was saved yet. What you typed is still here: look at what changed, then save again.")

func (p pages) describe(w http.ResponseWriter, r *http.Request) error {
	v, id := ViewerFrom(r.Context()), ID(r.PathValue("id"))
	form := readAbout(r)
	err := p.record(r, v, func(lw *ledger.Writer) error {
		if err := mustBeAt(r.Context(), lw, id, form.Version); err != nil {
			return err
		}
		described := Person{ID: id, Name: form.Name, Email: form.Email, Title: form.Title}
		if _, err := Describe(r.Context(), lw, described); err != nil {
			return err
		}
		return assignRoles(r.Context(), lw, id, form.Roles)
	})
	if err == nil {
		return web.Redirect(w, r, "/people/"+string(id), "Saved.")
	}
	return p.showRefused(w, r, id, err, func(page *personPage, meanwhile []ui.Event) {
		version := page.About.Version
		page.About, page.About.Version = form, version
		page.About.Problem, page.About.Meanwhile = err, meanwhile
	}, form.Version)
}

// showRefused shows the page again after a refusal; put sets back what was typed.
func (p pages) showRefused(w http.ResponseWriter, r *http.Request, id ID, err error, put func(*personPage, []ui.Event), version int64) error {
	if !isProblem(err) || problem.Is(err, problem.KindNotFound) {
		return err
	}
	page, broken := p.readPerson(r, id)
	if broken != nil {
		return broken
	}
	var meanwhile []ui.Event
	if err == errMeanwhile {
		if meanwhile, broken = p.history(r.Context(), page, version); broken != nil {
			return broken
		}
	}
	put(page, meanwhile)
	return p.showPerson(w, r, page)
}

func readAbout(r *http.Request) aboutForm {
	r.ParseForm() // what cannot be read is empty, and refused as such
	version, _ := strconv.ParseInt(r.PostFormValue("version"), 10, 64)
	return aboutForm{Name: r.PostFormValue("name"), Email: r.PostFormValue("email"), Title: r.PostFormValue("title"),
		Roles: r.PostForm["roles"], Version: version}
}

// assignRoles gives and takes roles until they are those that were ticked.
func assignRoles(ctx context.Context, w *ledger.Writer, id ID, ticked []string) error {
	for _, role := range ticked {
		if err := Grant(ctx, w, id, Role(role)); err != nil {
			return err
		}
	}
	for _, role := range Roles {
		if slices.Contains(ticked, string(role)) {
			continue
		}
		if err := Revoke(ctx, w, id, role); err != nil {
			return err
		}
	}
	return nil
}

func (p pages) setManager(w http.ResponseWriter, r *http.Request) error {
	v, id := ViewerFrom(r.Context()), ID(r.PathValue("id"))
	version, _ := strconv.ParseInt(r.PostFormValue("version"), 10, 64)
	form := lineForm{Manager: r.PostFormValue("manager"), From: r.PostFormValue("from"), Version: version}
	from, err := p.moment(v, form.From)
	if err == nil {
		err = p.record(r, v, func(lw *ledger.Writer) error {
			if err := mustBeAt(r.Context(), lw, id, form.Version); err != nil {
				return err
			}
			return SetManager(r.Context(), lw, id, ID(form.Manager), min(from, lw.By.At))
		})
	}
	if err == nil {
		return web.Redirect(w, r, "/people/"+string(id), "Saved. Who managed whom before that day stays as it was.")
	}
	return p.showRefused(w, r, id, err, func(page *personPage, meanwhile []ui.Event) {
		version := page.Line.Version
		page.Line, page.Line.Version = form, version
		page.Line.Problem, page.Line.Meanwhile = err, meanwhile
	}, form.Version)
}

// moment is the instant from which something that was dated is true: the day's
// first, and of today the present one.
func (p pages) moment(v *Viewer, text string) (calendar.Instant, error) {
	date, err := calendar.ParseDate(text)
	if err != nil {
		return 0, problem.Invalid("from", "Give the day from which it is true.")
	}
	place, now := v.Organization.Place(), p.Clock()
	switch today := calendar.DateOf(now, place); {
	case date > today:
		return 0, problem.Invalid("from", "A reporting line is recorded when it is there: today, or on an earlier day.")
	case date == today:
		return now, nil
	}
	return date.Midnight(place), nil
}

func (p pages) nameTeam(w http.ResponseWriter, r *http.Request) error {
	v, id, name := ViewerFrom(r.Context()), ID(r.PathValue("id")), r.PostFormValue("team")
	err := p.record(r, v, func(lw *ledger.Writer) error {
		if _, err := PersonOf(r.Context(), lw.DB, v.Org, id); err != nil {
			return err
		}
		return NameTeam(r.Context(), lw, id, name)
	})
	if err == nil {
		return web.Redirect(w, r, "/people/"+url.PathEscape(string(id)), "Saved.")
	}
	return p.showRefused(w, r, id, err, func(page *personPage, _ []ui.Event) {
		page.Team = teamForm{name, err}
	}, 0)
}
