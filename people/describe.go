package people

import (
	"context"
	"strings"
	"unicode/utf8"

	"milepost/internal/ledger"
	"milepost/problem"
)

// Describe records the name, e-mail address and title of a person as they are from
// now on. A change of address signs nobody out; an imported person with an address
// can be invited.
func Describe(ctx context.Context, w *ledger.Writer, p Person) (Person, error) {
	before, err := PersonOf(ctx, w.DB, w.DB.Org(), p.ID)
	if err != nil {
		return p, err
	}
	name, badName := CleanName("name", p.Name)
	email, badEmail := CleanEmail(p.Email)
	title := strings.Join(strings.Fields(p.Title), " ")
	var badTitle error
	if utf8.RuneCountInString(title) > 120 || !utf8.ValidString(title) {
		badTitle = problem.Invalid("title", "The title is too long: up to 120 letters.")
	}
	if err := join([]error{badName, badEmail, badTitle}); err != nil {
		return p, err
	}
	p = before
	p.Name, p.Email, p.Title = name, email, title
	if p == before {
		return p, nil
	}
	if email == "" && before.Email != "" {
		has, err := hashesOf(ctx, w.DB, p.ID)
		if err != nil {
			return p, err
		}
		if len(has) > 0 {
			return p, problem.Invalid("email", "%s signs in with this address. Give another one, or let them leave.", before.Name)
		}
	}
	if email != "" {
		if err := mustBeFree(ctx, w.DB, email, p.ID); err != nil {
			return p, err
		}
	}
	e, err := w.Add(Described, string(p.ID), "", w.By.At, Fact{Name: name, Email: email, Title: title})
	if err != nil {
		return p, err
	}
	p.Version = e.Sequence
	return p, updatePerson(ctx, w.DB, p)
}
