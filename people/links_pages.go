package people

import (
	"context"
	"net/http"
	"strings"

	"milepost/internal/ledger"
	"milepost/internal/web"
	"milepost/problem"
)

// welcomeForm is the page on which someone sets a password.
type welcomeForm struct {
	Person       Person
	Organization Organization
	Purpose      Purpose
	Token        string
	Problem      error
}

// welcome is where links lead. A demonstration link signs in at once; the others
// show a page, and only what is sent from there uses them up.
func (p pages) welcome(w http.ResponseWriter, r *http.Request) error {
	l, form, err := p.openWelcome(r)
	if err != nil {
		return err
	}
	if l.Purpose != Demonstration {
		return web.Bare(w, r, http.StatusOK, form.title(), welcomeView(form))
	}
	if v := ViewerFrom(r.Context()); v != nil && v.Org == l.Org && v.ID == l.Person {
		return web.Redirect(w, r, "/", "")
	}
	return p.enter(w, r, l, "/", func(lw *ledger.Writer) (string, error) {
		return beginSignIn(r.Context(), lw, l.Person, deviceOf(r.UserAgent()))
	})
}

func (p pages) openWelcome(r *http.Request) (link, welcomeForm, error) {
	form := welcomeForm{Token: r.PathValue("token")}
	l, err := openLink(r.Context(), p.DB, form.Token, p.Clock())
	if err != nil {
		return l, form, err
	}
	if l.Purpose == choice {
		return l, form, errDeadLink
	}
	d := p.DB.For(l.Org)
	form.Purpose = l.Purpose
	if form.Person, err = PersonOf(r.Context(), d, l.Org, l.Person); err != nil {
		return l, form, err
	}
	if !form.Person.Active() {
		return l, form, errDeadLink
	}
	form.Organization, err = OrganizationOf(r.Context(), d, l.Org)
	return l, form, err
}

func (f welcomeForm) title() string {
	if f.Purpose == Invitation {
		return "Welcome to Milepost"
	}
	return "A new password"
}

func (p pages) setPasswordByLink(w http.ResponseWriter, r *http.Request) error {
	l, form, err := p.openWelcome(r)
	if err == nil && l.Purpose == Demonstration {
		err = errDeadLink
	}
	if err != nil {
		return err
	}
	hash, err := newPassword(r, form.Person)
	if form.Problem = err; isProblem(err) {
		return web.Bare(w, r, statusOf(err), form.title(), welcomeView(form))
	}
	if err != nil {
		return err
	}
	err = p.enter(w, r, l, "/", func(lw *ledger.Writer) (string, error) {
		return enterByLink(r.Context(), lw, form.Token, l.Person, hash, deviceOf(r.UserAgent()))
	})
	if err != nil {
		return err
	}
	return forgive(r.Context(), p.DB, form.Person.Email)
}

// newPassword reads a password that was typed twice, and gives its hash.
func newPassword(r *http.Request, who Person) (string, error) {
	password := r.PostFormValue("new")
	if err := checkPassword("new", password, who.Name, who.Email); err != nil {
		return "", err
	}
	if r.PostFormValue("again") != password {
		return "", problem.Invalid("again", "The two do not agree. Type the same password again.")
	}
	return hashPassword(r.Context(), password)
}

// resetForm is the page on which someone asks for a new password.
type resetForm struct {
	Email   string
	Asked   bool
	Problem error
}

func (p pages) newPasswordPage(w http.ResponseWriter, r *http.Request) error {
	return web.Bare(w, r, http.StatusOK, "Ask for a new password", resetView(resetForm{}))
}

// askForNewPassword says the same whether there is such a person or not.
func (p pages) askForNewPassword(w http.ResponseWriter, r *http.Request) error {
	form := resetForm{Email: strings.ToLower(strings.TrimSpace(r.PostFormValue("email")))}
	form.Problem = p.ask(r.Context(), form.Email, addressOf(r))
	if form.Problem != nil && !isProblem(form.Problem) {
		return form.Problem
	}
	form.Asked = form.Problem == nil
	return web.Bare(w, r, statusOf(form.Problem), "Ask for a new password", resetView(form))
}

func (p pages) ask(ctx context.Context, email, address string) error {
	if email == "" || len(email) > 254 || !strings.Contains(email, "@") {
		return problem.Invalid("email", "Type the e-mail address with which you sign in.")
	}
	if err := admit(ctx, p.DB, "new password "+email, address, p.Clock()); err != nil {
		return err
	}
	return askForReset(ctx, p.DB, email, p.Clock())
}
