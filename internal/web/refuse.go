package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"syscall"

	"milepost/internal/ui"
	"milepost/problem"
)

var errCrossOrigin = problem.Forbidden("This came from another site, so nothing was done. Open Milepost itself and try again.")

func notFound(http.ResponseWriter, *http.Request) error {
	return problem.NotFound("There is no such page.")
}

// statusOf is the one table from kinds of problem to statuses.
func statusOf(err error) int {
	p, ok := problem.Of(err)
	if !ok {
		return http.StatusInternalServerError
	}
	switch p.Kind {
	case problem.KindNotFound:
		return http.StatusNotFound
	case problem.KindForbidden:
		return http.StatusForbidden
	case problem.KindConflict:
		return http.StatusConflict
	}
	return http.StatusUnprocessableEntity
}

// refuse says to a person, or to a program, why nothing was done. What is not a
// problem in the product's sense is logged, and its words are shown to nobody.
func (h *House) refuse(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, ErrSignInFirst) {
		h.askToSignIn(w, r)
		return
	}
	if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		return // the person went away
	}
	if a, ok := w.(*answer); ok && a.status != 0 {
		h.Log.Error("failed in the middle of an answer", "path", loggedPath(r), "error", err)
		return
	}
	status, sentence := statusOf(err), "Something went wrong on our side, and nothing was changed. Please try again; if it happens again, tell whoever runs Milepost for you."
	if p, ok := problem.Of(err); ok {
		sentence = p.Sentence
	} else {
		h.Log.Error("request failed", "method", r.Method, "path", loggedPath(r), "error", err)
	}
	if strings.Contains(r.Header.Get("Accept"), "application/json") {
		JSON(w, r, status, map[string]string{"problem": sentence})
		return
	}
	r = r.WithContext(context.WithValue(r.Context(), houseKey{}, h))
	page := ui.ProblemPage(status, sentence, "")
	switch {
	case WantsPart(r):
		err = render(w, r, status, ui.ProblemNote(sentence, ""))
	case h.Frame(r.Context()).PersonName == "":
		err = Bare(w, r, status, ui.ProblemTitle(status), page)
	default:
		err = PageWithStatus(w, r, status, ui.Frame{Title: ui.ProblemTitle(status)}, page)
	}
	if err != nil {
		h.Log.Error("refusing a request", "path", loggedPath(r), "error", err)
	}
}

func (h *House) askToSignIn(w http.ResponseWriter, r *http.Request) {
	to := "/sign-in"
	if r.Method == http.MethodGet && r.URL.Path != "/" {
		to += "?next=" + url.QueryEscape(r.URL.RequestURI())
	}
	if WantsPart(r) {
		w.Header().Set("HX-Redirect", "/sign-in")
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	if strings.Contains(r.Header.Get("Accept"), "application/json") {
		JSON(w, r, http.StatusUnauthorized, map[string]string{"problem": "Sign in first."})
		return
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// ignoreGone drops the error of a browser that closed the connection.
func ignoreGone(err error) error {
	if errors.Is(err, syscall.EPIPE) || errors.Is(err, syscall.ECONNRESET) {
		return nil
	}
	return err
}

// loggedPath is a request's path for the log, without the secret that a private link
// carries in it.
func loggedPath(r *http.Request) string {
	if token := r.PathValue("token"); token != "" {
		return strings.Replace(r.URL.Path, token, "{token}", 1)
	}
	return r.URL.Path
}
