package people

import (
	"net/http"

	"milepost/calendar"
	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/problem"
)

// signInsPage is the list of one's own devices.
type signInsPage struct {
	Viewer *Viewer
	All    []SignIn
	Now    calendar.Instant
}

func (p pages) ownSignIns(w http.ResponseWriter, r *http.Request) error {
	v, now := ViewerFrom(r.Context()), p.Clock()
	all, err := signInsOf(r.Context(), p.DB.For(v.Org), v.ID)
	if err != nil {
		return err
	}
	frame := ui.Frame{Title: "Your sign-ins", Lead: "The devices at which you are signed in. If you do not know one, sign it out and change your password."}
	return web.Page(w, r, frame, signInsView(signInsPage{v, stillGood(all, now), now}))
}

func (p pages) endOwnSignIn(w http.ResponseWriter, r *http.Request) error {
	v, id := ViewerFrom(r.Context()), r.PathValue("id")
	err := p.record(r, v, func(lw *ledger.Writer) error { return EndSignIn(r.Context(), lw, v.ID, id) })
	if err != nil {
		return err
	}
	if id == v.SignInID {
		setCookie(w, r, "")
		return web.Redirect(w, r, "/sign-in?out", "")
	}
	return web.Redirect(w, r, "/sign-ins", "That device is signed out.")
}

func (p pages) endOtherSignIns(w http.ResponseWriter, r *http.Request) error {
	v := ViewerFrom(r.Context())
	err := p.record(r, v, func(lw *ledger.Writer) error { return EndOtherSignIns(r.Context(), lw, v.ID, v.SignInID) })
	if err != nil {
		return err
	}
	return web.Redirect(w, r, "/sign-ins", "You are signed out everywhere else.")
}

func (p pages) accountPage(w http.ResponseWriter, r *http.Request) error {
	return p.showAccount(w, r, nil)
}

func (p pages) showAccount(w http.ResponseWriter, r *http.Request, err error) error {
	v := ViewerFrom(r.Context())
	has, failed := hashesOf(r.Context(), p.DB.For(v.Org), v.ID)
	if failed != nil {
		return failed
	}
	frame := ui.Frame{Title: "Change your password", Lead: "It signs you out on every other device."}
	return web.PageWithStatus(w, r, statusOf(err), frame, accountView(v, len(has) > 0, err))
}

// changePassword asks for the present password, so that a device left open is not
// enough to lock its owner out.
func (p pages) changePassword(w http.ResponseWriter, r *http.Request) error {
	err := p.tryChange(r)
	if isProblem(err) {
		return p.showAccount(w, r, err)
	}
	if err != nil {
		return err
	}
	return web.Redirect(w, r, "/account", "Your password is changed. You are signed out everywhere else.")
}

func (p pages) tryChange(r *http.Request) error {
	ctx, v := r.Context(), ViewerFrom(r.Context())
	known, err := hashesOf(ctx, p.DB.For(v.Org), v.ID)
	if err != nil {
		return err
	}
	if len(known) == 0 {
		return problem.Conflict("", "You came in by a link and have no password. Ask an administrator for an invitation.")
	}
	if err := admit(ctx, p.DB, "change "+string(v.ID), addressOf(r), p.Clock()); err != nil {
		return err
	}
	present := r.PostFormValue("present")
	if len(present) > longestPassword {
		return problem.Invalid("present", "This is not your present password.")
	}
	fits, _, err := verifyPassword(ctx, present, known[0])
	if err != nil {
		return err
	}
	if !fits {
		return problem.Invalid("present", "This is not your present password.")
	}
	if err := forgive(ctx, p.DB, "change "+string(v.ID)); err != nil {
		return err
	}
	hash, err := newPassword(r, Person{Name: v.Name, Email: v.Email})
	if err != nil {
		return err
	}
	return p.record(r, v, func(lw *ledger.Writer) error { return setPassword(ctx, lw, v.ID, hash, v.SignInID) })
}
