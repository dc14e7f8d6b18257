package people

import (
	"errors"
	"net/http"
	"net/url"

	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/web"
	"milepost/problem"
)

// pages serves the pages of this room.
type pages struct{ slice.Program }

// signInForm is what the sign-in page shows again after a refusal.
type signInForm struct {
	Email, Next string
	Note        string
	Problem     error
}

func (p pages) signInPage(w http.ResponseWriter, r *http.Request) error {
	next := localPath(r.URL.Query().Get("next"))
	if ViewerFrom(r.Context()) != nil {
		return web.Redirect(w, r, next, "")
	}
	form := signInForm{Next: next}
	if r.URL.Query().Has("out") {
		form.Note = "You are signed out on this device."
	}
	return web.Bare(w, r, http.StatusOK, "Sign in", signInView(form))
}

func (p pages) signIn(w http.ResponseWriter, r *http.Request) error {
	form := signInForm{Email: r.PostFormValue("email"), Next: localPath(r.PostFormValue("next"))}
	fitting, err := whoFits(r.Context(), p.Program, form.Email, r.PostFormValue("password"), addressOf(r))
	if form.Problem = err; isProblem(err) {
		return web.Bare(w, r, statusOf(err), "Sign in", signInView(form))
	}
	switch {
	case err != nil:
		return err
	case len(fitting) > 1:
		return p.askWhichOrganization(w, r, fitting, form.Next)
	}
	who := fitting[0]
	return p.enter(w, r, link{Org: who.Org, Person: who.Person}, form.Next, func(lw *ledger.Writer) (string, error) {
		return beginSignIn(r.Context(), lw, who.Person, deviceOf(r.UserAgent()))
	})
}

// enter records a sign-in, gives the browser its cookie and sends it on. A sign-in
// that the browser had before ends, so that none is left behind in the list.
func (p pages) enter(w http.ResponseWriter, r *http.Request, who link, next string, begin func(*ledger.Writer) (string, error)) error {
	by := ledger.By{Actor: string(who.Person), Via: ledger.ViaWeb, At: p.Clock()}
	var token string
	err := ledger.Record(r.Context(), p.DB.For(who.Org), by, func(lw *ledger.Writer) (err error) {
		token, err = begin(lw)
		return err
	})
	if err != nil {
		return err
	}
	if before := ViewerFrom(r.Context()); before != nil {
		if err := p.endOwn(r, before); err != nil {
			return err
		}
	}
	setCookie(w, r, token)
	return web.Redirect(w, r, next, "")
}

// organizationChoice is one of several organizations in which a password fits.
type organizationChoice struct{ Name, Token string }

// askWhichOrganization makes a token for each organization, good once and for a few
// minutes, so that the password need not be carried through the page.
func (p pages) askWhichOrganization(w http.ResponseWriter, r *http.Request, fitting []candidate, next string) error {
	var choices []organizationChoice
	for _, c := range fitting {
		by := ledger.By{Actor: string(c.Person), Via: ledger.ViaWeb, At: p.Clock()}
		err := ledger.Record(r.Context(), p.DB.For(c.Org), by, func(lw *ledger.Writer) error {
			token, err := makeLink(r.Context(), lw, c.Person, choice)
			choices = append(choices, organizationChoice{c.Organization, token})
			return err
		})
		if err != nil {
			return err
		}
	}
	return web.Bare(w, r, http.StatusOK, "Where to?", organizationChoiceView(choices, next))
}

func (p pages) chooseOrganization(w http.ResponseWriter, r *http.Request) error {
	token := r.PostFormValue("token")
	l, err := openLink(r.Context(), p.DB, token, p.Clock())
	if err == nil && l.Purpose != choice {
		err = errDeadLink
	}
	if problem.Is(err, problem.KindNotFound) {
		return web.Redirect(w, r, "/sign-in?"+url.Values{"next": {localPath(r.PostFormValue("next"))}}.Encode(), "")
	}
	if err != nil {
		return err
	}
	return p.enter(w, r, l, localPath(r.PostFormValue("next")), func(lw *ledger.Writer) (string, error) {
		if err := useLink(r.Context(), lw, token); err != nil {
			return "", err
		}
		return beginSignIn(r.Context(), lw, l.Person, deviceOf(r.UserAgent()))
	})
}

func (p pages) signOut(w http.ResponseWriter, r *http.Request) error {
	if v := ViewerFrom(r.Context()); v != nil {
		if err := p.endOwn(r, v); err != nil {
			return err
		}
	}
	setCookie(w, r, "")
	return web.Redirect(w, r, "/sign-in?out", "")
}

// endOwn ends the sign-in by which a request came.
func (p pages) endOwn(r *http.Request, v *Viewer) error {
	return p.record(r, v, func(lw *ledger.Writer) error {
		return EndSignIn(r.Context(), lw, v.ID, v.SignInID)
	})
}

// record is ledger.Record for what the signed-in person does.
func (p pages) record(r *http.Request, v *Viewer, work func(*ledger.Writer) error) error {
	return ledger.Record(r.Context(), p.DB.For(v.Org), ByViewer(v, p.Clock()), work)
}

func isProblem(err error) bool {
	_, is := problem.Of(err)
	return is
}

// statusOf is the status of a page that shows its form again.
func statusOf(err error) int {
	var wait *tooMany
	switch {
	case err == nil:
		return http.StatusOK
	case errors.As(err, &wait):
		return http.StatusTooManyRequests
	case problem.Is(err, problem.KindConflict):
		return http.StatusConflict
	}
	return http.StatusUnprocessableEntity
}
