// Package problem holds the kinds of refusal: what the product says when it will
// not do what was asked, in a sentence for a person. Only internal/web turns a
// problem into a status; only a person's sentence is ever shown.
package problem

import (
	"errors"
	"fmt"
)

// Kind tells what sort of refusal it is.
type Kind string

// The kinds.
const (
	KindNotFound  Kind = "not found"
	KindInvalid   Kind = "invalid"
	KindForbidden Kind = "forbidden"
	KindConflict  Kind = "conflict"
)

// Problem is a refusal: its kind, a sentence for the person, and the form field
// that it concerns, if one does.
type Problem struct {
	Kind     Kind
	Field    string
	Sentence string
}

func (p *Problem) Error() string { return p.Sentence }

// NotFound says that what was asked for is not there, or not for this person.
func NotFound(sentence string, args ...any) error {
	return &Problem{Kind: KindNotFound, Sentence: fmt.Sprintf(sentence, args...)}
}

// Invalid says what is wrong with a value, and in which field.
func Invalid(field, sentence string, args ...any) error {
	return &Problem{KindInvalid, field, fmt.Sprintf(sentence, args...)}
}

// Forbidden says that this person may not do this.
func Forbidden(sentence string, args ...any) error {
	return &Problem{Kind: KindForbidden, Sentence: fmt.Sprintf(sentence, args...)}
}

// Conflict says that something changed meanwhile, or is there already.
func Conflict(field, sentence string, args ...any) error {
	return &Problem{KindConflict, field, fmt.Sprintf(sentence, args...)}
}

// Of finds the first problem in an error, joined or wrapped.
func Of(err error) (*Problem, bool) {
	var p *Problem
	return p, errors.As(err, &p)
}

// Is tells whether an error is a problem of a kind.
func Is(err error, kind Kind) bool {
	p, ok := Of(err)
	return ok && p.Kind == kind
}

// ByField gathers the sentences of an error, joined or wrapped, by field, so that
// a form can show each beside its input. The first sentence of a field counts.
func ByField(err error) map[string]string {
	found := map[string]string{}
	var walk func(error)
	walk = func(err error) {
		switch e := err.(type) {
		case nil:
		case *Problem:
			if _, has := found[e.Field]; !has {
				found[e.Field] = e.Sentence
			}
		case interface{ Unwrap() []error }:
			for _, inner := range e.Unwrap() {
				walk(inner)
			}
		case interface{ Unwrap() error }:
			walk(e.Unwrap())
		}
	}
	walk(err)
	return found
}
