package people

import (
	"context"
	"net/http"

	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/problem"
)

// personForm is the page on which someone new is added.
type personForm struct {
	About    aboutForm
	Manager  string
	Managers []ui.Option
	Problem  error
}

func (p pages) newPersonPage(w http.ResponseWriter, r *http.Request) error {
	return p.showNewPerson(w, r, personForm{About: aboutForm{Roles: []string{string(Rep)}}})
}

func (p pages) showNewPerson(w http.ResponseWriter, r *http.Request, form personForm) error {
	roster, err := RosterAsOf(r.Context(), p.DB, ViewerFrom(r.Context()).Org, p.Clock())
	if err != nil {
		return err
	}
	form.Managers = managerOptions(roster, "")
	frame := ui.Frame{Title: "Add a person", Crumbs: []ui.Crumb{{Label: "People", Path: "/people"}}}
	return web.PageWithStatus(w, r, statusOf(form.Problem), frame, newPersonView(form))
}

// addPerson makes the person and an invitation in one go.
func (p pages) addPerson(w http.ResponseWriter, r *http.Request) error {
	v, form := ViewerFrom(r.Context()), personForm{About: readAbout(r), Manager: r.PostFormValue("manager")}
	var added Person
	var token string
	err := p.record(r, v, func(lw *ledger.Writer) (err error) {
		about := Person{Name: form.About.Name, Email: form.About.Email, Title: form.About.Title}
		if added, err = Join(r.Context(), lw, about, lw.By.At); err != nil {
			return err
		}
		if err := assignRoles(r.Context(), lw, added.ID, form.About.Roles); err != nil {
			return err
		}
		if form.Manager != "" {
			if err := SetManager(r.Context(), lw, added.ID, ID(form.Manager), lw.By.At); err != nil {
				return err
			}
		}
		if added.Email != "" {
			token, err = MakeLink(r.Context(), lw, added.ID, Invitation)
		}
		return err
	})
	switch form.Problem = err; {
	case isProblem(err):
		return p.showNewPerson(w, r, form)
	case err != nil:
		return err
	case token == "":
		return web.Redirect(w, r, "/people/"+string(added.ID), "Added. With an e-mail address they can be invited.")
	}
	return p.showLink(w, r, added.ID, token)
}

// makeLink makes an invitation, or a link for a new password, and shows it once.
func (p pages) makeLink(w http.ResponseWriter, r *http.Request) error {
	v, id := ViewerFrom(r.Context()), ID(r.PathValue("id"))
	var token string
	err := p.record(r, v, func(lw *ledger.Writer) (err error) {
		token, err = MakeLink(r.Context(), lw, id, Purpose(r.PostFormValue("purpose")))
		return err
	})
	if err != nil {
		return p.showProblem(w, r, id, err)
	}
	return p.showLink(w, r, id, token)
}

func (p pages) showLink(w http.ResponseWriter, r *http.Request, id ID, token string) error {
	page, err := p.readPerson(r, id)
	if err != nil {
		return err
	}
	page.NewLink = address(r) + WelcomePath(token)
	return p.showPerson(w, r, page)
}

// address is where the browser finds this program.
func address(r *http.Request) string {
	if overTLS(r) {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// showProblem shows the page again with a refusal that belongs to no form.
func (p pages) showProblem(w http.ResponseWriter, r *http.Request, id ID, err error) error {
	return p.showRefused(w, r, id, err, func(page *personPage, _ []ui.Event) { page.Problem = err }, 0)
}

// endOfPerson ends one of a person's sign-ins, by an administrator.
func (p pages) endOfPerson(w http.ResponseWriter, r *http.Request) error {
	id, signIn := ID(r.PathValue("id")), r.PathValue("signin")
	return p.act(w, r, id, "That device is signed out.", func(ctx context.Context, lw *ledger.Writer) error {
		return EndSignIn(ctx, lw, id, signIn)
	})
}

func (p pages) bringBack(w http.ResponseWriter, r *http.Request) error {
	id := ID(r.PathValue("id"))
	return p.act(w, r, id, "Welcome back. Give roles, a manager and an invitation anew.", func(ctx context.Context, lw *ledger.Writer) error {
		return Return(ctx, lw, id, lw.By.At)
	})
}

// erase needs the word typed, because nothing brings the data back.
func (p pages) erase(w http.ResponseWriter, r *http.Request) error {
	id := ID(r.PathValue("id"))
	return p.act(w, r, id, "Erased. What they sold stays, under another name.", func(ctx context.Context, lw *ledger.Writer) error {
		if r.PostFormValue("sure") != "erase" {
			return problem.Invalid("sure", "Type the word erase to confirm. It cannot be undone.")
		}
		return Erase(ctx, lw, id)
	})
}

// act records something about a person and goes back to the person's page.
func (p pages) act(w http.ResponseWriter, r *http.Request, id ID, done string, work func(context.Context, *ledger.Writer) error) error {
	err := p.record(r, ViewerFrom(r.Context()), func(lw *ledger.Writer) error {
		if _, err := PersonOf(r.Context(), lw.DB, lw.DB.Org(), id); err != nil {
			return problem.NotFound("There is no such person in your organization.")
		}
		return work(r.Context(), lw)
	})
	if err != nil {
		return p.showProblem(w, r, id, err)
	}
	return web.Redirect(w, r, "/people/"+string(id), done)
}
