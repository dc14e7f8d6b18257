package people

import (
	"context"
	"net/http"
	"slices"

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
	Lines   []Line // to whom they reported, and from when until when
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
	if page.Lines, err = linesOf(ctx, d, id); err != nil {
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
