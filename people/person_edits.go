package people

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"milepost/calendar"
	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/problem"
)

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
		return web.Redirect(w, r, "/people/"+string(id), "Saved.")
	}
	return p.showRefused(w, r, id, err, func(page *personPage, _ []ui.Event) {
		page.Team = teamForm{name, err}
	}, 0)
}
