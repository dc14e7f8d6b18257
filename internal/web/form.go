package web

import (
	"errors"
	"net/http"

	"milepost/problem"
)

// ReadForm reads a form of at most so many bytes; what is larger, or was cut off, is
// refused in a sentence.
func ReadForm(w http.ResponseWriter, r *http.Request, most int64) error {
	r.Body = http.MaxBytesReader(w, r.Body, most)
	err := r.ParseForm()
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return problem.Invalid("", "That is more text than can be taken in at once: up to %d kB. Nothing was changed.", most>>10)
	case err != nil:
		return problem.Invalid("", "The form did not arrive whole. Send it once more.")
	}
	return nil
}

// InForm tells whether an error is shown in the form that it is about; others have a
// page of their own.
func InForm(err error) bool {
	return problem.Is(err, problem.KindInvalid) || problem.Is(err, problem.KindConflict)
}

// FormStatus is the status of a form that is shown again, or, without an error, of one
// that was taken in.
func FormStatus(err error) int {
	switch {
	case err == nil:
		return http.StatusOK
	case problem.Is(err, problem.KindConflict):
		return http.StatusConflict
	}
	return http.StatusUnprocessableEntity
}

// WantsPart tells whether a script asks for a part of a page.
func WantsPart(r *http.Request) bool { return r.Header.Get("HX-Request") == "true" }
